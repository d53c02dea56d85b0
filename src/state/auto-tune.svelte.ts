/**
 * "Find the fastest here": a few seconds of the benchmark's own protocol on every way to run a model that is stored in
 * this browser. A device that computes wrongly gets no figure.
 */

import type { EngineClient } from '../../workers/engine-client';
import { runProtocol, type BenchmarkRow, type Candidate } from '../domain/benchmark';
import type { Device, ModelSource } from '../domain/engine';
import { fail, type Failure } from '../domain/failure';
import type { ModelCard, Variant } from '../domain/model';
import type { Verdict } from '../domain/self-check';
import { summariseSample } from '../domain/statistics';
import type { RunTrace } from '../domain/trace';
import type { AdapterReport } from '../hardware/adapter';
import {
  TUNE_REPETITIONS,
  answerTime,
  batchesOf,
  candidatesOf,
  propose,
  tuneWorkloads,
  type AnswerTime,
  type Proposal,
  type TuneCandidate,
  type TuneFigures,
} from './auto-tune-rules';
import type { SelfChecks } from './self-checks.svelte';

export type TuneRowState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loading' }
  /** Its choices are compared with the CPU's. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'measuring' }
  | { readonly kind: 'measured' }
  /** It computes wrongly: a speed would say nothing. */
  | { readonly kind: 'suspect' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** What disturbed it: `hidden`, `frozen`, or in words what the protocol found. */
  | { readonly kind: 'void'; readonly reason: string };

export interface TuneRow {
  readonly candidate: TuneCandidate;
  readonly state: TuneRowState;
  readonly figures: TuneFigures;
  /** Undefined on the CPU, which is the reference. */
  readonly verdict: Verdict | undefined;
}

export type TunePhase = 'idle' | 'running' | 'done' | 'cancelled';

export type TuneClient = Pick<EngineClient, 'load' | 'generate' | 'topTokens' | 'unload' | 'terminate'>;

export interface AutoTuneServices {
  readonly connect: () => TuneClient;
  readonly sourceOf: (variant: Variant, device: Device) => ModelSource;
  readonly checks: Pick<SelfChecks, 'ensure' | 'hold'>;
  /** Lets go of the models that lanes have loaded: they would take memory, and are loaded anew when asked. */
  readonly release: () => Promise<void>;
  /** Starts to watch; what it gives tells what has disturbed the measurement since, where something has. */
  readonly watch: () => () => 'hidden' | 'frozen' | undefined;
  readonly sleep: (ms: number) => Promise<void>;
  readonly adapter: Pick<AdapterReport, 'kind' | 'features'>;
  /** True where all files of a variant are in this browser. */
  readonly isStored: (variant: Variant) => boolean;
}

const PAUSE_MS = 200;
const ended: readonly TuneRowState['kind'][] = ['measured', 'suspect', 'failed', 'void'];

/** A candidate whose model is loaded. */
interface Loaded {
  readonly candidate: TuneCandidate;
  readonly client: TuneClient;
}

export class AutoTune {
  #phase = $state.raw<TunePhase>('idle');
  #rows = $state.raw<readonly TuneRow[]>([]);
  #current = $state.raw<string | undefined>();
  #stop: AbortController | undefined;
  readonly #services: AutoTuneServices;

  constructor(services: AutoTuneServices) {
    this.#services = services;
  }

  get phase(): TunePhase {
    return this.#phase;
  }

  get busy(): boolean {
    return this.#phase === 'running';
  }

  get rows(): readonly TuneRow[] {
    return this.#rows;
  }

  /** The row that is computing now. */
  get current(): TuneRow | undefined {
    return this.busy ? this.#rows.find(({ candidate }) => candidate.name === this.#current) : undefined;
  }

  /** How much of it is done, in [0, 1]. */
  get progress(): number {
    const done = this.#rows.map(({ state, figures }) => {
      if (ended.includes(state.kind)) return 1;
      const samples = (figures.prefill?.n ?? 0) + (figures.decode?.n ?? 0);
      return samples / (tuneWorkloads.length * TUNE_REPETITIONS);
    });
    return done.reduce((sum, share) => sum + share, 0) / Math.max(1, done.length);
  }

  /** What of a model can be measured here without a download, and what is left out. */
  candidatesOf(card: Pick<ModelCard, 'variants'>): ReturnType<typeof candidatesOf> {
    return candidatesOf(card, this.#services.adapter, this.#services.isStored);
  }

  /** Of what has been measured to the end; undefined while nothing has. */
  proposal(present: { readonly variant: Variant; readonly device: Device }): Proposal | undefined {
    return propose(
      this.#rows.flatMap((row) => {
        const time = timeOf(row);
        return time === undefined ? [] : [{ candidate: row.candidate, time }];
      }),
      present,
    );
  }

  /** Ends it at once. What has been measured to the end stays. */
  cancel(): void {
    this.#stop?.abort();
  }

  /** Measures all, or as many as there is time for until `cancel`. Never rejects for a candidate that breaks. */
  async run(candidates: readonly TuneCandidate[]): Promise<void> {
    if (this.busy) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#phase = 'running';
    this.#rows = candidates.map((candidate) => ({
      candidate,
      state: { kind: 'waiting' },
      figures: {},
      verdict: undefined,
    }));
    const letChecksRun = await this.#services.checks.hold();
    try {
      await this.#services.release();
      for (const batch of batchesOf(candidates)) {
        if (!stop.signal.aborted) await this.#runBatch(batch, stop.signal);
      }
    } finally {
      letChecksRun();
      this.#phase = stop.signal.aborted ? 'cancelled' : 'done';
    }
  }

  async #runBatch(batch: readonly TuneCandidate[], signal: AbortSignal): Promise<void> {
    const loaded: Loaded[] = [];
    const end = () => loaded.forEach(({ client }) => client.terminate());
    signal.addEventListener('abort', end, { once: true });
    try {
      for (const candidate of batch) {
        if (signal.aborted) return;
        const client = this.#services.connect();
        const one = { candidate, client };
        loaded.push(one);
        if (!(await this.#prepare(one, signal))) {
          loaded.splice(loaded.indexOf(one), 1);
          await client.unload();
        }
      }
      await this.#measure(loaded, signal);
    } finally {
      signal.removeEventListener('abort', end);
      await Promise.all(loaded.map(({ client }) => client.unload()));
      if (signal.aborted) this.#forgetUnfinished();
    }
  }

  /** Loads and checks. False where it is not to be measured; its row says why. */
  async #prepare({ candidate, client }: Loaded, signal: AbortSignal): Promise<boolean> {
    const { name, variant, device } = candidate;
    this.#current = name;
    this.#set(name, { state: { kind: 'loading' } });
    const source = this.#services.sourceOf(variant, device);
    const loaded = await client.load(variant.engine, source, { signal, onProgress: () => undefined });
    if (!loaded.ok) {
      this.#set(name, { state: { kind: 'failed', failure: loaded.failure } });
      return false;
    }
    if (device === 'webgpu') {
      this.#set(name, { state: { kind: 'checking' } });
      const top = (tokens: readonly number[]) => client.topTokens(tokens, signal);
      const verdict = await this.#services.checks.ensure(variant, top, signal);
      this.#set(name, { verdict });
      if (verdict?.state === 'suspect') {
        this.#set(name, { state: { kind: 'suspect' } });
        return false;
      }
    }
    this.#set(name, { state: { kind: 'waiting' } });
    return !signal.aborted;
  }

  async #measure(loaded: readonly Loaded[], signal: AbortSignal): Promise<void> {
    const disturbed = this.#services.watch();
    const rows = await runProtocol(
      loaded.map((one) => measurable(one, signal)),
      tuneWorkloads,
      {
        repetitions: TUNE_REPETITIONS,
        pauseMs: PAUSE_MS,
        sleep: (ms) => (signal.aborted ? Promise.resolve() : this.#services.sleep(ms)),
        disturbed,
        onRun: ({ candidate }) => {
          this.#current = candidate;
          this.#set(candidate, { state: { kind: 'measuring' } });
        },
        onSample: ({ candidate, workload, samples }) => {
          const summary = summariseSample(samples);
          if (summary !== undefined) this.#show(candidate, workload.kind, summary);
        },
      },
    );
    if (signal.aborted) return;
    for (const { candidate } of loaded) this.#conclude(candidate.name, rows);
  }

  /** The protocol's own result takes the place of what was shown on the way. */
  #conclude(name: string, rows: readonly BenchmarkRow[]): void {
    const own = rows.filter(({ candidate }) => candidate === name);
    const broken = own.find((row) => row.kind === 'void');
    if (broken !== undefined) {
      const { reason, failure } = broken;
      const state: TuneRowState =
        failure === undefined ? { kind: 'void', reason } : { kind: 'failed', failure };
      this.#set(name, { state, figures: {} });
      return;
    }
    for (const row of own) {
      if (row.kind === 'measured') this.#show(name, row.workload.kind, row.summary);
    }
    this.#set(name, { state: { kind: 'measured' } });
  }

  #show(name: string, kind: keyof TuneFigures, summary: NonNullable<TuneFigures[typeof kind]>): void {
    const figures = this.#rows.find((row) => row.candidate.name === name)?.figures;
    this.#set(name, { figures: { ...figures, [kind]: summary } });
  }

  /** Half a series is no measurement. */
  #forgetUnfinished(): void {
    this.#rows = this.#rows.map((row) =>
      ended.includes(row.state.kind) && row.state.kind !== 'failed'
        ? row
        : { ...row, state: { kind: 'waiting' }, figures: {} },
    );
  }

  #set(name: string, change: Partial<Omit<TuneRow, 'candidate'>>): void {
    this.#rows = this.#rows.map((row) => (row.candidate.name === name ? { ...row, ...change } : row));
  }
}

/** What an answer takes there; undefined where it has not been measured to the end. */
export function timeOf({ state, figures }: TuneRow): AnswerTime | undefined {
  return state.kind === 'measured' ? answerTime(figures) : undefined;
}

/** A run whose worker is gone is a failed run, and voids its own series alone. */
function measurable({ candidate, client }: Loaded, signal: AbortSignal): Candidate {
  return {
    name: candidate.name,
    async run(request): Promise<RunTrace> {
      const outcome = signal.aborted
        ? fail('engine-error', 'cancelled')
        : await client.generate(request, { signal, onMarks: () => undefined });
      if (outcome.ok) return outcome.value;
      const end = { kind: 'failed', failure: outcome.failure } as const;
      return { prefill: undefined, chunks: [], end, returnedMs: 0 };
    },
  };
}
