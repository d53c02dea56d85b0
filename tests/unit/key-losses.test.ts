/** What a person is told before a key or a provider goes. */

import { beforeAll, expect, test } from 'vitest';
import type { KeyState, ProviderAccount } from '../../src/domain/provider';
import { overwriteGetLocale } from '../../src/messages/runtime.js';
import { providerDefinitions } from '../../src/providers/definitions';
import { accountLosses, allLosses, keyLosses } from '../../src/ui/settings/losses';

beforeAll(() => overwriteGetLocale(() => 'en'));

type Known = Parameters<typeof keyLosses>[0];

function account(id: string, kind: ProviderAccount['kind'] = 'openai'): ProviderAccount {
  return { id, kind, name: id, baseUrl: `https://${id}.example/v1`, models: [] };
}

/** Accounts whose keys are at hand, which of them are kept, and all that are set up. */
function knowing(
  ready: readonly string[],
  kept: readonly string[] = [],
  accounts: readonly ProviderAccount[] = [],
): Known {
  const state = (id: string): KeyState =>
    ready.includes(id) ? 'ready' : kept.includes(id) ? 'locked' : 'absent';
  const keys = {
    state,
    keptBy: (id: string) => (kept.includes(id) ? 'passphrase' : undefined),
    any: ready.length + kept.length > 0,
  };
  const definition = (kind: ProviderAccount['kind']) => providerDefinitions[kind];
  return { accounts, keys, definition } as unknown as Known;
}

const lanes = ['pocket/onnx/q8', 'api:mine/a', 'api:other/a', 'api:mine/b/c'].map((variantId, at) => ({
  setup: { id: `lane-${at}`, variantId, device: 'auto' as const },
}));

test('the lanes of the conversation that use the account are named by their numbers', () => {
  const two = 'Lanes 2 and 4 of this conversation use it. They,';
  const one = 'Lane 3 of this conversation uses it. This lane,';
  expect(keyLosses(knowing(['mine']), account('mine'), lanes).join(' ')).toContain(two);
  expect(keyLosses(knowing(['other']), account('other'), lanes).join(' ')).toContain(one);
  expect(keyLosses(knowing(['none']), account('none'), lanes).join(' ')).toContain('No lane of this');
  expect(accountLosses(knowing(['mine']), account('mine'), lanes).join(' ')).toContain(two);
  expect(accountLosses(knowing(['other']), account('other'), lanes).join(' ')).toContain(one);
});

test('lanes of a provider that goes are told of another account at its address', () => {
  const mine = account('mine');
  const there = { ...account('there'), name: 'mine.example (OpenAI) 2', baseUrl: mine.baseUrl };
  const known = knowing(['mine'], [], [mine, account('other'), there]);
  const losses = accountLosses(known, mine, lanes).join(' ');
  expect(losses).toContain('switched, by a press in the lane, to mine.example (OpenAI) 2');
  expect(losses).not.toContain('cannot answer');
  const alone = knowing(['mine'], [], [mine, account('other'), { ...there, kind: 'anthropic' }]);
  expect(accountLosses(alone, mine, lanes).join(' ')).toContain('cannot answer');
});

test('a kept copy is named where there is one, and a key where there is one', () => {
  const kept = 'kept encrypted on this device is deleted';
  expect(keyLosses(knowing(['mine']), account('mine'), lanes).join(' ')).not.toContain(kept);
  expect(keyLosses(knowing(['mine'], ['mine']), account('mine'), lanes).join(' ')).toContain(kept);
  expect(accountLosses(knowing([], ['mine']), account('mine'), lanes).join(' ')).toContain(kept);
  expect(accountLosses(knowing([]), account('mine'), lanes).join(' ')).not.toContain('OpenTab cannot bring');
});

test('lanes of a server that may do without a key are not said to need one', () => {
  const losses = keyLosses(knowing(['mine']), account('mine', 'compatible'), lanes).join(' ');
  expect(losses).toContain('ask without a key from then on');
  expect(losses).not.toContain('cannot answer');
});

test('before all are forgotten, each is named, and the hub’s token where one is given', () => {
  const accounts = [account('one'), account('two'), account('three')];
  const losses = allLosses(knowing(['one'], ['two']), accounts, true).join(' ');
  expect(losses).toContain('the keys of one, two (kept encrypted).');
  expect(losses).not.toContain('three');
  expect(losses).toContain('Hugging Face hub');
  const tokenAlone = allLosses(knowing([]), accounts, true);
  expect(tokenAlone).toHaveLength(1);
  // A key of an account that is no more is kept still.
  expect(allLosses(knowing([], ['gone']), accounts, false).join(' ')).toContain(
    'providers that were removed',
  );
});
