/**
 * SHA-256 of a whole file whose chunks arrive in any order. A chunk that is next in line is hashed from memory; one
 * that came early is read back from the store when its turn comes. The state is 32 bytes, whatever the file's size.
 */

import type { IHasher } from 'hash-wasm';

export interface WholeHashSource {
  isStored(index: number): boolean;
  read(index: number): Promise<ArrayBuffer | undefined>;
}

export class WholeHash {
  readonly #hasher: IHasher;
  readonly #count: number;
  readonly #source: WholeHashSource;
  #next = 0;
  #working: Promise<void> = Promise.resolve();

  private constructor(hasher: IHasher, count: number, source: WholeHashSource) {
    this.#hasher = hasher;
    this.#count = count;
    this.#source = source;
  }

  static async begin(count: number, source: WholeHashSource): Promise<WholeHash> {
    // Loaded only where a hash is stated: the bundled model's chunks need none of it on a first visit.
    const { createSHA256 } = await import('hash-wasm');
    const hasher = await createSHA256();
    return new WholeHash(hasher.init(), count, source);
  }

  /** Call when the chunk has committed. `data` spares reading it back where it is its turn. */
  offer(index: number, data: ArrayBuffer): void {
    const early = index !== this.#next;
    this.#working = this.#working.then(() => this.#follow(early ? undefined : { index, data }));
    // Told by `digest`.
    this.#working.catch(() => undefined);
  }

  /** Hexadecimal. All chunks must have committed. Undefined where one of them could not be read back. */
  async digest(): Promise<string | undefined> {
    await this.#working;
    await this.#follow(undefined);
    return this.#next === this.#count ? this.#hasher.digest('hex') : undefined;
  }

  async #follow(known: { readonly index: number; readonly data: ArrayBuffer } | undefined): Promise<void> {
    if (known?.index === this.#next) this.#take(known.data);
    while (this.#next < this.#count && this.#source.isStored(this.#next)) {
      const data = await this.#source.read(this.#next);
      if (data === undefined) return;
      this.#take(data);
    }
  }

  #take(data: ArrayBuffer): void {
    this.#hasher.update(new Uint8Array(data));
    this.#next += 1;
  }
}
