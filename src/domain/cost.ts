/** What an answer of an API costs, from the tokens that it reported and a price. */

import type { TokenUsage } from './engine';

/** US dollars per million tokens. */
export interface TokenPrices {
  readonly input: number;
  /** Prompt tokens read from the provider's cache; as `input` where it is left out. */
  readonly cacheRead?: number;
  /** Prompt tokens written to it; as `input` where it is left out. */
  readonly cacheWrite?: number;
  /** The answer, and the thinking before it. */
  readonly output: number;
}

/** Where a price comes from, and how far it can be trusted. */
export interface PriceOrigin {
  /** Day on which it was read or entered, `YYYY-MM-DD`. */
  readonly date: string;
  /** Address of the page that it comes from; undefined for a price that the person entered. */
  readonly source?: string;
  /** Last day on which it holds, `YYYY-MM-DD`, where such a day was named. */
  readonly until?: string;
  /** What could not be looked up: whether long prompts cost more. */
  readonly unchecked?: 'long-prompts';
}

export interface Price extends TokenPrices, PriceOrigin {
  /** What the whole request costs where its prompt is longer than so many tokens. */
  readonly long?: TokenPrices & { readonly above: number };
}

/** Rates as a person enters them, one by one; those that are left out are not known yet. */
export interface EnteredRates {
  readonly input?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
  readonly output?: number | undefined;
}

export interface EnteredPrice extends EnteredRates, PriceOrigin {
  readonly long?: (EnteredRates & { readonly above?: number | undefined }) | undefined;
}

/** A price that answers can be billed by; undefined where a part of it is missing that is not known from another. */
export function completePrice(entered: EnteredPrice): Price | undefined {
  const { input, cacheRead, cacheWrite, output, long, ...origin } = entered;
  const rates = completeRates({ input, cacheRead, cacheWrite, output });
  if (long === undefined) return rates && { ...rates, ...origin };
  const { above } = long;
  const longRates = completeRates(long);
  if (rates === undefined || longRates === undefined || above === undefined) return undefined;
  return { ...rates, ...origin, long: { above, ...longRates } };
}

function completeRates({ input, cacheRead, cacheWrite, output }: EnteredRates): TokenPrices | undefined {
  if (input === undefined || output === undefined) return undefined;
  return {
    input,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    output,
  };
}

/** The day of a moment (ms since the epoch), as a price carries it. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** One line of a bill, in US dollars. */
export interface Cost {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly thinking: number;
  readonly total: number;
}

export function costOf(usage: TokenUsage, price: Price): Cost {
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite;
  const rates: TokenPrices = price.long !== undefined && prompt > price.long.above ? price.long : price;
  const input = (usage.input * rates.input) / 1e6;
  const cached =
    (usage.cacheRead * (rates.cacheRead ?? rates.input) +
      usage.cacheWrite * (rates.cacheWrite ?? rates.input)) /
    1e6;
  const output = (usage.output * rates.output) / 1e6;
  const thinking = (usage.thinking * rates.output) / 1e6;
  return { input, cached, output, thinking, total: input + cached + output + thinking };
}

/** Sums of what several answers cost. */
export interface CostTotal {
  readonly total: number;
  /** Answers of an API that have no price, or reported no tokens: what they cost comes on top. */
  readonly unknown: number;
}

/** `undefined` in `costs` is an answer whose cost is not known; undefined for none at all. */
export function addCosts(costs: readonly (Cost | undefined)[]): CostTotal | undefined {
  if (costs.length === 0) return undefined;
  return {
    total: costs.reduce((sum, cost) => sum + (cost?.total ?? 0), 0),
    unknown: costs.filter((cost) => cost === undefined).length,
  };
}
