/**
 * The page half: starts a worker, calls it, cancels by id, and ends it when it does not obey.
 *
 * Every method answers with an `Outcome` and none hangs: a start has a deadline, a dead worker is noticed through
 * the Web Lock that it held, and a call that ignores its cancellation is ended together with the worker.
 */

import * as Comlink from 'comlink';
import type {
  EngineId,
  GenerateRequest,
  LoadProgress,
  LoadReport,
  ModelSource,
  Prompt,
} from '../src/domain/engine';
import { fail, failureOf, type Failure, type Outcome } from '../src/domain/failure';
import type { Chunk, RunTrace } from '../src/domain/trace';
import { whenLockIsFree } from './life-lock';
import type { CallId, EngineWorkerApi, MarkBatch } from './protocol';

/** A worker, or a port of one that serves several lanes. `terminate` ends what it leads to. */
export interface EngineEndpoint extends Comlink.Endpoint {
  terminate(): void;
}

export interface EngineClientOptions {
  /** Makes the worker; a parameter so that tests can give one that is blocked or silent. */
  spawn(): EngineEndpoint;
  /** How long the worker may take to say hello, in ms; 4,000 unless given. */
  readonly startDeadlineMs?: number;
  /** How long a call may go on after it was cancelled, in ms, before its worker is ended. */
  readonly stopDeadlineMs?: number;
  /** How long a count may take while nothing else is computed, in ms, before its worker is ended; 20,000 unless given. */
  readonly countDeadlineMs?: number;
}

/** A failure is told within 5 s, and the page needs a moment to tell it. */
const START_DEADLINE_MS = 4000;

/** The longest prompt that is taken has a million characters, which some tokenizers read for seconds. */
const COUNT_DEADLINE_MS = 20_000;
/** How often a count is looked after, in ms. */
const COUNT_LOOK_MS = 250;

/** How long the last messages of a dead worker may still be on their way. */
const LAST_MESSAGES_MS = 100;

/** Starts the one worker script that hosts every engine. */
export function spawnEngineWorker(): Worker {
  return new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
}

export class EngineClient {
  readonly #worker: EngineEndpoint | undefined;
  readonly #api: Comlink.Remote<EngineWorkerApi> | undefined;
  readonly #stopDeadlineMs: number;
  readonly #countDeadlineMs: number;
  /** Calls under way that compute, other than counts. */
  #computing = 0;
  /** The latest count. */
  #counting: Promise<unknown> = Promise.resolve();
  /** Resolves once, when the worker is no more; nothing else ends a call that will never answer. */
  readonly #gone: Promise<Failure>;
  #leave: (failure: Failure) => void = () => undefined;
  #dead: Failure | undefined;
  readonly #ready: Promise<Outcome<void>>;
  #nextId: CallId = 1;

  constructor(options: EngineClientOptions) {
    this.#stopDeadlineMs = options.stopDeadlineMs ?? 2000;
    this.#countDeadlineMs = options.countDeadlineMs ?? COUNT_DEADLINE_MS;
    this.#gone = new Promise((resolve) => {
      this.#leave = (failure) => {
        this.#dead ??= failure;
        resolve(this.#dead);
      };
    });
    try {
      this.#worker = options.spawn();
      this.#api = Comlink.wrap<EngineWorkerApi>(this.#worker);
    } catch (thrown) {
      this.#leave(failureOf(thrown, 'worker-blocked'));
    }
    this.#ready = this.#start(options.startDeadlineMs ?? START_DEADLINE_MS);
  }

  /** Settles when the worker has ended, for whatever reason, with that reason. */
  get gone(): Promise<Failure> {
    return this.#gone;
  }

  load(
    engine: EngineId,
    source: ModelSource,
    context: { readonly signal: AbortSignal; onProgress(progress: LoadProgress): void },
  ): Promise<Outcome<LoadReport>> {
    return this.#call(context.signal, (api, id) =>
      api.load(
        id,
        engine,
        source,
        Comlink.proxy((progress) => {
          if (!context.signal.aborted) context.onProgress(progress);
        }),
      ),
    );
  }

  /** Marks arrive in batches while it runs; the trace at the end holds them all. */
  async generate(
    request: GenerateRequest,
    context: { readonly signal: AbortSignal; onMarks(marks: MarkBatch): void },
  ): Promise<Outcome<RunTrace>> {
    const sink = new MarkSink((marks) => context.onMarks(marks));
    const outcome = await this.#computed(
      this.#call(context.signal, (api, id) => api.generate(id, request, proxyOf(sink))),
    );
    const chunks = sink.close();
    return outcome.ok ? { ok: true, value: { ...outcome.value, chunks } } : outcome;
  }

  countTokens(prompt: Prompt, signal: AbortSignal): Promise<Outcome<number>> {
    // Nobody has to wait for a count, and the worker may be busy with another lane: giving up is no hard stop.
    const cancelled = new Promise<Outcome<number>>((resolve) => {
      const leave = () => resolve(fail('engine-error', 'cancelled'));
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
    const counted = this.#counted(this.#counting, prompt, signal);
    this.#counting = counted;
    return Promise.race([counted, cancelled]);
  }

  /** One count at a time: what nobody waits for any more when its turn comes is not counted. */
  async #counted(before: Promise<unknown>, prompt: Prompt, signal: AbortSignal): Promise<Outcome<number>> {
    await before.catch(() => undefined);
    if (signal.aborted) return fail('engine-error', 'cancelled');
    const never = new AbortController().signal;
    const count = { over: false };
    void this.#endWithEndless(count);
    try {
      return await this.#call(never, (api) => api.countTokens(prompt));
    } finally {
      count.over = true;
    }
  }

  topTokens(tokens: readonly number[], signal: AbortSignal): Promise<Outcome<readonly number[]>> {
    return this.#computed(this.#call(signal, (api) => api.topTokens(tokens)));
  }

  /** Frees what the engine holds, then ends the worker: only the end gives all memory back. */
  async unload(): Promise<void> {
    await Promise.race([this.#api?.unload(), this.#gone, sleep(this.#stopDeadlineMs)]);
    this.terminate();
  }

  /** The hard stop. Calls under way answer `worker-died`, or `stopped-hard` where that is why. */
  terminate(reason: Failure = { code: 'worker-died', detail: 'the worker was ended by the page' }): void {
    this.#worker?.terminate();
    this.#leave(reason);
  }

  async #computed<T>(call: Promise<T>): Promise<T> {
    this.#computing += 1;
    try {
      return await call;
    } finally {
      this.#computing -= 1;
    }
  }

  /** A count cannot be stopped: a worker that has nothing else to do and does not come to its end is ended. */
  async #endWithEndless(count: { readonly over: boolean }): Promise<void> {
    let leftMs = this.#countDeadlineMs;
    while (leftMs > 0) {
      await sleep(Math.min(COUNT_LOOK_MS, leftMs));
      if (count.over) return;
      if (this.#computing === 0) leftMs -= COUNT_LOOK_MS;
    }
    this.terminate({ code: 'count-timeout', detail: `no count within ${this.#countDeadlineMs} ms` });
  }

  async #start(deadlineMs: number): Promise<Outcome<void>> {
    const worker = this.#worker;
    const api = this.#api;
    if (worker === undefined || api === undefined) return { ok: false, failure: await this.#gone };
    let started = false;
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      // The event of a script that did not load has no message.
      const message = event instanceof ErrorEvent ? event.message : '';
      const detail = message || 'the script did not load';
      this.terminate({ code: started ? 'worker-died' : 'worker-blocked', detail });
    });
    worker.addEventListener('messageerror', () => {
      this.terminate({ code: 'worker-died', detail: 'a message of the worker could not be read' });
    });
    // Not `randomUUID`, which an insecure address lacks.
    const lockName = `opentab-engine-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    const outcome = await Promise.race([
      api.hello(lockName).then(
        (): Outcome<void> => ({ ok: true, value: undefined }),
        (thrown: unknown) => fail('worker-blocked', String(thrown)),
      ),
      this.#gone.then((failure): Outcome<void> => ({ ok: false, failure })),
      sleep(deadlineMs).then(() =>
        fail('start-timeout', `the worker did not answer within ${deadlineMs} ms`),
      ),
    ]);
    if (outcome.ok) {
      started = true;
      this.#watch(lockName);
    } else {
      this.terminate(outcome.failure);
    }
    return outcome;
  }

  /** The lock falls to us when the worker has ended, however it ended. */
  #watch(lockName: string): void {
    whenLockIsFree(lockName, () => {
      // The lock and what the worker posted last come by different ways: the part of an answer that is there is kept.
      setTimeout(() => {
        this.terminate({ code: 'worker-died', detail: 'the worker ended unexpectedly' });
      }, LAST_MESSAGES_MS);
    });
  }

  async #call<T>(
    signal: AbortSignal,
    invoke: (api: Comlink.Remote<EngineWorkerApi>, id: CallId) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const ready = await this.#ready;
    const api = this.#api;
    if (!ready.ok) return ready;
    if (this.#dead !== undefined || api === undefined) return { ok: false, failure: await this.#gone };
    const id = this.#nextId;
    this.#nextId += 1;
    let stopTimer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      void api.cancel(id);
      stopTimer = setTimeout(() => {
        this.terminate({ code: 'stopped-hard', detail: `no stop within ${this.#stopDeadlineMs} ms` });
      }, this.#stopDeadlineMs);
    };
    if (signal.aborted) return fail('engine-error', 'cancelled before it began');
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([
        invoke(api, id),
        this.#gone.then((failure): Outcome<T> => ({ ok: false, failure })),
      ]);
    } catch (thrown) {
      return fail('engine-error', String(thrown));
    } finally {
      clearTimeout(stopTimer);
      signal.removeEventListener('abort', onAbort);
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Where the marks of one run arrive. The worker keeps its end of a callback until it collects its garbage, and the page
 * everything that the callback can reach: so it can reach this alone, which is emptied when the run is over.
 */
class MarkSink {
  #chunks: Chunk[] = [];
  #onMarks: ((marks: MarkBatch) => void) | undefined;

  constructor(onMarks: (marks: MarkBatch) => void) {
    this.#onMarks = onMarks;
  }

  take(marks: MarkBatch): void {
    for (const mark of marks) if (mark.kind === 'chunk') this.#chunks.push(mark.chunk);
    this.#onMarks?.(marks);
  }

  /** @returns all deliveries of the run */
  close(): readonly Chunk[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#onMarks = undefined;
    return chunks;
  }
}

/** A function of its own, so that nothing else of a caller is within the callback's reach. */
function proxyOf(sink: MarkSink): (marks: MarkBatch) => void {
  return Comlink.proxy((marks: MarkBatch) => sink.take(marks));
}
