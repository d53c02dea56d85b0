/** The worker half of one engine, whatever it is: measures it, and answers with plain data. */

import type { Engine, EngineId, LoadPhase, LoadProgress, LoadSpan } from '../src/domain/engine';
import { FailureError, failureOf, succeed, type Outcome } from '../src/domain/failure';
import { recordRun, type Mark } from '../src/domain/trace';
import { holdLock } from './life-lock';
import { BATCH_MS, type CallId, type EngineWorkerApi, type MarkBatch } from './protocol';

export interface EngineHost {
  readonly api: EngineWorkerApi;
  /** Stops what runs and gives the lock back. The worker itself lives on, where it has other engines. */
  end(): void;
}

/** @param open gives the engine of this name, its code loaded */
export function hostEngine(open: (id: EngineId) => Promise<Engine>): EngineHost {
  let engine: Engine | undefined;
  const running = new Map<CallId, AbortController>();
  let release: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    release = resolve;
  });

  function loaded(): Engine {
    if (engine === undefined) throw new FailureError('engine-error', 'no model is loaded in this worker');
    return engine;
  }

  async function withSignal<T>(id: CallId, run: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      return await answer(() => run(controller.signal));
    } finally {
      running.delete(id);
    }
  }

  const api: EngineWorkerApi = {
    hello(lockName) {
      // Answered once the lock is held: a page that asked for it earlier would get it and take the worker for dead.
      return holdLock(lockName, ended);
    },

    load(id, engineId, source, onProgress) {
      return withSignal(id, async (signal) => {
        const spans = new SpanRecorder();
        const importing = performance.now();
        engine = await open(engineId);
        spans.record('engine', importing, performance.now(), 0);
        const facts = await engine.load(source, {
          signal,
          onProgress(progress) {
            spans.note(progress);
            onProgress(progress);
          },
        });
        return { ...facts, ...spans.report() };
      });
    },

    generate(id, request, onMarks) {
      return withSignal(id, async (signal) => {
        const one = loaded();
        const batch = new MarkBatcher(onMarks);
        const { prefill, end, returnedMs } = await recordRun(one, request, {
          signal,
          now: () => performance.now(),
          onMark: (mark) => batch.add(mark),
        });
        await batch.flush();
        return { prefill, end, returnedMs };
      });
    },

    countTokens(prompt) {
      return answer(() => loaded().countTokens(prompt));
    },

    topTokens(tokens) {
      return answer(async () => {
        const one = loaded();
        if (one.topTokens === undefined)
          throw new FailureError('engine-error', 'this engine shows no logits');
        return one.topTokens(tokens);
      });
    },

    async cancel(id) {
      running.get(id)?.abort();
      await Promise.resolve();
    },

    unload() {
      return answer(async () => {
        await engine?.unload();
        engine = undefined;
      });
    },
  };

  return {
    api,
    end() {
      for (const call of running.values()) call.abort();
      release();
    },
  };
}

/** What a call comes to, as data: nothing but plain values crosses the boundary. */
async function answer<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return succeed(await run());
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }
}

/**
 * Posts marks about once a frame. The check is made as marks arrive and not by a timer alone, because an engine
 * that awaits only microtasks never lets a timer fire.
 */
class MarkBatcher {
  #marks: Mark[] = [];
  #openedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Settles when what was posted has arrived. */
  #arrived: unknown;
  readonly #post: (marks: MarkBatch) => unknown;

  constructor(post: (marks: MarkBatch) => unknown) {
    this.#post = post;
  }

  add(mark: Mark): void {
    const now = performance.now();
    if (this.#marks.length === 0) {
      this.#openedAt = now;
      this.#timer = setTimeout(() => this.flush(), BATCH_MS);
    }
    this.#marks.push(mark);
    if (now - this.#openedAt >= BATCH_MS) this.flush();
  }

  /** @returns what settles when all marks up to now have arrived */
  flush(): unknown {
    clearTimeout(this.#timer);
    if (this.#marks.length > 0) {
      const marks = this.#marks;
      this.#marks = [];
      // Batches arrive in their order, so the last one's arrival is that of all.
      this.#arrived = this.#post(marks);
    }
    return this.#arrived;
  }
}

/** Turns progress notes into one span per phase: first note to last note. */
class SpanRecorder {
  readonly #startedAt = performance.now();
  readonly #spans = new Map<LoadPhase, { startMs: number; endMs: number; bytes: number }>();

  record(phase: LoadPhase, from: number, to: number, bytes: number): void {
    this.#spans.set(phase, { startMs: from - this.#startedAt, endMs: to - this.#startedAt, bytes });
  }

  note(progress: LoadProgress): void {
    const atMs = performance.now() - this.#startedAt;
    const span = this.#spans.get(progress.phase) ?? { startMs: atMs, endMs: atMs, bytes: 0 };
    this.#spans.set(progress.phase, { ...span, endMs: atMs, bytes: progress.loadedBytes ?? span.bytes });
  }

  report(): { readonly warm: boolean; readonly spans: readonly LoadSpan[]; readonly totalMs: number } {
    const totalMs = performance.now() - this.#startedAt;
    const lastByte = Math.max(
      0,
      ...[...this.#spans].map(([phase, span]) => (phase === 'compile' ? 0 : span.endMs)),
    );
    const spans = [...this.#spans].map(([phase, span]) => ({
      phase,
      ...span,
      // It begins when the last byte is there, whatever was announced in between.
      startMs: phase === 'compile' ? lastByte : span.startMs,
      // Compiling is the last thing a load does; it ends when the load does.
      endMs: phase === 'compile' ? totalMs : span.endMs,
    }));
    return { warm: (this.#spans.get('download')?.bytes ?? 0) === 0, spans, totalMs };
  }
}
