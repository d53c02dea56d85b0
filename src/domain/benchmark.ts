/**
 * The benchmark protocol: fixed workloads, warm-up until it is warm, repetitions in turn, every sample kept.
 *
 * Pure but for what it is given: the same code runs in the page and under the headless command.
 */

import type { GenerateRequest } from './engine';
import type { Failure } from './failure';
import { summarise } from './metrics';
import { summariseSample, type Summary } from './statistics';
import type { RunTrace } from './trace';

/** `pp N`: prefill of N prompt tokens. `tg N`: decode of N tokens. Both at depth 0: nothing in the KV cache before. */
export interface Workload {
  readonly name: string;
  readonly kind: 'prefill' | 'decode';
  readonly tokens: number;
}

export const workloads: readonly Workload[] = [
  { name: 'pp128', kind: 'prefill', tokens: 128 },
  { name: 'pp512', kind: 'prefill', tokens: 512 },
  { name: 'tg128', kind: 'decode', tokens: 128 },
];

/** Ids that every vocabulary has and that no tokenizer here reserves; the same ones in every run. */
function fixedTokens(count: number): number[] {
  return Array.from({ length: count }, (_, index) => 300 + ((index * 7919) % 700));
}

/** Greedy, the end of sequence ignored, no chat template: a workload is a number of tokens and nothing else. */
export function requestFor(workload: Workload): GenerateRequest {
  const prefill = workload.kind === 'prefill';
  return {
    prompt: { kind: 'tokens', tokens: fixedTokens(prefill ? workload.tokens : 1) },
    sampling: {
      temperature: 0,
      topP: 1,
      topK: 0,
      repetitionPenalty: 1,
      maxTokens: prefill ? 1 : workload.tokens,
      seed: 0,
      stop: [],
    },
    ignoreEndOfSequence: true,
  };
}

/** Tokens per second of one run, by the definition of its kind; undefined where the run did not make its tokens. */
export function rateOf(workload: Workload, trace: RunTrace): number | undefined {
  if (trace.end.kind !== 'completed') return undefined;
  const metrics = summarise(trace);
  if (workload.kind === 'prefill') return metrics.prefillRate;
  return metrics.outputTokens === workload.tokens ? metrics.decodeRate : undefined;
}

/** What is compared: a name and a way to run a request on it. */
export interface Candidate {
  readonly name: string;
  run(request: GenerateRequest): Promise<RunTrace>;
}

export interface ProtocolOptions {
  /** Counted repetitions: at least 5, 10 for a published result. */
  readonly repetitions: number;
  readonly pauseMs: number;
  sleep(ms: number): Promise<void>;
  /** True while something disturbs a measurement: a hidden tab, for example. Asked after every run. */
  disturbed(): string | undefined;
  onRun?(note: { readonly candidate: string; readonly workload: string; readonly round: string }): void;
  /** What has been measured of a series so far, in tokens per second: a look at it on its way, not the result. */
  onSample?(note: {
    readonly candidate: string;
    readonly workload: Workload;
    readonly samples: readonly number[];
  }): void;
}

export type BenchmarkRow =
  | {
      readonly kind: 'measured';
      readonly candidate: string;
      readonly workload: Workload;
      /** Tokens per second, in order of measurement. */
      readonly samples: readonly number[];
      readonly summary: Summary;
      readonly warmUps: number;
      /** False where two warm-ups in a row never agreed within 5 %. */
      readonly warm: boolean;
      readonly flags: readonly ('spread' | 'drift')[];
    }
  | {
      readonly kind: 'void';
      readonly candidate: string;
      readonly workload: Workload;
      readonly reason: string;
      readonly failure?: Failure;
    };

const AGREE = 0.05;
const MOST_WARM_UPS = 8;
/** Limits past which a result carries a flag: CV above 10 %, or a trend of more than 2 % per repetition. */
const MOST_CV = 0.1;
const MOST_DRIFT = 0.02;

/** Runs every workload on every candidate; the candidates of a workload take turns (A B A B), so that drift hits all alike. */
export async function runProtocol(
  candidates: readonly Candidate[],
  chosen: readonly Workload[],
  options: ProtocolOptions,
): Promise<BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  for (const workload of chosen) {
    const series = candidates.map((candidate) => new Series(candidate, workload, options));
    for (const one of series) await one.warmUp();
    for (let round = 1; round <= options.repetitions; round += 1) {
      for (const one of series) {
        await options.sleep(options.pauseMs);
        await one.measure(round);
      }
    }
    rows.push(...series.map((one) => one.row()));
  }
  return rows;
}

/** One candidate on one workload. Once it is void it stays void: a disturbed run is never averaged away. */
class Series {
  readonly #samples: number[] = [];
  #void: { readonly reason: string; readonly failure?: Failure } | undefined;
  #warmUps = 0;
  #warm = false;
  readonly #candidate: Candidate;
  readonly #workload: Workload;
  readonly #options: ProtocolOptions;

  constructor(candidate: Candidate, workload: Workload, options: ProtocolOptions) {
    this.#candidate = candidate;
    this.#workload = workload;
    this.#options = options;
  }

  async warmUp(): Promise<void> {
    let last: number | undefined;
    while (!this.#warm && this.#warmUps < MOST_WARM_UPS && this.#void === undefined) {
      const rate = await this.#run(`warm-up ${this.#warmUps + 1}`);
      this.#warmUps += 1;
      this.#warm = rate !== undefined && last !== undefined && Math.abs(rate - last) / last <= AGREE;
      last = rate;
    }
  }

  async measure(round: number): Promise<void> {
    if (this.#void !== undefined) return;
    const rate = await this.#run(`${round}/${this.#options.repetitions}`);
    if (rate === undefined) return;
    this.#samples.push(rate);
    const { name } = this.#candidate;
    this.#options.onSample?.({ candidate: name, workload: this.#workload, samples: [...this.#samples] });
  }

  row(): BenchmarkRow {
    const place = { candidate: this.#candidate.name, workload: this.#workload };
    const summary = summariseSample(this.#samples);
    if (this.#void !== undefined) return { kind: 'void', ...place, ...this.#void };
    if (summary === undefined) return { kind: 'void', ...place, reason: 'no repetition was asked for' };
    const flags: ('spread' | 'drift')[] = [];
    if (summary.cv > MOST_CV) flags.push('spread');
    if (Math.abs(summary.drift) > MOST_DRIFT) flags.push('drift');
    return {
      kind: 'measured',
      ...place,
      samples: this.#samples,
      summary,
      warmUps: this.#warmUps,
      warm: this.#warm,
      flags,
    };
  }

  async #run(round: string): Promise<number | undefined> {
    this.#options.onRun?.({ candidate: this.#candidate.name, workload: this.#workload.name, round });
    const trace = await this.#candidate.run(requestFor(this.#workload));
    const disturbance = this.#options.disturbed();
    const rate = rateOf(this.#workload, trace);
    if (disturbance !== undefined) this.#void = { reason: disturbance };
    else if (trace.end.kind === 'failed') this.#void = { reason: 'failed', failure: trace.end.failure };
    else if (rate === undefined) this.#void = { reason: `did not make ${this.#workload.tokens} tokens` };
    return this.#void === undefined ? rate : undefined;
  }
}
