/** One lane: which model answers in it, and what it is doing now. */

import type { Catalog, CatalogEntry } from '../catalog/catalog';
import type { Answer, AnswerEnd, AnswerRun, LaneSetup } from '../domain/conversation';
import {
  IMAGES_IGNORED,
  contextToAsk,
  expectedContext,
  type Device,
  type GenerateRequest,
  type LoadReport,
  type Message,
  type Sampling,
} from '../domain/engine';
import { failureOf, type Failure, type Outcome } from '../domain/failure';
import { takesImages, withoutImages } from '../domain/images';
import { summarise } from '../domain/metrics';
import { answerText, failureOfTrace, thinkingText, type RunTrace } from '../domain/trace';
import type { WebGpuKind } from '../hardware/adapter';
import type { EnginePhase, EnginePool, EngineSlot } from './engine-pool.svelte';
import { LiveRun } from './live-run.svelte';
import { timelineOf } from './live-timeline';
import type { Turns } from './turns';

export type LanePhase =
  | { readonly kind: 'idle' }
  /** Another lane has the GPU. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'running'; readonly live: LiveRun }
  | { readonly kind: 'stopping'; readonly live: LiveRun | undefined };

export interface LaneServices {
  readonly catalog: Catalog;
  readonly pool: EnginePool;
  readonly turns: Turns<Lane>;
  readonly webGpu: () => WebGpuKind;
  /** Grows whenever the page was frozen or the machine slept. */
  readonly freezes: () => number;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface LaneRequest extends Pick<GenerateRequest, 'jsonSchema'> {
  readonly messages: readonly Message[];
  readonly sampling: Sampling;
}

/** What an answer is before it ends. */
type AnswerFrame = Pick<Answer, 'id' | 'startedAt'>;
/** What a run is known by before it has made anything. */
type RunFrame = Omit<AnswerRun, 'metrics' | 'timeline'>;

export class Lane {
  #setup: LaneSetup;
  #phase = $state.raw<LanePhase>({ kind: 'idle' });
  #stop: AbortController | undefined;
  #prepare: AbortController | undefined;
  /** Why the last count of tokens came to nothing, where that ended the engine: the answer after it says so. */
  #uncounted: Failure | undefined;
  /** The answer in the making: kept apart from the phase, which is for the screen. */
  #making:
    { readonly frame: AnswerFrame; run?: { readonly frame: RunFrame; readonly live: LiveRun } } | undefined;
  readonly #services: LaneServices;

  constructor(setup: LaneSetup, services: LaneServices) {
    this.#setup = $state.raw(setup);
    this.#services = services;
  }

  get id(): string {
    return this.#setup.id;
  }

  get setup(): LaneSetup {
    return this.#setup;
  }

  set setup(setup: LaneSetup) {
    this.#setup = setup;
  }

  get phase(): LanePhase {
    return this.#phase;
  }

  get busy(): boolean {
    return this.#phase.kind !== 'idle';
  }

  get entry(): CatalogEntry {
    return this.#services.catalog.getOrMissing(this.#setup.variantId);
  }

  /** Where the lane runs: as chosen, or WebGPU on real hardware and WASM elsewhere, where its engine can. */
  get device(): Device {
    const { device } = this.#setup;
    const { devices } = this.entry.variant;
    if (device !== 'auto' && devices.includes(device)) return device;
    const best = this.#services.webGpu() === 'hardware' ? 'webgpu' : 'wasm';
    // Some engines run on one of the two alone.
    return devices.includes(best) ? best : (devices[0] ?? best);
  }

  get engine(): EnginePhase {
    const { pool } = this.#services;
    return pool.peek(this.entry.variant, this.device, this.askedContext)?.phase ?? { kind: 'idle' };
  }

  /** Why nothing can be loaded here, where no model goes by the lane's name for it. */
  get #missing(): Failure | undefined {
    const { card } = this.entry;
    return card.missing === true ? { code: 'model-missing', detail: card.name } : undefined;
  }

  get #slot(): EngineSlot {
    return this.#services.pool.slot(this.entry.variant, this.device, this.askedContext);
  }

  /** Tokens that prompt and answer may have together: the loaded model's own word, else what is to be expected. */
  get contextTokens(): number {
    const { engine } = this;
    if (engine.kind === 'ready') return engine.report.contextTokens;
    const { card, variant } = this.entry;
    return expectedContext(variant.engine, card.contextTokens, this.#setup.contextTokens);
  }

  /** The context length that the engine is told to make room for; undefined for what it takes by itself. */
  get askedContext(): number | undefined {
    const { card, variant } = this.entry;
    return contextToAsk(variant.engine, card.contextTokens, this.#setup.contextTokens);
  }

  /** Loads the model without asking it anything. `stop` ends that too. */
  async prepare(): Promise<Outcome<LoadReport>> {
    const missing = this.#missing;
    if (missing !== undefined) return { ok: false, failure: missing };
    this.#prepare?.abort();
    const prepare = new AbortController();
    this.#prepare = prepare;
    return this.#slot.ensureLoaded(prepare.signal);
  }

  /** Tokens that these messages take; undefined while the model is not loaded. */
  async countTokens(messages: readonly Message[], signal: AbortSignal): Promise<number | undefined> {
    if (this.#missing !== undefined) return undefined;
    this.#uncounted = undefined;
    const before = this.engine;
    const tokens = await this.#slot.countTokens({ kind: 'chat', messages: this.readable(messages) }, signal);
    const { engine } = this;
    if (engine !== before && engine.kind === 'failed' && engine.failure.code === 'count-timeout')
      this.#uncounted = engine.failure;
    return tokens;
  }

  /** The messages as the lane's model gets them: without their images where it reads text alone. */
  readable(messages: readonly Message[]): readonly Message[] {
    return takesImages(this.entry.variant) ? messages : withoutImages(messages);
  }

  /** Ends what the lane is doing. What has been said stays. */
  stop(): void {
    this.#prepare?.abort();
    if (this.#stop === undefined || this.#stop.signal.aborted) return;
    const live = this.#phase.kind === 'running' ? this.#phase.live : undefined;
    this.#phase = { kind: 'stopping', live };
    this.#stop.abort();
  }

  /** The answer as it would be kept if the page ended now; undefined where none is being made. */
  get partial(): Answer | undefined {
    if (this.#making === undefined) return undefined;
    const { frame, run } = this.#making;
    return {
      ...frame,
      ...(run === undefined ? { text: '' } : partOf(run.frame, run.live)),
      end: 'interrupted',
    };
  }

  /**
   * Answers once: waits for its turn, loads if need be, generates. Always resolves with an answer, which tells in
   * `end` and `failure` how it went; a partial text is part of it. One answer at a time: see `busy`.
   */
  async answer(request: LaneRequest): Promise<Answer> {
    const { now, newId } = this.#services;
    const stop = new AbortController();
    const frame = { id: newId(), startedAt: now() };
    this.#stop = stop;
    this.#making = { frame };
    this.#phase = { kind: 'waiting' };
    try {
      return { ...frame, ...(await this.#inTurn(request, stop.signal)) };
    } catch (thrown) {
      return { ...frame, ...failed('', failureOf(thrown)) };
    } finally {
      this.#stop = undefined;
      this.#making = undefined;
      this.#phase = { kind: 'idle' };
    }
  }

  async #inTurn(request: LaneRequest, signal: AbortSignal): Promise<AnswerBody> {
    // What computes elsewhere shares nothing with the local lanes, so it neither waits for them nor holds them up.
    if (this.entry.variant.remote === true) return this.#run(request, signal);
    const turn = await this.#services.turns.take(this, signal).catch((thrown: unknown) => {
      if (signal.aborted) return undefined;
      throw thrown;
    });
    if (turn === undefined) return { text: '', end: 'stopped' };
    try {
      return await this.#run(request, signal);
    } finally {
      turn.end();
    }
  }

  /**
   * A GPU that was reset before a word was said is loaded anew without asking: nothing is lost by it. Once only, since
   * a second loss means that the GPU is not to be had, and the person chooses then.
   */
  async #run(request: LaneRequest, signal: AbortSignal): Promise<AnswerBody> {
    const answer = await this.#attempt(request, signal);
    const said = answer.text !== '' || answer.thinking !== undefined;
    const resetBefore = answer.failure?.code === 'device-lost' && !said && !signal.aborted;
    return resetBefore ? this.#attempt(request, signal) : answer;
  }

  async #attempt(request: LaneRequest, signal: AbortSignal): Promise<AnswerBody> {
    if (signal.aborted) return { text: '', end: 'stopped' };
    const missing = this.#missing;
    if (missing !== undefined) return failed('', missing);
    const uncounted = this.#uncounted;
    this.#uncounted = undefined;
    // The engine counts again before it answers, and would not come to its end either.
    if (uncounted !== undefined) return failed('', uncounted);
    const slot = this.#slot;
    if (slot.phase.kind !== 'ready') this.#phase = { kind: 'loading' };
    const loaded = await slot.ensureLoaded(signal);
    if (signal.aborted) return { text: '', end: 'stopped' };
    if (!loaded.ok) return failed('', loaded.failure);

    const live = new LiveRun();
    const { jsonSchema } = request;
    const messages = this.readable(request.messages);
    const frame: RunFrame = {
      variantId: slot.variant.id,
      device: slot.variant.engine === 'provider' ? 'remote' : slot.device,
      engine: loaded.value.engine,
      adapter: loaded.value.adapter,
      sampling: request.sampling,
      ...(jsonSchema !== undefined && { jsonSchema }),
      ...(messages !== request.messages && { ignored: [IMAGES_IGNORED] }),
    };
    this.#phase = { kind: 'running', live };
    if (this.#making !== undefined) this.#making.run = { frame, live };
    const generate: GenerateRequest = {
      prompt: { kind: 'chat', messages },
      sampling: request.sampling,
      ...(jsonSchema !== undefined && { jsonSchema }),
      ignoreEndOfSequence: false,
    };
    const freezesBefore = this.#services.freezes();
    const outcome = await slot.generate(generate, { signal, onMarks: (marks) => live.add(marks) });
    const failure = outcome.ok ? failureOfTrace(outcome.value) : outcome.failure;
    const { text, run, ...thinking } = outcome.ok ? wholeOf(frame, outcome.value) : partOf(frame, live);
    // An engine that had to be ended because it would not stop did what was asked: it stopped.
    if (signal.aborted) return { text, ...thinking, end: 'stopped', run };
    if (failure !== undefined) return { ...failed(text, failure), ...thinking, run };
    // The text is whole, but what was measured holds the time that nothing ran.
    if (this.#services.freezes() !== freezesBefore) return { text, ...thinking, end: 'interrupted', run };
    return { text, ...thinking, end: outcome.ok ? endOf(outcome.value) : 'failed', run };
  }
}

type AnswerBody = Omit<Answer, 'id' | 'startedAt'>;
type AnswerContent = Required<Pick<Answer, 'text' | 'run'>> & Pick<Answer, 'thinking'>;

function wholeOf(frame: RunFrame, trace: RunTrace): AnswerContent {
  const completion = trace.end.kind === 'completed' ? trace.end.completion : undefined;
  const usage = trace.end.kind === 'failed' ? trace.end.usage : completion?.usage;
  const run = {
    ...frame,
    metrics: summarise(trace),
    timeline: timelineOf(trace.chunks),
    ...(usage && { usage }),
    ...(completion?.ignored && { ignored: [...(frame.ignored ?? []), ...completion.ignored] }),
  };
  return { text: answerText(trace), ...thought(thinkingText(trace)), run };
}

/** What was said up to now; all that is left of a run whose worker is gone. */
function partOf(frame: RunFrame, live: LiveRun): AnswerContent {
  const { text, thinking, metrics, timeline } = live.snapshot();
  return { text, ...thought(thinking), run: { ...frame, metrics, timeline } };
}

function thought(thinking: string): Pick<Answer, 'thinking'> {
  return thinking === '' ? {} : { thinking };
}

function failed(text: string, failure: Failure): AnswerBody {
  return { text, end: 'failed', failure };
}

function endOf(trace: RunTrace): AnswerEnd {
  if (trace.end.kind !== 'completed') return 'failed';
  const { reason } = trace.end.completion;
  return reason === 'aborted' ? 'stopped' : reason;
}
