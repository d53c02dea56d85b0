/**
 * A text that grows at its end, in pieces. To read the end of a string that was put together bit by bit, a browser
 * copies all of it; at a frame's pace and a few hundred thousand characters that is all that a page does.
 */

/** Pieces are closed from this length on, in UTF-16 code units. */
const PIECE = 4096;

export class GrowingText {
  readonly #pieces: string[] = [];
  /** Where each piece begins. */
  readonly #starts: number[] = [];
  /** Length of all closed pieces. */
  #closed = 0;
  #open = '';
  #length = $state(0);

  /** In UTF-16 code units. */
  get length(): number {
    return this.#length;
  }

  append(text: string): void {
    this.#open += text;
    if (this.#open.length >= PIECE) {
      this.#pieces.push(this.#open);
      this.#starts.push(this.#closed);
      this.#closed += this.#open.length;
      this.#open = '';
    }
    this.#length += text.length;
  }

  /** As `String.prototype.slice`, of offsets that are not negative. */
  slice(from: number, to: number = this.length): string {
    const end = Math.min(to, this.length);
    let text = '';
    if (from < this.#closed) {
      for (let at = this.#starts.findLastIndex((start) => start <= from); at < this.#pieces.length; at += 1) {
        const start = this.#starts[at] ?? 0;
        if (start >= end) break;
        text += this.#pieces[at]?.slice(Math.max(0, from - start), end - start) ?? '';
      }
    }
    return end > this.#closed
      ? text + this.#open.slice(Math.max(0, from - this.#closed), end - this.#closed)
      : text;
  }

  toString(): string {
    return this.slice(0);
  }
}
