/** Providers that are removed and added again: what was made with them is theirs again, and is named meanwhile. */

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { remoteVariantId, type ProviderAccount } from '../../src/domain/provider';
import { missingProvider, placeId, variantByPlace, variantHere } from '../../src/domain/provider-place';
import { Prices } from '../../src/state/prices.svelte';
import { addProvider, removeProvider } from '../../src/state/provider-accounts';
import { MAX_ACCOUNTS } from '../../src/state/provider-memory';
import { Providers } from '../../src/state/providers.svelte';
import { hasLostLane, placesIn, setupOf } from '../../src/state/setup-link';
import type { ProviderClient } from '../../workers/provider-client';
import { aConversation } from '../support/conversations';

const ADDRESS = 'https://models.example/v1';

beforeEach(() => {
  // A browser without locks, as at addresses without https.
  vi.stubGlobal('navigator', {});
});
afterEach(() => vi.unstubAllGlobals());

/** An account's worker that holds no key: nothing here is about keys. */
const noKeys = {
  forgetKey: () => Promise.resolve({ ok: true }),
  end: () => undefined,
} as unknown as ProviderClient;

let made = 0;

/** One browser's storage, with as many visits as a test wants. */
function aBrowser(...accounts: readonly ProviderAccount[]) {
  const stored = new Map([['opentab.providers', JSON.stringify(accounts)]]);
  const memory = {
    get: (key: string) => stored.get(key),
    set: (key: string, value: string) => void stored.set(key, value),
  };
  return {
    memory,
    visit: () =>
      new Providers({
        newId: () => `account-${(made += 1)}`,
        memory,
        tab: new EventTarget() as unknown as Window,
        connect: () => noKeys,
      }),
  };
}

async function added(providers: Providers, address = ADDRESS, name = ''): Promise<ProviderAccount> {
  const account = await addProvider(providers, 'compatible', name, address);
  return account ?? expect.fail('nothing was added');
}

test('at the same place it is the same account again, in a later visit too, however its address is written', async () => {
  const browser = aBrowser();
  const providers = browser.visit();
  const before = await added(providers);
  providers.setModels(before.id, ['m']);
  await removeProvider(providers, before.id);
  expect(providers.accounts).toEqual([]);
  const later = browser.visit();
  expect((await added(later, 'https://other.example/v1')).id).not.toBe(before.id);
  expect((await added(later, 'https://MODELS.example:443/v1/')).id).toBe(before.id);
  // A second one there is another, since the first is back.
  expect((await added(later)).id).not.toBe(before.id);
  // What lanes could choose is asked of the person again.
  expect(later.accounts.find(({ id }) => id === before.id)?.models).toEqual([]);
});

test('another kind at the same address is another provider', async () => {
  const providers = aBrowser().visit();
  const before = await added(providers);
  await removeProvider(providers, before.id);
  expect((await addProvider(providers, 'openai', '', ADDRESS))?.id).not.toBe(before.id);
});

test('two tabs that bring it back at once have one account, and not two of one id', async () => {
  const browser = aBrowser();
  const one = browser.visit();
  const before = await added(one);
  await removeProvider(one, before.id);
  const two = browser.visit();
  const both = await Promise.all([added(one), added(two)]);
  expect(both.map(({ id }) => id)).toEqual([before.id, before.id]);
  expect(browser.visit().accounts.map(({ id }) => id)).toEqual([before.id]);
});

test('while it is gone its lane knows where it was, its link still names that, and its prices hold', async () => {
  const { memory, visit } = aBrowser();
  const providers = visit();
  const account = await addProvider(providers, 'openai', '', 'https://api.openai.com/v1');
  if (account === undefined) return expect.fail('nothing was added');
  const variantId = remoteVariantId(account.id, 'gpt-5.5');
  await removeProvider(providers, account.id);
  const { accounts, former } = visit();
  const place = { kind: 'openai', baseUrl: 'https://api.openai.com/v1' };
  expect(missingProvider(variantId, accounts, former)).toEqual({ place, model: 'gpt-5.5', removed: true });
  const lanes = [{ id: 'lane', variantId, device: 'auto' as const }];
  const setup = setupOf(aConversation({ lanes }), [...accounts, ...former]);
  expect(placesIn(setup)).toEqual([place]);
  expect(hasLostLane(setup)).toBe(false);
  const prices = new Prices({ account: (id) => visit().known(id), now: () => 0, memory });
  expect(prices.price(variantId)?.input).toBe(5);
});

test('of two removed accounts at one place both are the one that is added, in lanes and in the ranking', async () => {
  const providers = aBrowser().visit();
  const [first, second] = [await added(providers), await added(providers)];
  const ids = [first, second].map(({ id }) => remoteVariantId(id, 'm'));
  await removeProvider(providers, first.id);
  await removeProvider(providers, second.id);
  const gone = ids.map((id) => variantByPlace(id, providers.accounts, providers.former));
  expect(new Set(gone)).toEqual(
    new Set([remoteVariantId(placeId({ kind: 'compatible', baseUrl: ADDRESS }), 'm')]),
  );
  // Without one to go to, a lane keeps the name that it has.
  for (const id of ids) expect(variantHere(id, providers.accounts, providers.former)).toBe(id);
  const back = await added(providers);
  for (const id of ids) {
    expect(variantHere(id, providers.accounts, providers.former)).toBe(remoteVariantId(back.id, 'm'));
    expect(variantByPlace(id, providers.accounts, providers.former)).toBe(remoteVariantId(back.id, 'm'));
  }
});

test('no more are remembered than can be read again, and the latest are', async () => {
  const browser = aBrowser();
  const providers = browser.visit();
  for (let at = 0; at <= MAX_ACCOUNTS; at += 1) {
    const { id } = await added(providers, `https://a${at}.example/v1`);
    await removeProvider(providers, id);
  }
  const { former } = browser.visit();
  expect(former).toHaveLength(MAX_ACCOUNTS);
  expect(former[0]?.baseUrl).toBe(`https://a${MAX_ACCOUNTS}.example/v1`);
});

test('an account is called by where its prompts go; what an earlier release called otherwise, too', async () => {
  const stored = (id: string, name: string, baseUrl: string): ProviderAccount => ({
    id,
    kind: 'openai',
    name,
    baseUrl,
    models: [],
  });
  const browser = aBrowser(
    stored('own', 'OpenAI', 'https://api.openai.com/v1'),
    stored('proxy', 'OpenAI 2', 'https://proxy.example/v1'),
    stored('again', 'OpenAI 3', 'https://proxy.example/other/v1'),
  );
  const providers = browser.visit();
  const names = () => browser.visit().accounts.map(({ name }) => name);
  expect(names()).toEqual(['OpenAI', 'proxy.example (OpenAI)', 'proxy.example (OpenAI) 2']);
  await addProvider(providers, 'anthropic', '', 'https://proxy.example:8443/v1');
  await addProvider(providers, 'anthropic', '', 'https://api.anthropic.com/v1');
  await added(providers, 'http://localhost:8000/v1');
  await added(providers, 'http://localhost:9000/v1', 'OpenAI at home');
  expect(names().slice(3)).toEqual([
    'proxy.example:8443 (Anthropic)',
    'Anthropic',
    'localhost:8000',
    'OpenAI at home',
  ]);
});
