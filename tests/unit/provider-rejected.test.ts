/** Whether a provider takes an account's key: what tests and answers tell of it, and for how long that holds. */

import * as Comlink from 'comlink';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fail, succeed, type Failure, type Outcome } from '../../src/domain/failure';
import type { ListedModel } from '../../src/domain/provider';
import { Providers } from '../../src/state/providers.svelte';
import { keyStore } from '../../workers/key-store';
import { ProviderClient } from '../../workers/provider-client';
import type { ProviderWorkerApi } from '../../workers/provider-protocol';
import { KeyHolder } from '../../workers/providers/key-holder';

const account = { id: 'mine', kind: 'openai', name: 'Mine', baseUrl: 'https://a.example/v1', models: ['m'] };
const MODEL = 'api:mine/m';
const rejected: Failure = { code: 'key-rejected', detail: 'HTTP 401' };

/** What the provider answers to a test. */
let listing: Outcome<readonly ListedModel[]>;
let ends: (() => void)[] = [];

beforeEach(() => {
  listing = succeed([{ id: 'm' }]);
  // A browser without locks, as at addresses without https.
  vi.stubGlobal('navigator', {});
});
afterEach(() => {
  for (const end of ends) end();
  ends = [];
  vi.unstubAllGlobals();
});

/** An account's worker as far as its key goes, at the other end of a port; nobody is asked. */
function aWorker(): Worker {
  const { port1, port2 } = new MessageChannel();
  let held: KeyHolder | undefined;
  const api: Partial<ProviderWorkerApi> = {
    hello(_, owner) {
      held = new KeyHolder(owner, keyStore);
      return Promise.resolve();
    },
    setKey: (key) => held?.set(key) ?? expect.fail('the worker was not greeted'),
    forgetKey: () => held?.forget() ?? expect.fail('the worker was not greeted'),
    listModels: () => Promise.resolve(listing),
  };
  Comlink.expose(api, port2);
  const terminate = () => {
    port1.close();
    port2.close();
  };
  ends.push(terminate);
  return Object.assign(port1, { terminate }) as unknown as Worker;
}

async function withKey(): Promise<Providers> {
  const stored = new Map([['opentab.providers', JSON.stringify([account])]]);
  const providers = new Providers({
    newId: () => 'new',
    memory: { get: (key) => stored.get(key), set: (key, value) => void stored.set(key, value) },
    tab: new EventTarget() as unknown as Window,
    connect: (one, onGone) => new ProviderClient({ account: one, onGone, spawn: aWorker }),
  });
  expect(await providers.keys.enter('mine', 'sk-canary-0017')).toBe(true);
  return providers;
}

test('an answer that is refused for its key marks the key until an answer comes', async () => {
  const providers = await withKey();
  expect(providers.isRejected('mine')).toBe(false);
  providers.heard(MODEL, rejected);
  expect(providers.isRejected('mine')).toBe(true);
  // What failed of something else says nothing of the key.
  providers.heard(MODEL, { code: 'rate-limited', detail: 'HTTP 429' });
  providers.heard('pocket/onnx/q8', undefined);
  providers.heard('api:other/m', undefined);
  expect(providers.isRejected('mine')).toBe(true);
  expect(providers.isRejected('other')).toBe(false);
  providers.heard(MODEL, undefined);
  expect(providers.isRejected('mine')).toBe(false);
});

test('a test tells the same, and one that cannot tell changes nothing', async () => {
  const providers = await withKey();
  listing = { ok: false, failure: rejected };
  await providers.test('mine');
  expect(providers.isRejected('mine')).toBe(true);
  listing = fail('api-unreachable', 'no readable answer');
  await providers.test('mine');
  expect(providers.isRejected('mine')).toBe(true);
  listing = succeed([]);
  await providers.test('mine');
  expect(providers.isRejected('mine')).toBe(false);
});

test.each([
  ['another key', (providers: Providers) => providers.keys.enter('mine', 'sk-canary-0018')],
  ['forgetting it', (providers: Providers) => providers.keys.forget('mine')],
  ['forgetting all', (providers: Providers) => Promise.resolve(providers.dropKeys())],
] as const)('%s ends it: the next key is not judged by this one', async (_, change) => {
  const providers = await withKey();
  providers.heard(MODEL, rejected);
  await change(providers);
  expect(providers.isRejected('mine')).toBe(false);
});
