/** What an answer of an API costs, from the tokens that it reported and a price, or that nobody can say. */

import type { Answer, Conversation, LaneId } from './conversation';
import type { EnteredPrice, Price, TokenPrices } from './cost';
import type { TokenUsage } from './engine';
import type { Failure, FailureCode } from './failure';

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

/** A bill of nothing: for a request that was turned away. */
const nothing: Cost = { input: 0, cached: 0, output: 0, thinking: 0, total: 0 };

/** Why an answer’s cost is not known: no tokens were reported for it, or its model has no price, or half of one. */
export type UnknownCost = 'no-usage' | 'no-price' | 'incomplete-price';

export type AnswerCost =
  { readonly kind: 'known'; readonly cost: Cost } | { readonly kind: 'unknown'; readonly why: UnknownCost };

/** Failures before anything was sent. */
const NEVER_SENT: ReadonlySet<FailureCode> = new Set([
  'provider-missing',
  'provider-silent',
  'key-missing',
  'key-locked',
  'address-insecure',
]);

/** Prices as they are entered, and where they are complete. */
export interface KnownPrices {
  entered(variantId: string): EnteredPrice | undefined;
  price(variantId: string): Price | undefined;
}

/**
 * What an answer of an API cost; undefined for one that was computed here, and where no API was asked for it. What was
 * turned away before a model saw it cost nothing, whatever the price; what broke off may have cost anything.
 */
export function answerCost(
  { run, failure }: Pick<Answer, 'run' | 'failure'>,
  prices: KnownPrices,
): AnswerCost | undefined {
  if (run?.device !== 'remote') return undefined;
  const { usage, variantId } = run;
  if (usage === undefined && failure !== undefined && isUnbilled(failure))
    return { kind: 'known', cost: nothing };
  if (usage === undefined) return { kind: 'unknown', why: 'no-usage' };
  const price = prices.price(variantId);
  if (price !== undefined) return { kind: 'known', cost: costOf(usage, price) };
  const begun = prices.entered(variantId) !== undefined;
  return { kind: 'unknown', why: begun ? 'incomplete-price' : 'no-price' };
}

function isUnbilled({ code, unbilled }: Failure): boolean {
  return unbilled === true || NEVER_SENT.has(code);
}

/** Sums of what several answers cost. */
export interface CostTotal {
  readonly total: number;
  /** How many answers have no known cost, by the reason; what they cost comes on top. */
  readonly unknown: Readonly<Record<UnknownCost, number>>;
}

/** Undefined for no answers at all. */
export function addCosts(costs: readonly AnswerCost[]): CostTotal | undefined {
  if (costs.length === 0) return undefined;
  const unknown = { 'no-usage': 0, 'no-price': 0, 'incomplete-price': 0 };
  let total = 0;
  for (const one of costs) {
    if (one.kind === 'known') total += one.cost.total;
    else unknown[one.why] += 1;
  }
  return { total, unknown };
}

/**
 * What a conversation's answers, or those of one lane, cost up to now; undefined where no API was asked. Every attempt
 * is counted, and each once: a duplicated lane has its answers in common with the lane that it was made from.
 */
export function costsIn(
  { exchanges }: Pick<Conversation, 'exchanges'>,
  prices: KnownPrices,
  lane?: LaneId,
): CostTotal | undefined {
  const attempts = exchanges.flatMap((exchange) =>
    lane === undefined ? Object.values(exchange.attempts) : (exchange.attempts[lane] ?? []),
  );
  const answers = new Map(
    attempts.flatMap((one) => one.answers.map((answer) => [answer.id, answer] as const)),
  );
  return addCosts([...answers.values()].flatMap((answer) => answerCost(answer, prices) ?? []));
}
