/** A weight store of a test's own, with small chunks, no waiting and a database in memory. */

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { WeightDatabase } from '../../src/weights/database';
import type { RemoteFile } from '../../src/weights/transfer';
import { WeightStore } from '../../src/weights/weight-store';

export const CHUNK = 1000;

export function openStore(fetchFile: typeof fetch, factory = new IDBFactory()): WeightStore {
  return new WeightStore({
    database: new WeightDatabase({ factory: () => factory }),
    fetch: fetchFile,
    chunkBytes: CHUNK,
    sleep: async (_, signal) => {
      await Promise.resolve();
      signal.throwIfAborted();
    },
    random: () => 0.5,
  });
}

/** Bytes that differ from place to place, after the four that an ONNX file may begin with. */
export function modelBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) * 7 + seed) & 0xff);
  bytes[0] = 0x08;
  return bytes;
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function fileOf(bytes: Uint8Array<ArrayBuffer>, path = 'model.onnx'): Promise<RemoteFile> {
  const sha256 = await sha256Hex(bytes);
  return { path, url: `https://hub.test/${path}`, bytes: bytes.length, sha256, blob: `sha256:${sha256}` };
}

/** The stored bytes, read verified. */
export async function readAll(store: WeightStore, file: RemoteFile): Promise<Uint8Array> {
  const signal = new AbortController().signal;
  const blob = await store.find(file, signal);
  if (blob === undefined) throw new Error(`${file.path} is not stored`);
  return new Uint8Array(await new Response(store.read(blob, { signal })).arrayBuffer());
}
