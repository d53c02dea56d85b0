/** What an API asks for tokens: a price as it is listed or entered, and where it comes from. */

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
