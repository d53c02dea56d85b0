/** Which models exist. One list, looked up by id. */

import type { ModelCard, Variant } from '../domain/model';

export interface CatalogEntry {
  readonly card: ModelCard;
  readonly variant: Variant;
}

export class Catalog {
  readonly cards: readonly ModelCard[];
  readonly #entries: ReadonlyMap<string, CatalogEntry>;

  readonly #elsewhere: (variantId: string) => CatalogEntry | undefined;

  /**
   * The first variant of the first card is what a visitor without settings gets.
   * @param elsewhere finds models that are in no list, because a person can type their names: those behind an API
   */
  constructor(
    cards: readonly ModelCard[],
    elsewhere: (variantId: string) => CatalogEntry | undefined = () => undefined,
  ) {
    this.cards = cards;
    this.#elsewhere = elsewhere;
    this.#entries = new Map(
      cards.flatMap((card) => card.variants.map((variant) => [variant.id, { card, variant }] as const)),
    );
  }

  get(variantId: string): CatalogEntry | undefined {
    return this.#entries.get(variantId) ?? this.#elsewhere(variantId);
  }

  /** An entry for `variantId`, or the first one where this release does not know it any more. */
  getOrFirst(variantId: string): CatalogEntry {
    const entry = this.get(variantId) ?? this.#entries.values().next().value;
    if (entry === undefined) throw new Error('the catalogue is empty');
    return entry;
  }

  get firstVariantId(): string {
    return this.getOrFirst('').variant.id;
  }
}
