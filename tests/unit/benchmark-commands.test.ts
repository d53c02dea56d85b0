import { expect, test } from 'vitest';
import { judge, medianRange, slope, type Round } from '../../benchmarks/figures.mjs';
import { UsageError, exitCodeOf, knownOnly, wholeNumber } from '../../benchmarks/options.mjs';

test('a name that is not known is an error that tells the known ones', () => {
  expect(() => knownOnly('--variant', ['q8', 'q9'], ['q8', 'fp16'])).toThrow(
    '--variant knows no "q9"; it knows q8, fp16',
  );
  expect(() => knownOnly('--variant', ['q8'], ['q8', 'fp16'])).not.toThrow();
  for (const text of ['', '0', '1.5', 'two'])
    expect(() => wholeNumber('--reps', text, 1)).toThrow(UsageError);
  expect(exitCodeOf(new UsageError('x'))).toBe(2);
  expect(exitCodeOf(Object.assign(new TypeError('x'), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' }))).toBe(2);
  expect(exitCodeOf(new Error('x'))).toBe(1);
});

test('the range of a median leaves out as many values at each end as chance allows', () => {
  const counted = (count: number) => Array.from({ length: count }, (_, index) => count - index);
  // 2 · 0.5⁵ is more than 5 %, 2 · 0.5⁶ is not; of 20 values the tables name the 6th and the 15th.
  expect(medianRange(counted(5))).toBeUndefined();
  expect(medianRange(counted(6))).toEqual({ low: 1, high: 6 });
  expect(medianRange(counted(20))).toEqual({ low: 6, high: 15 });
});

test('the slope is that of the least squares', () => {
  expect(slope([1, 2, 3, 4].map((x) => ({ x, y: 3 * x - 5 })))).toBeCloseTo(3);
  // By hand: the mean is (1, 2), so that it is (1 · 1 + 1 · 2) ÷ 2.
  expect(
    slope([
      { x: 0, y: 1 },
      { x: 1, y: 1 },
      { x: 2, y: 4 },
    ]),
  ).toBeCloseTo(1.5);
  expect(slope([{ x: 1, y: 1 }])).toBeNaN();
});

test('four lanes pass within their limits, and each thing past one is told', () => {
  const round = (at: number, changed: Partial<Round> = {}): Round => ({
    tokens: 120_000,
    tokensPerSecond: [1000, 999, 1001, 1000],
    longestTaskMs: 0,
    putAwayMs: 0,
    heapMiB: 30,
    atMinutes: at / 2,
    ...changed,
  });
  const good = [0, 1, 2, 3, 4].map((at) => round(at));
  expect(judge(good)).toMatchObject({ failures: [], longestTaskMs: 0, heapMiBPerMinute: 0 });
  // What the first round adds is no growth.
  expect(judge([round(0, { heapMiB: 10 }), ...good.slice(1)]).failures).toEqual([]);
  expect(judge(good.slice(0, 3)).failures).toEqual(['3 rounds are too few, 4 are needed']);
  expect(judge([...good, round(5, { tokensPerSecond: [1000, 450, 1000, 1000] })]).failures).toEqual([
    'lane 2 fell to 450 tok/s, under 900',
  ]);
  expect(judge([...good, round(5, { longestTaskMs: 51 })]).failures).toEqual([
    'a main-thread task took 51 ms, over 50',
  ]);
  expect(judge(good.map((one, at) => ({ ...one, heapMiB: 30 + at }))).failures).toEqual([
    'the heap grew by 2.00 MiB a minute, over 1',
  ]);
});
