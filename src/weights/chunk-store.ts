/**
 * Files in chunks. A blob is one file's bytes, named by its SHA-256 where that is known and by its address where not;
 * an artifact is the list of blobs that a model variant needs. A chunk and its hash commit together; a blob is
 * complete when its record holds all hashes, which is written last; an artifact only names blobs.
 */

import { promisifyRequest } from 'idb-keyval';
import type { Origin } from '../domain/artifact';
import { FailureError } from '../domain/failure';
import type { Tables, WeightDatabase } from './database';

/** Bytes of every chunk but a file's last one. Chosen by measurement: docs/decisions/0004-weight-chunks.md. */
export const CHUNK_BYTES = 4 * 1024 * 1024;

const HASH_BYTES = 32;

export interface BlobRecord {
  readonly id: string;
  readonly bytes: number;
  readonly chunkBytes: number;
  /** The server's word for this version of the file, where it gave one. */
  readonly etag?: string;
  /** SHA-256 of each chunk, one after the other. Absent while the blob is incomplete. */
  readonly hashes?: Uint8Array<ArrayBuffer>;
}

export interface CompleteBlob extends BlobRecord {
  readonly hashes: Uint8Array<ArrayBuffer>;
}

export interface ArtifactRecord {
  /** `artifactKey` of what it holds. */
  readonly key: string;
  readonly origin: Origin;
  readonly files: readonly { readonly path: string; readonly blob: string }[];
  /** Pinned ones are never offered for deletion. */
  readonly pinned: boolean;
  /** Ms since 1970. */
  readonly lastUsedAt: number;
}

/** An artifact with what it takes. Bytes that two artifacts share are counted in both, and freed with the last. */
export interface StoredArtifact extends ArtifactRecord {
  /** Bytes here so far. */
  readonly storedBytes: number;
  /** Bytes of it all, where every file's size is known already. */
  readonly bytes?: number;
  readonly complete: boolean;
}

export function chunkCount({
  bytes,
  chunkBytes,
}: {
  readonly bytes: number;
  readonly chunkBytes: number;
}): number {
  return Math.ceil(bytes / chunkBytes);
}

export function chunkLength(blob: Pick<BlobRecord, 'bytes' | 'chunkBytes'>, index: number): number {
  return Math.min(blob.chunkBytes, blob.bytes - index * blob.chunkBytes);
}

export function isComplete(blob: BlobRecord | undefined): blob is CompleteBlob {
  return blob?.hashes !== undefined;
}

/** All rows of one blob. An array sorts after every number. */
function rows(blob: string): IDBKeyRange {
  return IDBKeyRange.bound([blob], [blob, []]);
}

export class ChunkStore {
  readonly #database: WeightDatabase;

  constructor(database: WeightDatabase) {
    this.#database = database;
  }

  blob(id: string): Promise<BlobRecord | undefined> {
    return this.#database.read(['blobs'], (table) => get<BlobRecord>(table('blobs'), id));
  }

  /** Which chunks of an incomplete blob are committed. */
  async storedChunks(id: string): Promise<readonly number[]> {
    const keys = await this.#database.read(['hashes'], (table) =>
      promisifyRequest(table('hashes').getAllKeys(rows(id))),
    );
    return (keys as [string, number][]).map(([, index]) => index);
  }

  /** Begins a blob, or begins it anew: whatever was there of it is gone. */
  async begin(record: BlobRecord): Promise<void> {
    await this.#database.write(['chunks', 'hashes', 'blobs'], (table) => {
      clear(table, record.id);
      table('blobs').put(record, record.id);
    });
  }

  /**
   * Resolves when chunk and hash have committed.
   *
   * @throws FailureError `storage-full`; `file-incomplete` where the blob was deleted meanwhile
   */
  async put(id: string, index: number, data: ArrayBuffer, hash: ArrayBuffer): Promise<void> {
    await this.#database.write(['chunks', 'hashes', 'blobs'], async (table) => {
      const known = await promisifyRequest(table('blobs').getKey(id));
      if (known === undefined)
        throw new FailureError('file-incomplete', `${id}: deleted while it was fetched`);
      table('chunks').put(data, [id, index]);
      table('hashes').put(hash, [id, index]);
    });
  }

  /** Puts a sound chunk in a damaged one's place. */
  async replace(id: string, index: number, data: ArrayBuffer): Promise<void> {
    await this.#database.write(['chunks'], (table) => {
      table('chunks').put(data, [id, index]);
    });
  }

  /** Undefined where it is not there: lost, or never written. */
  chunk(id: string, index: number): Promise<ArrayBuffer | undefined> {
    return this.#database.read(['chunks'], (table) => get<ArrayBuffer>(table('chunks'), [id, index]));
  }

  /** The manifest, last: from here on the blob is complete. */
  complete(id: string): Promise<CompleteBlob> {
    return this.#database.write(
      ['hashes', 'blobs'],
      async (table) => {
        const [record, hashes] = await Promise.all([
          get<BlobRecord>(table('blobs'), id),
          promisifyRequest(table('hashes').getAll(rows(id))) as Promise<ArrayBuffer[]>,
        ]);
        if (record === undefined || hashes.length !== chunkCount(record)) {
          throw new FailureError('file-incomplete', `${id}: ${hashes.length} chunks`);
        }
        const all = new Uint8Array(hashes.length * HASH_BYTES);
        hashes.forEach((hash, index) => all.set(new Uint8Array(hash), index * HASH_BYTES));
        const complete = { ...record, hashes: all };
        table('blobs').put(complete, id);
        table('hashes').delete(rows(id));
        return complete;
      },
      { durability: 'strict' },
    );
  }

  /** Removes what is there of a blob, whoever names it. */
  async discard(id: string): Promise<void> {
    await this.#database.write(['chunks', 'hashes', 'blobs'], (table) => clear(table, id));
  }

  artifact(key: string): Promise<ArtifactRecord | undefined> {
    return this.#database.read(['artifacts'], (table) => get<ArtifactRecord>(table('artifacts'), key));
  }

  /**
   * Writes what `change` makes of the record, in one transaction with reading it. Undefined leaves it alone. Bytes that
   * no record names from then on are deleted: nobody could find them any more.
   */
  async changeArtifact(
    key: string,
    change: (record: ArtifactRecord | undefined) => ArtifactRecord | undefined,
  ): Promise<void> {
    await this.#database.write(['artifacts', 'chunks', 'hashes', 'blobs'], async (table) => {
      const before = await get<ArtifactRecord>(table('artifacts'), key);
      const changed = change(before);
      if (changed === undefined) return;
      table('artifacts').put(changed, key);
      const names = new Set(changed.files.map(({ blob }) => blob));
      const dropped = (before?.files ?? []).filter(({ blob }) => !names.has(blob));
      if (dropped.length > 0)
        await clearUnnamed(
          table,
          dropped.map(({ blob }) => blob),
        );
    });
  }

  /** Everything that is stored, from records alone: its cost does not grow with the models' bytes. */
  list(): Promise<StoredArtifact[]> {
    return this.#database.read(['artifacts', 'blobs', 'hashes'], async (table) => {
      const [artifacts, blobs] = await Promise.all([
        promisifyRequest(table('artifacts').getAll()) as Promise<ArtifactRecord[]>,
        promisifyRequest(table('blobs').getAll()) as Promise<BlobRecord[]>,
      ]);
      const sizes = new Map<string, { bytes: number; stored: number; complete: boolean }>();
      for (const blob of blobs) {
        sizes.set(blob.id, {
          bytes: blob.bytes,
          stored: isComplete(blob) ? blob.bytes : await storedBytes(table, blob),
          complete: isComplete(blob),
        });
      }
      return artifacts.map((artifact) => {
        const files = artifact.files.map(({ blob }) => sizes.get(blob));
        const known = files.every((size) => size !== undefined);
        return {
          ...artifact,
          storedBytes: files.reduce((sum, size) => sum + (size?.stored ?? 0), 0),
          ...(known && { bytes: files.reduce((sum, size) => sum + (size?.bytes ?? 0), 0) }),
          complete: files.every((size) => size?.complete === true),
        };
      });
    });
  }

  /** Deletes an artifact and every blob that no other one names. Returns the bytes that this freed. */
  remove(key: string): Promise<number> {
    return this.#database.write(['artifacts', 'chunks', 'hashes', 'blobs'], async (table) => {
      const going = await get<ArtifactRecord>(table('artifacts'), key);
      table('artifacts').delete(key);
      return clearUnnamed(table, going?.files.map(({ blob }) => blob) ?? []);
    });
  }
}

function get<T>(table: IDBObjectStore, key: IDBValidKey): Promise<T | undefined> {
  return promisifyRequest(table.get(key) as IDBRequest<T | undefined>);
}

function clear(table: Tables, blob: string): void {
  table('chunks').delete(rows(blob));
  table('hashes').delete(rows(blob));
  table('blobs').delete(blob);
}

/** Deletes those of the blobs that no artifact names. Returns the bytes that this freed. */
async function clearUnnamed(table: Tables, blobs: readonly string[]): Promise<number> {
  const artifacts = (await promisifyRequest(table('artifacts').getAll())) as ArtifactRecord[];
  const named = new Set(artifacts.flatMap(({ files }) => files.map(({ blob }) => blob)));
  let freed = 0;
  for (const id of new Set(blobs)) {
    if (named.has(id)) continue;
    const blob = await get<BlobRecord>(table('blobs'), id);
    if (blob !== undefined) freed += isComplete(blob) ? blob.bytes : await storedBytes(table, blob);
    clear(table, id);
  }
  return freed;
}

async function storedBytes(table: Tables, blob: BlobRecord): Promise<number> {
  const keys = (await promisifyRequest(table('hashes').getAllKeys(rows(blob.id)))) as [string, number][];
  return keys.reduce((sum, [, index]) => sum + chunkLength(blob, index), 0);
}
