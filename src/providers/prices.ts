/**
 * List prices of well-known models, in US dollars per million tokens: what a price starts from until the person
 * enters their own. Discounts, batch and priority tiers and taxes are not in it.
 *
 * Each has the day on which it was read and the page that it is from. `until` is the last day on which a price holds
 * that is of a limited time, and `unchecked` names what that page has not been looked up for: both are shown.
 */

import type { Price, PriceOrigin, TokenPrices } from '../domain/cost';
import type { ProviderKind } from '../domain/provider';

type Row = readonly [input: number, cacheRead: number, output: number, cacheWrite?: number];

function rates([input, cacheRead, output, cacheWrite]: Row): TokenPrices {
  return { input, cacheRead, output, ...(cacheWrite !== undefined && { cacheWrite }) };
}

const openai = { date: '2026-10-04', source: 'https://developers.openai.com/api/docs/pricing' };
const anthropic = { date: '2026-10-10', source: 'https://platform.claude.com/docs/en/about-claude/pricing' };
const gemini = { date: '2026-10-07', source: 'https://ai.google.dev/gemini-api/docs/pricing' };

/** A prompt above so many tokens is billed at the second row. */
function price(from: PriceOrigin, row: Row, above?: number, longRow?: Row): Price {
  const long = above === undefined || longRow === undefined ? {} : { long: { above, ...rates(longRow) } };
  return { ...rates(row), ...long, ...from };
}

const OPENAI_LONG = 272_000;
const GEMINI_LONG = 200_000;

const lists: Readonly<Partial<Record<ProviderKind, Readonly<Record<string, Price>>>>> = {
  openai: {
    'gpt-6-astra': price(openai, [10, 1, 50, 12.5], OPENAI_LONG, [20, 2, 75, 25]),
    'gpt-6.1-sol': price(openai, [2, 0.1, 10, 2.5], OPENAI_LONG, [4, 0.2, 15, 5]),
    'gpt-6-luna': price(openai, [0.1, 0.01, 0.5, 0.125], OPENAI_LONG, [0.2, 0.02, 0.75, 0.25]),
    'gpt-5.5': price(openai, [5, 0.5, 30]),
    'gpt-5.6-sol': price(openai, [4, 0.4, 20, 5], OPENAI_LONG, [8, 0.8, 30, 10]),
    'gpt-5.6-terra': price({ ...openai, unchecked: 'long-prompts' }, [2, 0.2, 12, 2.5]),
    'gpt-5.6-luna': price(openai, [0.2, 0.02, 1.2, 0.25]),
  },
  anthropic: {
    'claude-opus-5-5': price(anthropic, [4, 0.2, 20, 5]),
    'claude-sonnet-5-5': price(anthropic, [2, 0.1, 10, 2.5]),
    'claude-haiku-5-5': price(anthropic, [0.1, 0.01, 0.5, 0.125], 100_000, [0.5, 0.05, 2.5, 0.625]),
    'claude-fable-5-1': price(anthropic, [10, 0.25, 50, 12.5]),
    'claude-opus-5': price(anthropic, [5, 0.5, 25, 6.25]),
    'claude-sonnet-5': price(anthropic, [2, 0.2, 10, 2.5]),
    'claude-opus-4-8': price(anthropic, [5, 0.5, 25, 6.25]),
    'claude-opus-4-7': price(anthropic, [5, 0.5, 25, 6.25]),
    'claude-opus-4-6': price(anthropic, [5, 0.5, 25, 6.25]),
    'claude-opus-4-5': price(anthropic, [5, 0.5, 25, 6.25]),
    'claude-sonnet-4-6': price(anthropic, [3, 0.3, 15, 3.75]),
    'claude-sonnet-4-5': price(anthropic, [3, 0.3, 15, 3.75]),
    'claude-haiku-4-5': price(anthropic, [1, 0.1, 5, 1.25]),
  },
  gemini: {
    'gemini-3.8-flash': price({ ...gemini, until: '2026-12-31' }, [0.75, 0.075, 3.75]),
    'gemini-3.1-pro-preview': price(gemini, [2, 0.2, 12], GEMINI_LONG, [4, 0.4, 18]),
  },
};

/** The list price of a model, by its name or a dated form of it (`name-2026-04-01`, `name-20260401`, `name-latest`). */
export function listPrice(kind: ProviderKind, model: string): Price | undefined {
  const plain = model.replace(/-(?:\d{4}-\d{2}-\d{2}|\d{8}|latest)$/, '');
  const list = lists[kind];
  return list !== undefined && Object.hasOwn(list, plain) ? list[plain] : undefined;
}
