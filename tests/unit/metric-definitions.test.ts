import { beforeAll, describe, expect, test } from 'vitest';
import type { LoadReport } from '../../src/domain/engine';
import { failureCodes } from '../../src/domain/failure';
import { summarise } from '../../src/domain/metrics';
import { overwriteGetLocale } from '../../src/messages/runtime.js';
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
