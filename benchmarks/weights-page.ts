/** The page of `weights.mjs`: the weight store against what a browser does without it. */

import { createStore, get, set } from 'idb-keyval';
import type { RemoteFile } from '../src/weights/transfer';
import { WeightDatabase } from '../src/weights/database';
import { WeightStore } from '../src/weights/weight-store';

export interface WeightsRun {
  readonly url: string;
  readonly bytes: number;
  /** Stated: the whole file's hash is computed too. */
  readonly sha256?: string;
  readonly chunkBytes: number;
}

/** Reads at once: more of them are no faster. */
const READERS = 4;

let round = 0;

/** Ms of `work`. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Reads a body to its end and keeps nothing. */
async function toNowhere(body: ReadableStream<Uint8Array> | null): Promise<void> {
  const reader = body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read());
}

/** Reads a body into one buffer, as an engine does. */
async function toMemory(body: ReadableStream<Uint8Array> | null, bytes: number): Promise<Uint8Array> {
  const all = new Uint8Array(bytes);
  const reader = body?.getReader();
  let at = 0;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    all.set(part.value, at);
    at += part.value.length;
  }
  if (at !== bytes) throw new Error(`${at} of ${bytes} bytes`);
  return all;
}

const bench = {
  plainFetch: ({ url }: WeightsRun) =>
    timed(async () => toNowhere((await fetch(url, { cache: 'no-store' })).body)),

  /** What the browser's database takes by itself: the same bytes in the same pieces, committed one by one, no hash. */
  async databaseAlone({ url, bytes, chunkBytes }: WeightsRun) {
    const name = `opentab-bench-plain-${(round += 1)}`;
    const database = createStore(name, 'chunks');
    const writeMs = await timed(async () => {
      const reader = (await fetch(url, { cache: 'no-store' })).body?.getReader();
      let chunk = new Uint8Array(chunkBytes);
      let filled = 0;
      let index = 0;
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
        for (let rest = part.value; rest.length > 0;) {
          const taken = rest.subarray(0, chunk.length - filled);
          chunk.set(taken, filled);
          filled += taken.length;
          rest = rest.subarray(taken.length);
          if (filled < chunk.length) continue;
          await set(index, chunk.buffer, database);
          chunk = new Uint8Array(chunkBytes);
          filled = 0;
          index += 1;
        }
      }
      if (filled > 0) await set(index, chunk.slice(0, filled).buffer, database);
    });
    const readMs = await timed(async () => {
      const all = new Uint8Array(bytes);
      const count = Math.ceil(bytes / chunkBytes);
      let next = 0;
      const reading = Array.from({ length: READERS }, async () => {
        for (let index = next++; index < count; index = next++) {
          const chunk = await get<ArrayBuffer>(index, database);
          all.set(new Uint8Array(chunk ?? new ArrayBuffer(0)), index * chunkBytes);
        }
      });
      await Promise.all(reading);
    });
    indexedDB.deleteDatabase(name);
    return { writeMs, readMs };
  },

  /** What the hash of the whole file takes by itself, over bytes that are in memory. */
  async hashAlone({ bytes }: WeightsRun) {
    const { createSHA256 } = await import('hash-wasm');
    const hasher = (await createSHA256()).init();
    const piece = new Uint8Array(1 << 20);
    return timed(async () => {
      for (let at = 0; at < bytes; at += piece.length) hasher.update(piece.subarray(0, bytes - at));
      await Promise.resolve(hasher.digest('hex'));
    });
  },

  /** Ms of a download into an empty store, of reading it back verified, of the cache's read, and of a listing. */
  async store(run: WeightsRun) {
    round += 1;
    const name = `opentab-bench-${round}`;
    const { chunkBytes } = run;
    const store = new WeightStore({ database: new WeightDatabase({ name }), chunkBytes });
    const file: RemoteFile = { ...run, path: 'model.onnx', blob: `bench-${round}` };
    const { signal } = new AbortController();
    const downloadMs = await timed(() => store.bring(file, signal));
    await store.noteFile('bench/', file);
    const blob = await store.chunks.blob(file.blob);
    if (blob?.hashes === undefined) throw new Error('not stored');
    const complete = { ...blob, hashes: blob.hashes };
    const readMs = await timed(() => toMemory(store.read(complete, { signal }), run.bytes));
    const listMs = await timed(() => store.list());
    indexedDB.deleteDatabase(name);
    return { downloadMs, readMs, listMs };
  },

  /** What Transformers.js does by default: the Cache API, unverified. */
  async browserCache({ url, bytes }: WeightsRun) {
    const cache = await caches.open('bench');
    await cache.put(url, await fetch(url, { cache: 'no-store' }));
    const readMs = await timed(async () => toMemory((await cache.match(url))?.body ?? null, bytes));
    await caches.delete('bench');
    return readMs;
  },
};

declare global {
  interface Window {
    weightsBench: typeof bench;
  }
}

window.weightsBench = bench;
