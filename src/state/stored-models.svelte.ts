/** What is stored of models in this browser: how much each takes, when it was last used, what may be deleted. */

import { failureOf, type Failure } from '../domain/failure';
import type { StoredArtifact } from '../weights/chunk-store';
import type { WeightStore } from '../weights/weight-store';

export interface Space {
  /** Bytes that this site uses, as the browser says. */
  readonly usedBytes: number;
  /** Bytes that it might use. Browsers round and pad this: only a write tells the truth. */
  readonly quotaBytes: number;
  /** True where the browser promised not to clear it by itself. */
  readonly persisted: boolean;
}

export class StoredModels {
  #list = $state.raw<readonly StoredArtifact[]>([]);
  #space = $state.raw<Space | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #known = $state.raw(false);
  readonly #store: Pick<WeightStore, 'list' | 'remove' | 'pin'>;
  readonly #storage: StorageManager | undefined;

  constructor(store: Pick<WeightStore, 'list' | 'remove' | 'pin'>, storage: StorageManager | undefined) {
    this.#store = store;
    this.#storage = storage;
  }

  /** Newest use first. `key` names one in `remove` and `pin`; `Downloads` and engines list theirs here too. */
  get list(): readonly StoredArtifact[] {
    return this.#list;
  }

  /** False until the store was first asked. */
  get known(): boolean {
    return this.#known;
  }

  /** Undefined where the browser does not tell. */
  get space(): Space | undefined {
    return this.#space;
  }

  /** Why the list could not be read, where it could not. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Bytes that the browser says may still be stored; undefined where it does not tell. */
  get freeBytes(): number | undefined {
    return this.#space && Math.max(0, this.#space.quotaBytes - this.#space.usedBytes);
  }

  /** What to delete first where space is needed: not pinned, longest unused. */
  get deletable(): readonly StoredArtifact[] {
    return this.#list.filter(({ pinned }) => !pinned).toReversed();
  }

  /** Call when a screen opens and whenever `Downloads.onChange` tells. A few ms, however large the models are. */
  async refresh(): Promise<void> {
    try {
      const list = await this.#store.list();
      this.#list = list.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt);
      this.#failure = undefined;
    } catch (thrown) {
      this.#failure = failureOf(thrown, 'storage-outdated');
    }
    this.#known = true;
    this.#space = await this.#askForSpace();
  }

  /** Resolves, when it is gone, with the bytes that this freed. */
  async remove(key: string): Promise<number> {
    const freed = await this.#store.remove(key);
    await this.refresh();
    return freed;
  }

  /**
   * Asks the browser not to clear this site's storage by itself. It may ask the person, or decide by its own rules.
   *
   * @returns whether it promised; undefined where it cannot be asked
   */
  async persist(): Promise<boolean | undefined> {
    try {
      return await this.#storage?.persist();
    } catch {
      return undefined;
    } finally {
      await this.refresh();
    }
  }

  async pin(key: string, pinned: boolean): Promise<void> {
    await this.#store.pin(key, pinned);
    await this.refresh();
  }

  async #askForSpace(): Promise<Space | undefined> {
    try {
      const [estimate, persisted] = await Promise.all([
        this.#storage?.estimate(),
        this.#storage?.persisted(),
      ]);
      if (estimate?.usage === undefined || estimate.quota === undefined) return undefined;
      return { usedBytes: estimate.usage, quotaBytes: estimate.quota, persisted: persisted === true };
    } catch {
      return undefined;
    }
  }
}
