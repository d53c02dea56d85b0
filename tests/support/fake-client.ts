/** A stand-in for `EngineClient`: a worker that does what a test tells it, at once. */

import type { EngineClient } from '../../workers/engine-client';
import type { GenerateRequest, LoadReport, ModelSource } from '../../src/domain/engine';
import { fail, type Failure, type Outcome } from '../../src/domain/failure';
import type { Mark, RunTrace } from '../../src/domain/trace';

export interface FakeCall<T> {
  readonly signal: AbortSignal;
  settle(outcome: Outcome<T>): void;
}

export interface FakeGeneration extends FakeCall<RunTrace> {
  readonly request: GenerateRequest;
  say(...texts: string[]): void;
  /** Ends with all that was said. */
  finish(reason?: 'stop' | 'length'): void;
}

export const aReport: LoadReport = {
  warm: true,
  spans: [],
  totalMs: 1,
  engine: 'Fake 1',
  device: 'wasm',
  adapter: 'none',
  contextTokens: 1024,
};

/** Loads and generations wait for the test; an abort is obeyed at once, as `EngineClient` does it. */
export class FakeClient {
  readonly loads: FakeCall<LoadReport>[] = [];
  /** What each load was told. */
  readonly sources: ModelSource[] = [];
  readonly generations: FakeGeneration[] = [];
  terminated = false;
  tokens = (messages: number): number => messages;
  /** The likeliest tokens after each prefix. */
  top = (tokens: readonly number[]): Promise<Outcome<readonly number[]>> =>
    Promise.resolve({ ok: true, value: tokens });
  readonly gone: Promise<Failure>;
  #leave: (failure: Failure) => void = () => undefined;

  constructor() {
    this.gone = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  load(
    _engine: unknown,
    source: ModelSource,
    context: { readonly signal: AbortSignal },
  ): Promise<Outcome<LoadReport>> {
    this.sources.push(source);
    return this.#call(context.signal, fail('engine-error', 'aborted'), (call) => this.loads.push(call));
  }

  generate(
    request: GenerateRequest,
    context: { readonly signal: AbortSignal; onMarks(marks: readonly Mark[]): void },
  ): Promise<Outcome<RunTrace>> {
    const chunks: RunTrace['chunks'][number][] = [];
    const end = (reason: 'stop' | 'length' | 'aborted'): Outcome<RunTrace> => ({
      ok: true,
      value: {
        prefill: undefined,
        chunks,
        end: { kind: 'completed', completion: { reason } },
        returnedMs: 100,
      },
    });
    context.signal.addEventListener('abort', () => this.generations.at(-1)?.settle(end('aborted')), {
      once: true,
    });
    return this.#call<RunTrace>(undefined, undefined, (call) =>
      this.generations.push({
        ...call,
        request,
        signal: context.signal,
        say(...texts) {
          const fresh = texts.map((text, index) => ({
            atMs: (chunks.length + index + 1) * 10,
            text,
            tokens: 1,
          }));
          chunks.push(...fresh);
          context.onMarks(fresh.map((chunk) => ({ kind: 'chunk', chunk })));
        },
        finish: (reason = 'stop') => call.settle(end(reason)),
      }),
    );
  }

  countTokens(prompt: {
    readonly messages?: readonly { readonly content: string }[];
  }): Promise<Outcome<number>> {
    return Promise.resolve({ ok: true, value: this.tokens(prompt.messages?.length ?? 0) });
  }

  topTokens(tokens: readonly number[]): Promise<Outcome<readonly number[]>> {
    return Promise.race([
      this.top(tokens),
      this.gone.then((failure): Outcome<readonly number[]> => ({ ok: false, failure })),
    ]);
  }

  unload(): Promise<void> {
    this.terminate();
    return Promise.resolve();
  }

  terminate(reason: Failure = { code: 'worker-died', detail: 'ended' }): void {
    this.terminated = true;
    this.#leave(reason);
  }

  asClient(): EngineClient {
    return this as unknown as EngineClient;
  }

  #call<T>(
    signal: AbortSignal | undefined,
    aborted: Outcome<T> | undefined,
    register: (call: FakeCall<T>) => void,
  ): Promise<Outcome<T>> {
    return new Promise((resolve) => {
      register({ signal: signal ?? new AbortController().signal, settle: resolve });
      if (aborted !== undefined) signal?.addEventListener('abort', () => resolve(aborted), { once: true });
      void this.gone.then((failure) => resolve({ ok: false, failure }));
    });
  }
}
