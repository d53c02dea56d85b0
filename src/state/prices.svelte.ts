/** What models behind an API cost: list prices, and the person's own in their place. */

import { SvelteMap } from 'svelte/reactivity';
import * as v from 'valibot';
import type { Answer, AnswerRun, Conversation } from '../domain/conversation';
import { addCosts, costOf, dayOf, type Cost, type CostTotal, type Price } from '../domain/cost';
import { listPrice } from '../providers/prices';
import { parseRemoteVariantId, type ProviderAccount } from '../domain/provider';
import { browserMemory, type Memory } from './browser-memory';

export interface PricesServices {
  readonly account: (accountId: string) => ProviderAccount | undefined;
  readonly now: () => number;
  readonly memory?: Memory;
}

const MEMORY_KEY = 'opentab.prices';
const MAX_PRICES = 2_000;

const rate = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1_000_000));
const pricesSchema = v.pipe(
  v.array(
    v.object({
      variantId: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)),
      price: v.object({
        input: rate,
        cacheRead: v.exactOptional(rate),
        cacheWrite: v.exactOptional(rate),
        output: rate,
        date: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
        source: v.exactOptional(v.pipe(v.string(), v.url(), v.maxLength(300))),
      }),
    }),
  ),
  v.maxLength(MAX_PRICES),
);

export class Prices {
  readonly #own = new SvelteMap<string, Price>();
  readonly #services: PricesServices;
  readonly #memory: Memory;

  constructor(services: PricesServices) {
    this.#services = services;
    this.#memory = services.memory ?? browserMemory();
    for (const { variantId, price } of readPrices(this.#memory.get(MEMORY_KEY)))
      this.#own.set(variantId, price);
  }

  /** Undefined where nobody has named a price. */
  price(variantId: string): Price | undefined {
    const own = this.#own.get(variantId);
    const parsed = parseRemoteVariantId(variantId);
    if (own !== undefined || parsed === undefined) return own;
    const account = this.#services.account(parsed.accountId);
    return account && listPrice(account.kind, parsed.model);
  }

  isOwn(variantId: string): boolean {
    return this.#own.has(variantId);
  }

  set(variantId: string, price: Omit<Price, 'date' | 'long'>): void {
    this.#own.set(variantId, { ...price, date: dayOf(this.#services.now()) });
    this.#store();
  }

  /** Back to the list price, where there is one. */
  reset(variantId: string): void {
    this.#own.delete(variantId);
    this.#store();
  }

  /** Undefined where it is not known: no price, or no reported tokens. */
  costOf(run: AnswerRun): Cost | undefined {
    const price = this.price(run.variantId);
    return run.usage === undefined || price === undefined ? undefined : costOf(run.usage, price);
  }

  /** All answers of an API in a conversation, every attempt of every lane; undefined where there is none. */
  total(conversation: Conversation): CostTotal | undefined {
    return addCosts(
      conversation.exchanges
        .flatMap(({ attempts }) => Object.values(attempts))
        .flatMap(({ answers }) => this.#billed(answers)),
    );
  }

  laneTotal(conversation: Conversation, laneId: string): CostTotal | undefined {
    return addCosts(
      conversation.exchanges.flatMap(({ attempts }) => this.#billed(attempts[laneId]?.answers ?? [])),
    );
  }

  #billed(answers: readonly Answer[]): (Cost | undefined)[] {
    return answers
      .flatMap(({ run }) => (run?.device === 'remote' ? [run] : []))
      .map((run) => this.costOf(run));
  }

  #store(): void {
    const prices = [...this.#own].map(([variantId, price]) => ({ variantId, price }));
    this.#memory.set(MEMORY_KEY, JSON.stringify(prices));
  }
}

function readPrices(
  stored: string | undefined,
): readonly { readonly variantId: string; readonly price: Price }[] {
  if (stored === undefined) return [];
  try {
    const parsed = v.safeParse(pricesSchema, JSON.parse(stored));
    return parsed.success ? parsed.output : [];
  } catch {
    // Not even JSON: the list prices hold.
    return [];
  }
}
