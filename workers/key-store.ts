/** Where keys are kept that the person asked to keep: one encrypted record per account. */

import { clear, createStore, keys, type UseStore } from 'idb-keyval';

let opened: UseStore | undefined;

export function keyStore(): UseStore {
  return (opened ??= createStore('opentab-keys', 'keys'));
}

/** Ids of the accounts whose key is kept. Empty where the browser has no storage: nothing was kept there either. */
export async function keptAccounts(): Promise<readonly string[]> {
  try {
    return await keys<string>(keyStore());
  } catch {
    return [];
  }
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
