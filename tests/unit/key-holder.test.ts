/** Where a key may be, and where it may not. */

import { createDecipheriv, hkdfSync } from 'node:crypto';
import 'fake-indexeddb/auto';
import { createStore, entries, set } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import type { ProviderAccount } from '../../src/domain/provider';
import { forgetAllKept, keptAccounts, keyStore } from '../../workers/key-store';
import { KeyHolder } from '../../workers/providers/key-holder';
import type { KeptByPasskey } from '../../workers/providers/key-sealing';

const KEY = 'sk-canary-51c0ffee99';
const PASSPHRASE = 'seven lamps on a quiet river';
const account: ProviderAccount = {
  id: 'one',
  kind: 'openai',
  name: 'One',
  baseUrl: 'https://api.example.com/v1',
  models: [],
};

const CREDENTIAL = new Uint8Array([9, 8, 7, 6]);

/** What a passkey gives: a buffer of its own each time, because it is wiped when it has been used. */
function secret(first = 1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 32 }, (_, at) => first + at);
}

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
  await keys.set(KEY);
  expect(keys.use()).toBe(KEY);
  expect(await entries(store)).toEqual([]);
});

test('a key in the place of a kept one leaves nothing of that behind', async () => {
  const keys = holder();
  await keys.set(KEY);
  await keys.keep(PASSPHRASE);
  await keys.set('another-key');
  expect(await entries(store)).toEqual([]);
  expect(await holder().unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'no-key' });
  expect(keys.use()).toBe('another-key');
});

test('what is kept holds no part of the key, and comes back with the passphrase alone', async () => {
  const keys = holder();
  await keys.set(KEY);
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
  await keys.set(KEY);
  await keys.keep(PASSPHRASE);
  const first = JSON.stringify(await entries(store), bytesAsText);
  await keys.keep(PASSPHRASE);
  expect(JSON.stringify(await entries(store), bytesAsText)).not.toBe(first);
});

test('a record that was moved to another account or address does not open', async () => {
  const keys = holder();
  await keys.set(KEY);
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

test('by a passkey: the record opens with its secret alone, and the secret is wiped', async () => {
  const keys = holder();
  await keys.set(KEY);
  const used = secret();
  expect(await keys.keepByPasskey(used, CREDENTIAL)).toEqual({ ok: true });
  expect([...used]).toEqual(Array.from({ length: 32 }, () => 0));
  const [[, record] = []] = await entries<string, KeptByPasskey>(store);
  const stored = Buffer.from(JSON.stringify(record, bytesAsText));
  expect(stored.includes(Buffer.from(KEY).toString('hex'))).toBe(false);
  expect(stored.includes(Buffer.from(secret()).toString('hex'))).toBe(false);

  const later = holder();
  const wrong = secret(2);
  expect(await later.unlockByPasskey(wrong)).toEqual({ ok: false, problem: 'wrong-passkey' });
  expect(wrong.every((byte) => byte === 0)).toBe(true);
  expect(await later.unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'no-key' });
  expect(codeOf(() => later.use())).toBe('key-missing');
  expect(await later.unlockByPasskey(secret())).toEqual({ ok: true });
  expect(later.use()).toBe(KEY);
});

test('the cipher of a passkey is HKDF-SHA-256 of its secret, for this purpose, account and origin', async () => {
  const keys = holder();
  await keys.set(KEY);
  await keys.keepByPasskey(secret(), CREDENTIAL);
  const [[, record] = []] = await entries<string, KeptByPasskey>(store);
  if (record === undefined) throw new Error('nothing is kept');
  const info = '["OpenTab kept key by passkey, version 1","one","https://api.example.com"]';
  const cipher = Buffer.from(hkdfSync('sha256', secret(), record.salt, info, 32));
  const sealed = Buffer.from(record.sealed);
  const opening = createDecipheriv('aes-256-gcm', cipher, record.nonce);
  opening.setAAD(Buffer.from('["one","https://api.example.com"]'));
  opening.setAuthTag(sealed.subarray(-16));
  const opened = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
  expect(opened.toString()).toBe(KEY);
});

test('a passkey’s record that was moved to another account or address does not open', async () => {
  const keys = holder();
  await keys.set(KEY);
  await keys.keepByPasskey(secret(), CREDENTIAL);
  const [[, record] = []] = await entries<string, KeptByPasskey>(store);
  await set('two', record, store);
  const two = holder({ ...account, id: 'two' });
  expect(await two.unlockByPasskey(secret())).toEqual({ ok: false, problem: 'wrong-passkey' });
  const elsewhere = holder({ ...account, baseUrl: 'https://evil.example/v1' });
  expect(await elsewhere.unlockByPasskey(secret())).toEqual({ ok: false, problem: 'no-key' });
  await set('one', { ...record, origin: 'https://evil.example' }, store);
  expect(await elsewhere.unlockByPasskey(secret())).toEqual({ ok: false, problem: 'wrong-passkey' });
});

test('keeping anew replaces what was kept, whichever way', async () => {
  const keys = holder();
  await keys.set(KEY);
  await keys.keep(PASSPHRASE);
  await keys.keepByPasskey(secret(), CREDENTIAL);
  expect(await entries(store)).toHaveLength(1);
  expect(await holder().unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'no-key' });
  await keys.keep(PASSPHRASE);
  expect(await entries(store)).toHaveLength(1);
  expect(await holder().unlockByPasskey(secret())).toEqual({ ok: false, problem: 'no-key' });
});

test('the page learns which passkey a key is kept by, and believes no other thing in its place', async () => {
  const keys = new KeyHolder(account, keyStore);
  await keys.set(KEY);
  await keys.keep(PASSPHRASE);
  expect(await keptAccounts()).toEqual([{ id: 'one', passkey: undefined }]);
  await keys.keepByPasskey(secret(), CREDENTIAL);
  expect(await keptAccounts()).toEqual([{ id: 'one', passkey: CREDENTIAL }]);
  await set('one', { version: 2, credentialId: 'text' }, keyStore());
  expect(await keptAccounts()).toEqual([{ id: 'one', passkey: undefined }]);
});

test('forgetting takes it from memory and from storage', async () => {
  const keys = holder();
  await keys.set(KEY);
  await keys.keep(PASSPHRASE);
  expect(await keys.forget()).toEqual({ ok: true });
  expect(codeOf(() => keys.use())).toBe('key-missing');
  // No more than that something was forgotten.
  expect(await entries(store)).toEqual([['!one', expect.any(Number) as number]]);
  expect(await keys.unlock(PASSPHRASE)).toEqual({ ok: false, problem: 'no-key' });
});

const noKey = { ok: false, problem: 'no-key' };

/** The two ways to keep and to unlock. */
const ways = [
  {
    way: 'passphrase',
    keep: (keys: KeyHolder) => keys.keep(PASSPHRASE),
    unlock: (keys: KeyHolder) => keys.unlock(PASSPHRASE),
  },
  {
    way: 'passkey',
    keep: (keys: KeyHolder) => keys.keepByPasskey(secret(), CREDENTIAL),
    unlock: (keys: KeyHolder) => keys.unlockByPasskey(secret()),
  },
] as const;

test.each(ways)('by a $way: what is forgotten while being kept is not stored', async ({ keep, unlock }) => {
  const keys = holder();
  await keys.set(KEY);
  const keeping = keep(keys);
  expect(await keys.forget()).toEqual({ ok: true });
  expect(await keeping).toEqual(noKey);
  expect(await unlock(holder())).toEqual(noKey);
  expect(codeOf(() => keys.use())).toBe('key-missing');
});

test.each(ways)('by a $way: what is replaced while being kept is not stored', async ({ keep, unlock }) => {
  const keys = holder();
  await keys.set(KEY);
  const keeping = keep(keys);
  await keys.set('another-key');
  expect(await keeping).toEqual(noKey);
  expect(await entries(store)).toEqual([]);
  expect(keys.use()).toBe('another-key');
  expect(await keep(keys)).toEqual({ ok: true });
  const later = holder();
  expect(await unlock(later)).toEqual({ ok: true });
  expect(later.use()).toBe('another-key');
});

test.each(ways)(
  'by a $way: a keeping that is given up stores nothing, and the key stays',
  async ({ keep }) => {
    const keys = holder();
    await keys.set(KEY);
    const keeping = keep(keys);
    keys.stopKeeping();
    expect(await keeping).toEqual(noKey);
    expect(await entries(store)).toEqual([]);
    expect(keys.use()).toBe(KEY);
    expect(await keep(keys)).toEqual({ ok: true });
    // Too late: what is stored stays.
    keys.stopKeeping();
    expect(await entries(store)).toHaveLength(1);
  },
);

test.each(ways)(
  'by a $way: what is forgotten or replaced while it is being unlocked does not come back',
  async ({ keep, unlock }) => {
    const keys = holder();
    await keys.set(KEY);
    await keep(keys);
    const replacing = holder();
    const unlocking = unlock(replacing);
    await replacing.set('another-key');
    expect(await unlocking).toEqual(noKey);
    expect(replacing.use()).toBe('another-key');

    await keep(keys);
    const forgetting = holder();
    const opening = unlock(forgetting);
    expect(await forgetting.forget()).toEqual({ ok: true });
    expect(await opening).toEqual(noKey);
    expect(codeOf(() => forgetting.use())).toBe('key-missing');
  },
);

test('what is forgotten while it is looked for is not said to be locked', async () => {
  const keys = holder();
  await keys.set(KEY);
  await keys.keepByPasskey(secret(), CREDENTIAL);
  const later = holder();
  const looking = later.look();
  await later.forget();
  await looking;
  expect(codeOf(() => later.use())).toBe('key-missing');
});

/** Another tab, which forgets this key or all keys. */
const elsewhere = [
  { what: 'the key', forget: async () => void (await holder().forget()) },
  { what: 'all keys', forget: async () => void (await forgetAllKept(store)) },
] as const;

describe.each(elsewhere)('$what forgotten in another tab', ({ forget }) => {
  test.each(ways)('while being kept by a $way: nothing is stored, and it is gone here', async ({ keep }) => {
    const keys = holder();
    await keys.set(KEY);
    const keeping = keep(keys);
    await forget();
    expect(await keeping).toEqual(noKey);
    expect((await entries(store)).map(([name]) => name)).toEqual([expect.stringMatching(/^!/) as string]);
    expect(codeOf(() => keys.use())).toBe('key-missing');
  });

  test('long before it is kept, in a tab that slept: the same; a key that is entered later is kept', async () => {
    const keys = holder();
    await keys.set(KEY);
    await forget();
    expect(await keys.keepByPasskey(secret(), CREDENTIAL)).toEqual(noKey);
    expect(codeOf(() => keys.use())).toBe('key-missing');
    await keys.set(KEY);
    expect(await keys.keepByPasskey(secret(), CREDENTIAL)).toEqual({ ok: true });
    expect(await holder().unlockByPasskey(secret())).toEqual({ ok: true });
  });

  test('an unlocked key is not kept anew either', async () => {
    const keys = holder();
    await keys.set(KEY);
    await keys.keepByPasskey(secret(), CREDENTIAL);
    const later = holder();
    await later.unlockByPasskey(secret());
    await forget();
    expect(await later.keepByPasskey(secret(), CREDENTIAL)).toEqual(noKey);
    expect(await holder().unlockByPasskey(secret())).toEqual(noKey);
  });

  test('while it is being unlocked: it stays forgotten', async () => {
    const keys = holder();
    await keys.set(KEY);
    await keys.keep(PASSPHRASE);
    const later = holder();
    const unlocking = later.unlock(PASSPHRASE);
    await forget();
    expect(await unlocking).toEqual(noKey);
    expect(codeOf(() => later.use())).toBe('key-missing');
  });
});

test('another account’s key, and another key in another tab, keep nobody from keeping this one', async () => {
  const keys = holder();
  await keys.set(KEY);
  await holder({ ...account, id: 'two' }).forget();
  await holder().set('another-key');
  expect(await keys.keepByPasskey(secret(), CREDENTIAL)).toEqual({ ok: true });
  expect(await holder().unlockByPasskey(secret())).toEqual({ ok: true });
});

test('a note that something was forgotten is not taken for a key that is kept', async () => {
  const keys = new KeyHolder(account, keyStore);
  await keys.set(KEY);
  await keys.keepByPasskey(secret(), CREDENTIAL);
  await keys.forget();
  expect(await keptAccounts()).toEqual([]);
  await keys.set(KEY);
  await keys.keepByPasskey(secret(), CREDENTIAL);
  expect(await forgetAllKept()).toBe(true);
  expect(await keptAccounts()).toEqual([]);
});

test('where the browser refuses storage, the key stays usable and nothing of the error is told', async () => {
  const keys = new KeyHolder(account, () => {
    throw new Error(`no storage for ${KEY}`);
  });
  await keys.set(KEY);
  expect(await keys.keep(PASSPHRASE)).toEqual({ ok: false, problem: 'refused' });
  expect(keys.use()).toBe(KEY);
});

function bytesAsText(_name: string, value: unknown): unknown {
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('hex');
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
