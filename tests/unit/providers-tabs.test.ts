/** Accounts and keys in two tabs of one browser: what one does is true in the other, whenever that hears of it. */

import * as Comlink from 'comlink';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProviderAccount } from '../../src/domain/provider';
import { forgetAllKeys } from '../../src/state/forget-keys';
import { hubAccess } from '../../src/state/hub-access';
import { addProvider, removeProvider } from '../../src/state/provider-accounts';
import { FORGOTTEN_KEY, MAX_ACCOUNTS } from '../../src/state/provider-memory';
import { Providers } from '../../src/state/providers.svelte';
import { forgetAllKept, keptAccounts, keyStore } from '../../workers/key-store';
import { forbidOrigin, readAllowedOrigins } from '../../workers/policy-store';
import { ProviderClient } from '../../workers/provider-client';
import type { KeyOutcome, ProviderWorkerApi } from '../../workers/provider-protocol';
import { KeyHolder } from '../../workers/providers/key-holder';

const KEY = 'sk-canary-7716aa03';
const PASSPHRASE = 'seven lamps on a quiet river';
const noKey = { ok: false, problem: 'no-key' };

/** What the workers were asked to keep: it goes on when the page has ended its worker, which never is at once. */
let keepings: Promise<KeyOutcome>[] = [];
let ends: (() => void)[] = [];
beforeEach(async () => {
  // A browser without locks, as at addresses without https.
  vi.stubGlobal('navigator', {});
  await forgetAllKept();
});
afterEach(async () => {
  await Promise.all(keepings);
  for (const end of ends) end();
  keepings = [];
  ends = [];
  vi.unstubAllGlobals();
});

/** An account's worker as far as its key goes, at the other end of a port. */
function aWorker(): Worker {
  const { port1, port2 } = new MessageChannel();
  let held: KeyHolder | undefined;
  const key = () => held ?? expect.fail('the worker was not greeted');
  const api: Partial<ProviderWorkerApi> = {
    hello(_, account) {
      held = new KeyHolder(account, keyStore);
      return Promise.resolve();
    },
    setKey: (one) => key().set(one),
    keepKey(passphrase) {
      const keeping = key().keep(passphrase);
      keepings.push(keeping);
      return keeping;
    },
    unlockKey: (passphrase) => key().unlock(passphrase),
    forgetKey: () => key().forget(),
  };
  Comlink.expose(api, port2);
  const terminate = () => {
    port1.close();
    port2.close();
  };
  ends.push(terminate);
  return Object.assign(port1, { terminate }) as unknown as Worker;
}

let made = 0;

/** One browser's storage, with as many tabs as a test wants. */
function aBrowser(...accounts: readonly ProviderAccount[]) {
  const stored = new Map([['opentab.providers', JSON.stringify(accounts)]]);
  const awake = new Set<EventTarget>();
  const tell = (tabs: readonly EventTarget[], key: string | null, newValue: string | null) => {
    for (const tab of tabs) tab.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
  };

  async function open() {
    const tab = new EventTarget();
    awake.add(tab);
    const providers = new Providers({
      newId: () => `account-${(made += 1)}`,
      memory: {
        get: (key) => stored.get(key),
        set(key, value) {
          stored.set(key, value);
          tell(
            [...awake].filter((other) => other !== tab),
            key,
            value,
          );
        },
      },
      tab: tab as unknown as Window,
      connect: (account, onGone) => new ProviderClient({ account, onGone, spawn: aWorker }),
    });
    await providers.start();
    await providers.heedOtherTabs();
    return {
      providers,
      /** The browser puts the page aside: it hears nothing until it wakes. */
      sleep(): void {
        tab.dispatchEvent(new Event('pagehide'));
        awake.delete(tab);
      },
      wake(): void {
        awake.add(tab);
        tab.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
      },
    };
  }

  /** As a person does in the browser's settings. */
  function clear(): void {
    stored.clear();
    tell([...awake], null, null);
  }

  return { open, clear };
}

function anAccount(id: string): ProviderAccount {
  return { id, kind: 'openai', name: id, baseUrl: `https://${id}.example/v1`, models: [] };
}

/** Two tabs, with a key at hand in both for each of the accounts. */
async function twoTabs(...ids: readonly string[]) {
  const browser = aBrowser(...ids.map(anAccount));
  const [one, two] = [await browser.open(), await browser.open()];
  for (const { providers } of [one, two])
    for (const id of ids) expect(await providers.keys.enter(id, KEY)).toBe(true);
  return { browser, one, two };
}

const namesIn = ({ accounts }: Providers) => accounts.map(({ id, models }) => [id, ...models]);

test('what a tab adds, chooses and removes does not undo what another did that it has not heard of', async () => {
  const browser = aBrowser(anAccount('first'));
  const one = await browser.open();
  const two = await browser.open();
  two.sleep();
  const added = await addProvider(one.providers, 'gemini', '', 'https://added.example/v1');
  two.providers.setModels('first', ['chosen']);
  const id = added?.id ?? expect.fail('nothing was added');
  expect(namesIn((await browser.open()).providers)).toEqual([['first', 'chosen'], [id]]);

  await removeProvider(one.providers, id);
  two.providers.setModels('first', ['chosen', 'more']);
  two.providers.setModels(id, ['of what is no more']);
  expect(namesIn((await browser.open()).providers)).toEqual([['first', 'chosen', 'more']]);
});

test('a tab that is awake shows what another changes, and so does one that wakes', async () => {
  const browser = aBrowser(anAccount('first'));
  const one = await browser.open();
  const two = await browser.open();
  const three = await browser.open();
  three.sleep();
  one.providers.setModels('first', ['chosen']);
  expect(namesIn(two.providers)).toEqual([['first', 'chosen']]);
  expect(namesIn(three.providers)).toEqual([['first']]);
  three.wake();
  expect(namesIn(three.providers)).toEqual([['first', 'chosen']]);
  await removeProvider(one.providers, 'first');
  expect(namesIn(two.providers)).toEqual([]);
});

test('two tabs that add at once do not add more than can be read again', async () => {
  const accounts = Array.from({ length: MAX_ACCOUNTS - 1 }, (_, at) => anAccount(`a${at}`));
  const browser = aBrowser(...accounts);
  const tabs = [await browser.open(), await browser.open()];
  const added = await Promise.all(
    tabs.map(({ providers }) => addProvider(providers, 'compatible', '', 'https://last.example/v1')),
  );
  expect(added.filter((account) => account !== undefined)).toHaveLength(1);
  expect((await browser.open()).providers.accounts).toHaveLength(MAX_ACCOUNTS);
});

test('all keys are forgotten in every tab, in memory and kept', async () => {
  const { one, two } = await twoTabs('first', 'second');
  expect(await two.providers.keys.keep('first', PASSPHRASE)).toEqual({ ok: true });
  expect(await forgetAllKeys(one.providers)).toBe(true);
  for (const { keys } of [one.providers, two.providers]) {
    expect(keys.any).toBe(false);
    expect(['first', 'second'].map((id) => keys.state(id))).toEqual(['absent', 'absent']);
    expect(await keys.keep('first', PASSPHRASE)).toEqual(noKey);
  }
  expect(await keptAccounts()).toEqual([]);
});

test.each([
  ['all keys are', (providers: Providers) => forgetAllKeys(providers)],
  ['the key is', (providers: Providers) => providers.keys.forget('first')],
  ['the account is', (providers: Providers) => removeProvider(providers, 'first')],
] as const)('%s forgotten in one tab while another keeps it: nothing stays', async (_, forget) => {
  const { one, two } = await twoTabs('first');
  const keeping = two.providers.keys.keep('first', PASSPHRASE);
  await vi.waitFor(() => expect(keepings).toHaveLength(1));
  await forget(one.providers);
  expect(await keeping).toEqual(noKey);
  // The worker was late to end.
  expect(await keepings[0]).toEqual(noKey);
  expect(await keptAccounts()).toEqual([]);
  expect(two.providers.keys.any).toBe(false);
});

test('one key that is forgotten, or goes with its account, is so in the other tab; others stay', async () => {
  const { one, two } = await twoTabs('first', 'second', 'third');
  expect(await one.providers.keys.forget('first')).toEqual({ ok: true });
  expect(await removeProvider(one.providers, 'second')).toEqual({ ok: true });
  const { keys } = two.providers;
  expect(['first', 'second', 'third'].map((id) => keys.state(id))).toEqual(['absent', 'absent', 'ready']);
  expect(await keys.keep('third', PASSPHRASE)).toEqual({ ok: true });
  expect(() => two.providers.open('api:second/model')).toThrow('provider-missing');
});

test('a tab that slept while keys were forgotten forgets when it wakes, and not what was kept since', async () => {
  const { one, two } = await twoTabs('first', 'second');
  two.sleep();
  expect(await forgetAllKeys(one.providers)).toBe(true);
  await one.providers.keys.enter('first', 'a newer key');
  expect(await one.providers.keys.keep('first', PASSPHRASE)).toEqual({ ok: true });
  // What it has in memory is not kept, even before it knows.
  expect(await two.providers.keys.keep('second', PASSPHRASE)).toEqual(noKey);
  two.wake();
  expect(two.providers.keys.state('second')).toBe('absent');
  await vi.waitFor(() => expect(two.providers.keys.state('first')).toBe('locked'));
  expect((await keptAccounts()).map(({ id }) => id)).toEqual(['first']);
});

test('a tab that slept keeps its keys where nothing was forgotten but by itself, before it slept', async () => {
  const { two } = await twoTabs('first', 'second');
  await two.providers.keys.forget('first');
  two.sleep();
  two.wake();
  expect(two.providers.keys.state('second')).toBe('ready');
});

test('where everything that the browser stores is cleared, keys in memory go too', async () => {
  const { browser, one, two } = await twoTabs('first');
  browser.clear();
  for (const { providers } of [one, two]) {
    expect(providers.keys.state('first')).toBe('absent');
    expect(providers.accounts).toEqual([]);
  }
});

test('the hub’s token is forgotten with all keys of another tab, and not with one key', () => {
  const tab = new EventTarget();
  vi.stubGlobal('window', tab);
  expect(hubAccess.give('hf_canary_2281')).toBe(true);
  const tell = (newValue: string) =>
    tab.dispatchEvent(Object.assign(new Event('storage'), { key: FORGOTTEN_KEY, newValue }));
  tell('0.25 account-1');
  expect(hubAccess.given).toBe(true);
  tell('0.5');
  expect(hubAccess.given).toBe(false);
});

test('an address that could not be noted as allowed is, when the app starts again', async () => {
  await forbidOrigin('https://first.example', 'provider');
  await aBrowser(anAccount('first')).open();
  const allowed = { origin: 'https://first.example', purpose: 'provider' };
  await vi.waitFor(async () => expect(await readAllowedOrigins()).toContainEqual(allowed));
});
