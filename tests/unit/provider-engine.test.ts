/** Every wire protocol against the stand-in server, through the engine that the app uses. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GenerateRequest, Sampling } from '../../src/domain/engine';
import { failureOf, type Failure } from '../../src/domain/failure';
import { exampleSchema } from '../../src/domain/json-schema';
import { summarise } from '../../src/domain/metrics';
import type { ProviderKind } from '../../src/domain/provider';
import { answerText, recordRun, thinkingText, type RunTrace } from '../../src/domain/trace';
import { jsonFormat } from '../../workers/providers/json-format';
import { ProviderEngine } from '../../workers/providers/provider-engine';
import { aRequest } from '../support/fake-engine';
import { accountAt } from '../support/provider-account';
import { startProviderServer } from '../support/provider-server.mjs';

const KEY = 'sk-canary-4f9d1c7b2e';

let server: Awaited<ReturnType<typeof startProviderServer>>;
let successes = 0;
beforeAll(async () => {
  server = await startProviderServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  successes = 0;
});

function engineFor(kind: ProviderKind, model: string, key: string | undefined = KEY): ProviderEngine {
  return new ProviderEngine({
    account: accountAt(server.origin, kind),
    model,
    key: () => key,
    backOffMs: () => 10_000,
    onSuccess: () => (successes += 1),
    silenceMs: 300,
  });
}

test('only a refusal for too many requests makes the next wait longer', async () => {
  let waits = 0;
  const engine = new ProviderEngine({
    account: accountAt(server.origin, 'openai'),
    model: 'normal',
    key: () => KEY,
    backOffMs: () => (waits += 1),
    onSuccess: () => undefined,
  });
  await load(engine);
  await run(engine);
  expect(waits).toBe(0);
});

test('a list whose items are not described is not asked for strictly', () => {
  const strict = (items: object) => {
    const schema = { type: 'object', properties: { list: { type: 'array', ...items } }, required: ['list'] };
    return jsonFormat('responses', JSON.stringify(schema)).call.providerOptions?.['openai']?.[
      'strictJsonSchema'
    ];
  };
  expect([strict({}), strict({ items: { type: 'string' } })]).toEqual([false, true]);
});

test('a key that no header can carry is told as that, and nothing is sent', async () => {
  const trace = await run(engineFor('openai', 'normal', 'sk-copied…short'));
  expect(trace.end).toMatchObject({ kind: 'failed', failure: { code: 'key-rejected' } });
  expect(server.requests).toEqual([]);
});

function run(
  engine: ProviderEngine,
  options: {
    readonly sampling?: Partial<Sampling>;
    readonly jsonSchema?: string;
    readonly signal?: AbortSignal;
    onMark?: () => void;
  } = {},
): Promise<RunTrace> {
  const { jsonSchema } = options;
  const request: GenerateRequest = {
    ...aRequest(options.sampling),
    ...(jsonSchema !== undefined && { jsonSchema }),
    prompt: {
      kind: 'chat',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is six times seven?' },
      ],
    },
  };
  return recordRun(engine, request, {
    signal: options.signal ?? new AbortController().signal,
    now: () => performance.now(),
    onMark: options.onMark ?? (() => undefined),
  });
}

async function failureWith(
  kind: ProviderKind,
  model: string,
  key?: string,
): Promise<Failure & { text: string }> {
  const trace = await run(engineFor(kind, model, key));
  if (trace.end.kind !== 'failed') throw new Error(`it ${trace.end.kind}`);
  return { ...trace.end.failure, text: answerText(trace) };
}

function completionOf(trace: RunTrace) {
  if (trace.end.kind === 'failed') throw new Error(JSON.stringify(trace.end.failure));
  return trace.end.completion;
}

function load(engine: ProviderEngine) {
  const source = { baseUrl: '', precision: 'api', device: 'wasm', requiredFeatures: [] } as const;
  return engine.load(source, { signal: new AbortController().signal, onProgress: () => undefined });
}

const kinds = ['openai', 'anthropic', 'gemini', 'openrouter', 'compatible'] as const;
const keyHeaders = {
  openai: ['authorization', `Bearer ${KEY}`],
  anthropic: ['x-api-key', KEY],
  gemini: ['x-goog-api-key', KEY],
  openrouter: ['authorization', `Bearer ${KEY}`],
  compatible: ['authorization', `Bearer ${KEY}`],
} as const;

/** What stands in the body of a request for a schema. */
const formatIn: Readonly<Record<(typeof kinds)[number], (schema: object) => object>> = {
  openai: (schema) => ({ text: { format: { type: 'json_schema', strict: true, schema: closed(schema) } } }),
  anthropic: (schema) => ({ output_config: { format: { type: 'json_schema', schema: closed(schema) } } }),
  gemini: (schema) => ({
    generationConfig: { responseMimeType: 'application/json', responseSchema: schema },
  }),
  openrouter: (schema) => chatFormat(schema),
  compatible: (schema) => chatFormat(schema),
};

function chatFormat(schema: object): object {
  return {
    response_format: { type: 'json_schema', json_schema: { strict: true, schema: closed(schema) } },
  };
}

function closed(schema: object): object {
  return { ...schema, additionalProperties: false };
}

describe.each(kinds)('%s', (kind) => {
  test('streams an answer, with the tokens that it reports', async () => {
    const trace = await run(engineFor(kind, 'normal'));
    const completion = completionOf(trace);
    expect(answerText(trace)).toBe('The answer is 42.');
    expect(completion).toMatchObject({
      reason: 'stop',
      promptTokens: 12,
      cachedTokens: 4,
      completionTokens: 5,
    });
    expect(completion.usage).toEqual({ input: 8, cacheRead: 4, cacheWrite: 0, output: 5, thinking: 0 });
    expect(summarise(trace)).toMatchObject({
      tokenBasis: 'reported',
      outputTokens: 5,
      prefillRate: undefined,
    });
    expect(trace.chunks.every(({ tokens }) => tokens === undefined)).toBe(true);
    expect(successes).toBe(1);
  });

  test('sends the key in its header, and the key is nowhere else', async () => {
    await run(engineFor(kind, 'normal'));
    const [request] = server.requests;
    const [header, value] = keyHeaders[kind];
    expect(request?.headers[header]).toBe(value);
    expect(request?.url).not.toContain(KEY);
    expect(request?.body).not.toContain(KEY);
    expect(request?.body).toContain('What is six times seven?');
    expect(request?.body).toContain('Be brief.');
    const others = Object.entries(request?.headers ?? {}).filter(([name]) => name !== header);
    expect(JSON.stringify(others)).not.toContain(KEY);
    if (kind === 'anthropic')
      expect(request?.headers['anthropic-dangerous-direct-browser-access']).toBe('true');
  });

  test('shows thinking apart from the answer and counts it apart', async () => {
    const trace = await run(engineFor(kind, 'thinking'));
    expect(answerText(trace)).toBe('The answer is 42.');
    expect(thinkingText(trace)).toBe('Six times seven…');
    const completion = completionOf(trace);
    expect(completion.usage).toMatchObject({ output: 5, thinking: 7 });
    // A summary of the thinking is fewer tokens than are counted for it, and nobody tells how many.
    const summarised = ['openai', 'anthropic', 'gemini'].includes(kind);
    expect(completion.completionTokens).toBe(summarised ? undefined : 12);
  });

  test('is told the schema of the answer in its own words, and of no schema where there is none', async () => {
    const trace = await run(engineFor(kind, 'claude-json'), { jsonSchema: exampleSchema });
    expect(JSON.parse(answerText(trace))).toEqual({ answer: 'forty-two', right: true });
    expect(completionOf(trace).ignored ?? []).not.toContain('jsonSchema');
    const properties = { answer: { type: 'string' }, right: { type: 'boolean' } };
    const required = ['answer', 'right'];
    const body: unknown = JSON.parse(server.requests[0]?.body ?? '');
    expect(body).toMatchObject(formatIn[kind]({ type: 'object', properties, required }));
    await run(engineFor(kind, 'claude-json'));
    expect(server.requests[1]?.body).not.toMatch(/schema|responseMimeType|"format"/i);
  });

  test.each(['split-utf8', 'crlf', 'comments'])('reads a stream with %s', async (model) => {
    const trace = await run(engineFor(kind, model));
    const text = model === 'split-utf8' ? 'naïve 日本語 🦊 ok' : 'The answer is 42.';
    expect(completionOf(trace).reason).toBe('stop');
    expect(answerText(trace)).toBe(text);
  });

  test('says that the length was reached', async () => {
    expect(completionOf(await run(engineFor(kind, 'length'))).reason).toBe('length');
  });

  test('calls nothing a token where none were reported', async () => {
    const trace = await run(engineFor(kind, 'missing-usage'));
    expect(answerText(trace)).toBe('The answer is 42.');
    expect(summarise(trace)).toMatchObject({ tokenBasis: 'none', outputTokens: undefined });
  });

  test('waits for a slow start and stamps it as time to first token', async () => {
    const trace = await run(engineFor(kind, 'slow-start'));
    expect(summarise(trace).ttftMs).toBeGreaterThan(1400);
  });

  test.each([
    ['unauthorized', 'key-rejected'],
    ['forbidden', 'key-rejected'],
    ['unknown', 'model-unknown'],
    ['no-such-scenario', 'model-unknown'],
    ['too-long', 'context-full'],
    ['bad-parameter', 'request-rejected'],
    ['broken', 'provider-error'],
    ['html', 'not-an-api'],
    ['huge-line', 'stream-malformed'],
    ['error-first', 'provider-error'],
    ['tool-call', 'request-rejected'],
  ] as const)('%s is %s, told without the key, and asked once', async (model, code) => {
    const failure = await failureWith(kind, model);
    expect(failure.code).toBe(code);
    expect(failure.detail).not.toContain(KEY);
    expect(failure.detail).not.toContain('six times seven');
    expect(server.requests).toHaveLength(1);
    expect(successes).toBe(0);
  });

  test.each([
    ['refusal', 'answer-refused', 'I cannot'],
    ['stall', 'stream-cut', 'The answer is'],
    ['cut', 'stream-cut', 'The answer is'],
    ['clean-cut', 'stream-cut', 'The answer is'],
    ['malformed', 'stream-malformed', 'The answer is'],
    ['error-inside', 'provider-error', 'The answer is'],
  ] as const)('%s is %s, and the part before it is kept', async (model, code, text) => {
    const failure = await failureWith(kind, model);
    expect(failure).toMatchObject({ code, text });
    expect(server.requests).toHaveLength(1);
  });

  test('takes the time to wait from Retry-After, and a guess where there is none', async () => {
    const before = Date.now();
    const { code, retryAt = 0 } = await failureWith(kind, 'rate-limit');
    expect(code).toBe('rate-limited');
    expect(retryAt - before).toBeGreaterThanOrEqual(7000);
    expect(retryAt - before).toBeLessThan(9000);
    const { retryGuessed = false } = await failureWith(kind, 'rate-limit');
    expect(retryGuessed).toBe(false);
    const unsaid = await failureWith(kind, 'rate-limit-unsaid');
    expect(unsaid).toMatchObject({ code: 'rate-limited', retryGuessed: true });
    expect((unsaid.retryAt ?? 0) - before).toBeGreaterThan(9000);
  });

  test('stops at once, keeps what was said, and closes the connection', async () => {
    const stop = new AbortController();
    let marks = 0;
    const trace = await run(engineFor(kind, 'forever'), {
      signal: stop.signal,
      onMark: () => {
        marks += 1;
        if (marks === 5) stop.abort();
      },
    });
    expect(completionOf(trace).reason).toBe('aborted');
    expect(answerText(trace)).toMatch(/^(?:on ){5,}$/);
    expect(trace.returnedMs - (trace.chunks.at(-1)?.atMs ?? 0)).toBeLessThan(250);
  });

  test('loads by asking what costs nothing: whether key and model are good', async () => {
    const facts = await load(engineFor(kind, 'normal'));
    expect(facts.adapter).toBe(new URL(server.origin).host);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
    const rejected = await load(engineFor(kind, 'normal', 'wrong-key')).catch((thrown: unknown) =>
      failureOf(thrown),
    );
    expect(rejected).toMatchObject({ code: 'key-rejected' });
  });
});

test('parameters that a provider does not take are named', async () => {
  const sampling = { temperature: 0.7, topK: 40, repetitionPenalty: 1.1, stop: ['END'] };
  const trace = await run(engineFor('openai', 'normal'), { sampling });
  expect(completionOf(trace).ignored).toEqual(
    expect.arrayContaining(['repetitionPenalty', 'topK', 'seed', 'stopSequences']),
  );
});

test('a schema that leaves something open is not asked for strictly, which would be refused', async () => {
  const open = { type: 'object', properties: { maybe: { type: 'string' } } };
  await run(engineFor('openai', 'claude-json'), { jsonSchema: JSON.stringify(open) });
  await run(engineFor('compatible', 'claude-json'), { jsonSchema: JSON.stringify(open) });
  expect(server.requests.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { text: { format: { strict: false } } },
    { response_format: { json_schema: { strict: false } } },
  ]);
});

test.each([
  ['openai', []],
  ['compatible', []],
  ['anthropic', ['jsonSchema.maximum']],
  ['gemini', ['jsonSchema.maximum']],
] as const)('%s: what of a schema it does not keep to is named', async (kind, names) => {
  const schema = {
    type: 'object',
    properties: { count: { type: 'integer', maximum: 9 } },
    required: ['count'],
  };
  const trace = await run(engineFor(kind, 'claude-json'), { jsonSchema: JSON.stringify(schema) });
  const ignored = completionOf(trace).ignored ?? [];
  expect(ignored.filter((name) => name.startsWith('jsonSchema'))).toEqual(names);
});

test.each(['openai', 'anthropic', 'gemini'] as const)(
  '%s: a model that is not there does not load',
  async (kind) => {
    const refused = await load(engineFor(kind, 'no-such')).catch((thrown: unknown) => failureOf(thrown));
    expect(refused).toMatchObject({ code: 'model-unknown' });
  },
);

test('quota, which 429 means too, is not something to wait for', async () => {
  expect((await failureWith('compatible', 'quota')).code).toBe('quota-exhausted');
});

test('500 tokens per second: every one is counted', async () => {
  const engine = engineFor('compatible', 'rate-500');
  await load(engine);
  const metrics = summarise(await run(engine));
  expect(metrics.outputTokens).toBe(2500);
});

test.each([
  ['unauthorized', true],
  ['unknown', true],
  ['rate-limit', true],
  ['too-long', true],
  ['overloaded', true],
  ['broken', undefined],
  ['error-first', undefined],
  ['cut', undefined],
  ['refusal', undefined],
] as const)('%s: whether it is known that nothing is billed for it is %s', async (model, unbilled) => {
  for (const kind of kinds) expect((await failureWith(kind, model)).unbilled).toBe(unbilled);
});

test('a prompt that got no answer may have been answered and billed: nobody says that it was not', async () => {
  const gone = await startProviderServer();
  await gone.close();
  const engine = new ProviderEngine({
    account: accountAt(gone.origin, 'compatible'),
    model: 'normal',
    key: () => KEY,
    backOffMs: () => 10_000,
    onSuccess: () => undefined,
  });
  const { end } = await run(engine);
  expect(end).toMatchObject({ failure: { code: 'api-unreachable' } });
  expect(end).not.toMatchObject({ failure: { unbilled: true } });
});
