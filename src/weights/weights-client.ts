/** The near half of `weights.worker.ts`: starts it when it is first needed, calls it, cancels by id. */

import * as Comlink from 'comlink';
import type { Artifact, Origin } from '../domain/artifact';
import { FailureError, type Outcome } from '../domain/failure';
import type { Places } from './addresses';
import type { FilePiece } from './file-piece';
import { hubToken, onHubToken } from './hub-token';
import type { Survey } from './origins';
import type { RemoteFile, TransferEvents } from './transfer';
import type { Brought, CallId, WeightsWorkerApi } from './worker-api';

function spawnWeightsWorker(): Worker {
  return new Worker(new URL('./weights.worker.ts', import.meta.url), { type: 'module', name: 'weights' });
}

export class WeightsClient {
  readonly #spawn: () => Worker;
  #connected:
    | {
        readonly worker: Worker;
        readonly api: Comlink.Remote<WeightsWorkerApi>;
        readonly gone: Promise<never>;
      }
    | undefined;
  #nextId: CallId = 1;

  constructor(spawn: () => Worker = spawnWeightsWorker) {
    this.#spawn = spawn;
    onHubToken(() => void this.#connected?.api.setToken(hubToken()));
  }

  /** Ends the worker while it has nothing to do: the next one starts under the policy of that moment. */
  renew(): void {
    this.#connected?.worker.terminate();
    this.#connected = undefined;
  }

  /** @throws FailureError, or the signal's reason; so do the other methods */
  pin(artifact: Artifact, places: Places, signal: AbortSignal): Promise<Artifact> {
    return this.#call(signal, (api, id) => api.pin(id, artifact, places));
  }

  survey(origin: Origin, places: Places, signal: AbortSignal): Promise<Survey> {
    return this.#call(signal, (api, id) => api.survey(id, origin, places));
  }

  piece(url: string, from: number, to: number, signal: AbortSignal): Promise<FilePiece> {
    return this.#call(signal, (api, id) => api.piece(id, url, from, to));
  }

  bring(file: RemoteFile, signal: AbortSignal, events: TransferEvents): Promise<Brought> {
    return this.#call(signal, (api, id) =>
      api.bring(
        id,
        file,
        Comlink.proxy((event) => {
          if (signal.aborted) return;
          if (event.kind === 'progress') events.onProgress?.(event.progress);
          else events.onNotice?.(event.notice);
        }),
      ),
    );
  }

  chunk(file: RemoteFile, index: number, signal: AbortSignal): Promise<ArrayBuffer> {
    return this.#call(signal, (api, id) => api.chunk(id, file, index));
  }

  async pass(url: string, signal: AbortSignal): Promise<Response> {
    const { status, headers, body } = await this.#call(signal, (api, id) => api.pass(id, url));
    return new Response(body, { status, headers: Object.fromEntries(headers) });
  }

  async #call<T>(
    signal: AbortSignal,
    invoke: (api: Comlink.Remote<WeightsWorkerApi>, id: CallId) => Promise<Outcome<T>>,
  ): Promise<T> {
    signal.throwIfAborted();
    const { api, gone } = (this.#connected ??= this.#connect());
    const id = this.#nextId;
    this.#nextId += 1;
    const onAbort = () => void api.cancel(id);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const outcome = await Promise.race([invoke(api, id), gone]);
      signal.throwIfAborted();
      if (!outcome.ok) throw new FailureError(outcome.failure.code, outcome.failure.detail);
      return outcome.value;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #connect() {
    const worker = this.#spawn();
    const api = Comlink.wrap<WeightsWorkerApi>(worker);
    const gone = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        this.#connected = undefined;
        worker.terminate();
        reject(new FailureError('worker-blocked', event.message || 'the script did not load'));
      });
    });
    gone.catch(() => undefined);
    const token = hubToken();
    if (token !== undefined) void api.setToken(token);
    return { worker, api, gone };
  }
}
