/** Providers as a link names them: what is believed of it, and which account of one's own it is. */

import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressProblem,
  providerKinds,
  remoteVariantId,
  type ProviderAccount,
} from '../../src/domain/provider';
import {
  isOnThisMachine,
  missingProvider,
  parsePlaceId,
  placeId,
  variantHere,
} from '../../src/domain/provider-place';
import { linkOf, placesIn, readSetup, setupOf, hasLostLane } from '../../src/state/setup-link';
import { addProvider } from '../../src/state/provider-accounts';
import { Providers } from '../../src/state/providers.svelte';
import { aConversation } from '../support/conversations';

const baseUrl = 'https://models.example.com:8443/a b/v1';
const account: ProviderAccount = {
  id: '8d1f0c52-1111-4222-8333-944444444444',
  kind: 'compatible',
  name: 'A private name',
  baseUrl,
  models: ['one'],
};

function memory(content: Record<string, string> = {}) {
  return {
    get: (name: string) => content[name],
    set: (name: string, value: string) => void (content[name] = value),
  };
}

function providersWith(...accounts: readonly ProviderAccount[]): Providers {
  return new Providers({
    newId: () => 'new-account',
    memory: memory({ 'opentab.providers': JSON.stringify(accounts) }),
  });
}

function lanesOf(...variantIds: readonly string[]) {
  return variantIds.map((variantId, at) => ({ id: `lane-${at}`, variantId, device: 'auto' as const }));
}

test('a link names kind, address and model, and nothing else of an account', async () => {
  const lanes = lanesOf('pocket/onnx/q8', remoteVariantId(account.id, 'vendor/model'));
  const setup = setupOf(aConversation({ lanes }), [account]);
  const link = (await linkOf(setup, new URL('https://tab.test/'))) ?? expect.fail('too long');
  const read = await readSetup(new URL(link).hash);
  expect(read).toEqual({ ok: true, setup });
  const text = JSON.stringify(setup);
  expect(text).not.toContain(account.id);
  expect(text).not.toContain(account.name);
  expect(placesIn(setup)).toEqual([
    { kind: 'compatible', baseUrl: 'https://models.example.com:8443/a%20b/v1' },
  ]);
  expect(hasLostLane(setup)).toBe(false);
});

test('a lane whose account is gone opens for nobody, which can be told', () => {
  const setup = setupOf(aConversation({ lanes: lanesOf(remoteVariantId('gone', 'm')) }), [account]);
  expect(placesIn(setup)).toEqual([]);
  expect(hasLostLane(setup)).toBe(true);
});

test('a link’s lane is the opener’s own account of this kind and address, however it is written', () => {
  const named = remoteVariantId(placeId({ kind: 'openai', baseUrl: 'https://api.openai.com/v1' }), 'gpt/x');
  const own = (kind: ProviderAccount['kind'], address: string) =>
    variantHere(named, [{ ...account, id: 'mine', kind, baseUrl: address }]);
  expect(own('openai', 'https://api.openai.com/v1')).toBe('api:mine/gpt/x');
  expect(own('openai', 'https://API.openai.com:443/v1')).toBe('api:mine/gpt/x');
  expect(own('compatible', 'https://api.openai.com/v1')).toBe(named);
  expect(own('openai', 'https://api.openai.com/v2')).toBe(named);
  expect(variantHere(named, [])).toBe(named);
});

test('a lane that waits knows its place and model; once the provider is added, it is that account’s', async () => {
  const providers = providersWith();
  const named = remoteVariantId(placeId(account), 'one');
  const place = { kind: 'compatible', baseUrl: 'https://models.example.com:8443/a%20b/v1' };
  expect(missingProvider(named, providers.accounts)).toEqual({ place, model: 'one', removed: false });
  expect(providers.entry(named)?.card).toMatchObject({ name: 'one', provider: '' });
  expect(() => providers.open(named)).toThrow('provider-missing');
  expect(missingProvider('api:gone/one', [])).toEqual({
    place: undefined,
    model: 'one',
    removed: false,
  });
  expect(missingProvider('pocket/onnx/q8', [])).toBeUndefined();
  await addProvider(providers, 'compatible', '', baseUrl);
  expect(variantHere(named, providers.accounts)).toBe('api:new-account/one');
  expect(missingProvider('api:new-account/one', providers.accounts)).toBeUndefined();
});

test('only an address that may be asked is believed of a link: https, or this machine', () => {
  const parsed = (kind: string, address: string) => parsePlaceId(`${kind}@${encodeURIComponent(address)}`);
  expect(parsed('compatible', 'http://localhost:11434/v1')).toEqual({
    kind: 'compatible',
    baseUrl: 'http://localhost:11434/v1',
  });
  for (const address of [
    'http://192.168.1.20/v1',
    'http://localhost.evil.example/v1',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:pass@evil.example/v1',
    'https://evil.example/v1?key=x',
    `https://evil.example/${'x'.repeat(400)}`,
    '',
  ])
    expect(parsed('openai', address)).toBeUndefined();
  expect(parsed('nobody', 'https://a.example/v1')).toBeUndefined();
  expect(parsePlaceId('openai@%')).toBeUndefined();
  expect(parsePlaceId('openai@https%3A%2F%2Fa.example@b.example')).toBeUndefined();
  expect(parsePlaceId(account.id)).toBeUndefined();
  // A letter of another alphabet in the place of a known one is seen.
  expect(parsed('openai', 'https://аpi.openai.com/v1')?.baseUrl).toContain('xn--');
});

test('whatever stands for an account comes to an address that may be asked, or to nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...providerKinds), fc.string(), (kind, text) => {
      for (const id of [`${kind}@${text}`, text, `${kind}@${encodeURIComponent(text)}`]) {
        const place = parsePlaceId(id);
        if (place !== undefined) expect(addressProblem(place.baseUrl)).toBeUndefined();
      }
    }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...providerKinds),
      fc.webUrl({ validSchemes: ['https'] }),
      (kind, address) => {
        fc.pre(address.length < 200 && addressProblem(address) === undefined);
        const place = parsePlaceId(placeId({ kind, baseUrl: address }));
        expect(place?.kind).toBe(kind);
        expect(new URL(place?.baseUrl ?? '').host).toBe(new URL(address).host);
      },
    ),
    { numRuns: 30 },
  );
});

test('an address on this machine is told from others', () => {
  expect(isOnThisMachine('http://localhost:8000/v1')).toBe(true);
  expect(isOnThisMachine('https://localhost.example/v1')).toBe(false);
});

test('an address or a model’s name that could not be read again is not stored', async () => {
  const store = memory();
  const providers = new Providers({ newId: () => 'one', memory: store });
  const tooLong = `https://a.example/${'x'.repeat(400)}`;
  expect(await addProvider(providers, 'compatible', '', tooLong)).toBeUndefined();
  await addProvider(providers, 'compatible', '', 'https://a.example/v1');
  providers.setModels('one', ['good', 'x'.repeat(301)]);
  expect(new Providers({ newId: () => 'two', memory: store }).accounts[0]?.models).toEqual(['good']);
});
