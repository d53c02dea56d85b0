/** Loaded engines, one worker each. Lanes on the same variant and device, at the same context length, share one. */

import { SvelteMap } from 'svelte/reactivity';
import type {
  Device,
  GenerateRequest,
  LoadProgress,
  LoadReport,
  ModelSource,
  Prompt,
} from '../domain/engine';
import { fail, type Failure, type Outcome } from '../domain/failure';
import type { Variant } from '../domain/model';
import { failureOfTrace, type RunTrace } from '../domain/trace';
import type { EngineClient } from '../../workers/engine-client';
import type { MarkBatch } from '../../workers/protocol';

export type EnginePhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress | undefined }
  | { readonly kind: 'ready'; readonly report: LoadReport }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * What an engine is told to load.
 *
 * @param appUrl absolute address of the app's folder, against which a variant's `baseUrl` is resolved
 * @param contextTokens see `contextToAsk`
 */
export function sourceOf(
  variant: Variant,
  device: Device,
  appUrl: string,
  contextTokens?: number,
): ModelSource {
  return {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- only its text is kept
    baseUrl: new URL(variant.baseUrl, appUrl).href,
    precision: variant.precision,
    device,
    requiredFeatures: variant.requiredFeatures,
    ...(variant.files && { files: variant.files }),
    ...(variant.projector !== undefined && { projector: variant.projector }),
    ...(variant.artifact && { artifact: variant.artifact }),
    ...(variant.libraryUrl !== undefined && { libraryUrl: variant.libraryUrl }),
    ...(contextTokens !== undefined && { contextTokens }),
  };
}

/** What an engine is loaded for. */
export interface EngineUse {
  readonly variant: Variant;
  readonly device: Device;
  /** Tokens; see `contextToAsk`. */
  readonly contextTokens?: number | undefined;
}

/** What others have to do with a load, and with a run. */
export interface LoadHooks {
  /** Waited for before the load begins. Must not reject. */
  before?(variant: Variant): Promise<void>;
  /** It is loaded. */
  loaded?(variant: Variant, device: Device): void;
  /** How it ended that an engine was asked: undefined where it answered. A stop tells nothing. */
  ended?(variant: Variant, failure: Failure | undefined): void;
  /** Waited for before the engine is asked to answer. Must not reject. */
  beforeRun?(): Promise<void>;
}

/** One variant on one device, at one context length: loaded when first needed, ended after any error, loaded anew when next needed. */
export class EngineSlot {
  readonly variant: Variant;
  readonly device: Device;
  readonly #contextTokens: number | undefined;
  #phase = $state.raw<EnginePhase>({ kind: 'idle' });
  #client: EngineClient | undefined;
  #loading:
    | { readonly outcome: Promise<Outcome<LoadReport>>; readonly stop: AbortController; waiting: number }
    | undefined;
  readonly #connect: (variant: Variant) => EngineClient;
  readonly #appUrl: string;
  readonly #hooks: LoadHooks;

  constructor(
    { variant, device, contextTokens }: EngineUse,
    appUrl: string,
    connect: (variant: Variant) => EngineClient,
    hooks: LoadHooks,
  ) {
    this.#hooks = hooks;
    this.variant = variant;
    this.device = device;
    this.#contextTokens = contextTokens;
    this.#appUrl = appUrl;
    this.#connect = connect;
  }

  get phase(): EnginePhase {
    return this.#phase;
  }

  /** Resolves when the model is ready. Lanes that wait share one load; it ends when the last of them gives up. */
  async ensureLoaded(signal: AbortSignal): Promise<Outcome<LoadReport>> {
    if (this.#phase.kind === 'ready') return { ok: true, value: this.#phase.report };
    if (signal.aborted) return fail('engine-error', 'the load was cancelled');
    const loading = (this.#loading ??= this.#startLoad());
    loading.waiting += 1;
    let leave: () => void = () => undefined;
    const left = new Promise<Outcome<LoadReport>>((resolve) => {
      leave = () => {
        loading.waiting -= 1;
        // Forgotten at once, worker and all: whoever comes next must not join a load that is on its way out.
        if (loading.waiting === 0 && this.#loading === loading) this.#end({ kind: 'idle' });
        resolve(fail('engine-error', 'the load was cancelled'));
      };
    });
    signal.addEventListener('abort', leave, { once: true });
    const outcome = await Promise.race([loading.outcome, left]);
    signal.removeEventListener('abort', leave);
    return outcome;
  }

  /** After a failure the worker is ended: engines are not to be trusted after an error. */
  async generate(
    request: GenerateRequest,
    context: { readonly signal: AbortSignal; onMarks(marks: MarkBatch): void },
  ): Promise<Outcome<RunTrace>> {
    const wayMade = this.#hooks.beforeRun?.();
    if (wayMade !== undefined) await Promise.race([wayMade, whenAborted(context.signal)]);
    const client = this.#client;
    if (client === undefined) return fail('engine-error', 'the model is not loaded');
    const outcome = await client.generate(request, context);
    const failure = outcome.ok ? failureOfTrace(outcome.value) : outcome.failure;
    if (!context.signal.aborted) this.#hooks.ended?.(this.variant, failure);
    // Not the engine's fault: a prompt that is too long, and a call that was cancelled before it reached the engine.
    const innocent = failure?.code === 'context-full' || (!outcome.ok && context.signal.aborted);
    // The slot may hold a new worker by now; that one has done nothing wrong.
    if (failure !== undefined && !innocent && this.#client === client) this.#end({ kind: 'failed', failure });
    return outcome;
  }

  /** The likeliest next token after each prefix of `tokens`. It cannot be stopped; a failure ends the engine. */
  async topTokens(tokens: readonly number[]): Promise<Outcome<readonly number[]>> {
    const client = this.#client;
    if (client === undefined || this.#phase.kind !== 'ready')
      return fail('engine-error', 'the model is not loaded');
    const outcome = await client.topTokens(tokens, new AbortController().signal);
    if (!outcome.ok && this.#client === client) this.#end({ kind: 'failed', failure: outcome.failure });
    return outcome;
  }

  async countTokens(prompt: Prompt, signal: AbortSignal): Promise<number | undefined> {
    const outcome = await this.#client?.countTokens(prompt, signal);
    return outcome?.ok === true ? outcome.value : undefined;
  }

  async unload(): Promise<void> {
    if (this.#loading !== undefined) {
      this.#end({ kind: 'idle' });
      return;
    }
    const client = this.#client;
    this.#client = undefined;
    this.#phase = { kind: 'idle' };
    await client?.unload();
  }

  #startLoad() {
    const stop = new AbortController();
    const client = this.#connect(this.variant);
    this.#client = client;
    this.#phase = { kind: 'loading', progress: undefined };
    void client.gone.then((failure) => {
      // Its end was not asked for where the slot still holds it.
      if (this.#client === client) this.#end({ kind: 'failed', failure });
    });
    const outcome = this.#load(client, stop.signal);
    return { outcome, stop, waiting: 0 };
  }

  async #load(client: EngineClient, signal: AbortSignal): Promise<Outcome<LoadReport>> {
    const { variant, device } = this;
    if (this.#hooks.before !== undefined) await this.#hooks.before(variant);
    const source = sourceOf(variant, device, this.#appUrl, this.#contextTokens);
    const outcome = await client.load(variant.engine, source, {
      signal,
      onProgress: (progress) => {
        if (this.#client === client && this.#phase.kind === 'loading')
          this.#phase = { kind: 'loading', progress };
      },
    });
    if (this.#client !== client) return outcome;
    this.#loading = undefined;
    if (outcome.ok) {
      this.#phase = { kind: 'ready', report: outcome.value };
      this.#hooks.loaded?.(variant, device);
    } else {
      this.#end({ kind: 'failed', failure: outcome.failure });
      this.#hooks.ended?.(variant, outcome.failure);
    }
    return outcome;
  }

  #end(phase: EnginePhase): void {
    const client = this.#client;
    this.#client = undefined;
    this.#loading?.stop.abort();
    this.#loading = undefined;
    this.#phase = phase;
    client?.terminate();
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

export class EnginePool {
  readonly #slots = new SvelteMap<string, EngineSlot>();
  readonly #connect: (variant: Variant) => EngineClient;
  readonly #appUrl: string;
  readonly #hooks: LoadHooks;

  /** @param appUrl absolute address of the app's folder, against which a variant's `baseUrl` is resolved */
  constructor(appUrl: string, connect: (variant: Variant) => EngineClient, hooks: LoadHooks = {}) {
    this.#appUrl = appUrl;
    this.#hooks = hooks;
    this.#connect = connect;
  }

  /** @param contextTokens what the engine is told to make room for: see `contextToAsk` */
  slot(variant: Variant, device: Device, contextTokens?: number): EngineSlot {
    const use = { variant, device, contextTokens };
    const key = keyOf(use);
    const existing = this.#slots.get(key);
    if (existing !== undefined) return existing;
    const slot = new EngineSlot(use, this.#appUrl, this.#connect, this.#hooks);
    this.#slots.set(key, slot);
    return slot;
  }

  /** The slot if there is one, without making it: safe to call while rendering. */
  peek(variant: Variant, device: Device, contextTokens?: number): EngineSlot | undefined {
    return this.#slots.get(keyOf({ variant, device, contextTokens }));
  }

  /** Ends every engine that none of `needed` uses. */
  async keepOnly(needed: readonly EngineUse[]): Promise<void> {
    const keys = needed.map(keyOf);
    await this.#release((key) => !keys.includes(key));
  }

  /** Ends every engine of these variants, whoever uses it. */
  async release(variants: readonly Pick<Variant, 'id'>[]): Promise<void> {
    await this.#release((_, { variant }) => variants.some(({ id }) => id === variant.id));
  }

  async #release(isSurplus: (key: string, slot: EngineSlot) => boolean): Promise<void> {
    const surplus = [...this.#slots].filter(([key, slot]) => isSurplus(key, slot));
    for (const [key] of surplus) this.#slots.delete(key);
    await Promise.all(surplus.map(([, slot]) => slot.unload()));
  }
}

/** Who shares all of these shares an engine. */
function keyOf({ variant, device, contextTokens }: EngineUse): string {
  const key = `${variant.id}@${device}`;
  return contextTokens === undefined ? key : `${key}#${contextTokens}`;
}
