/** From token ids to text as it grows: no half characters, thinking apart, and an end at the first stop string. */

import type { GenerateContext } from '../../src/domain/engine';
import { ThinkingSplitter, overlap } from './thinking';

/** What may be shown after one more token. */
export interface Growth {
  /** New text of the answer; empty while a character, a possible tag or a possible stop string is incomplete. */
  readonly text: string;
  /** New text of what the model thinks before it. */
  readonly thinking: string;
  /** How much of the token's own text is thinking, tags included: from 0 to 1. */
  readonly thought: number;
  /** True once a stop string was reached; what it and all after it would add is dropped. */
  readonly stopped: boolean;
}

/**
 * A byte-level token can end inside a character, so text is taken from the difference of two decodings: the last
 * few tokens without and with the new one. A tail that could still become a stop string is held back. Stop strings end
 * the answer; a model may think what it likes.
 */
export class TextStream {
  readonly #decode: (tokens: readonly number[]) => string;
  readonly #stop: readonly string[];
  readonly #apart: ThinkingSplitter;
  #tokens: number[] = [];
  /** Tokens before this index are settled; those from here on are decoded again to give the new ones context. */
  #settled = 0;
  #shownOfOpen = '';
  #held = '';

  /** @param apart by default all text is answer */
  constructor(
    decode: (tokens: readonly number[]) => string,
    stop: readonly string[],
    apart = new ThinkingSplitter(),
  ) {
    this.#decode = decode;
    this.#stop = stop.filter((text) => text !== '');
    this.#apart = apart;
  }

  push(token: number): Growth {
    this.#tokens.push(token);
    const open = this.#open();
    // U+FFFD at the end: the token stopped inside a character.
    if (open.endsWith('\uFFFD')) return this.#grow('');
    const fresh = open.slice(this.#shownOfOpen.length);
    // The newest token stays open as context for the next: many tokenizers decode a space by what precedes it.
    this.#settled = this.#tokens.length - 1;
    this.#shownOfOpen = this.#open();
    return this.#grow(fresh);
  }

  /** What was held back, at the end of an answer. Half a character is dropped; text in front of it is not. */
  end(): Growth {
    const fresh = this.#open()
      .slice(this.#shownOfOpen.length)
      .replace(/\uFFFD+$/, '');
    this.#settled = this.#tokens.length;
    this.#shownOfOpen = '';
    const more = this.#apart.push(fresh);
    const last = this.#apart.end();
    const { text, stopped } = this.#release(this.#held + more.answer + last.answer);
    const rest = text + this.#held;
    this.#held = '';
    return { text: rest, thinking: more.thinking + last.thinking, thought: last.thought, stopped };
  }

  /** Text of the tokens that are not settled. Some decoders refuse to decode nothing. */
  #open(): string {
    const tokens = this.#tokens.slice(this.#settled);
    return tokens.length === 0 ? '' : this.#decode(tokens);
  }

  #grow(fresh: string): Growth {
    const { thinking, answer, thought } = this.#apart.push(fresh);
    return { ...this.#release(this.#held + answer), thinking, thought };
  }

  #release(text: string): Pick<Growth, 'text' | 'stopped'> {
    const hits = this.#stop.map((stop) => text.indexOf(stop)).filter((index) => index >= 0);
    if (hits.length > 0) {
      this.#held = '';
      return { text: text.slice(0, Math.min(...hits)), stopped: true };
    }
    const keep = Math.max(0, ...this.#stop.map((stop) => overlap(text, stop)));
    this.#held = text.slice(text.length - keep);
    return { text: text.slice(0, text.length - keep), stopped: false };
  }
}

/**
 * Hands over what `tokens` tokens made, at this moment: thinking and answer apart where they hold both. A token of a
 * tag is one of thinking, but for one that comes before anybody can tell that it begins a tag.
 */
export function emitGrowth(
  { emit }: Pick<GenerateContext, 'emit'>,
  { text, thinking, thought }: Growth,
  tokens: number,
): void {
  const thinkingTokens = Math.round(tokens * thought);
  const answerTokens = tokens - thinkingTokens;
  if (thinking !== '' || thinkingTokens > 0) emit({ text: thinking, tokens: thinkingTokens, thinking: true });
  if (text !== '' || answerTokens > 0) emit({ text, tokens: answerTokens });
}
