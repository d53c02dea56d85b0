/**
 * Where keys are kept that the person asked to keep: one encrypted record per account, and beside them a note of when
 * keys were forgotten. Whoever keeps a key compares the notes with what they were when it took the key: another tab that
 * forgot it is not to find it stored again, however late this one learns of that.
 */

import { createStore, entries, getMany, promisifyRequest, type UseStore } from 'idb-keyval';

let opened: UseStore | undefined;

export function keyStore(): UseStore {
  return (opened ??= createStore('opentab-keys', 'keys'));
}

/** What was noted at some moment; equal where nothing was forgotten in between. */
export type Notes = string;

const NOTE_OF_ALL = '!';

/** Where forgetting is noted for an account: names that no account has. */
function notesFor(accountId: string): readonly string[] {
  return [NOTE_OF_ALL, `!${accountId}`];
}

/** What is kept for the account, if anything, and the notes of the same moment. */
export async function readKept(
  accountId: string,
  store: UseStore,
): Promise<{ readonly record: unknown; readonly notes: Notes }> {
  const [record, ...notes] = await getMany<unknown>([accountId, ...notesFor(accountId)], store);
  return { record, notes: JSON.stringify(notes) };
}

/** In place of what was kept, unless the key was forgotten since `notes` were read. @returns whether it is kept */
export function putKept(accountId: string, record: unknown, notes: Notes, store: UseStore): Promise<boolean> {
  return store('readwrite', async (records) => {
    const same = (await notesIn(records, accountId)) === notes;
    if (same) records.put(record, accountId);
    await promisifyRequest(records.transaction);
    return same;
  });
}

/** Deletes what is kept because another key is in use now, which is not to forget a key. @returns the notes */
export function dropKept(accountId: string, store: UseStore): Promise<Notes> {
  return store('readwrite', async (records) => {
    records.delete(accountId);
    const [notes] = await Promise.all([notesIn(records, accountId), promisifyRequest(records.transaction)]);
    return notes;
  });
}

export function forgetKept(accountId: string, store: UseStore): Promise<void> {
  return store('readwrite', (records) => {
    records.delete(accountId);
    records.put(Math.random(), `!${accountId}`);
    return promisifyRequest(records.transaction);
  });
}

/** Those of accounts that are no more, too. False where the browser refuses. */
export async function forgetAllKept(store: UseStore = keyStore()): Promise<boolean> {
  try {
    await store('readwrite', (records) => {
      records.clear();
      records.put(Math.random(), NOTE_OF_ALL);
      return promisifyRequest(records.transaction);
    });
    return true;
  } catch {
    return false;
  }
}

async function notesIn(records: IDBObjectStore, accountId: string): Promise<Notes> {
  const asked = notesFor(accountId).map((name) => promisifyRequest<unknown>(records.get(name)));
  return JSON.stringify(await Promise.all(asked));
}

export interface KeptAccount {
  readonly id: string;
  /** Id of the passkey that its key is kept by; undefined where it is kept by a passphrase. */
  readonly passkey: Uint8Array<ArrayBuffer> | undefined;
}

/** The accounts whose key is kept. Empty where the browser has no storage: nothing was kept there either. */
export async function keptAccounts(): Promise<readonly KeptAccount[]> {
  try {
    const records = await entries<string, unknown>(keyStore());
    // A note is a number.
    const kept = records.filter(([, record]) => typeof record === 'object');
    return kept.map(([id, record]) => ({ id, passkey: passkeyOf(record) }));
  } catch {
    return [];
  }
}

function passkeyOf(record: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof record !== 'object' || record === null || !('credentialId' in record)) return undefined;
  const id = record.credentialId;
  return id instanceof Uint8Array ? new Uint8Array(id) : undefined;
}
