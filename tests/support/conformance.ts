/**
 * The contract of the `Engine` port as a suite. Every engine goes through it in a real worker, behind the client
 * that the app uses; what it demands is written at `Engine` in `src/domain/engine.ts`.
 */

import * as Comlink from 'comlink';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EngineClient, spawnEngineWorker } from '../../workers/engine-client';
import { scriptUrl } from '../../workers/engines/scripted';
import type { EngineWorkerApi } from '../../workers/protocol';
import { defaultSampling } from '../../src/domain/conversation';
import {
  SCHEMA_IGNORED,
  holdsToSchema,
  type EngineId,
  type GenerateRequest,
  type LoadProgress,
  type LoadReport,
  type ModelSource,
  type Prompt,
  type Sampling,
} from '../../src/domain/engine';
import type { Outcome } from '../../src/domain/failure';
import { answerText, carriesOutput, thinkingText, type Mark, type RunTrace } from '../../src/domain/trace';

export interface ConformanceSubject {
  readonly engine: EngineId;
  readonly source: ModelSource;
  /** Loads to an end with a failure. */
  readonly brokenSource: ModelSource;
  readonly prompt: Prompt;
  /** Makes more tokens than a test waits for, so that it can be stopped. */
  readonly longPrompt: Prompt;
  /** Ms that a load, and an answer of a few tokens, may take on a slow machine. */
  readonly patienceMs: number;
}

const never = () => new AbortController().signal;

export function describeEngine(name: string, subject: ConformanceSubject): void {
  const { engine, source, prompt, longPrompt, patienceMs } = subject;
  const clients: EngineClient[] = [];

  function connect(spawn: () => Worker = spawnEngineWorker): EngineClient {
    const client = new EngineClient({
      spawn,
      startDeadlineMs: patienceMs,
      stopDeadlineMs: patienceMs,
    });
    clients.push(client);
    return client;
  }

  async function loaded(): Promise<{ readonly client: EngineClient; readonly report: LoadReport }> {
    const client = connect();
    const report = valueOf(
      await client.load(engine, source, { signal: never(), onProgress: () => undefined }),
    );
    return { client, report };
  }

  describe(name, { timeout: 3 * patienceMs }, () => {
    beforeAll(warmUpWorker, WARM_UP_MS);

    // The browser gives a worker's lock back when its thread, and so its memory, is no more.
    afterEach(async () => {
      for (const client of clients.splice(0)) client.terminate();
      await expect.poll(engineLocks, { timeout: patienceMs }).toEqual([]);
    }, 2 * patienceMs);

    test('loads, tells how far it is, and reports what was loaded', async () => {
      const client = connect();
      const progress: LoadProgress[] = [];
      const outcome = await client.load(engine, source, {
        signal: never(),
        onProgress: (step) => progress.push(step),
      });
      const report = valueOf(outcome);
      expect(report.engine).toMatch(/\S/);
      expect(report.device).toBe(source.device);
      expect(report.contextTokens).toBeGreaterThan(0);
      expect(report.totalMs).toBeGreaterThan(0);
      for (const { startMs, endMs } of report.spans) {
        expect(startMs).toBeGreaterThanOrEqual(0);
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        expect(endMs).toBeLessThanOrEqual(report.totalMs);
      }
      expect(report.spans.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['engine', 'compile']));
      expect(progress.length).toBeGreaterThan(0);
    });

    test('counts the tokens of a prompt', async () => {
      const { client } = await loaded();
      const count = valueOf(await client.countTokens(prompt, never()));
      expect(Number.isInteger(count) && count > 0).toBe(true);
      const tokens: Prompt = { kind: 'tokens', tokens: [5, 6, 7] };
      expect(valueOf(await client.countTokens(tokens, never()))).toBe(3);
      const { trace } = await generate(client, request(prompt, { maxTokens: 1 }));
      expect(trace.prefill?.tokens).toBe(count);
    });

    test('answers, stamped in order, in marks and in the trace alike', async () => {
      const { client } = await loaded();
      const { trace, marks } = await generate(client, request(prompt, { maxTokens: 8 }));
      expect(trace.chunks.length).toBeGreaterThan(0);
      expect(said(trace)).not.toBe('');
      const times = [trace.prefill?.atMs ?? 0, ...trace.chunks.map(({ atMs }) => atMs), trace.returnedMs];
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const tokens = trace.chunks.reduce((sum, chunk) => sum + (chunk.tokens ?? 0), 0);
      expect(tokens).toBeLessThanOrEqual(8);
      if (trace.end.kind !== 'completed') throw new Error('it did not complete');
      expect(trace.end.completion.completionTokens ?? tokens).toBe(tokens);
      expect(['stop', 'length']).toContain(trace.end.completion.reason);
      // Marks travel on a port of their own and may arrive after the trace.
      await expect
        .poll(() => marks.flatMap((mark) => (mark.kind === 'chunk' ? [mark.chunk] : [])))
        .toEqual(trace.chunks);
    });

    test('gives the same answer to the same seed', async () => {
      const { client } = await loaded();
      const drawn = request(prompt, { maxTokens: 6, temperature: 1, seed: 7 });
      const [one, two] = [await generate(client, drawn), await generate(client, drawn)];
      expect(said(one.trace)).toBe(said(two.trace));
    });

    test('holds an answer to a JSON schema, or says that it did not', async () => {
      const { client } = await loaded();
      const jsonSchema = '{"type":"object","properties":{"right":{"type":"boolean"}},"required":["right"]}';
      const { trace } = await generate(client, { ...request(prompt, { maxTokens: 24 }), jsonSchema });
      if (trace.end.kind !== 'completed') throw new Error('it did not complete');
      const { ignored = [] } = trace.end.completion;
      expect(ignored).toEqual(holdsToSchema[engine] ? [] : [SCHEMA_IGNORED]);
      if (!holdsToSchema[engine]) return;
      expect(trace.end.completion.reason).toBe('stop');
      expect([{ right: true }, { right: false }]).toContainEqual(JSON.parse(answerText(trace)));
    });

    test('ends at the length that was asked for', async () => {
      const { client } = await loaded();
      const { trace } = await generate(client, {
        ...request(longPrompt, { maxTokens: 3 }),
        ignoreEndOfSequence: true,
      });
      expect(trace.end).toMatchObject({
        kind: 'completed',
        completion: { reason: 'length', completionTokens: 3 },
      });
    });

    test('stops when asked, keeps what it said, and answers again', async () => {
      const { client } = await loaded();
      const stop = new AbortController();
      const long = request(longPrompt, { maxTokens: 100_000 });
      const { trace } = await generate(
        client,
        { ...long, ignoreEndOfSequence: true },
        stop.signal,
        (marks) => {
          if (marks.filter((mark) => mark.kind === 'chunk').length >= 2) stop.abort();
        },
      );
      expect(trace.end).toMatchObject({ kind: 'completed', completion: { reason: 'aborted' } });
      expect(trace.chunks.length).toBeGreaterThanOrEqual(2);
      const next = await generate(client, request(prompt, { maxTokens: 2 }));
      expect(next.trace.end.kind).toBe('completed');
      expect(next.trace.chunks.some(carriesOutput)).toBe(true);
    });

    // The page's client cancels a call once; a worker must bear more than that, so it is called here past the client.
    test('may be told twice to stop, and once more when it has, and answers again', async () => {
      const worker = spawnEngineWorker();
      const client = connect(() => worker);
      valueOf(await client.load(engine, source, { signal: never(), onProgress: () => undefined }));
      const api = Comlink.wrap<EngineWorkerApi>(worker);
      const id = 1000;
      const cancelled: Promise<void>[] = [];
      const heard: Mark[] = [];
      const long = { ...request(longPrompt, { maxTokens: 100_000 }), ignoreEndOfSequence: true };
      const outcome = await api.generate(
        id,
        long,
        Comlink.proxy((marks) => {
          heard.push(...marks);
          if (cancelled.length > 0 || !marks.some((mark) => mark.kind === 'chunk')) return;
          cancelled.push(api.cancel(id), api.cancel(id));
        }),
      );
      expect(cancelled).toHaveLength(2);
      await Promise.all(cancelled);
      await api.cancel(id);
      expect(valueOf(outcome).end).toMatchObject({ kind: 'completed', completion: { reason: 'aborted' } });
      expect(heard.some((mark) => mark.kind === 'chunk' && carriesOutput(mark.chunk))).toBe(true);
      const next = await generate(client, request(prompt, { maxTokens: 2 }));
      expect(next.trace.end).toMatchObject({ kind: 'completed' });
      expect(next.trace.chunks.some(carriesOutput)).toBe(true);
    });

    // An error of an engine's own cannot be caused alike in every engine: `faults-engine.test.ts` causes real ones.
    test('a worker that is ended mid-answer keeps what was marked, and a new one loads and answers', async () => {
      const { client } = await loaded();
      const marks: Mark[] = [];
      const outcome = await client.generate(
        { ...request(longPrompt, { maxTokens: 100_000 }), ignoreEndOfSequence: true },
        {
          signal: never(),
          onMarks(batch) {
            marks.push(...batch);
            if (batch.some((mark) => mark.kind === 'chunk')) client.terminate();
          },
        },
      );
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'worker-died' } });
      expect(marks.some((mark) => mark.kind === 'chunk')).toBe(true);
      const next = await generate((await loaded()).client, request(prompt, { maxTokens: 2 }));
      expect(next.trace.end).toMatchObject({ kind: 'completed' });
    });

    test('refuses a prompt that is longer than its window, and goes on', async () => {
      const { client, report } = await loaded();
      const tooLong: Prompt = {
        kind: 'tokens',
        tokens: Array.from({ length: report.contextTokens }, () => 5),
      };
      const { trace } = await generate(client, request(tooLong));
      expect(trace.end).toMatchObject({ kind: 'failed', failure: { code: 'context-full' } });
      expect((await generate(client, request(prompt, { maxTokens: 1 }))).trace.end.kind).toBe('completed');
    });

    test('gives up a load when asked, and a new worker loads after that', async () => {
      const client = connect();
      const stop = new AbortController();
      const outcome = await client.load(engine, source, {
        signal: stop.signal,
        onProgress: () => stop.abort(),
      });
      expect(outcome.ok).toBe(false);
      await loaded();
    });

    test('says why a load failed, and a new worker loads after that', async () => {
      const client = connect();
      const outcome = await client.load(engine, subject.brokenSource, {
        signal: never(),
        onProgress: () => undefined,
      });
      expect(outcome.ok).toBe(false);
      if (!outcome.ok) expect(outcome.failure.code).not.toBe('engine-error');
      client.terminate();
      await loaded();
    });

    test('is gone after unload, with its worker and all that it held', async () => {
      const { client } = await loaded();
      expect(await engineLocks()).toHaveLength(1);
      await client.unload();
      expect((await client.gone).code).toBe('worker-died');
      await expect.poll(engineLocks, { timeout: patienceMs }).toEqual([]);
      const outcome = await client.generate(request(prompt), { signal: never(), onMarks: () => undefined });
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'worker-died' } });
    });
  });

  async function generate(
    client: EngineClient,
    wanted: GenerateRequest,
    signal: AbortSignal = never(),
    watch: (marks: readonly Mark[]) => void = () => undefined,
  ): Promise<{ readonly trace: RunTrace; readonly marks: readonly Mark[] }> {
    const marks: Mark[] = [];
    const outcome = await client.generate(wanted, {
      signal,
      onMarks(batch) {
        marks.push(...batch);
        watch(marks);
      },
    });
    return { trace: valueOf(outcome), marks };
  }
}

/** A model that thinks says that first, and may come to its answer late. */
function said(trace: RunTrace): string {
  return thinkingText(trace) + answerText(trace);
}

function request(prompt: Prompt, sampling: Partial<Sampling> = {}): GenerateRequest {
  return { prompt, sampling: { ...defaultSampling, ...sampling }, ignoreEndOfSequence: false };
}

/**
 * Starts the worker once and lets it go. The test server compiles it when it is first asked for, which on a busy
 * machine takes longer than any deadline that a test is about.
 */
export async function warmUpWorker(): Promise<void> {
  const client = new EngineClient({ spawn: spawnEngineWorker, startDeadlineMs: WARM_UP_MS });
  const source: ModelSource = {
    baseUrl: scriptUrl({}),
    precision: 'q8',
    device: 'wasm',
    requiredFeatures: [],
  };
  valueOf(await client.load('scripted', source, { signal: never(), onProgress: () => undefined }));
  await client.unload();
}

/** Ms that the warm-up may take. */
export const WARM_UP_MS = 120_000;

/** Names of the locks that living workers hold. */
export async function engineLocks(): Promise<string[]> {
  const { held = [] } = await navigator.locks.query();
  return held.map(({ name }) => name ?? '').filter((name) => name.startsWith('opentab-engine-'));
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.detail}`);
  return outcome.value;
}
