/** What models behind an API cost: list prices, and the person's own in their place. */

import { SvelteMap } from 'svelte/reactivity';
import * as v from 'valibot';
import {
  completePrice,
  dayOf,
  type EnteredPrice,
  type EnteredRates,
  type Price,
  type PriceOrigin,
} from '../domain/cost';
import { listPrice } from '../providers/prices';
import { parseRemoteVariantId, type ProviderAccount } from '../domain/provider';
import { browserMemory, type Memory } from './browser-memory';

export interface PricesServices {
  readonly account: (accountId: string) => ProviderAccount | undefined;
  readonly now: () => number;
  readonly memory?: Memory;
}

const MEMORY_KEY = 'opentab.prices';
/** More could not be read again. */
export const MAX_PRICES = 2_000;
/** Highest rate, and longest prompt, that can be entered: what is stored must be readable again. */
export const MAX_RATE = 1_000_000;
export const MAX_ABOVE = 1_000_000_000;

const rate = v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(MAX_RATE)));
const rates = { input: rate, cacheRead: rate, cacheWrite: rate, output: rate };
const above = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ABOVE)));
const pricesSchema = v.pipe(
  v.array(
    v.object({
      variantId: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)),
      price: v.object({
        ...rates,
        long: v.exactOptional(v.object({ above, ...rates })),
        date: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
        source: v.exactOptional(v.pipe(v.string(), v.url(), v.maxLength(300))),
      }),
    }),
  ),
  v.maxLength(MAX_PRICES),
);

export class Prices {
  readonly #own = new SvelteMap<string, EnteredPrice>();
  readonly #services: PricesServices;
  readonly #memory: Memory;

  constructor(services: PricesServices) {
    this.#services = services;
    this.#memory = services.memory ?? browserMemory();
    this.readAnew();
  }

  /** The person's own prices as they are stored: another tab may have changed them. */
  readAnew(): void {
    this.#own.clear();
    for (const { variantId, price } of readPrices(this.#memory.get(MEMORY_KEY)))
      this.#own.set(variantId, price);
  }

  /** Undefined where nobody has named a price, or only parts of one. */
  price(variantId: string): Price | undefined {
    const own = this.#own.get(variantId);
    return own === undefined ? this.#list(variantId) : completePrice(own);
  }

  /** What is known of it, a price in the making included. */
  entered(variantId: string): EnteredPrice | undefined {
    return this.#own.get(variantId) ?? this.#list(variantId);
  }

  isOwn(variantId: string): boolean {
    return this.#own.has(variantId);
  }

  hasListPrice(variantId: string): boolean {
    return this.#list(variantId) !== undefined;
  }

  /** True from the day on after which a price was said to hold no longer. */
  isStale({ until }: PriceOrigin): boolean {
    return until !== undefined && dayOf(this.#services.now()) > until;
  }

  /** The person's own price; where nothing of it is left, the list price holds again. */
  set(variantId: string, price: Omit<EnteredPrice, keyof PriceOrigin>): void {
    const { above } = price.long ?? {};
    const long = { ...(above !== undefined && { above }), ...known(price.long ?? {}) };
    const entered = { ...known(price), ...(Object.keys(long).length > 0 && { long }) };
    const nothing = Object.keys(entered).length === 0;
    this.#change(variantId, nothing ? undefined : { ...entered, date: dayOf(this.#services.now()) });
  }

  /** Nothing is left of the person's own price: the list price holds again, where there is one. */
  reset(variantId: string): void {
    this.#change(variantId, undefined);
  }

  #list(variantId: string): Price | undefined {
    const parsed = parseRemoteVariantId(variantId);
    const account = parsed && this.#services.account(parsed.accountId);
    return account && listPrice(account.kind, parsed.model);
  }

  /** What other tabs have changed since stays. Where there are too many to be read again, the oldest give way. */
  #change(variantId: string, price: EnteredPrice | undefined): void {
    const others = readPrices(this.#memory.get(MEMORY_KEY)).filter((one) => one.variantId !== variantId);
    const prices = price === undefined ? others : [...others, { variantId, price }];
    this.#memory.set(MEMORY_KEY, JSON.stringify(prices.slice(-MAX_PRICES)));
    this.readAnew();
  }
}

/** Without what is left out: it would be stored, and shown, as something. */
function known({ input, cacheRead, cacheWrite, output }: EnteredRates): EnteredRates {
  return {
    ...(input !== undefined && { input }),
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(output !== undefined && { output }),
  };
}

function readPrices(
  stored: string | undefined,
): readonly { readonly variantId: string; readonly price: EnteredPrice }[] {
  if (stored === undefined) return [];
  try {
    const parsed = v.safeParse(pricesSchema, JSON.parse(stored));
    return parsed.success ? parsed.output : [];
  } catch {
    // Not even JSON: the list prices hold.
    return [];
  }
}
