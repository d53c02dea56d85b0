/** The models that the person added: which there are, kept over visits. Their files are the weight store's. */

import { readOwnModels } from '../catalog/own/schema';
import type { CatalogModel } from '../domain/model';
import type { Memory } from './browser-memory';

const KEY = 'opentab.own-models';

export class OwnList {
  #list = $state.raw<readonly CatalogModel[]>([]);
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#list = readOwnModels(memory.get(KEY) ?? '[]');
  }

  /** Newest first. */
  get list(): readonly CatalogModel[] {
    return this.#list;
  }

  /** In the place of what had the same id. */
  add(model: CatalogModel): void {
    this.#keep([model, ...this.#without(model)]);
  }

  remove(model: Pick<CatalogModel, 'id'>): void {
    this.#keep(this.#without(model));
  }

  /** Another tab may have changed what is kept since this one read it: its models are not to be lost. */
  #without({ id }: Pick<CatalogModel, 'id'>): readonly CatalogModel[] {
    return readOwnModels(this.#memory.get(KEY) ?? '[]').filter((one) => one.id !== id);
  }

  #keep(list: readonly CatalogModel[]): void {
    this.#list = list;
    this.#memory.set(KEY, JSON.stringify(list));
  }
}
