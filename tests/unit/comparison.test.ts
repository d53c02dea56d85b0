import { describe, expect, it } from 'vitest';
import {
  compare,
  comparedMetrics,
  comparisonCsv,
  comparisonJson,
  comparisonMarkdown,
  threeDigits,
  type ComparedLane,
  type Comparison,
  type MetricNames,
} from '../../src/domain/comparison';
import { summarise, type RunMetrics } from '../../src/domain/metrics';

/** Ten one-token deliveries of four characters, `everyMs` apart, the first at `firstMs`. */
function metrics(firstMs: number, everyMs: number): RunMetrics {
  return summarise({
    prefill: { atMs: 0, tokens: 20, cached: 0 },
    chunks: Array.from({ length: 10 }, (_, index) => ({
      atMs: firstMs + index * everyMs,
      text: 'abcd',
      tokens: 1,
    })),
  });
}

function lane(part: Partial<ComparedLane>): ComparedLane {
  return { label: '1 Pocket q8', tokenizer: 'pocket', end: 'stop', metrics: metrics(100, 10), ...part };
}

function row(comparison: Comparison, id: string) {
  const found = comparison.rows.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no row ${id}`);
  return found;
}

const names = Object.fromEntries(comparedMetrics.map(({ id }) => [id, id])) as MetricNames;

describe('compare', () => {
  it('marks the lowest latency and the highest rate', () => {
    const comparison = compare([lane({}), lane({ label: '2', metrics: metrics(50, 20) })]);
    expect(row(comparison, 'ttft')).toMatchObject({ values: [100, 50], best: [1] });
    expect(row(comparison, 'decodeRate')).toMatchObject({ values: [100, 50], best: [0] });
    expect(row(comparison, 'outputTokens').best).toEqual([]);
  });

  it('calls nothing best among equal values, or where only one lane has a value', () => {
    expect(row(compare([lane({}), lane({})]), 'ttft').best).toEqual([]);
    expect(row(compare([lane({}), lane({ end: undefined, metrics: undefined })]), 'ttft').best).toEqual([]);
  });

  it('marks every lane that shares the best value', () => {
    const comparison = compare([lane({}), lane({ metrics: metrics(200, 10) }), lane({})]);
    expect(row(comparison, 'ttft').best).toEqual([0, 2]);
  });

  it('takes values that are shown alike for alike', () => {
    const close = compare([lane({ metrics: metrics(100.4, 10) }), lane({ metrics: metrics(100.1, 10) })]);
    expect(row(close, 'ttft').best).toEqual([]);
  });

  it('compares characters but not tokens between tokenizers', () => {
    const comparison = compare([lane({}), lane({ tokenizer: 'other', metrics: metrics(100, 20) })]);
    expect(comparison.sameTokenizer).toBe(false);
    expect(row(comparison, 'decodeRate')).toMatchObject({ values: [100, 50], best: [] });
    expect(row(comparison, 'charactersPerSecond').best).toEqual([0]);
  });

  it('compares gaps between deliveries only where these hold about as many tokens of one tokenizer', () => {
    /** Ten deliveries of `tokens` tokens, 40 ms apart. */
    const delivered = (tokens: number | undefined) =>
      summarise({
        prefill: undefined,
        chunks: Array.from({ length: 10 }, (_, index) => ({ atMs: 100 + index * 40, text: 'abcd', tokens })),
      });
    const against = (part: Partial<ComparedLane>) => {
      const comparison = compare([lane({}), lane(part)]);
      return [comparison.similarDeliveries, row(comparison, 'iclP50').best];
    };
    expect(against({ metrics: delivered(1) })).toEqual([true, [0]]);
    expect(against({ metrics: delivered(4) })).toEqual([false, []]);
    expect(against({ metrics: delivered(undefined) })).toEqual([false, []]);
    expect(against({ metrics: delivered(1), tokenizer: 'other' })).toEqual([false, []]);
    expect(against({ metrics: delivered(4), end: 'stopped' })).toEqual([true, []]);
  });

  it('is not kept from comparing by a lane that answered nothing', () => {
    const silent = lane({ tokenizer: 'other', end: undefined, metrics: undefined });
    const comparison = compare([lane({}), lane({ metrics: metrics(50, 20) }), silent]);
    expect(comparison.sameTokenizer).toBe(true);
    expect(row(comparison, 'decodeRate').best).toEqual([0]);
  });

  it('shows what a cut-short answer measured, but lets it win nothing', () => {
    const comparison = compare([
      lane({ end: 'failed', metrics: metrics(1, 10) }),
      lane({ metrics: metrics(20, 10) }),
      lane({ metrics: metrics(30, 10) }),
    ]);
    expect(row(comparison, 'ttft')).toMatchObject({ values: [1, 20, 30], best: [1] });
  });

  it('reports nothing of an interrupted run', () => {
    const comparison = compare([lane({ end: 'interrupted' }), lane({})]);
    expect(row(comparison, 'ttft').values).toEqual([undefined, 100]);
  });

  it('compares what answers cost only where every bill is known, however small, and none is an estimate', () => {
    const billed = (dollars: number) => ({ dollars, estimated: false });
    const cheap = lane({ cost: billed(0.0000123) });
    const dear = lane({ cost: billed(0.0000456) });
    const both = compare([cheap, dear, lane({ end: undefined, metrics: undefined })]);
    expect(row(both, 'cost')).toMatchObject({ values: [0.0000123, 0.0000456, undefined], best: [0] });
    expect(both.comparableCosts).toBe(true);
    for (const third of [lane({}), lane({ cost: { dollars: 0.0000001, estimated: true } })]) {
      const mixed = compare([cheap, dear, third]);
      expect(row(mixed, 'cost').best).toEqual([]);
      expect(mixed.comparableCosts).toBe(false);
    }
    // What was turned away cost nothing, and wins nothing.
    const refused = lane({ end: 'failed', metrics: undefined, cost: billed(0) });
    expect(row(compare([cheap, dear, refused]), 'cost')).toMatchObject({ best: [0] });
  });

  it('shows energy and reported tokens where there are some, and calls none of them best', () => {
    const comparison = compare([lane({ wattHours: 0.012 }), lane({ reportedTokens: 12 })]);
    expect(row(comparison, 'energy')).toMatchObject({ unit: 'Wh', values: [0.012, undefined], best: [] });
    expect(row(comparison, 'reportedTokens')).toMatchObject({ values: [undefined, 12], best: [] });
    expect(compare([lane({})]).rows.map(({ id }) => id)).not.toContain('energy');
  });

  it('lets a software adapter, whose speed means nothing, win no row about time', () => {
    const fast = lane({ metrics: metrics(1, 1), emulated: true, cost: { dollars: 1, estimated: false } });
    const slow = lane({ cost: { dollars: 2, estimated: false } });
    const slower = lane({ metrics: metrics(200, 20), cost: { dollars: 2, estimated: false } });
    const two = compare([fast, slow]);
    for (const id of ['ttft', 'decodeRate', 'charactersPerSecond', 'iclP50'])
      expect(row(two, id).best).toEqual([]);
    expect(row(two, 'cost').best).toEqual([0]);
    expect(row(compare([fast, slow, slower]), 'ttft')).toMatchObject({ values: [1, 100, 200], best: [1] });
  });

  it('leaves out rows without a value', () => {
    const withoutPrefill = summarise({ prefill: undefined, chunks: [] });
    expect(compare([lane({ metrics: withoutPrefill })]).rows.map(({ id }) => id)).toEqual(['characters']);
  });
});

describe('threeDigits', () => {
  it.each([
    [0, '0'],
    [0.0000123456, '0.0000123'],
    [0.012345, '0.0123'],
    [0.12345, '0.123'],
    [4.567, '4.57'],
    [45.67, '45.7'],
    [456.7, '457'],
    [45670.4, '45670'],
    [7, '7'],
  ])('writes %d as %s', (value, text) => expect(threeDigits(value)).toBe(text));
});

describe('the table as text', () => {
  const comparison = compare([
    lane({ label: '1 Pocket "q8", wasm' }),
    lane({ label: '2 a|b', metrics: metrics(50, 12.5) }),
  ]);

  it('is Markdown with bold best values and escaped bars', () => {
    const lines = comparisonMarkdown(comparison, names, 'Metric').split('\n');
    expect(lines[0]).toBe('| Metric | 1 Pocket "q8", wasm | 2 a\\|b |');
    expect(lines[1]).toBe('| --- | ---: | ---: |');
    expect(lines[2]).toBe('| ttft (ms) | 100 | **50** |');
    expect(lines).toContain('| decodeRate (tok/s) | **100** | 80 |');
  });

  it('is CSV with quoted cells and full precision', () => {
    const lines = comparisonCsv(comparison).split('\r\n');
    expect(lines[0]).toBe('metric,unit,"1 Pocket ""q8"", wasm",2 a|b');
    expect(lines.find((line) => line.startsWith('tpot'))).toBe('tpot,ms,10,12.5');
  });

  it('says in every form what is an estimate, and of an unknown cost nothing', () => {
    const costs = compare([
      lane({ label: 'a', cost: { dollars: 0.25, estimated: false } }),
      lane({ label: 'b', cost: { dollars: 0.0000123, estimated: true }, wattHours: 0.5 }),
      lane({ label: 'c' }),
    ]);
    const markdown = comparisonMarkdown(costs, names, 'Metric').split('\n');
    expect(markdown).toContain('| cost (US$) | 0.250 | ≈ 0.0000123 | – |');
    expect(markdown).toContain('| energy (Wh) | – | ≈ 0.500 | – |');
    const csv = comparisonCsv(costs).split('\r\n');
    expect(csv).toContain('cost,US$,0.25,0.0000123,');
    expect(csv).toContain('costBasis,,price,energy-estimate,');
    const { lanes } = JSON.parse(comparisonJson(costs)) as {
      lanes: { costBasis: string | null; metrics: Record<string, number | null> }[];
    };
    expect(lanes.map(({ costBasis }) => costBasis)).toEqual(['price', 'energy-estimate', null]);
    expect(lanes.map(({ metrics: values }) => values['cost'])).toEqual([0.25, 0.0000123, null]);
  });

  it('is JSON with units and one object per lane', () => {
    const parsed = JSON.parse(comparisonJson(comparison)) as {
      units: Record<string, string>;
      lanes: { lane: string; end: string; tokenBasis: string; metrics: Record<string, number> }[];
    };
    expect(parsed.units['ttft']).toBe('ms');
    expect(parsed.lanes[1]).toMatchObject({
      lane: '2 a|b',
      end: 'stop',
      tokenBasis: 'counted',
      metrics: { ttft: 50 },
    });
  });
});
