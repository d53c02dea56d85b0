/**
 * The store as its users see it: have a file brought here, read it verified, and know what there is.
 * It works in a page and in a worker alike; IndexedDB, locks and a channel are what they share.
 */

import type { Artifact, Origin } from '../domain/artifact';
import { artifactKey, isUnpinned, remoteFile } from './addresses';
import {
  CHUNK_BYTES,
  ChunkStore,
  isComplete,
  type ArtifactRecord,
  type BlobRecord,
  type CompleteBlob,
  type StoredArtifact,
} from './chunk-store';
import { WeightDatabase } from './database';
import { downloadFile } from './file-download';
import { asLeader } from './leader';
import { Slots, sleep, type RemoteFile, type Transfer, type TransferEvents } from './transfer';
import { fetchChunk, readVerified, type ReadOptions } from './verified-read';

/** Requests at once, all files together. */
const REQUESTS_AT_ONCE = 4;
/** A connection that is silent for this long, in ms, is given up and opened anew. */
const STALL_MS = 10_000;

export interface WeightStoreOptions extends Partial<Omit<Transfer, 'store' | 'slots'>> {
  readonly database?: WeightDatabase;
  readonly now?: () => number;
}

export class WeightStore {
  readonly chunks: ChunkStore;
  readonly transfer: Transfer;
  readonly #now: () => number;

  constructor(options: WeightStoreOptions = {}) {
    this.chunks = new ChunkStore(options.database ?? new WeightDatabase());
    this.#now = options.now ?? (() => Date.now());
    this.transfer = {
      fetch: (...request) => fetch(...request),
      sleep,
      random: Math.random,
      chunkBytes: CHUNK_BYTES,
      stallMs: STALL_MS,
      ...options,
      store: this.chunks,
      slots: new Slots(REQUESTS_AT_ONCE),
    };
  }

  /** Resolves when all of the file is stored, and is what its origin says. Fetches only what is missing. */
  bring(file: RemoteFile, signal: AbortSignal, events: TransferEvents = {}): Promise<CompleteBlob> {
    const { onProgress = () => undefined } = events;
    return asLeader(file.blob, signal, onProgress, (tell) =>
      downloadFile(file, this.transfer, signal, {
        ...events,
        onProgress: (progress) => {
          tell(progress);
          onProgress(progress);
        },
      }),
    );
  }

  /** The file if all of it is here. What may have changed at its origin is asked for, where that can be reached. */
  async find(file: RemoteFile, signal: AbortSignal): Promise<CompleteBlob | undefined> {
    const blob = await this.chunks.blob(file.blob);
    if (!isComplete(blob)) return undefined;
    if (
      file.fixedUrl !== undefined ||
      !isUnpinned(file.blob) ||
      !(await this.#hasChanged(file, blob, signal))
    )
      return blob;
    await this.chunks.discard(file.blob);
    return undefined;
  }

  read(blob: CompleteBlob, options: ReadOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
    return readVerified(this.chunks, blob, options);
  }

  /** A chunk of the file from its origin, in place of a damaged one. */
  fetchChunk(file: RemoteFile, blob: BlobRecord, index: number, signal: AbortSignal): Promise<ArrayBuffer> {
    return fetchChunk(file, blob, index, this.transfer, signal);
  }

  /** Everything stored, whole or in part. */
  list(): Promise<StoredArtifact[]> {
    return this.chunks.list();
  }

  /**
   * Remembers that these files belong together and were used now, so that they are listed and can be deleted.
   *
   * @param key `artifactKey` of what was asked for, where the artifact has been pinned since
   */
  async noteUse(folder: string, artifact: Artifact, key = artifactKey(folder, artifact)): Promise<void> {
    const files = artifact.files.map((file) => ({ path: file.path, blob: remoteFile(folder, file).blob }));
    await this.#note(key, artifact.origin, () => files);
  }

  /**
   * What was stored when this artifact was asked for: pinned, with the files that it turned out to have.
   *
   * @param folder of the artifact as it is asked for
   */
  async recall(
    folder: string,
    artifact: Artifact,
  ): Promise<{ readonly artifact: Artifact; readonly complete: boolean } | undefined> {
    const record = await this.chunks.artifact(artifactKey(folder, artifact));
    if (record === undefined) return undefined;
    const asked = new Map(artifact.files.map((file) => [file.path, file]));
    const files = record.files.map(({ path, blob }) => {
      const [, sha256] = /^sha256:(.+)$/.exec(blob) ?? [];
      return { ...asked.get(path), path, ...(sha256 !== undefined && { sha256 }) };
    });
    const blobs = await Promise.all(record.files.map(({ blob }) => this.chunks.blob(blob)));
    return { artifact: { origin: record.origin, files }, complete: blobs.every(isComplete) };
  }

  /** The same for a single file of a folder of which no more is known. */
  async noteFile(folder: string, { path, blob }: RemoteFile): Promise<void> {
    await this.#note(folder, { kind: 'url', url: folder }, (files) => [
      ...files.filter((file) => file.path !== path),
      { path, blob },
    ]);
  }

  async pin(key: string, pinned: boolean): Promise<void> {
    await this.chunks.changeArtifact(key, (record) => record && { ...record, pinned });
  }

  /** Resolves, when it is gone, with the bytes that this freed. */
  remove(key: string): Promise<number> {
    return this.chunks.remove(key);
  }

  #note(
    key: string,
    origin: Origin,
    change: (files: ArtifactRecord['files']) => ArtifactRecord['files'],
  ): Promise<void> {
    return this.chunks.changeArtifact(key, (record) => ({
      key,
      origin,
      files: change(record?.files ?? []),
      pinned: record?.pinned ?? false,
      lastUsedAt: this.#now(),
    }));
  }

  async #hasChanged(file: RemoteFile, blob: CompleteBlob, signal: AbortSignal): Promise<boolean> {
    let response: Response;
    try {
      const headers = this.transfer.headers?.(file.url) ?? {};
      response = await this.transfer.fetch(file.url, { method: 'HEAD', headers, cache: 'no-store', signal });
    } catch {
      signal.throwIfAborted();
      // Offline: what is here is what there is.
      return false;
    }
    if (!response.ok || response.headers.get('content-encoding') !== null) return false;
    const etag = response.headers.get('etag')?.replace(/^W\//, '').trim();
    if (etag !== undefined && blob.etag !== undefined) return etag !== blob.etag;
    const length = response.headers.get('content-length');
    return length !== null && Number(length) !== blob.bytes;
  }
}
