/**
 * Runs the numerics self-check and remembers its verdicts: once per variant, adapter and release.
 *
 * It waits until nothing answers, and gives way the moment that something is to: the GPU is then free within one short
 * forward pass, and the second engine, which holds the CPU's copy of the model, is ended at once.
 */

import type { EngineClient } from '../../workers/engine-client';
import type { Device, ModelSource } from '../domain/engine';
import type { Failure, Outcome } from '../domain/failure';
import type { Variant } from '../domain/model';
import { checkWindows, judge, whyNotChecked, type CheckMachine, type Verdict } from '../domain/self-check';
import type { Memory } from './browser-memory';
import type { EngineSlot } from './engine-pool.svelte';
import { readVerdicts, verdictKey, writeVerdicts, type Verdicts } from './self-checks-memory';

export type CheckState =
  | Verdict
  /** It will be checked once its model is loaded and nothing answers. */
  | { readonly state: 'due' }
  | { readonly state: 'checking' };

/** The likeliest next token after each prefix: `Engine.topTokens`, wherever the engine is. */
export type TopTokens = (tokens: readonly number[]) => Promise<Outcome<readonly number[]>>;

export interface SelfCheckServices {
  readonly machine: () => CheckMachine & { readonly adapter: string };
  /** The engine that has this variant on the GPU, where one has. */
  readonly slot: (variant: Variant) => Pick<EngineSlot, 'phase' | 'topTokens'> | undefined;
  /** A worker of its own for what is compared with: lanes neither see it nor wait for it. */
  readonly reference: () => Pick<EngineClient, 'load' | 'topTokens' | 'terminate'>;
  readonly referenceSource: (variant: Variant) => ModelSource;
  readonly memory: Memory;
  readonly release: string;
  /** True while something answers or loads. */
  readonly busy: () => boolean;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How long it must have been quiet, in ms, so that nobody is about to see or ask something. */
export const QUIET_MS = 1500;

/** No answer waits longer than this for a pass that does not end, in ms. */
export const GIVE_WAY_MS = 3000;

interface Job {
  readonly variant: Variant;
  readonly key: string;
  /** What the GPU chose in the windows that it has been through: they outlive an interruption. */
  readonly here: (readonly number[])[];
}

export class SelfChecks {
  #verdicts = $state.raw<Verdicts>({});
  #queue = $state.raw<readonly Job[]>([]);
  #checking = $state.raw<string | undefined>();
  #working = false;
  #held = 0;
  #stop: AbortController | undefined;
  #run: Promise<void> = Promise.resolve();
  readonly #services: SelfCheckServices;

  constructor(services: SelfCheckServices) {
    this.#services = services;
    this.#verdicts = readVerdicts(services.memory);
  }

  /** What is known of `variant` on `device`; undefined for what computes elsewhere. */
  of(variant: Variant, device: Device): CheckState | undefined {
    if (variant.remote === true) return undefined;
    const reason = whyNotChecked(variant, device, this.#services.machine());
    if (reason !== undefined && reason !== 'on-request') return { state: 'not-checked', reason };
    const key = this.#keyOf(variant);
    if (this.#checking === key) return { state: 'checking' };
    if (this.#queue.some((job) => job.key === key)) return { state: 'due' };
    return (
      this.#verdicts[key] ?? (reason === undefined ? { state: 'due' } : { state: 'not-checked', reason })
    );
  }

  /** True where `check` can begin: the model is loaded on the GPU. */
  canCheck(variant: Variant): boolean {
    return this.#services.slot(variant)?.phase.kind === 'ready';
  }

  /** A model has been loaded: it is checked in the next quiet moment, unless its verdict is known. */
  noteLoaded(variant: Variant, device: Device): void {
    if (device === 'webgpu' && this.of(variant, device)?.state === 'due') this.check(variant);
  }

  /** Checks on the person's word, whatever was found before and however large it is. */
  check(variant: Variant): void {
    const key = this.#keyOf(variant);
    if (this.#checking === key || this.#queue.some((job) => job.key === key)) return;
    this.#queue = [...this.#queue, { variant, key, here: [] }];
    void this.#work();
  }

  /**
   * Ends what runs; it begins anew in the next quiet moment. Resolves when GPU and CPU are free, or when whoever waits
   * has waited long enough. Never rejects.
   */
  async giveWay(): Promise<void> {
    if (this.#stop === undefined) return;
    this.#stop.abort();
    await Promise.race([this.#run, this.#services.sleep(GIVE_WAY_MS)]);
  }

  /** Gives way until what it resolves with is called. */
  async hold(): Promise<() => void> {
    this.#held += 1;
    await this.giveWay();
    return () => void (this.#held -= 1);
  }

  /**
   * The verdict on a model that the caller has loaded, computed where it is not known yet and may be.
   * Undefined where `signal` ended it.
   */
  async ensure(variant: Variant, top: TopTokens, signal: AbortSignal): Promise<Verdict | undefined> {
    const reason = whyNotChecked(variant, 'webgpu', this.#services.machine());
    const known = this.#verdicts[this.#keyOf(variant)];
    if (known !== undefined) return known;
    if (reason !== undefined) return { state: 'not-checked', reason };
    const verdict = await this.#compare(variant, top, [], signal);
    if (verdict !== undefined) this.#keep(this.#keyOf(variant), verdict);
    return verdict;
  }

  /** Takes one job after another, each in a quiet moment. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let [job] = this.#queue; job !== undefined; [job] = this.#queue) {
      await this.#services.sleep(QUIET_MS);
      if (this.#held > 0 || this.#services.busy()) continue;
      const slot = this.#services.slot(job.variant);
      // Its model was let go: the next load brings it back.
      if (slot?.phase.kind !== 'ready') this.#drop(job);
      else await (this.#run = this.#runJob(job, slot));
    }
    this.#working = false;
  }

  async #runJob(job: Job, slot: Pick<EngineSlot, 'phase' | 'topTokens'>): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    this.#checking = job.key;
    const top: TopTokens = (tokens) => slot.topTokens(tokens);
    const verdict = await this.#compare(job.variant, top, job.here, stop.signal);
    this.#checking = undefined;
    this.#stop = undefined;
    if (verdict === undefined) return;
    this.#drop(job);
    // A model that was let go meanwhile has not failed: the next load brings it back.
    const letGo = verdict.state === 'not-checked' && slot.phase.kind === 'idle';
    if (!letGo) this.#keep(job.key, verdict);
  }

  /** Undefined where `signal` ended it; `here` then holds what the GPU has computed. */
  async #compare(
    variant: Variant,
    top: TopTokens,
    here: (readonly number[])[],
    signal: AbortSignal,
  ): Promise<Verdict | undefined> {
    const broken = await forced(top, here, signal);
    if (signal.aborted) return undefined;
    if (broken !== undefined) return failed(broken);
    const there: (readonly number[])[] = [];
    const missing = await this.#compute(variant, there, signal);
    if (signal.aborted) return undefined;
    return missing === undefined ? judge(here.flat(), there.flat()) : failed(missing);
  }

  /** The CPU's choices, from an engine that lives as long as this takes. Resolves with what went wrong. */
  async #compute(
    variant: Variant,
    there: (readonly number[])[],
    signal: AbortSignal,
  ): Promise<Failure | undefined> {
    const { reference, referenceSource } = this.#services;
    const client = reference();
    const end = () => client.terminate();
    signal.addEventListener('abort', end, { once: true });
    try {
      const source = referenceSource(variant);
      const loaded = await client.load(variant.engine, source, { signal, onProgress: () => undefined });
      if (!loaded.ok) return loaded.failure;
      return await forced((tokens) => client.topTokens(tokens, signal), there, signal);
    } finally {
      signal.removeEventListener('abort', end);
      end();
    }
  }

  #keep(key: string, verdict: Verdict): void {
    this.#verdicts = { ...this.#verdicts, [key]: verdict };
    writeVerdicts(this.#services.memory, this.#services.release, this.#verdicts);
  }

  #drop(job: Job): void {
    this.#queue = this.#queue.filter((other) => other !== job);
  }

  #keyOf(variant: Variant): string {
    return verdictKey(this.#services.release, this.#services.machine().adapter, variant);
  }
}

/** Forces the windows that are not in `tops` yet. Resolves with what went wrong, where something did. */
async function forced(
  top: TopTokens,
  tops: (readonly number[])[],
  signal: AbortSignal,
): Promise<Failure | undefined> {
  for (const window of checkWindows.slice(tops.length)) {
    if (signal.aborted) return undefined;
    const outcome = await top(window);
    if (!outcome.ok) return outcome.failure;
    tops.push(outcome.value);
  }
  return undefined;
}

function failed({ code, detail }: Failure): Verdict {
  return { state: 'not-checked', reason: 'failed', detail: `${code}: ${detail}` };
}
