/** Bytes a second over the last few seconds, from how many there were at which time. Pure. */

const WINDOW_MS = 5000;

export class ByteRate {
  #samples: { readonly atMs: number; readonly bytes: number }[] = [];

  /** @param bytes all bytes so far; fewer than before begins anew */
  add(atMs: number, bytes: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && bytes < last.bytes) this.#samples = [];
    this.#samples = [...this.#samples.filter((sample) => atMs - sample.atMs <= WINDOW_MS), { atMs, bytes }];
  }

  /** Undefined until there is something to divide. */
  get perSecond(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.atMs - first.atMs < 250) return undefined;
    return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000;
  }
}
