/** The way to the stored models. Their code loads when something first needs it. */

import { failureOf, type Failure } from '../domain/failure';
import type { ModelStorage } from './model-storage.svelte';

export class StorageDoor {
  #opened = $state.raw<ModelStorage>();
  #failure = $state.raw<Failure>();
  #opening: Promise<ModelStorage | undefined> | undefined;
  readonly #load: () => Promise<ModelStorage>;

  constructor(load: () => Promise<ModelStorage>) {
    this.#load = load;
  }

  /** Undefined until `open` has resolved. */
  get opened(): ModelStorage | undefined {
    return this.#opened;
  }

  /** Why its code did not load. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** True while bytes of a model are being fetched. */
  get busy(): boolean {
    return this.#opened?.downloads.busy ?? false;
  }

  /** Loads it once, and looks anew at what is stored each time. Never rejects. */
  async open(): Promise<ModelStorage | undefined> {
    const storage = await (this.#opening ??= this.#open());
    await storage?.refresh();
    return storage;
  }

  async #open(): Promise<ModelStorage | undefined> {
    try {
      this.#opened = await this.#load();
      this.#failure = undefined;
      return this.#opened;
    } catch (thrown) {
      this.#failure = failureOf(thrown, 'network');
      this.#opening = undefined;
      return undefined;
    }
  }
}
