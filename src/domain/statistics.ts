/** Spread, intervals and percentiles. Functions take a sample in any order, unless they say otherwise, and leave it unchanged. */

/** Arithmetic mean; undefined for an empty sample. */
export function mean(sample: readonly number[]): number | undefined {
  if (sample.length === 0) return undefined;
  return sample.reduce((sum, value) => sum + value, 0) / sample.length;
}

/**
 * The p-th percentile, p in [0, 100], by linear interpolation between closest ranks (type 7 of Hyndman & Fan 1996,
 * the default of NumPy and R). Undefined for an empty sample.
 */
export function percentile(sample: readonly number[], p: number): number | undefined {
  return percentileOfSorted(Float64Array.from(sample).sort(), p);
}

/** The same of a sample that is in ascending order already, for several percentiles of one large sample. */
export function percentileOfSorted(sorted: ArrayLike<number>, p: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const rank = (Math.min(100, Math.max(0, p)) / 100) * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? 0;
  const high = sorted[Math.ceil(rank)] ?? low;
  return low + (high - low) * (rank - Math.floor(rank));
}

export function median(sample: readonly number[]): number | undefined {
  return percentile(sample, 50);
}

/** Sample standard deviation (n − 1); undefined for fewer than two values. */
export function standardDeviation(sample: readonly number[]): number | undefined {
  const centre = mean(sample);
  if (centre === undefined || sample.length < 2) return undefined;
  const squares = sample.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (sample.length - 1));
}

/** Two-sided 95 % critical values of Student's t for 1 to 30 degrees of freedom (NIST/SEMATECH e-Handbook, 1.3.6.7.2). */
const T_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

export interface Summary {
  readonly n: number;
  readonly mean: number;
  readonly median: number;
  /** Sample standard deviation; 0 for a single value. */
  readonly sd: number;
  /** Half width of the 95 % confidence interval of the mean, by Student's t; undefined for a single value. */
  readonly ci95: number | undefined;
  /** Coefficient of variation: sd ÷ mean, a ratio. */
  readonly cv: number;
  /** Least-squares slope over the repetitions as a share of the mean per repetition: heat shows here. */
  readonly drift: number;
}

/** Undefined for an empty sample. */
export function summariseSample(sample: readonly number[]): Summary | undefined {
  const centre = mean(sample);
  const middle = median(sample);
  if (centre === undefined || middle === undefined) return undefined;
  const sd = standardDeviation(sample) ?? 0;
  const n = sample.length;
  const t = T_95[Math.min(n - 2, T_95.length - 1)];
  return {
    n,
    mean: centre,
    median: middle,
    sd,
    ci95: n < 2 || t === undefined ? undefined : (t * sd) / Math.sqrt(n),
    cv: centre === 0 ? 0 : sd / centre,
    drift: centre === 0 ? 0 : slope(sample) / centre,
  };
}

/** Least-squares slope of the values against their index. */
function slope(sample: readonly number[]): number {
  const n = sample.length;
  if (n < 2) return 0;
  const middle = (n - 1) / 2;
  const centre = mean(sample) ?? 0;
  let across = 0;
  let spread = 0;
  sample.forEach((value, index) => {
    across += (index - middle) * (value - centre);
    spread += (index - middle) ** 2;
  });
  return across / spread;
}
