/**
 * The one worker that may reach the hub and mirrors: fetches into the store, which every engine then reads itself.
 * The page's queue has one; an engine's worker starts one of its own where it needs a file that is not stored.
 */

import '../network/install';
import * as Comlink from 'comlink';
import { failureOf, succeed, type Outcome } from '../domain/failure';
import { isComplete } from './chunk-store';
import { fetchPiece } from './file-piece';
import type { HubToken } from './hub-token';
import { pinArtifact, surveyOrigin, type OriginRequest } from './origins';
import { NotThere } from './transfer';
import { WeightStore } from './weight-store';
import type { Places } from './addresses';
import type { CallId, WeightsWorkerApi } from './worker-api';

const running = new Map<CallId, AbortController>();
/** Of the hub: kept in this worker's memory alone. */
let token: HubToken | undefined;

const store = new WeightStore({
  headers: (url) =>
    token !== undefined && url.startsWith(`${token.hubUrl}/`)
      ? { Authorization: `Bearer ${token.value}` }
      : {},
});

const api: WeightsWorkerApi = {
  async setToken(given) {
    token = given;
    await Promise.resolve();
  },

  pin(id, artifact, places) {
    return withSignal(id, (signal) => pinArtifact(artifact, requestFor(places, signal)));
  },

  survey(id, origin, places) {
    return withSignal(id, (signal) => surveyOrigin(origin, requestFor(places, signal)));
  },

  async piece(id, url, from, to) {
    const outcome = await withSignal(id, (signal) => fetchPiece(url, from, to, store.transfer, signal));
    return outcome.ok ? Comlink.transfer(outcome, [outcome.value.bytes]) : outcome;
  },

  bring(id, file, onEvent) {
    return withSignal(id, async (signal) => {
      try {
        await store.bring(file, signal, {
          onProgress: (progress) => onEvent({ kind: 'progress', progress }),
          onNotice: (notice) => onEvent({ kind: 'notice', notice }),
        });
      } catch (thrown) {
        if (thrown instanceof NotThere) return 'not-there';
        throw thrown;
      }
      return 'stored';
    });
  },

  async chunk(id, file, index) {
    const outcome = await withSignal(id, async (signal) => {
      const blob = await store.chunks.blob(file.blob);
      if (!isComplete(blob)) throw new Error(`${file.path} is not stored`);
      return store.fetchChunk(file, blob, index, signal);
    });
    return outcome.ok ? Comlink.transfer(outcome, [outcome.value]) : outcome;
  },

  async pass(id, url) {
    const outcome = await withSignal(id, async (signal) => {
      const response = await fetch(url, { signal });
      return {
        status: response.status,
        headers: [...response.headers],
        body: response.body ?? new Blob().stream(),
      };
    });
    return outcome.ok ? Comlink.transfer(outcome, [outcome.value.body]) : outcome;
  },

  async cancel(id) {
    running.get(id)?.abort(new DOMException('cancelled', 'AbortError'));
    await Promise.resolve();
  },
};

function requestFor(places: Places, signal: AbortSignal): OriginRequest {
  return {
    fetch: (...request) => fetch(...request),
    places,
    signal,
    ...(token?.hubUrl === places.hubUrl && { token: token.value }),
  };
}

async function withSignal<T>(id: CallId, run: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    return succeed(await run(controller.signal));
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown, 'network') };
  } finally {
    running.delete(id);
  }
}

Comlink.expose(api);
