/** Voting by key: which keys there are, and when a key press is meant as a vote. */

import type { Verdict } from '../../domain/votes';

/** An answer that can be voted for: where it stands among all that are shown, and what it is called there. */
export interface VoteOption {
  readonly place: number;
  readonly label: string;
}

export interface VoteKey {
  /** As it is printed on the keyboard. */
  readonly key: string;
  /** The letter that an answer goes by while its name is hidden. */
  readonly letter?: string;
  readonly verdict: Verdict;
}

const LETTER_A = 65;

/** 1 to 6 or A to F for an answer by its place, T for a tie, 0 for "both bad". */
export function voteKeys(options: readonly VoteOption[]): readonly VoteKey[] {
  return [
    ...options.map(({ place }, at) => ({
      key: String(place + 1),
      letter: String.fromCodePoint(LETTER_A + place),
      verdict: { kind: 'best', at } as const,
    })),
    { key: 'T', verdict: { kind: 'tie' } },
    { key: '0', verdict: { kind: 'bad' } },
  ];
}

/** What can be typed into. A checkbox or a button keeps none of these keys to itself. */
const FIELDS =
  'textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], ' +
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="range"])';

/** The vote that a key press stands for; undefined where it is no such key, or is meant for something else. */
export function votedBy(event: KeyboardEvent, keys: readonly VoteKey[], bar: Element): Verdict | undefined {
  const { target } = event;
  if (event.defaultPrevented || event.repeat || event.isComposing) return undefined;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (target instanceof Element && target.closest(FIELDS) !== null) return undefined;
  // A dialog or a menu lies over the answers, unless they are in it.
  const over = document.querySelectorAll('[role="dialog"][data-state="open"], [role="menu"]');
  if ([...over].some((one) => !one.contains(bar))) return undefined;
  const pressed = event.key.toUpperCase();
  return keys.find(({ key, letter }) => key === pressed || letter === pressed)?.verdict;
}
