/** Which models exist. One list, looked up by id. */

import { unknownOpenness, type ModelCard, type Variant } from '../domain/model';

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

  /** The entry of `variantId`; where nobody knows it, one whose card is `missing`, which can be named but not run. */
  getOrMissing(variantId: string): CatalogEntry {
    return this.get(variantId) ?? missingEntry(variantId);
  }

  get firstVariantId(): string {
    const [first] = this.#entries.keys();
    if (first === undefined) throw new Error('the catalogue is empty');
    return first;
  }
}

/** All that is known is the name: the rest of it is never looked at. */
function missingEntry(variantId: string): CatalogEntry {
  return {
    card: {
      id: variantId,
      name: variantId,
      missing: true,
      parameters: 0,
      contextTokens: 0,
      licence: '',
      openness: unknownOpenness,
      variants: [],
      suggestions: [],
    },
    variant: {
      id: variantId,
      engine: 'transformers-js',
      precision: 'fp32',
      baseUrl: '',
      bytes: 0,
      requiredFeatures: [],
      devices: ['webgpu', 'wasm'],
    },
  };
}
