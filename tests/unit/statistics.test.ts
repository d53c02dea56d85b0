import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, median, percentile, standardDeviation, summariseSample } from '../../src/domain/statistics';

const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });

test('a known sample gives the figures of a textbook', () => {
  const sample = [2, 4, 4, 4, 5, 5, 7, 9];
  expect(mean(sample)).toBe(5);
  expect(median(sample)).toBe(4.5);
  expect(standardDeviation(sample)).toBeCloseTo(Math.sqrt(32 / 7), 12);
  // NumPy: numpy.percentile([2,4,4,4,5,5,7,9], [25, 90, 95])
  expect(percentile(sample, 25)).toBe(4);
  expect(percentile(sample, 90)).toBeCloseTo(7.6, 12);
  expect(percentile(sample, 95)).toBeCloseTo(8.3, 12);
});

test('the confidence interval uses Student’s t for the sample size', () => {
  // n = 5, mean 3, sd √2.5; t(4) = 2.776
  const summary = summariseSample([1, 2, 3, 4, 5]);
  expect(summary).toMatchObject({ n: 5, mean: 3, median: 3 });
  expect(summary?.ci95).toBeCloseTo((2.776 * Math.sqrt(2.5)) / Math.sqrt(5), 10);
  expect(summary?.cv).toBeCloseTo(Math.sqrt(2.5) / 3, 12);
  expect(summary?.drift).toBeCloseTo(1 / 3, 12);
  expect(summariseSample([1, 3])?.ci95).toBeCloseTo((12.706 * Math.SQRT2) / Math.SQRT2, 10);
});

test('beyond the table the interval is the one of 30 degrees of freedom, never narrower', () => {
  const sample = Array.from({ length: 100 }, (_, index) => index % 2);
  const sd = standardDeviation(sample) ?? 0;
  expect(summariseSample(sample)?.ci95).toBeCloseTo((2.042 * sd) / 10, 12);
});

test('what a sample cannot tell is undefined', () => {
  expect([mean([]), median([]), percentile([], 50), standardDeviation([1]), summariseSample([])]).toEqual(
    Array(5).fill(undefined),
  );
  expect(summariseSample([7])).toEqual({ n: 1, mean: 7, median: 7, sd: 0, ci95: undefined, cv: 0, drift: 0 });
});

test('percentiles stay within the sample, rise with p, and do not depend on order', () => {
  fc.assert(
    fc.property(
      samples,
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (sample, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const lower = percentile(sample, low) ?? NaN;
        const upper = percentile(sample, high) ?? NaN;
        const slack = 1e-9 * Math.max(1, ...sample.map(Math.abs));
        expect(lower).toBeLessThanOrEqual(upper + slack);
        expect(lower).toBeGreaterThanOrEqual(Math.min(...sample) - slack);
        expect(upper).toBeLessThanOrEqual(Math.max(...sample) + slack);
        expect(percentile([...sample].reverse(), low)).toBe(lower);
      },
    ),
  );
});

test('shifting a sample shifts its centre and leaves its spread', () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: -1000, max: 1000 }), (sample, by) => {
      const moved = sample.map((value) => value + by);
      expect((mean(moved) ?? 0) - (mean(sample) ?? 0)).toBeCloseTo(by, 4);
      expect(standardDeviation(moved) ?? 0).toBeCloseTo(standardDeviation(sample) ?? 0, 3);
    }),
  );
});

test('a sample is left as it was', () => {
  const sample = Object.freeze([3, 1, 2]);
  summariseSample(sample);
  expect(sample).toEqual([3, 1, 2]);
});
