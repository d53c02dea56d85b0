import { beforeAll, describe, expect, test } from 'vitest';
import type { LoadReport } from '../../src/domain/engine';
import { failureCodes } from '../../src/domain/failure';
import { summarise } from '../../src/domain/metrics';
import { overwriteGetLocale } from '../../src/messages/runtime.js';
import { missingFigures } from '../../src/ui/playground/missing-figures';
import { failureText } from '../../src/ui/shared/failure-text';
import { formatMetric, metricDefinitions, type MetricId } from '../../src/ui/shared/metric-definitions';

beforeAll(() => overwriteGetLocale(() => 'en'));

const ids = Object.keys(metricDefinitions) as MetricId[];

const run = summarise({
  prefill: { atMs: 100, tokens: 50, cached: 10 },
  chunks: [
    { atMs: 300, text: 'one', tokens: 1 },
    { atMs: 320, text: ' two', tokens: 1 },
    { atMs: 360, text: ' three', tokens: 1 },
  ],
});

const load: LoadReport = {
  warm: false,
  spans: [
    { phase: 'engine', startMs: 0, endMs: 500, bytes: 0 },
    { phase: 'download', startMs: 500, endMs: 2500, bytes: 4096 },
  ],
  totalMs: 3000,
  engine: 'test 1.0.0',
  device: 'wasm',
  adapter: '',
  contextTokens: 1024,
};

describe('every metric', () => {
  test.each(ids)('%s has its words', (id) => {
    const metric = metricDefinitions[id];
    const words = [metric.label(), metric.name(), metric.definition(), metric.unit()];
    expect(words.filter((text) => text.trim() === '')).toEqual([]);
  });

  test.each(ids)('%s is unknown, not zero, where nothing is known', (id) => {
    expect(metricDefinitions[id].value({})).toBeUndefined();
    expect(formatMetric(id, {})).toBe('–');
  });
});

test.each<[MetricId, number]>([
  ['ttft', 300],
  ['prefillRate', 200],
  ['tpot', 30],
  ['iclMax', 40],
  ['e2el', 360],
  ['promptTokens', 50],
  ['cachedTokens', 10],
  ['outputTokens', 3],
  ['tokensPerChunk', 1],
  ['characters', 13],
  ['loadTotal', 3],
  ['loadEngine', 0.5],
  ['loadDownload', 2],
])('%s is %d', (id, value) => {
  expect(metricDefinitions[id].value({ run, load })).toBeCloseTo(value);
});

const usage = { input: 20, cacheRead: 0, cacheWrite: 0, output: 5, thinking: 7 };

test('what an API reports is there whatever of it came, the thinking among it apart', () => {
  expect(formatMetric('reportedTokens', { usage })).toBe('12\u00a0tokens');
  expect(formatMetric('thinkingTokens', { usage })).toBe('7\u00a0tokens');
  expect(metricDefinitions.thinkingTokens.value({ usage: { ...usage, thinking: 0 } })).toBeUndefined();
});

describe('figures that are missing', () => {
  const chunks = [
    { atMs: 100, text: 'a', tokens: undefined },
    { atMs: 200, text: 'b', tokens: undefined },
  ];
  const metrics = summarise({ prefill: undefined, chunks });
  const missing = (part: Partial<Parameters<typeof missingFigures>[0]>) =>
    missingFigures({ device: 'remote', metrics, ...part }).map(({ ids, why }) => `${ids.join(' ')}: ${why}`);

  test('of an API, each with the reason for it', () => {
    expect(missing({})).toEqual([
      'prefillRate: An API does not tell when the prompt enters the model.',
      'decodeRate tpot tokensPerChunk: The API reported no number of tokens.',
    ]);
    expect(missing({ usage })[1]).toContain('with thinking that it did not show whole');
    const counted = { ...metrics, outputTokens: 2, tpotMs: 100, decodeRate: 10, tokensPerChunk: 1 };
    expect(missing({ metrics: counted, usage })).toHaveLength(1);
  });

  test('of one delivery, of none, and of a run here that knows them all', () => {
    const one = summarise({ prefill: undefined, chunks: chunks.slice(0, 1) });
    expect(missing({ metrics: { ...one, outputTokens: 5 } })[1]).toBe(
      'decodeRate tpot charactersPerSecond iclP50: It takes two tokens that come at different times.',
    );
    expect(missing({ metrics: summarise({ prefill: undefined, chunks: [] }), usage }).at(-1)).toContain(
      'Nothing came.',
    );
    expect(missing({ device: 'wasm', metrics: run })).toEqual([]);
  });
});

test('a phase that the load did not have is unknown', () => {
  expect(metricDefinitions.loadCacheRead.value({ load })).toBeUndefined();
});

test('a value is written with its unit', () => {
  expect(formatMetric('decodeRate', { run })).toBe('33.3\u00a0tok/s');
});

test('rates are better high, times are better low, counts are neither', () => {
  expect(metricDefinitions.decodeRate.better).toBe('higher');
  expect(metricDefinitions.ttft.better).toBe('lower');
  expect(metricDefinitions.outputTokens.better).toBe('none');
});

test.each(failureCodes)('the failure %s says what happened and what to do', (code) => {
  expect(failureText[code].what()).not.toBe('');
  expect(failureText[code].next()).not.toBe('');
});
