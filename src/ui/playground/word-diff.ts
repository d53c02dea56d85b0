/** What two texts have in common, word by word. */

import { diffArrays } from 'diff';

export interface DiffPart {
  /** In which of the texts it stands. */
  readonly where: 'both' | 'first' | 'second';
  readonly text: string;
}

/** Comparing takes the page's own time, so that it ends after this, ms. */
const DEADLINE_MS = 600;
/** What is longer is not even cut into words, UTF-16 code units. */
const MAX_LENGTH = 200_000;

/**
 * A text is handed to the segmenter in pieces: V8 copies all that it was given for each word that it finds. They end
 * after white space or punctuation where there is some.
 */
const PIECES = /[^]{1,400}[\s\p{P}]|[^]{1,400}/gu;

/**
 * The parts of both texts in order; what stands in one alone comes first from the first. White space does not count,
 * and is the second's where both have a word. Undefined where the texts are too long or too different to be compared in
 * time.
 * @param locale whose words these are: Chinese has no spaces between them
 */
export function wordDiff(first: string, second: string, locale: string): readonly DiffPart[] | undefined {
  if (first.length > MAX_LENGTH || second.length > MAX_LENGTH) return undefined;
  const changes = diffArrays(wordsOf(first, locale), wordsOf(second, locale), {
    comparator: (one, other) => one.trimEnd() === other.trimEnd(),
    timeout: DEADLINE_MS,
  });
  return changes?.map(({ added, removed, value }) => ({
    where: added ? 'second' : removed ? 'first' : 'both',
    text: value.join(''),
  }));
}

/** Words and punctuation marks, each with the white space that follows it. */
function wordsOf(text: string, locale: string): string[] {
  const words: string[] = [];
  for (const piece of text.match(PIECES) ?? []) {
    for (const segment of segmentsOf(piece, locale)) {
      const last = words.at(-1);
      if (last !== undefined && segment.trim() === '') words[words.length - 1] = last + segment;
      else words.push(segment);
    }
  }
  return words;
}

/** Younger browsers alone know the words of every language; spaces and punctuation do for most of them. */
function segmentsOf(text: string, locale: string): readonly string[] {
  if (!('Segmenter' in Intl)) return text.match(/[\p{L}\p{N}\p{M}_]+|\s+|[^]/gu) ?? [];
  const segments = new Intl.Segmenter(locale, { granularity: 'word' }).segment(text);
  return Array.from(segments, ({ segment }) => segment);
}

/** How many passages differ: what one text has in place of the other's is one of them. */
export function passages(parts: readonly DiffPart[]): number {
  return parts.filter(({ where }, at) => where !== 'both' && (parts[at - 1]?.where ?? 'both') === 'both')
    .length;
}
