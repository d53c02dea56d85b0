/**
 * Conversations in IndexedDB, one record each.
 *
 * What is handed over is kept in memory at once and written a moment later; it stays in memory until its transaction
 * has committed. Where the browser refuses to store (private mode, no space), everything goes on from memory, the
 * state says `unsaved`, and each later change tries again.
 */

import { createStore, entries, get, promisifyRequest, type UseStore } from 'idb-keyval';
import type { Conversation } from '../domain/conversation';
import { readConversation, readSummary } from './conversation-file';
import type { ConversationSummary } from './conversation-list';

/** `unsaved`: the browser refused the last write; it will be lost with the page. */
export type SaveState = 'saved' | 'saving' | 'unsaved';

/** Changes wait this long, in ms, so that fast typing is one write. With the write itself it stays under a second. */
export const SAVE_AFTER_MS = 300;

/** A storage that does not answer is treated as one that refuses: the page must not wait for it for ever. */
const DEADLINE_MS = 4000;

export interface ConversationStoreOptions {
  readonly onState?: (state: SaveState) => void;
  /** Opens the database; a parameter for tests that refuse or delay it. */
  readonly open?: () => UseStore;
}

export class ConversationStore {
  /** Changes that are not committed yet, newest per conversation; `undefined` is a removal. */
  readonly #pending = new Map<string, Conversation | undefined>();
  #state: SaveState = 'saved';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;
  #opened: UseStore | undefined;
  readonly #open: () => UseStore;
  readonly #onState: (state: SaveState) => void;

  constructor(options: ConversationStoreOptions = {}) {
    this.#open = options.open ?? (() => createStore('opentab', 'conversations'));
    this.#onState = options.onState ?? (() => undefined);
  }

  /** Every conversation that can be read, in no order. A record that is damaged is left where it is. */
  all(): Promise<Conversation[]> {
    return this.#collect(readConversation, (change) => change);
  }

  /** The same, with only what a list shows. */
  summaries(): Promise<ConversationSummary[]> {
    return this.#collect(readSummary, ({ id, title, updatedAt }) => ({ id, title, updatedAt }));
  }

  async get(id: string): Promise<Conversation | undefined> {
    if (this.#pending.has(id)) return this.#pending.get(id);
    return readConversation(await this.#read((store) => get<unknown>(id, store)));
  }

  put(conversation: Conversation): void {
    this.#pending.set(conversation.id, conversation);
    this.#schedule();
  }

  remove(id: string): void {
    this.#pending.set(id, undefined);
    this.#schedule();
  }

  /** Writes what is waiting. Resolves when it is committed, or when the browser refused it. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
    if (this.#pending.size === 0) return;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  /** Writes at once when the page is hidden or left: there may be no later. */
  flushOnLeave(page: Window): void {
    page.addEventListener('pagehide', () => void this.flush());
    page.document.addEventListener('visibilitychange', () => {
      if (page.document.visibilityState === 'hidden') void this.flush();
    });
  }

  async #collect<T>(
    readRecord: (record: unknown) => T | undefined,
    fromChange: (conversation: Conversation) => T,
  ): Promise<T[]> {
    const found = new Map<string, T>();
    const stored = await this.#read((store) => entries<string, unknown>(store));
    for (const [id, record] of stored ?? []) {
      const item = readRecord(record);
      if (item === undefined) console.warn(`The stored conversation ${id} cannot be read.`);
      else found.set(id, item);
    }
    for (const [id, change] of this.#pending) {
      if (change === undefined) found.delete(id);
      else found.set(id, fromChange(change));
    }
    return [...found.values()];
  }

  #schedule(): void {
    // Not shown again and again while every try fails.
    if (this.#state === 'saved') this.#setState('saving');
    this.#timer ??= setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  async #write(): Promise<void> {
    const changes = new Map(this.#pending);
    try {
      await this.#commit(changes);
    } catch (thrown) {
      console.warn('Conversations cannot be stored:', thrown);
      this.#setState('unsaved');
      return;
    }
    for (const [id, written] of changes) {
      if (this.#pending.get(id) === written) this.#pending.delete(id);
    }
    this.#setState(this.#pending.size === 0 ? 'saved' : 'saving');
  }

  /** One transaction for all of them. A connection that the browser has closed meanwhile is opened once more. */
  async #commit(changes: ReadonlyMap<string, Conversation | undefined>): Promise<void> {
    const attempt = () =>
      inTime(
        this.#database()('readwrite', (records) => {
          for (const [id, conversation] of changes) {
            if (conversation === undefined) records.delete(id);
            else records.put(conversation, id);
          }
          return promisifyRequest(records.transaction);
        }),
      );
    try {
      await attempt();
    } catch (thrown) {
      this.#opened = undefined;
      if (!(thrown instanceof DOMException) || thrown.name !== 'InvalidStateError') throw thrown;
      await attempt();
    }
  }

  /** Undefined where the browser refuses to read, or takes too long. */
  async #read<T>(read: (store: UseStore) => Promise<T>): Promise<T | undefined> {
    try {
      return await inTime(read(this.#database()));
    } catch (thrown) {
      console.warn('Stored conversations cannot be read:', thrown);
      this.#opened = undefined;
      this.#setState('unsaved');
      return undefined;
    }
  }

  #database(): UseStore {
    return (this.#opened ??= this.#open());
  }

  #setState(state: SaveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onState(state);
  }
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
