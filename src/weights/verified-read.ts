/** A stored file as a stream of which every byte was verified. A damaged chunk is fetched again, it alone. */

import { FailureError } from '../domain/failure';
import { chunkCount, chunkLength, type BlobRecord, type ChunkStore, type CompleteBlob } from './chunk-store';
import { sameBytes, sha256 } from './hashes';
import { RangeBody } from './range-request';
import type { RemoteFile, Transfer, TransferEvents } from './transfer';

const HASH_BYTES = 32;
/** Chunks that are read and hashed while the reader works on the one before. */
const READ_AHEAD = 2;

export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly events?: TransferEvents;
  /** Fetches a damaged chunk again; without it the damage is a failure. */
  readonly repair?: (index: number) => Promise<ArrayBuffer>;
}

/** @throws FailureError `file-damaged`, through the stream, where a chunk cannot be repaired */
export function readVerified(
  store: ChunkStore,
  blob: CompleteBlob,
  options: ReadOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const count = chunkCount(blob);
  const ahead: Promise<ArrayBuffer>[] = [];
  let next = 0;
  let read = 0;
  const fill = () => {
    while (next < count && ahead.length < READ_AHEAD) {
      const chunk = soundChunk(store, blob, next, options);
      // Told when it is its turn.
      chunk.catch(() => undefined);
      ahead.push(chunk);
      next += 1;
    }
  };
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        options.signal.throwIfAborted();
        fill();
        const chunk = await ahead.shift();
        options.signal.throwIfAborted();
        fill();
        if (chunk === undefined) {
          controller.close();
          return;
        }
        read += chunk.byteLength;
        options.events?.onProgress?.({ loadedBytes: read, totalBytes: blob.bytes });
        controller.enqueue(new Uint8Array(chunk));
        if (read === blob.bytes) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

async function soundChunk(
  store: ChunkStore,
  blob: CompleteBlob,
  index: number,
  options: ReadOptions,
): Promise<ArrayBuffer> {
  const stored = await store.chunk(blob.id, index);
  if (stored !== undefined && (await isSound(blob, index, stored))) return stored;
  if (options.repair === undefined) throw new FailureError('file-damaged', `${blob.id}: chunk ${index}`);
  const repaired = await options.repair(index);
  if (!(await isSound(blob, index, repaired)))
    throw new FailureError('file-damaged', `${blob.id}: chunk ${index} is not what the server has`);
  await store.replace(blob.id, index, repaired);
  options.events?.onNotice?.({ kind: 'repaired', path: blob.id, bytes: repaired.byteLength });
  return repaired;
}

async function isSound(blob: CompleteBlob, index: number, data: ArrayBuffer): Promise<boolean> {
  if (data.byteLength !== chunkLength(blob, index)) return false;
  const expected = blob.hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  return sameBytes(new Uint8Array(await sha256(data)), expected);
}

/** One chunk of a file, from where the file came from. */
export async function fetchChunk(
  file: RemoteFile,
  blob: BlobRecord,
  index: number,
  transfer: Transfer,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const asked = { from: index * blob.chunkBytes, bytes: blob.bytes, begun: true };
  const body = await RangeBody.open(file, asked, transfer, signal, {}).catch((thrown: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw new FailureError('file-damaged', `${file.path}: chunk ${index}: ${String(thrown)}`, {
      cause: thrown,
    });
  });
  try {
    const chunk = new Uint8Array(chunkLength(blob, index));
    for (let filled = 0; filled < chunk.length;) {
      const piece = await body.read(file, signal);
      if (piece === undefined)
        throw new FailureError('file-damaged', `${file.path}: chunk ${index} ended early`);
      const taken = piece.subarray(0, chunk.length - filled);
      chunk.set(taken, filled);
      filled += taken.length;
    }
    return chunk.buffer;
  } finally {
    await body.close();
  }
}
