/** What happens to a worker that does not do its part: every call answers within seconds, and says why. */

import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { defaultSampling } from '../../src/domain/conversation';
import type { GenerateRequest, ModelSource } from '../../src/domain/engine';
import { scriptUrl, type Script } from '../../workers/engines/scripted';
import { EngineClient, spawnEngineWorker, type EngineClientOptions } from '../../workers/engine-client';
import { WARM_UP_MS, engineLocks, valueOf, warmUpWorker } from '../support/conformance';

const clients: EngineClient[] = [];
const never = () => new AbortController().signal;

/** The longest that a failure may take to be told, in ms. */
const INFORMED_MS = 5000;

function connect(options: Partial<EngineClientOptions> = {}): EngineClient {
  const client = new EngineClient({ spawn: spawnEngineWorker, startDeadlineMs: 30_000, ...options });
  clients.push(client);
  return client;
}

/** A worker of a few lines. */
function inlineWorker(code: string): () => Worker {
  return () =>
    new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' });
}

function source(script: Script): ModelSource {
  return { baseUrl: scriptUrl(script), precision: 'q8', device: 'wasm', requiredFeatures: [] };
}

function load(client: EngineClient, script: Script = {}, signal: AbortSignal = never()) {
  return client.load('scripted', source(script), { signal, onProgress: () => undefined });
}

const request: GenerateRequest = {
  prompt: { kind: 'chat', messages: [{ role: 'user', content: 'Hello' }] },
  sampling: { ...defaultSampling, maxTokens: 100_000 },
  ignoreEndOfSequence: false,
};

/** A generation whose text so far can be read while it runs. */
function generate(client: EngineClient, signal: AbortSignal = never()) {
  const said: string[] = [];
  const outcome = client.generate(request, {
    signal,
    onMarks: (marks) =>
      said.push(...marks.flatMap((mark) => (mark.kind === 'chunk' ? [mark.chunk.text] : []))),
  });
  return { outcome, said };
}

beforeAll(warmUpWorker, WARM_UP_MS);

afterEach(() => {
  for (const client of clients.splice(0)) client.terminate();
});

test('a script that is not there is a blocked worker', { timeout: 4 * INFORMED_MS }, async () => {
  const client = connect({ spawn: () => new Worker('/no-such-script.js', { type: 'module' }) });
  const outcome = await load(client);
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'worker-blocked' } });
  if (!outcome.ok) expect(outcome.failure.detail).not.toBe('');
  expect((await client.gone).code).toBe('worker-blocked');
});

test('a worker that may not be made at all is a blocked worker', async () => {
  const client = connect({
    spawn: () => {
      throw new DOMException('refused by policy', 'SecurityError');
    },
  });
  expect(await load(client)).toMatchObject({ ok: false, failure: { code: 'worker-blocked' } });
  await client.unload();
});

test('a script that throws as it starts is a blocked worker', async () => {
  const client = connect({ spawn: inlineWorker('throw new Error("not today")') });
  const outcome = await load(client);
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'worker-blocked' } });
  if (!outcome.ok) expect(outcome.failure.detail).toContain('not today');
});

test('a worker that says nothing is given up at the deadline', async () => {
  const client = connect({ spawn: inlineWorker('self.onmessage = () => undefined'), startDeadlineMs: 300 });
  expect(await load(client)).toMatchObject({ ok: false, failure: { code: 'start-timeout' } });
  expect(await client.countTokens(request.prompt, never())).toMatchObject({
    failure: { code: 'start-timeout' },
  });
});

test(
  'a worker that dies in an answer is noticed, and its part is kept',
  { timeout: 4 * INFORMED_MS },
  async () => {
    const client = connect();
    valueOf(await load(client, { chunks: ['a', 'b', 'c', 'd', 'e'], everyMs: 40, dieAfter: 4 }));
    const { outcome, said } = generate(client);
    await vi.waitFor(() => expect(said.length).toBeGreaterThan(0), { timeout: INFORMED_MS });
    const began = performance.now();
    expect(await outcome).toMatchObject({ ok: false, failure: { code: 'worker-died' } });
    expect(performance.now() - began).toBeLessThan(INFORMED_MS);
    // All but at most the last batch, which was not posted yet.
    expect('abcd'.startsWith(said.join(''))).toBe(true);
    expect(said.length).toBeGreaterThanOrEqual(3);
    expect(await generate(client).outcome).toMatchObject({ failure: { code: 'worker-died' } });
  },
);

test('a worker that dies while idle is noticed too', { timeout: 4 * INFORMED_MS }, async () => {
  let worker: Worker | undefined;
  const client = connect({
    spawn: () => {
      worker = spawnEngineWorker();
      return worker;
    },
  });
  valueOf(await load(client));
  worker?.terminate();
  expect((await client.gone).code).toBe('worker-died');
});

test('an answer is cancelled by its id, and the next one is not', async () => {
  const client = connect();
  valueOf(await load(client, { chunks: ['x'], repeat: 1000, everyMs: 5 }));
  const stop = new AbortController();
  const first = generate(client, stop.signal);
  await vi.waitFor(() => expect(first.said.length).toBeGreaterThan(1), { timeout: INFORMED_MS });
  stop.abort();
  expect(valueOf(await first.outcome).end).toMatchObject({ completion: { reason: 'aborted' } });
  const second = new AbortController();
  const next = generate(client, second.signal);
  await vi.waitFor(() => expect(next.said.length).toBeGreaterThan(1), { timeout: INFORMED_MS });
  // Aborting the first again is no concern of the second.
  stop.abort();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { length } = next.said;
  await vi.waitFor(() => expect(next.said.length).toBeGreaterThan(length), { timeout: INFORMED_MS });
  second.abort();
  expect(valueOf(await next.outcome).end.kind).toBe('completed');
});

test('a call that was cancelled before it began does not reach the engine', async () => {
  const client = connect();
  valueOf(await load(client));
  const { outcome, said } = generate(client, AbortSignal.abort());
  expect((await outcome).ok).toBe(false);
  expect(said).toEqual([]);
  expect(valueOf(await generate(client).outcome).end.kind).toBe('completed');
});

test(
  'an engine that is deaf is ended with its worker, and what it said is kept',
  { timeout: 4 * INFORMED_MS },
  async () => {
    const client = connect({ stopDeadlineMs: 300 });
    valueOf(await load(client, { chunks: ['x'], repeat: 100_000, everyMs: 5, deaf: true }));
    const stop = new AbortController();
    const { outcome, said } = generate(client, stop.signal);
    await vi.waitFor(() => expect(said.length).toBeGreaterThan(1), { timeout: INFORMED_MS });
    stop.abort();
    expect(await outcome).toMatchObject({ ok: false, failure: { code: 'stopped-hard' } });
    expect(said.length).toBeGreaterThan(1);
    await expect.poll(engineLocks, { timeout: INFORMED_MS }).toEqual([]);
  },
);

test('giving up a count does not end the worker that is busy with something else', async () => {
  const client = connect({ stopDeadlineMs: 50 });
  valueOf(await load(client, { chunks: ['x'], repeat: 1000, everyMs: 5 }));
  const stop = new AbortController();
  const running = generate(client, stop.signal);
  const giveUp = new AbortController();
  const count = client.countTokens(request.prompt, giveUp.signal);
  giveUp.abort();
  await count;
  expect((await client.countTokens(request.prompt, giveUp.signal)).ok).toBe(false);
  const { length } = running.said;
  await vi.waitFor(() => expect(running.said.length).toBeGreaterThan(length + 20), { timeout: INFORMED_MS });
  stop.abort();
  expect(valueOf(await running.outcome).end.kind).toBe('completed');
});

test('a count that does not come to its end ends the worker, by name', async () => {
  const client = connect({ countDeadlineMs: 300 });
  valueOf(await load(client, { stuckCount: true }));
  const outcome = await client.countTokens(request.prompt, never());
  expect(outcome).toEqual({
    ok: false,
    failure: { code: 'count-timeout', detail: 'no count within 300 ms' },
  });
  expect((await client.gone).code).toBe('count-timeout');
  await expect.poll(engineLocks, { timeout: INFORMED_MS }).toEqual([]);
});

test('a count may wait for as long as something else is computed', { timeout: 4 * INFORMED_MS }, async () => {
  const client = connect({ countDeadlineMs: 300 });
  valueOf(await load(client, { stuckCount: true, chunks: ['x'], repeat: 200, everyMs: 10 }));
  const { outcome } = generate(client);
  const counted = client.countTokens(request.prompt, never());
  // Two seconds of answering: many times what a count may take when the worker has nothing else to do.
  expect(valueOf(await outcome).chunks).toHaveLength(200);
  expect(await counted).toMatchObject({ ok: false, failure: { code: 'count-timeout' } });
});

test(
  'stopping a hundred times, in load and in answer, leaves nothing behind',
  { timeout: 60_000 },
  async () => {
    for (let round = 0; round < 50; round += 1) {
      const client = connect();
      const stop = new AbortController();
      const loading = load(client, { loadMs: 200 }, stop.signal);
      stop.abort();
      expect((await loading).ok).toBe(false);
      client.terminate();
    }
    const client = connect();
    valueOf(await load(client, { chunks: ['x'], repeat: 1000, everyMs: 5 }));
    for (let round = 0; round < 50; round += 1) {
      const stop = new AbortController();
      const { outcome, said } = generate(client, stop.signal);
      await vi.waitFor(() => expect(said.length).toBeGreaterThan(0), { timeout: INFORMED_MS, interval: 5 });
      stop.abort();
      expect(valueOf(await outcome).end).toMatchObject({ completion: { reason: 'aborted' } });
    }
    await expect.poll(engineLocks, { timeout: INFORMED_MS }).toHaveLength(1);
  },
);

test('an engine that this build does not have is said to be missing', async () => {
  const outcome = await connect().load('no-such-engine' as 'scripted', source({}), {
    signal: never(),
    onProgress: () => undefined,
  });
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'engine-error' } });
});
