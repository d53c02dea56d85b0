/** Where a key may be, and where it may not. */

import 'fake-indexeddb/auto';
import { createStore, entries, set } from 'idb-keyval';
import { beforeEach, expect, test } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import type { ProviderAccount } from '../../src/domain/provider';
import { KeyHolder } from '../../workers/providers/key-holder';

const KEY = 'sk-canary-51c0ffee99';
const PASSPHRASE = 'seven lamps on a quiet river';
const account: ProviderAccount = {
  id: 'one',
  kind: 'openai',
  name: 'One',
  baseUrl: 'https://api.example.com/v1',
  models: [],
};

let number = 0;
let store: ReturnType<typeof createStore>;
beforeEach(() => {
  number += 1;
  store = createStore(`keys-${number}`, 'keys');
});

function holder(of: ProviderAccount = account): KeyHolder {
  return new KeyHolder(of, () => store);
}

function codeOf(use: () => unknown): string | undefined {
  try {
    use();
    return undefined;
  } catch (thrown) {
    return thrown instanceof FailureError ? thrown.failure.code : String(thrown);
  }
}

test('without a key, a provider that wants one is not asked; a server of one’s own is', () => {
  expect(codeOf(() => holder().use())).toBe('key-missing');
  expect(holder({ ...account, kind: 'compatible' }).use()).toBeUndefined();
});

test('a key is in memory only, until it is to be kept', async () => {
  const keys = holder();
  keys.set(KEY);
  expect(keys.use()).toBe(KEY);
  expect(await entries(store)).toEqual([]);
});

test('what is kept holds no part of the key, and comes back with the passphrase alone', async () => {
  const keys = holder();
  keys.set(KEY);
  expect(await keys.keep(PASSPHRASE)).toEqual({ ok: true });
  const [[, record] = []] = await entries<string, { sealed: ArrayBuffer; rounds: number }>(store);
  const bytes = Buffer.from(record?.sealed ?? new ArrayBuffer(0));
  expect(bytes.includes(Buffer.from('canary'))).toBe(false);
  expect(record?.rounds).toBeGreaterThanOrEqual(600_000);
  expect(JSON.stringify(record)).not.toContain(KEY);

  const later = holder();
  expect(await later.unlock('another passphrase')).toEqual({ ok: false, problem: 'wrong-passphrase' });
  expect(codeOf(() => later.use())).toBe('key-missing');
  expect(await later.unlock(PASSPHRASE)).toEqual({ ok: true });
  expect(later.use()).toBe(KEY);
});

test('keeping twice is never the same bytes', async () => {
  const keys = holder();
  keys.set(KEY);
  await keys.keep(PASSPHRASE);
  const first = JSON.stringify(await entries(store), bytesAsText);
  await keys.keep(PASSPHRASE);
  expect(JSON.stringify(await entries(store), bytesAsText)).not.toBe(first);
});

test('a record that was moved to another account or address does not open', async () => {
  const keys = holder();
  keys.set(KEY);
  await keys.keep(PASSPHRASE);
  const [[, record] = []] = await entries<string, { origin: string }>(store);
  await set('two', record, store);
  const two = holder({ ...account, id: 'two' });
  expect(await two.unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'wrong-passphrase' });
  const elsewhere = holder({ ...account, baseUrl: 'https://evil.example/v1' });
  expect(await elsewhere.unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'no-key' });
  await set('one', { ...record, origin: 'https://evil.example' }, store);
  expect(await elsewhere.unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'wrong-passphrase' });
});

test('forgetting takes it from memory and from storage', async () => {
  const keys = holder();
  keys.set(KEY);
  await keys.keep(PASSPHRASE);
  expect(await keys.forget()).toEqual({ ok: true });
  expect(codeOf(() => keys.use())).toBe('key-missing');
  expect(await entries(store)).toEqual([]);
  expect(await keys.unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'no-key' });
});

test('where the browser refuses storage, the key stays usable and nothing of the error is told', async () => {
  const keys = new KeyHolder(account, () => {
    throw new Error(`no storage for ${KEY}`);
  });
  keys.set(KEY);
  expect(await keys.keep(PASSPHRASE)).toEqual({ ok: false, problem: 'refused' });
  expect(keys.use()).toBe(KEY);
});

function bytesAsText(_name: string, value: unknown): unknown {
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('hex');
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
