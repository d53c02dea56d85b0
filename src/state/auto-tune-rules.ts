/** What "find the fastest here" compares, how its figures are weighed, and which of them it proposes. */

import type { Workload } from '../domain/benchmark';
import type { Device, Precision } from '../domain/engine';
import type { ModelCard, Variant } from '../domain/model';
import { bytesToLoad } from '../domain/self-check';
import type { Summary } from '../domain/statistics';
import type { AdapterReport } from '../hardware/adapter';

/** Seconds where the benchmark takes minutes: the same workloads by the same path, with a shorter answer. */
export const tuneWorkloads = [
  { name: 'pp128', kind: 'prefill', tokens: 128 },
  { name: 'tg32', kind: 'decode', tokens: 32 },
] as const satisfies readonly Workload[];
export const TUNE_REPETITIONS = 3;

/** One way to run a model here. */
export interface TuneCandidate {
  readonly name: string;
  readonly variant: Variant;
  readonly device: Device;
}

export type LeftOutReason = 'not-stored' | 'software-adapter' | 'no-webgpu' | 'feature';

export interface LeftOut {
  readonly name: string;
  readonly variant: Variant;
  readonly device: Device;
  readonly reason: LeftOutReason;
  /** The feature that the adapter lacks. */
  readonly detail?: string;
}

/** Every variant on every device, split into what can be measured without a download and what is left out, and why. */
export function candidatesOf(
  card: Pick<ModelCard, 'variants'>,
  { kind, features }: Pick<AdapterReport, 'kind' | 'features'>,
  isStored: (variant: Variant) => boolean,
): { readonly candidates: readonly TuneCandidate[]; readonly leftOut: readonly LeftOut[] } {
  const candidates: TuneCandidate[] = [];
  const leftOut: LeftOut[] = [];
  for (const variant of card.variants.filter(({ remote }) => remote !== true)) {
    for (const device of variant.devices) {
      const one = { name: `${variant.id}@${device}`, variant, device };
      const missing = variant.requiredFeatures.find((feature) => !features.has(feature));
      if (device === 'webgpu' && kind === 'none') leftOut.push({ ...one, reason: 'no-webgpu' });
      else if (device === 'webgpu' && kind === 'software')
        leftOut.push({ ...one, reason: 'software-adapter' });
      else if (device === 'webgpu' && missing !== undefined)
        leftOut.push({ ...one, reason: 'feature', detail: missing });
      else if (!isShipped(variant) && !isStored(variant)) leftOut.push({ ...one, reason: 'not-stored' });
      else candidates.push(one);
    }
  }
  return { candidates, leftOut };
}

function isShipped({ artifact }: Variant): boolean {
  return artifact?.origin.kind === 'app';
}

/** What engines that take turns may have of memory together. */
const TOGETHER_BYTES = 1.5 * 2 ** 30;

/**
 * Splits candidates into groups that are loaded at once and take turns, so that heat hits all of a group alike. The
 * devices of a variant come after one another, and so mostly into one group; what is too large is measured alone.
 */
export function batchesOf(candidates: readonly TuneCandidate[]): readonly (readonly TuneCandidate[])[] {
  const batches: TuneCandidate[][] = [];
  let room = 0;
  for (const candidate of candidates) {
    const need = bytesToLoad(candidate.variant.bytes);
    const last = batches.at(-1);
    if (last === undefined || need > room) {
      batches.push([candidate]);
      room = TOGETHER_BYTES - need;
    } else {
      last.push(candidate);
      room -= need;
    }
  }
  return batches;
}

/** Tokens per second, by the kind of workload. */
export interface TuneFigures {
  readonly prefill?: Summary;
  readonly decode?: Summary;
}

export interface AnswerTime {
  /** Seconds for reading a prompt of 128 tokens and writing an answer of 128. */
  readonly seconds: number;
  /** Standard deviation, from those of the two rates. */
  readonly sd: number;
}

const ANSWER_TOKENS = 128;

/** One figure to order by; undefined until both rates are known. */
export function answerTime({ prefill, decode }: TuneFigures): AnswerTime | undefined {
  if (prefill === undefined || decode === undefined) return undefined;
  const parts = [prefill, decode].map(({ mean, sd }) => ({
    seconds: ANSWER_TOKENS / mean,
    sd: (ANSWER_TOKENS * sd) / mean ** 2,
  }));
  return {
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
    sd: Math.hypot(...parts.map(({ sd }) => sd)),
  };
}

/** Bits of a weight, as the precision's name tells them. */
export function nominalBits(precision: Precision): number {
  const unquantized = /^q0f(\d+)$/.exec(precision);
  return Number((unquantized ?? /(\d+)/.exec(precision))?.[1] ?? 0);
}

export interface Timed {
  readonly candidate: TuneCandidate;
  readonly time: AnswerTime;
}

export interface Proposal {
  readonly best: TuneCandidate;
  /** True where the difference to the lane's present choice is within the spread of the two: that choice stays. */
  readonly tie: boolean;
  /** Faster ones with fewer bits than the present choice: what they gain in speed they lose in their answers. */
  readonly coarser: readonly TuneCandidate[];
}

/** The fastest with no fewer bits than the lane has now, so that speed is never bought with quality unasked. */
export function propose(
  timed: readonly Timed[],
  present: { readonly variant: Variant; readonly device: Device },
): Proposal | undefined {
  const ordered = timed.toSorted((a, b) => a.time.seconds - b.time.seconds);
  const least = nominalBits(present.variant.precision);
  const enough = ({ candidate }: Timed) => nominalBits(candidate.variant.precision) >= least;
  const first = ordered.find(enough) ?? ordered[0];
  if (first === undefined) return undefined;
  const now = ordered.find(
    ({ candidate }) => candidate.variant.id === present.variant.id && candidate.device === present.device,
  );
  const tie =
    now !== undefined &&
    now !== first &&
    now.time.seconds - first.time.seconds <= Math.hypot(now.time.sd, first.time.sd);
  const best = tie ? now : first;
  const coarser = ordered.filter((one) => !enough(one) && one.time.seconds < best.time.seconds);
  return { best: best.candidate, tie, coarser: coarser.map(({ candidate }) => candidate) };
}
