/** The page's half of the inspector: a worker for each question, ended with its answer or when that does not come. */

import * as Comlink from 'comlink';
import { FailureError, type Outcome } from '../../domain/failure';
import type { GgufHeader } from '../gguf-header';
import type { ReadBytes, TemplateToTry } from './inspect';

export interface InspectorApi {
  gguf(bytes: number | undefined, read: ReadBytes): Promise<Outcome<GgufHeader>>;
  template(input: TemplateToTry): Promise<Outcome<string>>;
}

/** Fetching and starting the worker, ms, on top of what a question takes. */
const START_MS = 20_000;
/** A template counts its own steps; this is for one that is slow in each of them. */
const TEMPLATE_MS = 5000;
/** A header comes over a network, piece by piece, and each piece has a deadline of its own. */
const HEADER_MS = 300_000;

export class Inspector {
  readonly #spawn: () => Worker;

  /** `spawn` is a parameter for tests. */
  constructor(spawn: () => Worker = spawnInspector) {
    this.#spawn = spawn;
  }

  /**
   * @param bytes of the whole file; undefined where nobody knows
   * @throws FailureError `not-a-model-file`, what `read` throws, or the signal's reason
   */
  async header(bytes: number | undefined, read: ReadBytes, signal: AbortSignal): Promise<GgufHeader> {
    // An error loses what it is on its way to the worker and back.
    const lost: unknown[] = [];
    const noted: ReadBytes = async (from, to) => {
      try {
        const piece = await read(from, to);
        return Comlink.transfer(piece, [piece]);
      } catch (thrown) {
        lost.push(thrown);
        throw thrown;
      }
    };
    const ask = (api: Comlink.Remote<InspectorApi>) => api.gguf(bytes, Comlink.proxy(noted));
    const outcome = await this.#ask(ask, START_MS + HEADER_MS, 'not-a-model-file', signal);
    if (outcome.ok) return outcome.value;
    throw lost.length > 0 ? lost[0] : new FailureError(outcome.failure.code, outcome.failure.detail);
  }

  /**
   * What the template makes of a short conversation.
   *
   * @throws FailureError `template-refused`, or the signal's reason
   */
  async template(input: TemplateToTry, signal: AbortSignal): Promise<string> {
    const ask = (api: Comlink.Remote<InspectorApi>) => api.template(input);
    const outcome = await this.#ask(ask, START_MS + TEMPLATE_MS, 'template-refused', signal);
    if (outcome.ok) return outcome.value;
    throw new FailureError(outcome.failure.code, outcome.failure.detail);
  }

  async #ask<T>(
    ask: (api: Comlink.Remote<InspectorApi>) => Promise<Outcome<T>>,
    deadlineMs: number,
    late: 'not-a-model-file' | 'template-refused',
    signal: AbortSignal,
  ): Promise<Outcome<T>> {
    signal.throwIfAborted();
    const worker = this.#spawn();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let onAbort: () => void = () => undefined;
    try {
      const ended = new Promise<never>((_, reject) => {
        onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        timer = setTimeout(() => reject(new FailureError(late, `no answer in ${deadlineMs} ms`)), deadlineMs);
        worker.addEventListener('error', (event) => {
          event.preventDefault();
          reject(new FailureError('worker-blocked', event.message || 'the script did not load'));
        });
      });
      return await Promise.race([ask(Comlink.wrap<InspectorApi>(worker)), ended]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.terminate();
    }
  }
}

function spawnInspector(): Worker {
  return new Worker(new URL('./inspector.worker.ts', import.meta.url), { type: 'module', name: 'inspector' });
}
