/**
 * The database of the weights: opened when first needed, opened anew after the browser has closed it, and given up
 * at once to a tab with a newer schema. idb-keyval keeps one table per database; a chunk and its hash must commit
 * together, so the tables are opened here and only its promises for requests and transactions are used.
 */

import { promisifyRequest } from 'idb-keyval';
import { FailureError } from '../domain/failure';
import { canHash } from './hashes';

/** Raised when the tables change. A tab with an older one is told to reload. */
const SCHEMA_VERSION = 1;

const TABLES = ['chunks', 'hashes', 'blobs', 'artifacts'] as const;
type TableName = (typeof TABLES)[number];

/** A database that does not answer is one that refuses, after this long, in ms. */
const DEADLINE_MS = 4000;

/** The browser gives no storage here (private mode, a policy): callers go on without storing. */
export class StorageUnavailable extends FailureError {
  constructor(detail: string, options?: ErrorOptions) {
    super('storage-unavailable', detail, options);
  }
}

export interface DatabaseOptions {
  /** A parameter for tests; reading it may throw where storage is blocked. */
  readonly factory?: () => IDBFactory;
  readonly name?: string;
  readonly version?: number;
}

export class WeightDatabase {
  readonly #factory: () => IDBFactory;
  readonly #name: string;
  readonly #version: number;
  #opened: Promise<IDBDatabase> | undefined;
  #outdated = false;

  constructor(options: DatabaseOptions = {}) {
    this.#factory = options.factory ?? databases;
    this.#name = options.name ?? 'opentab-weights';
    this.#version = options.version ?? SCHEMA_VERSION;
  }

  read<T>(tables: readonly TableName[], work: (table: Tables) => Promise<T>): Promise<T> {
    return this.#attempt(tables, 'readonly', {}, work);
  }

  /**
   * Resolves when the transaction has committed: a request that succeeded may still be undone by its transaction,
   * which is what browsers do when space runs out.
   *
   * @throws FailureError `storage-full` where the browser takes no more
   */
  write<T>(
    tables: readonly TableName[],
    work: (table: Tables) => Promise<T> | T,
    options: IDBTransactionOptions = {},
  ): Promise<T> {
    return this.#attempt(tables, 'readwrite', options, work);
  }

  /** Closes the connection; the next call opens it again. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    (await opened?.catch(() => undefined))?.close();
  }

  async #attempt<T>(
    tables: readonly TableName[],
    mode: IDBTransactionMode,
    options: IDBTransactionOptions,
    work: (table: Tables) => Promise<T> | T,
  ): Promise<T> {
    try {
      return await run(await this.#database(), tables, mode, options, work);
    } catch (thrown) {
      // A connection that the browser has closed is opened once more.
      if (!(thrown instanceof DOMException) || thrown.name !== 'InvalidStateError')
        throw explain(thrown, mode);
      this.#opened = undefined;
    }
    try {
      return await run(await this.#database(), tables, mode, options, work);
    } catch (thrown) {
      throw explain(thrown, mode);
    }
  }

  #database(): Promise<IDBDatabase> {
    if (this.#outdated) return Promise.reject(outdated());
    return (this.#opened ??= this.#open());
  }

  async #open(): Promise<IDBDatabase> {
    try {
      const request = this.#factory().open(this.#name, this.#version);
      request.onupgradeneeded = () => {
        for (const table of TABLES) {
          if (!request.result.objectStoreNames.contains(table)) request.result.createObjectStore(table);
        }
      };
      const database = await inTime(promisifyRequest(request));
      database.onclose = () => {
        this.#opened = undefined;
      };
      database.onversionchange = ({ newVersion }) => {
        // Null is a deletion, by a person who clears what the browser keeps: the next call starts anew.
        this.#outdated = newVersion !== null;
        this.#opened = undefined;
        database.close();
      };
      return database;
    } catch (thrown) {
      this.#opened = undefined;
      if (thrown instanceof DOMException && thrown.name === 'VersionError') {
        this.#outdated = true;
        throw outdated();
      }
      if (thrown instanceof DOMException && thrown.name === 'QuotaExceededError') throw thrown;
      throw new StorageUnavailable(String(thrown), { cause: thrown });
    }
  }
}

/** What cannot be hashed cannot be checked when it is read, so it is not stored: browsers hash only over https. */
function databases(): IDBFactory {
  if (!canHash()) throw new Error('SHA-256 is not to be had at this address');
  return indexedDB;
}

/** The tables of one transaction. */
export type Tables = (name: TableName) => IDBObjectStore;

async function run<T>(
  database: IDBDatabase,
  tables: readonly TableName[],
  mode: IDBTransactionMode,
  options: IDBTransactionOptions,
  work: (table: Tables) => Promise<T> | T,
): Promise<T> {
  const transaction = database.transaction([...tables], mode, options);
  const committed = promisifyRequest(transaction);
  // What `work` throws is the cause; the abort that follows from it is not a second failure.
  committed.catch(() => undefined);
  let result: T;
  try {
    result = await work((name) => transaction.objectStore(name));
  } catch (thrown) {
    abort(transaction);
    throw transaction.error ?? thrown;
  }
  await committed;
  return result;
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (thrown) {
    // It had ended already, which is what was wanted.
    if (!(thrown instanceof DOMException)) throw thrown;
  }
}

/** A write that the browser undid without a word was undone for want of space. */
function explain(thrown: unknown, mode: IDBTransactionMode): unknown {
  const name = thrown instanceof DOMException ? thrown.name : undefined;
  const undone =
    mode === 'readwrite' && (thrown === null || name === 'AbortError' || name === 'UnknownError');
  if (name === 'QuotaExceededError' || undone) {
    const detail =
      thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'the transaction was undone';
    return new FailureError('storage-full', detail, { cause: thrown });
  }
  return thrown;
}

function outdated(): FailureError {
  return new FailureError(
    'storage-outdated',
    `this tab knows schema ${SCHEMA_VERSION}, the database a newer one`,
  );
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not answer')), DEADLINE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
