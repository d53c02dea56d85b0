/**
 * When running an open model on one's own machine pays, against an API, at a volume and a mix that the person names.
 *
 * All prompts are taken as new (nothing is cached), all days as alike, and prices, rates and tariff as constant. What a
 * better or worse answer is worth is not in it.
 */

import type { TokenPrices } from './cost';
import { energyOf, type PowerSetting } from './energy';

export interface Volume {
  readonly requestsPerDay: number;
  /** Tokens of one request. */
  readonly promptTokens: number;
  readonly outputTokens: number;
}

export interface LocalRunning {
  readonly power: PowerSetting;
  /** Tokens per second. */
  readonly prefillRate: number;
  readonly decodeRate: number;
  /** US dollars that have to be spent first; 0 where the machine is there anyway. */
  readonly hardware: number;
}

export interface BreakEven {
  /** US dollars a day. */
  readonly api: number;
  readonly local: number;
  /** Hours a day that the machine computes; over 24 it cannot keep up. */
  readonly hours: number;
  /** Days until what was spent first is saved; 0 where nothing was, undefined where it never is. */
  readonly days: number | undefined;
}

export function breakEven(volume: Volume, prices: TokenPrices, running: LocalRunning): BreakEven {
  const { requestsPerDay, promptTokens, outputTokens } = volume;
  const api = (requestsPerDay * (promptTokens * prices.input + outputTokens * prices.output)) / 1e6;
  const seconds = requestsPerDay * (promptTokens / running.prefillRate + outputTokens / running.decodeRate);
  const local = energyOf(seconds * 1000, running.power).cost;
  const saved = api - local;
  const hours = seconds / 3600;
  const pays = saved > 0 && hours <= 24;
  return { api, local, hours, days: pays ? running.hardware / saved : undefined };
}
