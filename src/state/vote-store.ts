/**
 * Votes in IndexedDB, one record each. What the browser refuses to store stays in memory, and each later change tries
 * again.
 */

import { createStore, promisifyRequest, values, type UseStore } from 'idb-keyval';
import type { Vote } from '../domain/votes';
import { readVote, recordOf } from './vote-record';

export interface StoredVotes {
  /** In no order. */
  readonly votes: readonly Vote[];
  /** How many records cannot be read: damaged, or of a newer release. They stay where they are. */
  readonly unread: number;
}

export class VoteStore {
  /** Changes that are not stored, by exchange; undefined is a removal. */
  #pending: ReadonlyMap<string, Vote | undefined> = new Map();
  #opened: UseStore | undefined;
  readonly #open: () => UseStore;

  /** @param open opens the database; a parameter for tests that refuse it */
  constructor(open: () => UseStore = () => createStore('opentab-votes', 'votes')) {
    this.#open = open;
  }

  /** Everything is stored. */
  get saved(): boolean {
    return this.#pending.size === 0;
  }

  /** Undefined where the browser refuses to read. */
  async read(): Promise<StoredVotes | undefined> {
    const records = await this.#attempt(() => values<unknown>(this.#database()));
    if (records === undefined) return undefined;
    const stored = records.flatMap((record) => readVote(record) ?? []);
    const known = new Map(stored.map((vote) => [vote.exchangeId, vote]));
    for (const [exchangeId, vote] of this.#pending) {
      if (vote === undefined) known.delete(exchangeId);
      else known.set(exchangeId, vote);
    }
    return { votes: [...known.values()], unread: records.length - stored.length };
  }

  /**
   * Stores one change, and with it what could not be stored before; undefined removes. Resolves with whether
   * everything is stored.
   */
  async write(exchangeId: string, vote: Vote | undefined): Promise<boolean> {
    const written = new Map([...this.#pending, [exchangeId, vote] as const]);
    this.#pending = written;
    const done = await this.#transact((records) => {
      for (const [id, change] of written) {
        if (change === undefined) records.delete(id);
        else records.put(recordOf(change), id);
      }
    });
    // What was changed meanwhile waits for its own write.
    if (done)
      this.#pending = new Map([...this.#pending].filter(([id, change]) => written.get(id) !== change));
    return this.saved;
  }

  /** Deletes every record, those that cannot be read included. Resolves with whether that was done. */
  async clear(): Promise<boolean> {
    const done = await this.#transact((records) => void records.clear());
    if (done) this.#pending = new Map();
    return done;
  }

  async #transact(change: (records: IDBObjectStore) => void): Promise<boolean> {
    const done = await this.#attempt(() =>
      this.#database()('readwrite', async (records) => {
        change(records);
        await promisifyRequest(records.transaction);
        return true;
      }),
    );
    return done ?? false;
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (thrown) {
      console.warn('Votes cannot be stored:', thrown);
      // A connection that the browser has closed is opened anew by the next try.
      this.#opened = undefined;
      return undefined;
    }
  }

  #database(): UseStore {
    return (this.#opened ??= this.#open());
  }
}
