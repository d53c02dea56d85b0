/**
 * One file into the store: several requests at once, each chunk hashed and committed as it comes, taken up again after
 * any interruption, and complete only when all of it is there and is what its origin says.
 */

import { FailureError } from '../domain/failure';
import type { Asked } from './answers';
import { chunkCount, chunkLength, isComplete, type BlobRecord, type CompleteBlob } from './chunk-store';
import { ChunkPlan } from './chunk-plan';
import { sha256, toHex } from './hashes';
import { HEAD_BYTES, whyNotAModelFile } from './model-file';
import { RangeBody } from './range-request';
import {
  backoffMs,
  Changed,
  Interrupted,
  type RemoteFile,
  type Transfer,
  type TransferEvents,
} from './transfer';
import { WholeHash } from './whole-hash';

/** Tries in a row that bring nothing: few where a file never began, so that it is told soon. */
const FIRST_TRIES = 3;
const LATER_TRIES = 7;
/** How often a file may turn out to be another one. */
const MOST_RESTARTS = 3;
/** Bytes between two streams when they begin. */
const RUN_BYTES = 32 * 1024 * 1024;
/** Requests at once for one file. */
const STREAMS_PER_FILE = 3;
/** A body of unknown length is held in memory until its end; a weight file always has a length. */
const MOST_WITHOUT_LENGTH = 64 * 1024 * 1024;

/** @throws FailureError, StorageUnavailable, or the signal's reason */
export async function downloadFile(
  file: RemoteFile,
  transfer: Transfer,
  signal: AbortSignal,
  events: TransferEvents = {},
): Promise<CompleteBlob> {
  let restarts = 0;
  let failures = 0;
  let begun = false;
  for (;;) {
    signal.throwIfAborted();
    const attempt = new Attempt(file, transfer, signal, events);
    try {
      return await attempt.run();
    } catch (thrown) {
      signal.throwIfAborted();
      if (attempt.cameForward) {
        begun = true;
        failures = 0;
      }
      if (thrown instanceof Changed) {
        restarts += 1;
        await transfer.store.discard(file.blob);
        if (restarts > MOST_RESTARTS)
          throw new FailureError('file-incomplete', `${file.path}: ${thrown.message}`);
        events.onNotice?.({ kind: 'restarted', path: file.path, why: thrown.message });
        continue;
      }
      if (!(thrown instanceof Interrupted)) throw thrown;
      failures += 1;
      if (failures >= (begun ? LATER_TRIES : FIRST_TRIES))
        throw new FailureError(thrown.code, thrown.message);
      const waitMs = Math.max(backoffMs(failures, transfer.random), thrown.afterMs ?? 0);
      events.onNotice?.({ kind: 'retrying', path: file.path, why: thrown.message, waitMs });
      await transfer.sleep(waitMs, signal);
    }
  }
}

/** From the first request to the moment when no request is left: complete, or with a reason why not. */
class Attempt {
  /** True where it brought at least one chunk to the disk. */
  cameForward = false;
  readonly #file: RemoteFile;
  readonly #transfer: Transfer;
  readonly #events: TransferEvents;
  /** Ends all its requests when one of them shows that none can be of use. */
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #loadedBytes = 0;

  constructor(file: RemoteFile, transfer: Transfer, signal: AbortSignal, events: TransferEvents) {
    this.#file = file;
    this.#transfer = transfer;
    this.#events = events;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
  }

  async run(): Promise<CompleteBlob> {
    const { store } = this.#transfer;
    let blob = await store.blob(this.#file.blob);
    if (isComplete(blob)) return blob;
    if (blob !== undefined && this.#file.bytes !== undefined && blob.bytes !== this.#file.bytes)
      throw new Changed(`${blob.bytes} bytes and not ${this.#file.bytes}`);
    await this.#transfer.slots.take(this.#signal);
    let first: RangeBody | undefined;
    try {
      if (blob === undefined) {
        first = await this.#open({ from: 0, begun: false, ...known(this.#file.bytes, undefined) });
        blob = await this.#begin(first);
        if (isComplete(blob)) return blob;
      }
      const task = await this.#plan(blob);
      if (!task.plan.complete) await this.#fetchAll(task, first);
      return await this.#finish(task);
    } finally {
      this.#stop.abort(new Interrupted('the attempt has ended'));
      await first?.close();
      this.#transfer.slots.give();
    }
  }

  #open(asked: Asked): Promise<RangeBody> {
    return RangeBody.open(this.#file, asked, this.#transfer, this.#signal, this.#events);
  }

  /** The first answer tells how large the file is; only then is there something to store. */
  async #begin(body: RangeBody): Promise<BlobRecord> {
    const bytes = body.verdict.bytes ?? this.#file.bytes;
    if (bytes === undefined) return this.#storeWhole(body);
    if (bytes === 0) throw new FailureError('not-a-model-file', `${this.#file.path}: empty`);
    const record: BlobRecord = {
      id: this.#file.blob,
      bytes,
      chunkBytes: this.#transfer.chunkBytes,
      ...etagOf(body),
    };
    // It is looked at before anything is stored, so a body that is refused leaves no trace.
    this.#check(await body.peek(HEAD_BYTES, this.#file, this.#signal), body.contentType, bytes);
    await this.#transfer.store.begin(record);
    return record;
  }

  async #plan(blob: BlobRecord): Promise<Task> {
    const { store } = this.#transfer;
    const stored = await store.storedChunks(blob.id);
    const plan = new ChunkPlan(
      chunkCount(blob),
      stored,
      Math.max(1, Math.round(RUN_BYTES / blob.chunkBytes)),
    );
    this.#loadedBytes = stored.reduce((sum, index) => sum + chunkLength(blob, index), 0);
    const count = chunkCount(blob);
    const whole =
      this.#file.sha256 === undefined
        ? undefined
        : await WholeHash.begin(count, {
            isStored: (index) => plan.isStored(index),
            read: (index) => store.chunk(blob.id, index),
          });
    this.#tell(blob, 0);
    return { blob, plan, whole };
  }

  /** Further streams end quietly: only when all have ended and something is missing has the attempt failed. */
  async #fetchAll(task: Task, first: RangeBody | undefined): Promise<void> {
    const { slots } = this.#transfer;
    const start = task.plan.claim();
    if (start === undefined) return;
    const failures: Error[] = [];
    const running = [this.#stream(task, start, first, failures)];
    const alone = first?.verdict.wholeOnly === true;
    while (!alone && running.length < STREAMS_PER_FILE && slots.tryTake()) {
      const index = task.plan.claim();
      if (index === undefined) {
        slots.give();
        break;
      }
      running.push(this.#stream(task, index, undefined, failures).finally(() => slots.give()));
    }
    await Promise.all(running);
    if (task.plan.complete) return;
    this.#signal.throwIfAborted();
    const [cause] = failures;
    throw cause ?? new Interrupted(`${this.#file.path}: ended early`, 'file-incomplete');
  }

  async #stream(task: Task, start: number, opened: RangeBody | undefined, failures: Error[]): Promise<void> {
    let body = opened;
    try {
      for (let index: number | undefined = start; index !== undefined; index = task.plan.claim()) {
        await this.#fetchFrom(task, index, body);
        body = undefined;
      }
    } catch (thrown) {
      // Told before the others are ended, so that the cause comes first.
      if (this.#stop.signal.aborted) return;
      failures.push(thrown instanceof Error ? thrown : new Error(String(thrown)));
      if (!(thrown instanceof Interrupted)) this.#stop.abort(thrown);
    }
  }

  /** One request: chunk after chunk, until the end of the file or a chunk that somebody else has. */
  async #fetchFrom(task: Task, start: number, opened: RangeBody | undefined): Promise<void> {
    const { blob, plan } = task;
    let index = start;
    let arrived = 0;
    let body: RangeBody | undefined = opened;
    let committing: Promise<void> = Promise.resolve();
    try {
      const from = start * blob.chunkBytes;
      body ??= await this.#open({ from, begun: true, ...known(blob.bytes, blob.etag) });
      let rest: Uint8Array | undefined;
      for (;;) {
        const chunk = new Uint8Array(chunkLength(blob, index));
        arrived = 0;
        while (arrived < chunk.length) {
          const piece = rest ?? (await body.read(this.#file, this.#signal));
          rest = undefined;
          if (piece === undefined)
            throw new Interrupted(`${this.#file.path}: ended early`, 'file-incomplete');
          const taken = piece.subarray(0, chunk.length - arrived);
          chunk.set(taken, arrived);
          arrived += taken.length;
          if (taken.length < piece.length) rest = piece.subarray(taken.length);
          this.#tell(blob, taken.length);
        }
        // The next chunk is read while this one goes to the disk, but no more than one lies between.
        await committing;
        committing = this.#commit(task, index, chunk.buffer);
        committing.catch(() => undefined);
        arrived = 0;
        if (!plan.claimNext(index)) break;
        index += 1;
      }
    } catch (thrown) {
      plan.release(index);
      this.#tell(blob, -arrived);
      await committing.catch(() => undefined);
      throw thrown;
    } finally {
      await body?.close();
    }
    await committing;
  }

  #check(start: Uint8Array, contentType: string, bytes: number): void {
    const { path } = this.#file;
    const why = whyNotAModelFile({ name: path, start, contentType, bytes });
    if (why !== undefined) throw new FailureError('not-a-model-file', `${path}: ${why}`);
  }

  async #commit(task: Task, index: number, data: ArrayBuffer): Promise<void> {
    try {
      await this.#transfer.store.put(task.blob.id, index, data, await sha256(data));
    } catch (thrown) {
      task.plan.release(index);
      this.#tell(task.blob, -data.byteLength);
      throw thrown;
    }
    this.cameForward = true;
    task.plan.store(index);
    task.whole?.offer(index, data);
  }

  async #finish({ blob, whole }: Task): Promise<CompleteBlob> {
    if (whole !== undefined) {
      const hash = await whole.digest();
      if (hash === undefined) throw new Changed('a stored part was lost');
      if (hash !== this.#file.sha256) {
        await this.#transfer.store.discard(blob.id);
        throw new FailureError('file-damaged', `${this.#file.path}: SHA-256 ${hash}`);
      }
    }
    return this.#transfer.store.complete(blob.id);
  }

  /** A file of unknown length, which has to end before anything can be said of it. */
  async #storeWhole(body: RangeBody): Promise<CompleteBlob> {
    const { store, chunkBytes } = this.#transfer;
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for (;;) {
      const piece = await body.read(this.#file, this.#signal);
      if (piece === undefined) break;
      bytes += piece.length;
      if (bytes > MOST_WITHOUT_LENGTH)
        throw new FailureError(
          'file-incomplete',
          `${this.#file.path}: the server does not say how long it is`,
        );
      pieces.push(piece);
      this.#events.onProgress?.({ loadedBytes: bytes });
    }
    const all = new Uint8Array(bytes);
    pieces.reduce((offset, piece) => (all.set(piece, offset), offset + piece.length), 0);
    this.#check(all.subarray(0, HEAD_BYTES), body.contentType, bytes);
    const hash = toHex(await sha256(all));
    if (this.#file.sha256 !== undefined && this.#file.sha256 !== hash)
      throw new Interrupted(`${this.#file.path}: SHA-256 ${hash}`, 'file-incomplete');
    const record: BlobRecord = { id: this.#file.blob, bytes, chunkBytes, ...etagOf(body) };
    await store.begin(record);
    for (let index = 0; index < chunkCount(record); index += 1) {
      const from = index * chunkBytes;
      const chunk = all.slice(from, from + chunkLength(record, index));
      await store.put(record.id, index, chunk.buffer, await sha256(chunk));
    }
    this.#tell(record, bytes);
    return store.complete(record.id);
  }

  #tell(blob: BlobRecord, moreBytes: number): void {
    this.#loadedBytes += moreBytes;
    this.#events.onProgress?.({ loadedBytes: this.#loadedBytes, totalBytes: blob.bytes });
  }
}

interface Task {
  readonly blob: BlobRecord;
  readonly plan: ChunkPlan;
  /** Only where its origin states what it should come to. */
  readonly whole: WholeHash | undefined;
}

function known(bytes: number | undefined, etag: string | undefined): Pick<Asked, 'bytes' | 'etag'> {
  return { ...(bytes !== undefined && { bytes }), ...(etag !== undefined && { etag }) };
}

function etagOf({ verdict }: RangeBody): { readonly etag?: string } {
  return verdict.etag === undefined ? {} : { etag: verdict.etag };
}
