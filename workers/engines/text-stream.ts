/** From token ids to text as it grows: no half characters, and an end at the first stop string. */

/** What may be shown after one more token. */
export interface Growth {
  /** New text; empty while a character or a possible stop string is incomplete. */
  readonly text: string;
  /** True once a stop string was reached; what it and all after it would add is dropped. */
  readonly stopped: boolean;
}

/**
 * A byte-level token can end inside a character, so text is taken from the difference of two decodings: the last
 * few tokens without and with the new one. A tail that could still become a stop string is held back.
 */
export class TextStream {
  readonly #decode: (tokens: readonly number[]) => string;
  readonly #stop: readonly string[];
  #tokens: number[] = [];
  /** Tokens before this index are settled; those from here on are decoded again to give the new ones context. */
  #settled = 0;
  #shownOfOpen = '';
  #held = '';

  constructor(decode: (tokens: readonly number[]) => string, stop: readonly string[]) {
    this.#decode = decode;
    this.#stop = stop.filter((text) => text !== '');
  }

  push(token: number): Growth {
    this.#tokens.push(token);
    const open = this.#decode(this.#tokens.slice(this.#settled));
    // U+FFFD at the end: the token stopped inside a character.
    if (open.endsWith('\uFFFD')) return { text: '', stopped: false };
    const fresh = open.slice(this.#shownOfOpen.length);
    // The newest token stays open as context for the next: many tokenizers decode a space by what precedes it.
    this.#settled = this.#tokens.length - 1;
    this.#shownOfOpen = this.#decode(this.#tokens.slice(this.#settled));
    return this.#release(this.#held + fresh);
  }

  /** What was held back, at the end of an answer. Half a character is dropped; text in front of it is not. */
  end(): string {
    const open = this.#decode(this.#tokens.slice(this.#settled));
    const fresh = open.slice(this.#shownOfOpen.length).replace(/\uFFFD+$/, '');
    this.#settled = this.#tokens.length;
    this.#shownOfOpen = '';
    const { text } = this.#release(this.#held + fresh);
    const rest = text + this.#held;
    this.#held = '';
    return rest;
  }

  #release(text: string): Growth {
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

/** Length of the longest end of `text` that is a beginning of `stop`. */
function overlap(text: string, stop: string): number {
  for (let length = Math.min(text.length, stop.length - 1); length > 0; length -= 1) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
}
