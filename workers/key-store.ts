/** Where keys are kept that the person asked to keep: one encrypted record per account. */

import { clear, createStore, entries, type UseStore } from 'idb-keyval';

let opened: UseStore | undefined;

export function keyStore(): UseStore {
  return (opened ??= createStore('opentab-keys', 'keys'));
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
    return records.map(([id, record]) => ({ id, passkey: passkeyOf(record) }));
  } catch {
    return [];
  }
}

function passkeyOf(record: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof record !== 'object' || record === null || !('credentialId' in record)) return undefined;
  const id = record.credentialId;
  return id instanceof Uint8Array ? new Uint8Array(id) : undefined;
}

/** False where the browser refuses. */
export async function clearKeptKeys(): Promise<boolean> {
  try {
    await clear(keyStore());
    return true;
  } catch {
    return false;
  }
}
