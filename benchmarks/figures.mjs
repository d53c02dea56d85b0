// @ts-check
/** Figures of a series, and the limits of the four lanes. */

/**
 * The middle value; the mean of the two middle ones of an even number.
 *
 * @param {readonly number[]} values
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/**
 * A range that holds the median of what `values` are drawn from with a confidence of at least 95 %: two order statistics,
 * by the binomial distribution of how many values lie below a median, so that nothing is taken for granted of the values.
 * (H. A. David and H. N. Nagaraja, Order Statistics, 3rd edition, 7.1.) Undefined for fewer than six values.
 *
 * @param {readonly number[]} values
 * @returns {{ low: number, high: number } | undefined}
 */
export function medianRange(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  /** The chance that at most `outside` values lie below the median. */
  let below = 0.5 ** count;
  let term = below;
  let outside = -1;
  while (below <= 0.025) {
    outside += 1;
    term *= (count - outside) / (outside + 1);
    below += term;
  }
  const [low, high] = [sorted[outside], sorted[count - 1 - outside]];
  return outside < 0 || low === undefined || high === undefined ? undefined : { low, high };
}

/**
 * Slope of the line through the points by least squares: units of y per unit of x. NaN for fewer than two times.
 *
 * @param {readonly { readonly x: number, readonly y: number }[]} points
 */
export function slope(points) {
  const mean = (/** @type {readonly number[]} */ list) =>
    list.reduce((sum, one) => sum + one, 0) / list.length;
  const x0 = mean(points.map(({ x }) => x));
  const y0 = mean(points.map(({ y }) => y));
  const across = points.reduce((sum, { x, y }) => sum + (x - x0) * (y - y0), 0);
  return across / points.reduce((sum, { x }) => sum + (x - x0) ** 2, 0);
}

/**
 * One answer of four lanes. `heapMiB` is the page's JavaScript heap after a collection, `atMinutes` when that was.
 *
 * @typedef {object} Round
 * @property {number} tokens of the answers of all lanes
 * @property {readonly number[]} tokensPerSecond one per lane, as the app itself measured them
 * @property {number} longestTaskMs from the prompt until the answers are stored; 0 where none was over 50 ms
 * @property {number} putAwayMs the longest while the conversation gives way to a new one; 0 where none was over 50 ms
 * @property {number} heapMiB
 * @property {number} atMinutes
 */

/** What is promised. The text and the timelines of four such streams alone are over 5 MiB a minute. */
export const LIMITS = Object.freeze({ leastTokensPerSecond: 900, longestTaskMs: 50, heapMiBPerMinute: 1 });
/** The first round fills caches and compiles code, and three points are the fewest that a slope says anything of. */
export const LEAST_ROUNDS = 4;

/**
 * What the rounds come to, and in a sentence each what is past its limit.
 *
 * @param {readonly Round[]} rounds
 */
export function judge(rounds) {
  const lanes = rounds[0]?.tokensPerSecond.length ?? 0;
  const perLane = Array.from({ length: lanes }, (_, lane) => ({
    median: median(rounds.map(({ tokensPerSecond }) => tokensPerSecond[lane] ?? 0)),
    least: Math.min(...rounds.map(({ tokensPerSecond }) => tokensPerSecond[lane] ?? 0)),
  }));
  const longestTaskMs = Math.max(...rounds.map((round) => round.longestTaskMs));
  const putAwayMs = Math.max(...rounds.map((round) => round.putAwayMs));
  const heapMiBPerMinute = slope(
    rounds.slice(1).map(({ atMinutes, heapMiB }) => ({ x: atMinutes, y: heapMiB })),
  );
  const { leastTokensPerSecond } = LIMITS;
  const failures = [
    ...(rounds.length < LEAST_ROUNDS
      ? [`${rounds.length} rounds are too few, ${LEAST_ROUNDS} are needed`]
      : []),
    ...(lanes === 0 ? ['no lane answered'] : []),
    ...perLane.flatMap(({ least }, lane) =>
      least >= leastTokensPerSecond
        ? []
        : [`lane ${lane + 1} fell to ${least.toFixed(0)} tok/s, under ${leastTokensPerSecond}`],
    ),
    ...(longestTaskMs <= LIMITS.longestTaskMs
      ? []
      : [`a main-thread task took ${longestTaskMs.toFixed(0)} ms, over ${LIMITS.longestTaskMs}`]),
    ...(heapMiBPerMinute <= LIMITS.heapMiBPerMinute
      ? []
      : [`the heap grew by ${heapMiBPerMinute.toFixed(2)} MiB a minute, over ${LIMITS.heapMiBPerMinute}`]),
  ];
  return { perLane, longestTaskMs, putAwayMs, heapMiBPerMinute, failures };
}
