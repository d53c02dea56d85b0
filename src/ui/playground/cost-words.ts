/** What is said where a sum of costs does not hold all of them. */

import type { CostTotal, UnknownCost } from '../../domain/answer-cost';
import { m } from '../../messages/messages.js';
import { formatInteger } from '../shared/format';

interface Words {
  readonly one: () => string;
  readonly several: (inputs: { readonly count: string }) => string;
}

const reasons: Readonly<Record<UnknownCost, Words>> = {
  'no-usage': { one: m.provider_cost_no_usage_one, several: m.provider_cost_no_usage_several },
  'no-price': { one: m.provider_cost_no_price_one, several: m.provider_cost_no_price_several },
  'incomplete-price': {
    one: m.provider_cost_incomplete_one,
    several: m.provider_cost_incomplete_several,
  },
};

/** How many answers have no known cost, and then why, a sentence for each reason; nothing where all are known. */
export function unknownCosts({ unknown }: Pick<CostTotal, 'unknown'>): readonly string[] {
  const given = (Object.keys(reasons) as UnknownCost[]).filter((why) => unknown[why] > 0);
  const count = given.reduce((sum, why) => sum + unknown[why], 0);
  if (count === 0) return [];
  const all = { one: m.provider_cost_unknown_one, several: m.provider_cost_unknown_several };
  return [counted(all, count), ...given.map((why) => counted(reasons[why], unknown[why]))];
}

/** True where prices, entered, would tell more of it. */
export function lacksPrices({ unknown }: Pick<CostTotal, 'unknown'>): boolean {
  return unknown['no-price'] > 0 || unknown['incomplete-price'] > 0;
}

function counted({ one, several }: Words, count: number): string {
  return count === 1 ? one() : several({ count: formatInteger(count) });
}
