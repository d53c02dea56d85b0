/** Which chunk of a file is fetched by whom. Pure: the streams that do the fetching are in `file-download.ts`. */

export type ChunkState = 'missing' | 'claimed' | 'stored';

export class ChunkPlan {
  readonly #states: ChunkState[];
  readonly #run: number;

  /**
   * @param count chunks of the file
   * @param stored chunks that are committed already
   * @param run chunks that lie between two streams when both begin: a stream that has read its run up to where
   *   the next one began ends, so few requests are cut off, and what comes is never far ahead of the first gap
   */
  constructor(count: number, stored: Iterable<number>, run: number) {
    this.#states = Array.from({ length: count }, () => 'missing');
    for (const index of stored) if (index < count) this.#states[index] = 'stored';
    this.#run = run;
  }

  get complete(): boolean {
    return this.#states.every((state) => state === 'stored');
  }

  isStored(index: number): boolean {
    return this.#states[index] === 'stored';
  }

  /** Where a further stream should begin; undefined where it would only get in the way of another. */
  claim(): number | undefined {
    let lastClaimed = -Infinity;
    for (const [index, state] of this.#states.entries()) {
      if (state === 'claimed') lastClaimed = index;
      if (state !== 'missing' || index - lastClaimed < this.#run) continue;
      this.#states[index] = 'claimed';
      return index;
    }
    return undefined;
  }

  /** Lets a stream go on into the chunk after its own, unless somebody has that one. */
  claimNext(index: number): boolean {
    if (this.#states[index + 1] !== 'missing') return false;
    this.#states[index + 1] = 'claimed';
    return true;
  }

  /** The chunk has committed. */
  store(index: number): void {
    this.#states[index] = 'stored';
  }

  /** The stream that had claimed it gave up. */
  release(index: number): void {
    if (this.#states[index] === 'claimed') this.#states[index] = 'missing';
  }
}
