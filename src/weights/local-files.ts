/** Files that a person dropped here, into the store: the same chunks and hashes as what is downloaded. */

import { FailureError } from '../domain/failure';
import { chunkCount, chunkLength, type CompleteBlob } from './chunk-store';
import { sha256 } from './hashes';
import { HEAD_BYTES, whyNotAModelFile } from './model-file';
import type { RemoteFile, TransferEvents } from './transfer';
import type { WeightStore } from './weight-store';

/**
 * Resolves when all of it has committed. Memory: one chunk.
 *
 * @param target names it: `remoteFile` of a folder of kind `local`
 * @throws FailureError `not-a-model-file`, `storage-full`, `storage-unavailable`, or the signal's reason
 */
export async function storeLocalFile(
  store: WeightStore,
  target: Pick<RemoteFile, 'blob' | 'path'>,
  file: Blob,
  signal: AbortSignal,
  events: TransferEvents = {},
): Promise<CompleteBlob> {
  const start = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const why =
    file.size === 0
      ? 'empty'
      : whyNotAModelFile({ name: target.path, start, contentType: file.type, bytes: file.size });
  if (why !== undefined) throw new FailureError('not-a-model-file', `${target.path}: ${why}`);
  const record = { id: target.blob, bytes: file.size, chunkBytes: store.transfer.chunkBytes };
  await store.chunks.begin(record);
  try {
    for (let index = 0, from = 0; index < chunkCount(record); index += 1) {
      signal.throwIfAborted();
      const length = chunkLength(record, index);
      const data = await file.slice(from, from + length).arrayBuffer();
      await store.chunks.put(record.id, index, data, await sha256(data));
      from += length;
      events.onProgress?.({ loadedBytes: from, totalBytes: file.size });
    }
    return await store.chunks.complete(record.id);
  } catch (thrown) {
    // The person still has the file: a part of it here is of no use.
    await store.chunks.discard(record.id).catch(() => undefined);
    throw thrown;
  }
}
