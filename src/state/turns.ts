/** Local lanes share one GPU and one set of cores, so they run one after another: a queue of one at a time. */

export interface Turn {
  end(): void;
}

export class Turns<Owner> {
  readonly #queue: { readonly owner: Owner; readonly begin: () => void }[] = [];
  #current: Owner | undefined;
  readonly #onChange: () => void;

  constructor(onChange: () => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** Whose turn it is. */
  get current(): Owner | undefined {
    return this.#current;
  }

  /** Those whose turn comes before `owner`'s, the current one first; empty where `owner` is not waiting. */
  ahead(owner: Owner): Owner[] {
    const place = this.#queue.findIndex((waiting) => waiting.owner === owner);
    if (place < 0) return [];
    const earlier = this.#queue.slice(0, place).map((waiting) => waiting.owner);
    return this.#current === undefined ? earlier : [this.#current, ...earlier];
  }

  /** Waits for the turn, in order of asking. Rejects with the signal's reason where it is aborted first. */
  take(owner: Owner, signal: AbortSignal): Promise<Turn> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = () => {
        const index = this.#queue.indexOf(place);
        if (index >= 0) this.#queue.splice(index, 1);
        reject(signal.reason);
      };
      const place = {
        owner,
        begin: () => {
          signal.removeEventListener('abort', onAbort);
          this.#current = owner;
          this.#onChange();
          resolve({ end: once(() => this.#next()) });
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (this.#current === undefined) place.begin();
      else this.#queue.push(place);
    });
  }

  #next(): void {
    this.#current = undefined;
    const place = this.#queue.shift();
    if (place === undefined) this.#onChange();
    else place.begin();
  }
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}
