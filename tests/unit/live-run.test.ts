import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summarise } from '../../src/domain/metrics';
import type { Chunk, Mark } from '../../src/domain/trace';
import { GrowingText } from '../../src/state/growing-text.svelte';
import { LiveRun } from '../../src/state/live-run.svelte';
import { timelineOf } from '../../src/state/live-timeline';

const prefill = { atMs: 5, tokens: 20, cached: 4 };

/** Deliveries `everyMs` apart, the first at 100 ms. */
function deliveries(count: number, everyMs: number): Chunk[] {
  return Array.from({ length: count }, (_, index) => ({
    atMs: 100 + index * everyMs,
    text: 'ab',
    tokens: 1,
  }));
}

function marks(chunks: readonly Chunk[]): Mark[] {
  return chunks.map((chunk) => ({ kind: 'chunk', chunk }));
}

function started(): LiveRun {
  const live = new LiveRun();
  live.add([{ kind: 'prefill', ...prefill }]);
  return live;
}

test('the first delivery is shown at once, the next ones with the refresh', () => {
  const live = started();
  const chunks = deliveries(30, 10);
  live.add(marks(chunks.slice(0, 1)));
  expect(live.metrics).toMatchObject({ ttftMs: 100, outputTokens: 1, promptTokens: 20 });
  live.add(marks(chunks.slice(1, 20)));
  expect(live.metrics.outputTokens).toBe(1);
  expect(live.text.toString()).toBe('ab'.repeat(20));
  live.add(marks(chunks.slice(20)));
  expect(live.metrics.outputTokens).toBe(30);
  expect(live.timeline).toHaveLength(30);
});

test('live figures are those of the whole run', () => {
  const live = started();
  const chunks = [
    ...deliveries(40, 10),
    { atMs: 600, text: 'mm', tokens: 1, thinking: true },
    { atMs: 1000, text: '', tokens: 0 },
  ];
  for (const mark of marks(chunks)) live.add([mark]);
  expect(live.snapshot()).toEqual({
    text: 'ab'.repeat(40),
    thinking: 'mm',
    metrics: { ...summarise({ prefill, chunks }), promptTokens: 20, cachedTokens: 4 },
    timeline: timelineOf(chunks),
  });
  expect(live.timeline).toHaveLength(41);
});

test('what is kept of a short run is up to date between two refreshes', () => {
  const live = started();
  live.add(marks(deliveries(3, 10)));
  live.add(marks(deliveries(5, 10).slice(3)));
  expect(live.metrics.outputTokens).toBe(3);
  expect(live.snapshot().metrics.outputTokens).toBe(5);
});

test('what is kept of a long run is what was last shown, so that keeping it costs nothing', () => {
  const live = started();
  live.add(marks(deliveries(3000, 10)));
  live.add(marks([{ atMs: 100 + 3000 * 10, text: 'end', tokens: 1 }]));
  const kept = live.snapshot();
  expect(kept.metrics).toBe(live.metrics);
  expect(kept.timeline).toBe(live.timeline);
  expect(kept.metrics.outputTokens).toBe(3000);
  expect(kept.text.endsWith('end')).toBe(true);
});

test('a timeline holds at most 2048 points and loses no token', () => {
  const points = timelineOf([...deliveries(5000, 10), { atMs: 90_000, text: '', tokens: 0 }]);
  expect(points.length).toBeLessThanOrEqual(2048);
  expect(points.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(5000);
  expect(points.at(-1)?.atMs).toBe(100 + 4999 * 10);
});

test('a timeline that outgrows its points by one keeps the times of the last deliveries', () => {
  const points = timelineOf(deliveries(2049, 10));
  expect(points).toHaveLength(1025);
  expect(points[0]).toEqual({ atMs: 110, tokens: 2 });
  expect(points.at(-1)).toEqual({ atMs: 100 + 2048 * 10, tokens: 1 });
});

test('a text that grew is read as the string that it is, wherever it is read', () => {
  const piece = fc.string({ maxLength: 9000, size: 'max' });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(40_000), fc.nat(40_000), (pieces, from, to) => {
      const text = new GrowingText();
      for (const one of pieces) text.append(one);
      const whole = pieces.join('');
      expect(text.length).toBe(whole.length);
      expect(text.toString()).toBe(whole);
      expect(text.slice(from, to)).toBe(whole.slice(from, to));
      expect(text.slice(from)).toBe(whole.slice(from));
    }),
  );
});
