/** The catalogue of models, as the Models screen shows it: searched, filtered, and held against this machine. */

import type { CatalogEntry } from '../catalog/catalog';
import type * as Estimate from '../catalog/estimate';
import type { EngineId } from '../domain/engine';
import { failureOf, type Failure } from '../domain/failure';
import type { Machine } from '../domain/machine';
import type { CatalogModel, CatalogVariant } from '../domain/model';

/** Bounds in parameters: from, and up to but not including. */
export const sizeBands = {
  tiny: [0, 0.5e9],
  small: [0.5e9, 2e9],
  medium: [2e9, 5e9],
  large: [5e9, Infinity],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;
export type SizeBand = keyof typeof sizeBands;

/** Bits of a weight, about. */
export const bitBands = { two: [0, 4], four: [4, 7], eight: [7, 12], sixteen: [12, Infinity] } as const;
export type BitBand = keyof typeof bitBands;

export interface ModelFilter {
  readonly search: string;
  readonly size: SizeBand | 'any';
  readonly engine: EngineId | 'any';
  readonly bits: BitBand | 'any';
  /** `permissive`: free to use, change and sell, without conditions on the use. */
  readonly licence: 'permissive' | 'any';
  readonly fitsOnly: boolean;
}

const everyModel: ModelFilter = {
  search: '',
  size: 'any',
  engine: 'any',
  bits: 'any',
  licence: 'any',
  fitsOnly: false,
};

export interface VariantFit {
  readonly variant: CatalogVariant;
  readonly fit: Estimate.Fit;
  /** Where it does not fit at the chosen context: the longest at which it does, in tokens, or 0. */
  readonly fitsAt: number;
}

/** A model held against this machine at the chosen context. */
export interface ModelRow {
  readonly model: CatalogModel;
  /** Its variants that the filter lets through, each with how it fits. */
  readonly variants: readonly VariantFit[];
  readonly best: Estimate.Recommendation | undefined;
  /** Where nothing of it fits at the chosen context: tokens at which something does, or 0. */
  readonly fitsAt: number;
  /** Where nothing of it fits at any context: what does. */
  readonly instead: CatalogModel | undefined;
}

export interface Catalogue {
  readonly models: readonly CatalogModel[];
  readonly estimate: Pick<
    typeof Estimate,
    'bestVariant' | 'fitOf' | 'longestContext' | 'memoryNeed' | 'smallerSibling'
  >;
  /** What the person added to it. */
  readonly own?: { readonly list: readonly CatalogModel[] };
}

export interface ModelsServices {
  /** The catalogue and what holds it against a machine are chunks of their own, loaded when they are first needed. */
  readonly catalogue: () => Promise<Catalogue>;
  readonly machine: () => Promise<Machine>;
}

export const contextChoices = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072] as const;

export class Models {
  #catalogue = $state.raw<Catalogue | undefined>(undefined);
  #machine = $state.raw<Machine | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #filter = $state.raw<ModelFilter>(everyModel);
  #contextTokens = $state.raw<number>(4096);
  readonly #services: ModelsServices;
  #loading: Promise<void> | undefined;
  readonly #all = $derived([...this.own, ...(this.#catalogue?.models ?? [])]);
  readonly #rows = $derived.by(() => this.#rowsOf(this.#machine));
  readonly #entries = $derived(
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- it is made anew, never changed
    new Map(
      this.all.flatMap((card) => card.variants.map((variant) => [variant.id, { card, variant }] as const)),
    ),
  );

  constructor(services: ModelsServices) {
    this.#services = services;
  }

  /** The person's own first. */
  get all(): readonly CatalogModel[] {
    return this.#all;
  }

  /** What the person added, newest first. */
  get own(): readonly CatalogModel[] {
    return this.#catalogue?.own?.list ?? [];
  }

  /** Undefined until it was asked. */
  get machine(): Machine | undefined {
    return this.#machine;
  }

  /** Why there is no catalogue, where there is none. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get filter(): ModelFilter {
    return this.#filter;
  }

  get contextTokens(): number {
    return this.#contextTokens;
  }

  /** What the filter lets through, in the catalogue's order. */
  get rows(): readonly ModelRow[] {
    return this.#rows;
  }

  /** A variant by its id; undefined while the catalogue is not loaded, and where it has no such. */
  entry(variantId: string): CatalogEntry | undefined {
    return this.#entries.get(variantId);
  }

  /** The longest context at which a variant is thought to fit here, in tokens, or 0; undefined where nothing is known. */
  longestContext(variantId: string): number | undefined {
    const found = this.#entries.get(variantId);
    if (found === undefined || this.#catalogue === undefined || this.#machine === undefined) return undefined;
    return this.#catalogue.estimate.longestContext(found.card, found.variant, this.#machine);
  }

  /** What a variant is thought to need at a context of so many tokens; undefined where nothing is known. */
  needAt(variantId: string, tokens: number): Estimate.MemoryNeed | undefined {
    const found = this.#entries.get(variantId);
    return found && this.#catalogue?.estimate.memoryNeed(found.card, found.variant, tokens);
  }

  narrow(change: Partial<ModelFilter>): void {
    this.#filter = { ...this.#filter, ...change };
  }

  /** Drops every filter but the search for this one. */
  showOnly({ name }: CatalogModel): void {
    this.#filter = { ...everyModel, search: name };
  }

  setContext(tokens: number): void {
    this.#contextTokens = tokens;
  }

  /** Loads the catalogue once, and asks the machine anew each time: what may be stored changes. Never rejects. */
  async load(): Promise<void> {
    this.#loading ??= this.#loadModels();
    const [machine] = await Promise.all([this.#services.machine(), this.#loading]);
    this.#machine = machine;
  }

  async #loadModels(): Promise<void> {
    try {
      this.#catalogue = await this.#services.catalogue();
      this.#failure = undefined;
    } catch (thrown) {
      this.#failure = failureOf(thrown, 'network');
      this.#loading = undefined;
    }
  }

  #rowsOf(machine: Machine | undefined): readonly ModelRow[] {
    if (machine === undefined || this.#catalogue === undefined) return [];
    const { estimate } = this.#catalogue;
    const models = this.#all;
    const tokens = this.#contextTokens;
    return models
      .filter((model) => matches(model, this.#filter))
      .map((model) => {
        const variants = model.variants
          .filter((variant) => variantMatches(model, variant, this.#filter))
          .map((variant): VariantFit => {
            const fit = estimate.fitOf(model, variant, tokens, machine);
            const shorter = fit.obstacles.length > 0;
            return { variant, fit, fitsAt: shorter ? estimate.longestContext(model, variant, machine) : 0 };
          });
        const best = estimate.bestVariant(
          { ...model, variants: variants.map(({ variant }) => variant) },
          tokens,
          machine,
        );
        const fitsAt = best === undefined ? Math.max(0, ...variants.map((one) => one.fitsAt)) : 0;
        const instead =
          best === undefined && fitsAt === 0
            ? estimate.smallerSibling(model, models, tokens, machine)
            : undefined;
        return { model, variants, best, fitsAt, instead };
      })
      .filter(({ variants }) => variants.length > 0)
      .filter(({ best }) => !this.#filter.fitsOnly || best !== undefined);
  }
}

function matches(
  { name, family, licence, parameters, openness }: CatalogModel,
  filter: ModelFilter,
): boolean {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${name} ${family} ${licence}`.toLowerCase();
  if (!words.every((word) => text.includes(word))) return false;
  if (filter.licence === 'permissive' && openness.permissiveLicence !== 'yes') return false;
  return filter.size === 'any' || isWithin(parameters, sizeBands[filter.size]);
}

function variantMatches(
  model: CatalogModel,
  { engine, bytes }: CatalogVariant,
  filter: ModelFilter,
): boolean {
  if (filter.engine !== 'any' && engine !== filter.engine) return false;
  return filter.bits === 'any' || isWithin((bytes * 8) / model.parameters, bitBands[filter.bits]);
}

function isWithin(value: number, [from, below]: readonly [number, number]): boolean {
  return value >= from && value < below;
}
