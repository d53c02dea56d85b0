/**
 * When running an open model on one's own machine pays, against an API, at a volume and a mix that the person names.
 *
 * All prompts are taken as new (nothing is cached), all days as alike, and prices, rates and tariff as constant. What a
 * better or worse answer is worth is not in it. What the machine draws while it idles counts only where the person
 * says that it is on for this alone.
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
  /** W that the machine draws around the clock and would not without this; 0 where it is on anyway. */
  readonly idleWatts: number;
  /** Tokens per second. */
  readonly prefillRate: number;
  readonly decodeRate: number;
  /** US dollars that have to be spent first; 0 where the machine is there anyway. */
  readonly hardware: number;
}

/** `idle`: nothing is asked, so that there is nothing to save. */
export type EvenVerdict =
  | { readonly kind: 'idle' }
  /** Over 24 hours a day. */
  | { readonly kind: 'too-slow' }
  /** Neither costs anything, or a day here costs what it does at the API, or more. */
  | { readonly kind: 'free' | 'never' }
  /** Nothing has to be spent first. */
  | { readonly kind: 'at-once' }
  /** In more days than anybody can plan for. */
  | { readonly kind: 'too-late' }
  | { readonly kind: 'after'; readonly days: number };

export interface BreakEven {
  /** US dollars a day. */
  readonly api: number;
  readonly local: number;
  /** The part of `local` that idling costs. */
  readonly idle: number;
  /** Hours a day that the machine computes; over 24 it cannot keep up. */
  readonly hours: number;
  readonly verdict: EvenVerdict;
}

/** Ten years: no machine, model or price of today is one then. */
export const MOST_DAYS = 3650;
const DAY_MS = 86_400_000;

export function breakEven(volume: Volume, prices: TokenPrices, running: LocalRunning): BreakEven {
  const { requestsPerDay, promptTokens, outputTokens } = volume;
  const { power, idleWatts } = running;
  const api = (requestsPerDay * (promptTokens * prices.input + outputTokens * prices.output)) / 1e6;
  const seconds = requestsPerDay * (promptTokens / running.prefillRate + outputTokens / running.decodeRate);
  const idle = energyOf(DAY_MS, { ...power, watts: idleWatts }).cost;
  const local = energyOf(seconds * 1000, power).cost + idle;
  const hours = seconds / 3600;
  return { api, local, idle, hours, verdict: verdictOf({ api, local, hours }, running.hardware) };
}

function verdictOf(
  { api, local, hours }: Omit<BreakEven, 'idle' | 'verdict'>,
  hardware: number,
): EvenVerdict {
  if (hours === 0) return { kind: 'idle' };
  if (hours > 24) return { kind: 'too-slow' };
  if (api === 0 && local === 0) return { kind: 'free' };
  if (api <= local) return { kind: 'never' };
  if (hardware === 0) return { kind: 'at-once' };
  const days = hardware / (api - local);
  return days > MOST_DAYS ? { kind: 'too-late' } : { kind: 'after', days };
}
