/** What an API is told of how much its model is to think before it answers; each has words of its own for that. */

import type { SharedV3ProviderOptions } from '@ai-sdk/provider';
import { THINKING_IGNORED, type Sampling, type ThinkingEffort } from '../../src/domain/engine';
import type { ProviderKind } from '../../src/domain/provider';

interface ThinkingCall {
  readonly options: SharedV3ProviderOptions;
  /** In the place of the most tokens that were asked for. */
  readonly settings?: { readonly maxOutputTokens: number };
  /** Names for `Completion.ignored`. */
  readonly ignored: readonly string[];
}

type Effort = Exclude<ThinkingEffort, 'off'>;

/** Claude up to 4.5 is told how many tokens it may think for; later ones find that out from an effort. */
const withBudget = /claude-3|-4(?:-(?:[015]\b|\d{8}\b)|$)/;
/** The least budget that the API takes, in tokens, and the share of an answer's tokens that an effort is. */
const LEAST_BUDGET = 1024;
const budgetShares: Readonly<Record<Effort, number>> = { low: 0.2, medium: 0.5, high: 0.8 };

/** Tokens for an effort, as Gemini 2.5 itself takes it where it is asked in OpenAI's protocol. */
const geminiBudgets: Readonly<Record<Effort, number>> = { low: 1024, medium: 8192, high: 24_576 };
/** The least budget of Gemini 2.5 Pro. */
const GEMINI_PRO_LEAST = 128;

/** What OpenAI calls the summaries of thinking: an organisation that it has not verified is refused for asking. */
export const SUMMARY_PARAMETER = 'reasoning.summary';

/**
 * Says nothing where the model is to think as it does by itself.
 *
 * @param summaries false where it is known that there are none to be had
 */
export function thinkingCall(
  kind: ProviderKind,
  model: string,
  { thinking, maxTokens }: Pick<Sampling, 'thinking' | 'maxTokens'>,
  summaries = true,
): ThinkingCall {
  if (thinking === undefined) return { options: {}, ignored: [] };
  switch (kind) {
    case 'openai':
      return openAi(model, thinking, summaries);
    case 'anthropic':
      return anthropic(model, thinking, maxTokens);
    case 'gemini':
      return gemini(model, thinking);
    case 'openrouter':
      return { options: { compatible: { reasoning: { effort: effortName(thinking) } } }, ignored: [] };
    case 'compatible':
      return { options: { openaiCompatible: { reasoningEffort: effortName(thinking) } }, ignored: [] };
  }
}

/**
 * Whether the thinking that is shown is all that was thought. Where it is a summary, the tokens that the API counts were
 * made before and between what it shows, and belong to no rate of the stream.
 */
export function showsWholeThinking(kind: ProviderKind, model: string): boolean {
  switch (kind) {
    case 'openai':
    case 'gemini':
      return false;
    case 'anthropic':
      return model.includes('claude-3');
    case 'openrouter':
      return !/^~?(?:openai|anthropic|google)\//.test(model);
    case 'compatible':
      return true;
  }
}

/** Options of two, provider by provider. */
export function mergedOptions(
  one: SharedV3ProviderOptions = {},
  other: SharedV3ProviderOptions,
): SharedV3ProviderOptions {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, { ...one[name], ...other[name] }]));
}

function effortName(effort: ThinkingEffort): Effort | 'none' {
  return effort === 'off' ? 'none' : effort;
}

function openAi(model: string, effort: ThinkingEffort, summaries: boolean): ThinkingCall {
  if (effort !== 'off') {
    return summaries
      ? { options: { openai: { reasoningEffort: effort, reasoningSummary: 'auto' } }, ignored: [] }
      : { options: { openai: { reasoningEffort: effort } }, ignored: [SUMMARY_PARAMETER] };
  }
  // The first models that think cannot leave it; they are asked for as little as they can.
  const least = /^o\d/.test(model) ? 'low' : /^gpt-5(?:-|$)/.test(model) ? 'minimal' : undefined;
  return {
    options: { openai: { reasoningEffort: least ?? 'none' } },
    ignored: least === undefined ? [] : [THINKING_IGNORED],
  };
}

function anthropic(model: string, effort: ThinkingEffort, maxTokens: number): ThinkingCall {
  if (effort === 'off') return { options: { anthropic: { thinking: { type: 'disabled' } } }, ignored: [] };
  if (!withBudget.test(model)) {
    const thinking = { type: 'adaptive', display: 'summarized' };
    return { options: { anthropic: { thinking, effort } }, ignored: [] };
  }
  const budgetTokens = Math.max(LEAST_BUDGET, Math.floor(maxTokens * budgetShares[effort]));
  if (budgetTokens >= maxTokens) return { options: {}, ignored: [THINKING_IGNORED] };
  return {
    options: { anthropic: { thinking: { type: 'enabled', budgetTokens } } },
    // The library adds the budget to the most tokens, of which the API takes it.
    settings: { maxOutputTokens: maxTokens - budgetTokens },
    ignored: [],
  };
}

function gemini(model: string, effort: ThinkingEffort): ThinkingCall {
  const told = (config: Record<string, string | number>, ...ignored: string[]): ThinkingCall => ({
    options: { google: { thinkingConfig: { ...config, includeThoughts: effort !== 'off' } } },
    ignored,
  });
  const pro = model.includes('-pro');
  // These cannot think, and refuse to be asked.
  if (/gemini-(?:1\.|2\.0)|gemma/.test(model))
    return { options: {}, ignored: effort === 'off' ? [] : [THINKING_IGNORED] };
  if (model.includes('gemini-2.5')) {
    if (effort !== 'off') return told({ thinkingBudget: geminiBudgets[effort] });
    return pro ? told({ thinkingBudget: GEMINI_PRO_LEAST }, THINKING_IGNORED) : told({ thinkingBudget: 0 });
  }
  // Later ones take a level, of which none means not at all.
  if (effort !== 'off') return told({ thinkingLevel: effort });
  return told({ thinkingLevel: pro ? 'low' : 'minimal' }, THINKING_IGNORED);
}
