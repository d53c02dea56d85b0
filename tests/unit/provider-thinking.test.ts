/** What each API is told of how much its model is to think, in the request as the stand-in server gets it. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Completion, Sampling, ThinkingEffort } from '../../src/domain/engine';
import type { ProviderKind } from '../../src/domain/provider';
import { answerText, recordRun, thinkingText } from '../../src/domain/trace';
import { ProviderEngine } from '../../workers/providers/provider-engine';
import { thinkingCall } from '../../workers/providers/thinking-call';
import { aRequest } from '../support/fake-engine';
import { accountAt } from '../support/provider-account';
import { scenarios } from '../support/provider-scenarios.mjs';
import { startProviderServer } from '../support/provider-server.mjs';

let server: Awaited<ReturnType<typeof startProviderServer>>;
beforeAll(async () => {
  // Names by which the packages know what a model can do; under all of them it thinks.
  for (const name of [
    'gpt-5.1',
    'o3',
    'claude-sonnet-4-5',
    'claude-opus-4-6',
    'claude-opus-5-5',
    'gemini-2.5-flash',
  ])
    Object.assign(scenarios, { [name]: scenarios['thinking'] });
  Object.assign(scenarios, { 'gpt-5.2': { ...scenarios['thinks-unseen'], unverified: true } });
  server = await startProviderServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

async function ask(
  kind: ProviderKind,
  model: string,
  thinking: ThinkingEffort | undefined,
  sampling: Partial<Sampling> = {},
): Promise<{ body: unknown; text: string; thought: string; completion: Completion }> {
  const engine = new ProviderEngine({
    account: accountAt(server.origin, kind),
    model,
    key: () => 'sk-test',
    backOffMs: () => 10_000,
    onSuccess: () => undefined,
  });
  const request = aRequest({ maxTokens: 4096, ...sampling, ...(thinking !== undefined && { thinking }) });
  const trace = await recordRun(engine, request, {
    signal: new AbortController().signal,
    now: () => performance.now(),
    onMark: () => undefined,
  });
  if (trace.end.kind === 'failed') throw new Error(JSON.stringify(trace.end.failure));
  const body: unknown = JSON.parse(server.requests.at(-1)?.body ?? '');
  return { body, text: answerText(trace), thought: thinkingText(trace), completion: trace.end.completion };
}

describe('a request', () => {
  test.each([
    ['openai', 'gpt-5.1', 'low', { reasoning: { effort: 'low', summary: 'auto' }, max_output_tokens: 4096 }],
    ['openai', 'gpt-5.1', 'off', { reasoning: { effort: 'none' } }],
    ['openai', 'o3', 'off', { reasoning: { effort: 'low' } }],
    [
      'anthropic',
      'claude-sonnet-4-5',
      'medium',
      { thinking: { type: 'enabled', budget_tokens: 2048 }, max_tokens: 4096 },
    ],
    ['anthropic', 'claude-sonnet-4-5', 'off', { thinking: { type: 'disabled' }, max_tokens: 4096 }],
    [
      'anthropic',
      'claude-opus-4-6',
      'high',
      {
        thinking: { type: 'adaptive', display: 'summarized' },
        output_config: { effort: 'high' },
        max_tokens: 4096,
      },
    ],
    [
      'gemini',
      'gemini-2.5-flash',
      'medium',
      { generationConfig: { thinkingConfig: { thinkingBudget: 8192, includeThoughts: true } } },
    ],
    [
      'gemini',
      'gemini-2.5-flash',
      'off',
      { generationConfig: { thinkingConfig: { thinkingBudget: 0, includeThoughts: false } } },
    ],
    [
      'gemini',
      'thinking',
      'low',
      { generationConfig: { thinkingConfig: { thinkingLevel: 'low', includeThoughts: true } } },
    ],
    ['openrouter', 'thinking', 'high', { reasoning: { effort: 'high' } }],
    ['openrouter', 'thinking', 'off', { reasoning: { effort: 'none' } }],
    ['compatible', 'thinking', 'medium', { reasoning_effort: 'medium' }],
    ['compatible', 'thinking', 'off', { reasoning_effort: 'none' }],
  ] as const)('of %s for %s, asked to think: %s', async (kind, model, effort, expected) => {
    const { body, text, thought } = await ask(kind, model, effort);
    expect(body).toMatchObject(expected);
    expect([text, thought]).toEqual(['The answer is 42.', 'Six times seven…']);
  });

  test.each(['openai', 'anthropic', 'gemini', 'openrouter', 'compatible'] as const)(
    'of %s says nothing of it where nothing was chosen',
    async (kind) => {
      const { body } = await ask(kind, 'thinking', undefined);
      const { messages, input, contents, ...settings } = body as Record<string, unknown>;
      expect(messages ?? input ?? contents).toBeDefined();
      expect(JSON.stringify(settings)).not.toMatch(
        /"(?:reasoning|reasoning_effort|thinking|thinkingConfig|effort)":/,
      );
    },
  );

  test('says it beside what else the provider is told', async () => {
    const { body } = await ask('openai', 'gpt-5.1', 'low');
    expect(body).toMatchObject({ store: false, reasoning: { effort: 'low' } });
  });
});

test('an organisation that gets no summaries of thinking gets its answer, asked once more without them', async () => {
  const { body, text, completion } = await ask('openai', 'gpt-5.2', 'high');
  expect(text).toBe('The answer is 42.');
  expect(completion.ignored).toContain('reasoning.summary');
  expect((body as { reasoning: unknown }).reasoning).toEqual({ effort: 'high' });
  expect(server.requests).toHaveLength(2);
});

describe('what is not followed is named', () => {
  test.each([
    // Its thinking was delivered all the same.
    ['compatible', 'thinking', 'off', ['thinking']],
    ['compatible', 'normal', 'off', undefined],
    ['openai', 'o3', 'off', ['thinking', 'temperature']],
    // The package knows it for a model that does not think.
    ['openai', 'normal', 'high', ['thinking']],
    ['openai', 'normal', 'off', undefined],
    ['anthropic', 'claude-opus-5-5', 'off', ['thinking', 'temperature']],
  ] as const)('%s, %s, %s: %j', async (kind, model, effort, names) => {
    const { completion } = await ask(kind, model, effort);
    expect(completion.ignored === undefined ? undefined : new Set(completion.ignored)).toEqual(
      names === undefined ? undefined : new Set(names),
    );
  });

  test('a budget that leaves nothing for the answer is not asked for', async () => {
    const { body, completion } = await ask('anthropic', 'claude-sonnet-4-5', 'low', { maxTokens: 1024 });
    expect(completion.ignored).toContain('thinking');
    expect(body).toMatchObject({ max_tokens: 1024 });
    expect(body).not.toHaveProperty('thinking');
    expect(thinkingCall('anthropic', 'claude-sonnet-4-5', { thinking: 'low', maxTokens: 1025 })).toEqual({
      options: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } },
      settings: { maxOutputTokens: 1 },
      ignored: [],
    });
  });
});

test.each([
  ['claude-3-7-sonnet-20250219', 'enabled'],
  ['claude-sonnet-4-20250514', 'enabled'],
  ['claude-opus-4-0', 'enabled'],
  ['claude-opus-4-1-20250805', 'enabled'],
  ['claude-haiku-4-5-20251001', 'enabled'],
  ['claude-sonnet-4-6', 'adaptive'],
  ['claude-opus-4-10', 'adaptive'],
  ['claude-opus-5', 'adaptive'],
])('%s is told to think as it understands it: %s', (model, type) => {
  const { options } = thinkingCall('anthropic', model, { thinking: 'low', maxTokens: 8192 });
  expect(options['anthropic']).toMatchObject({ thinking: { type } });
});

test.each([
  ['gemini-2.0-flash', 'high', {}, ['thinking']],
  ['gemini-2.0-flash', 'off', {}, []],
  ['gemini-2.5-pro', 'off', { thinkingBudget: 128, includeThoughts: false }, ['thinking']],
  ['gemini-3-pro-preview', 'off', { thinkingLevel: 'low', includeThoughts: false }, ['thinking']],
  ['gemini-3-flash', 'off', { thinkingLevel: 'minimal', includeThoughts: false }, ['thinking']],
] as const)('%s, %s', (model, thinking, config, ignored) => {
  const call = thinkingCall('gemini', model, { thinking, maxTokens: 256 });
  expect(call.options['google']?.['thinkingConfig'] ?? {}).toEqual(config);
  expect(call.ignored).toEqual(ignored);
});
