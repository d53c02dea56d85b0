import { expect, test } from 'vitest';
import type { Engine } from '../../src/domain/engine';
import { summarise } from '../../src/domain/metrics';
import { recordRun, type Chunk } from '../../src/domain/trace';
import { aRequest, scriptedEngine } from '../support/fake-engine';

/** Runs a fake engine on a clock that only the engine moves. */
async function measure(run: (clock: { at(ms: number): void }) => Engine['generate']) {
  let now = 5_000;
  const clock = {
    at(ms: number) {
      now = 5_000 + ms;
    },
  };
  const trace = await recordRun(scriptedEngine(run(clock)), aRequest(), {
    signal: new AbortController().signal,
    now: () => now,
    onMark: () => undefined,
  });
  return summarise(trace);
}

test('every figure of a counted run is the one worked out by hand', async () => {
  const metrics = await measure((clock) => (_, { prefill, emit }) => {
    clock.at(20);
    prefill({ tokens: 110, cached: 10 });
    clock.at(220); // 100 uncached tokens in 200 ms
    emit({ text: 'One', tokens: 1 });
    clock.at(320);
    emit({ text: ' 😀', tokens: 2 });
    clock.at(420);
    emit({ text: ' three', tokens: 1 });
    clock.at(620);
    emit({ text: '.', tokens: 1 });
    clock.at(900); // the engine returns later than its last delivery
    return Promise.resolve({ reason: 'stop', promptTokens: 110, cachedTokens: 10, completionTokens: 5 });
  });
  expect(metrics).toEqual({
    tokenBasis: 'counted',
    ttftMs: 220,
    promptTokens: 110,
    cachedTokens: 10,
    prefillRate: 500,
    outputTokens: 5,
    tpotMs: 100, // (620 − 220) ÷ (5 − 1)
    decodeRate: 10,
    icl: { p50: 100, p95: 190, p99: 198, max: 200 }, // gaps 100, 100, 200
    tokensPerChunk: 1.25,
    e2elMs: 620,
    characters: 12, // an emoji is one
    charactersPerSecond: 22.5, // 9 characters after the first delivery, in 400 ms
  });
});

test('the engine is not believed about tokens that were counted', async () => {
  const metrics = await measure(() => (_, { emit }) => {
    emit({ text: 'a', tokens: 1 });
    return Promise.resolve({ reason: 'stop', completionTokens: 1000 });
  });
  expect(metrics).toMatchObject({ tokenBasis: 'counted', outputTokens: 1 });
});

test('a usage figure counts as reported, and without one there are only characters', async () => {
  const uncounted = (completionTokens?: number) =>
    measure((clock) => (_, { emit }) => {
      clock.at(100);
      emit({ text: 'ab' });
      clock.at(300);
      emit({ text: 'cd' });
      return Promise.resolve({ reason: 'stop', ...(completionTokens !== undefined && { completionTokens }) });
    });
  expect(await uncounted(5)).toMatchObject({
    tokenBasis: 'reported',
    outputTokens: 5,
    tpotMs: 50,
    decodeRate: 20,
  });
  const bare = await uncounted();
  expect(bare).toMatchObject({ tokenBasis: 'none', charactersPerSecond: 10, ttftMs: 100 });
  expect(bare.outputTokens).toBeUndefined();
  expect(bare.decodeRate).toBeUndefined();
});

test('one uncounted delivery makes the whole count unknown', () => {
  const chunks: Chunk[] = [
    { atMs: 1, text: 'a', tokens: 1 },
    { atMs: 2, text: 'b', tokens: undefined },
  ];
  expect(summarise({ prefill: undefined, chunks }).tokenBasis).toBe('none');
});

test('a token without text of its own starts the clock, an empty delivery does not', () => {
  const chunks: Chunk[] = [
    { atMs: 10, text: '', tokens: 0 },
    { atMs: 40, text: '', tokens: 1 },
    { atMs: 60, text: '€', tokens: 1 },
  ];
  const metrics = summarise({ prefill: undefined, chunks });
  expect(metrics).toMatchObject({ ttftMs: 40, e2elMs: 60, outputTokens: 2, tpotMs: 20 });
});

test('a delivery with neither token nor text is none: it adds no gap and does not lengthen the run', () => {
  const chunks: Chunk[] = [
    { atMs: 10, text: '', tokens: 0 },
    { atMs: 40, text: 'a', tokens: 1 },
    { atMs: 50, text: 'b', tokens: 1 },
    { atMs: 70, text: 'c', tokens: 1 },
    { atMs: 75, text: 'd', tokens: 0 }, // held back until the end, its token counted before
    { atMs: 500, text: '', tokens: 0 },
  ];
  expect(summarise({ prefill: undefined, chunks })).toMatchObject({
    e2elMs: 75,
    outputTokens: 3,
    tokensPerChunk: 0.75,
    icl: { p50: 10, max: 20 }, // gaps 5, 10, 20
  });
});

test('percentiles of many gaps are those of the sorted gaps', () => {
  // Gaps 1 … 1000 ms in an order that is not theirs: 8 and 1001 have no common factor.
  let atMs = 0;
  const chunks = Array.from({ length: 1001 }, (_, index): Chunk => {
    atMs += (index * 8) % 1001;
    return { atMs, text: 'a', tokens: 1 };
  });
  const { icl } = summarise({ prefill: undefined, chunks });
  expect(icl?.p50).toBeCloseTo(500.5, 6);
  expect(icl?.p95).toBeCloseTo(950.05, 6);
  expect(icl?.max).toBe(1000);
});

test('thinking is counted apart, and is output like the answer to every rate', () => {
  const chunks: Chunk[] = [
    { atMs: 100, text: '', tokens: 1, thinking: true },
    { atMs: 200, text: 'Hm', tokens: 2, thinking: true },
    { atMs: 400, text: '', tokens: 1, thinking: true },
    { atMs: 400, text: '42', tokens: 1 },
    { atMs: 500, text: '.', tokens: 1 },
  ];
  expect(summarise({ prefill: undefined, chunks })).toMatchObject({
    tokenBasis: 'counted',
    ttftMs: 100,
    outputTokens: 6,
    thinkingTokens: 4,
    tpotMs: 80, // (500 − 100) ÷ (6 − 1)
    decodeRate: 12.5,
    characters: 3,
    charactersPerSecond: 12.5, // 5 characters after the first delivery, in 400 ms
  });
});

test('an API’s own count of thinking is taken where it delivered no counted tokens, and no thinking is no figure', () => {
  const usage = { input: 9, cacheRead: 0, cacheWrite: 0, output: 5, thinking: 7 };
  const run = (tokens: number | undefined, thinking: number) =>
    summarise({
      prefill: undefined,
      chunks: [{ atMs: 10, text: 'a', tokens }],
      end: { kind: 'completed', completion: { reason: 'stop', usage: { ...usage, thinking } } },
    }).thinkingTokens;
  expect([run(undefined, 7), run(undefined, 0), run(1, 7)]).toEqual([7, undefined, undefined]);
});

test('an answer of one token has no rate', () => {
  const metrics = summarise({ prefill: undefined, chunks: [{ atMs: 10, text: 'a', tokens: 1 }] });
  expect(metrics).toMatchObject({ ttftMs: 10, e2elMs: 10, outputTokens: 1 });
  expect([metrics.tpotMs, metrics.decodeRate, metrics.icl, metrics.charactersPerSecond]).toEqual(
    Array(4).fill(undefined),
  );
});

test('nothing is known of a run that has not begun', () => {
  const { characters, tokenBasis, ...figures } = summarise({ prefill: undefined, chunks: [] });
  expect({ characters, tokenBasis }).toEqual({ characters: 0, tokenBasis: 'none' });
  expect(Object.values(figures).every((figure) => figure === undefined)).toBe(true);
});

test('a prompt that was cached as a whole has no prefill rate', () => {
  const metrics = summarise({
    prefill: { atMs: 0, tokens: 64, cached: 64 },
    chunks: [{ atMs: 5, text: 'a', tokens: 1 }],
  });
  expect(metrics.prefillRate).toBeUndefined();
  expect(metrics).toMatchObject({ promptTokens: 64, cachedTokens: 64 });
});
