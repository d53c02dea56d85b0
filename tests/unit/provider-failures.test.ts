/** What goes wrong at a provider, and what is made of it: pages in its place, silence, locked keys, and the bill. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import 'fake-indexeddb/auto';
import { createStore } from 'idb-keyval';
import { afterEach, expect, test } from 'vitest';
import { failureOf, FailureError, type Failure } from '../../src/domain/failure';
import type { ProviderAccount, ProviderKind } from '../../src/domain/provider';
import { answerText, recordRun, type RunTrace } from '../../src/domain/trace';
import { guardedFetch } from '../../workers/providers/guarded-fetch';
import { KeyHolder } from '../../workers/providers/key-holder';
import { listModels, modelIsThere } from '../../workers/providers/model-listing';
import { ProviderEngine } from '../../workers/providers/provider-engine';
import { aRequest } from '../support/fake-engine';
import { accountAt } from '../support/provider-account';
import { startProviderServer } from '../support/provider-server.mjs';

const KEY = 'sk-canary-90b1aa22';
const PASSPHRASE = 'seven lamps on a quiet river';

let close: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(close.map((one) => one()));
  close = [];
});

/** A server that does what one function says, and how often it was asked. */
async function serverThat(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ origin: string; asked: string[] }> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function standIn() {
  const server = await startProviderServer();
  close.push(() => server.close());
  return server;
}

function asking(
  account: ProviderAccount,
  limits: { readonly firstByteMs?: number; readonly silenceMs?: number; readonly wholeMs?: number } = {},
): typeof fetch {
  return guardedFetch({
    protocol: 'chat',
    key: undefined,
    note: { purpose: 'provider-check', prompt: false },
    backOffMs: () => 1000,
    mostRequests: 2,
    ...limits,
    ...(account.kind === 'openai' && { protocol: 'responses' }),
  });
}

const never = new AbortController().signal;

async function failureWhen(run: Promise<unknown>): Promise<Failure> {
  return run.then(
    () => expect.fail('nothing failed'),
    (thrown: unknown) => failureOf(thrown),
  );
}

const HTML = '<!doctype html><title>Sign in to the network</title>';

function portal(status: number) {
  return serverThat((_, response) => response.writeHead(status, { 'Content-Type': 'text/html' }).end(HTML));
}

test.each(['openai', 'anthropic', 'gemini', 'openrouter'] as const)(
  '%s: a web page in place of the provider is called that, and no missing model',
  async (kind) => {
    for (const status of [200, 404, 403]) {
      const { origin } = await portal(status);
      const account = accountAt(origin, kind);
      const failure = await failureWhen(modelIsThere(account, 'some-model', asking(account), never));
      expect(failure.code).toBe('not-an-api');
    }
  },
);

test('a compatible server without a list is asked all the same; the model that the provider denies is unknown', async () => {
  const { origin } = await portal(404);
  const account = accountAt(origin, 'compatible');
  expect(await modelIsThere(account, 'mine', asking(account), never)).toBeUndefined();
  const server = await standIn();
  const openai = accountAt(server.origin, 'openai');
  const failure = await failureWhen(modelIsThere(openai, 'no-such', asking(openai), never));
  expect(failure.code).toBe('model-unknown');
});

test.each([
  ['never answers', () => undefined],
  [
    'sends its headers and then nothing',
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.flushHeaders();
    },
  ],
  [
    'stops in the middle of its list',
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"data":[');
    },
  ],
] as const)('a server that %s does not hold a start up', async (_, answer) => {
  const { origin } = await serverThat(answer);
  const account = accountAt(origin, 'compatible');
  const before = performance.now();
  const limits = { firstByteMs: 150, silenceMs: 150 };
  const failure = await failureWhen(modelIsThere(account, 'mine', asking(account, limits), never));
  expect(failure.code).toBe('provider-silent');
  expect(performance.now() - before).toBeLessThan(3000);
});

test('a list that comes a letter at a time, for ever, is given up', async () => {
  const { origin } = await serverThat((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  const account = accountAt(origin, 'compatible');
  const limits = { firstByteMs: 1000, silenceMs: 1000, wholeMs: 300 };
  const failure = await failureWhen(listModels(account, asking(account, limits), never));
  expect(failure.code).toBe('provider-silent');
});

test('without limits of its own, a start ends within seconds and an answer may take its time', async () => {
  const { origin, asked } = await serverThat(() => undefined);
  const account = accountAt(origin, 'compatible');
  const engine = engineFor(account, 'mine');
  const source = { baseUrl: '', precision: 'api', device: 'wasm', requiredFeatures: [] } as const;
  const before = performance.now();
  const failure = await failureWhen(engine.load(source, { signal: never, onProgress: () => undefined }));
  expect(failure.code).toBe('provider-silent');
  expect(performance.now() - before).toBeLessThan(12_000);
  expect(asked).toEqual(['GET /compatible/v1/models']);
});

test('an error whose text never ends is told by its status', async () => {
  const { origin } = await serverThat((_, response) => {
    response.writeHead(503, { 'Content-Type': 'application/json' });
    response.write('{"error":{"message":"');
  });
  const account = accountAt(origin, 'compatible');
  const before = performance.now();
  expect((await failureWhen(listModels(account, asking(account), never))).code).toBe('provider-error');
  expect(performance.now() - before).toBeLessThan(6000);
});

function keysOf(kind: ProviderKind, store: ReturnType<typeof createStore>): KeyHolder {
  return new KeyHolder(accountAt('http://127.0.0.1:1', kind), () => store);
}

test('a key that is kept and locked is asked for: nothing goes to a server of one’s own without it', async () => {
  const store = createStore('locked', 'keys');
  const first = keysOf('compatible', store);
  await first.set(KEY);
  expect(await first.keep(PASSPHRASE)).toEqual({ ok: true });

  const later = keysOf('compatible', store);
  await later.look();
  expect(() => later.use()).toThrow(FailureError);
  expect(codeOf(() => later.use())).toBe('key-locked');
  await later.unlock(PASSPHRASE);
  expect(later.use()).toBe(KEY);

  const forgetful = keysOf('compatible', store);
  await forgetful.look();
  await forgetful.forget();
  expect(forgetful.use()).toBeUndefined();
  const another = keysOf('compatible', store);
  await another.look();
  expect(another.use()).toBeUndefined();
});

test('where a key is needed, none and a locked one are two things', async () => {
  const store = createStore('needed', 'keys');
  const without = keysOf('openai', store);
  await without.look();
  expect(codeOf(() => without.use())).toBe('key-missing');
  await without.set(KEY);
  await without.keep(PASSPHRASE);
  const later = keysOf('openai', store);
  await later.look();
  expect(codeOf(() => later.use())).toBe('key-locked');
});

function codeOf(use: () => unknown): string {
  try {
    use();
    return 'none';
  } catch (thrown) {
    return failureOf(thrown).code;
  }
}

function engineFor(account: ProviderAccount, model: string): ProviderEngine {
  return new ProviderEngine({
    account,
    model,
    key: () => KEY,
    backOffMs: () => 1000,
    onSuccess: () => undefined,
    silenceMs: 1500,
  });
}

function run(engine: ProviderEngine): Promise<RunTrace> {
  const request = {
    ...aRequest(),
    prompt: { kind: 'chat', messages: [{ role: 'user', content: 'What is six times seven?' }] },
  } as const;
  return recordRun(engine, request, {
    signal: never,
    now: () => performance.now(),
    onMark: () => undefined,
  });
}

test.each(['openai', 'anthropic', 'gemini', 'openrouter', 'compatible'] as const)(
  '%s: what a refused answer used is billed, and kept',
  async (kind) => {
    const server = await standIn();
    const trace = await run(engineFor(accountAt(server.origin, kind), 'refusal'));
    expect(trace.end).toMatchObject({ kind: 'failed', failure: { code: 'answer-refused' } });
    expect(trace.end).toHaveProperty('usage', {
      input: 8,
      cacheRead: 4,
      cacheWrite: 0,
      output: 5,
      thinking: 0,
    });
    expect(answerText(trace)).toBe('I cannot');
  },
);

test.each(['openai', 'anthropic', 'gemini', 'compatible'] as const)(
  '%s: of an answer that was cut off no tokens are told: what came by then is less than what is billed',
  async (kind) => {
    const server = await standIn();
    const trace = await run(engineFor(accountAt(server.origin, kind), 'clean-cut'));
    expect(trace.end).toMatchObject({ kind: 'failed', failure: { code: 'stream-cut' } });
    expect(trace.end).not.toHaveProperty('usage');
  },
);

test('tokens that are told together with the error of an answer are kept too', async () => {
  const events = [
    { type: 'response.created', response: { id: 'r', created_at: 1, model: 'm' } },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { type: 'message', id: 'm1' },
    },
    { type: 'response.output_text.delta', item_id: 'm1', output_index: 0, content_index: 0, delta: 'Six' },
    {
      type: 'response.failed',
      sequence_number: 4,
      response: {
        error: { code: 'server_error', message: 'it broke' },
        usage: {
          input_tokens: 30,
          input_tokens_details: { cached_tokens: 10 },
          output_tokens: 7,
          output_tokens_details: { reasoning_tokens: 5 },
        },
      },
    },
  ];
  const { origin, asked } = await serverThat((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    response.end();
  });
  const trace = await run(engineFor(accountAt(origin, 'openai'), 'any'));
  expect(trace.end).toMatchObject({
    kind: 'failed',
    failure: { code: 'provider-error' },
    usage: { input: 20, cacheRead: 10, cacheWrite: 0, output: 2, thinking: 5 },
  });
  expect(answerText(trace)).toBe('Six');
  expect(asked).toHaveLength(1);
});

test('an answer whose connection is lost before a byte came is not asked for again by this code', async () => {
  const { origin, asked } = await serverThat((request) => request.socket.destroy());
  const trace = await run(engineFor(accountAt(origin, 'compatible'), 'any'));
  expect(trace.end).toMatchObject({ kind: 'failed', failure: { code: 'api-unreachable' } });
  expect(asked).toEqual(['POST /compatible/v1/chat/completions']);
});
