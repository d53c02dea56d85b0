/** What models are called: no two that are shown alike, as short as that allows. */

import 'fake-indexeddb/auto';
import { beforeAll, expect, test } from 'vitest';
import { pocket } from '../../src/catalog/pocket';
import type { ModelCard } from '../../src/domain/model';
import { remoteVariantId, type ProviderAccount } from '../../src/domain/provider';
import { placeId } from '../../src/domain/provider-place';
import { overwriteGetLocale } from '../../src/messages/runtime.js';
import { Models } from '../../src/state/models.svelte';
import { Providers } from '../../src/state/providers.svelte';
import { distinctNames, modelName, shortNames } from '../../src/ui/playground/model-names';

beforeAll(() => overwriteGetLocale(() => 'en'));

function account(id: string, name: string, baseUrl: string): ProviderAccount {
  return { id, kind: 'compatible', name, baseUrl, models: ['normal'] };
}

const here = [account('a', 'One', 'https://one.example/v1'), account('b', 'Two', 'https://two.example/v1')];
const former = [account('c', 'Three', 'https://three.example/v1')];
const content: Readonly<Record<string, string>> = {
  'opentab.providers': JSON.stringify(here),
  'opentab.former-providers': JSON.stringify(former),
};
const providers = new Providers({
  newId: () => 'new',
  memory: { get: (key) => content[key], set: () => undefined },
});
const models = new Models({
  catalogue: () => Promise.reject(new Error('it is not asked for here')),
  machine: () => Promise.reject(new Error('it is not asked for here')),
});

const [variant] = pocket.variants;
if (variant === undefined) throw new Error('Pocket has no variant');
/** The same model and precision for two engines. */
const twins: ModelCard = {
  ...pocket,
  id: 'twin',
  name: 'Twin',
  variants: [
    { ...variant, id: 'twin/one', engine: 'transformers-js', precision: 'q8' },
    { ...variant, id: 'twin/two', engine: 'web-llm', precision: 'q8' },
    { ...variant, id: 'twin/other', engine: 'web-llm', precision: 'q4' },
  ],
};
const app = { cards: [twins], models, providers };
const namesOf = (...ids: readonly string[]) => {
  const names = distinctNames(app, ids);
  return ids.map((id) => names.get(id));
};

test('one model at two providers is named by them, as Settings does', () => {
  expect(namesOf('api:a/normal', 'api:b/normal')).toEqual(['normal · One', 'normal · Two']);
});

test('a removed provider keeps its name, a place of a link says where it is, and what nobody knows is said to be so', () => {
  expect(modelName(app, 'api:c/normal')).toBe('normal · Three (removed)');
  const place = (baseUrl: string) => remoteVariantId(placeId({ kind: 'compatible', baseUrl }), 'normal');
  expect(modelName(app, place('https://three.example/v1'))).toBe('normal · Three (removed)');
  expect(modelName(app, place('https://one.example/v1'))).toBe('normal · One');
  expect(modelName(app, place('https://new.example/v1'))).toBe('normal · new.example');
  expect(namesOf('api:x/normal', 'api:y/normal', 'api:x/normal')).toEqual([
    'normal · a provider that was removed',
    'normal · a provider that was removed 2',
    'normal · a provider that was removed',
  ]);
});

test('one precision on two engines is told apart by the engine, and only where it has to be', () => {
  expect(namesOf('twin/one', 'twin/other')).toEqual(['Twin q8', 'Twin q4']);
  const [first, second] = namesOf('twin/one', 'twin/two');
  expect(first).toMatch(/^Twin q8 · ./);
  expect(second).toMatch(/^Twin q8 · ./);
  expect(first).not.toBe(second);
});

test('what this release does not know goes by its id', () => {
  expect(modelName(app, 'gone/q8')).toBe('gone/q8');
});

test('where there is little room the first thing that tells them apart is what is said', () => {
  expect(shortNames(app, ['twin/one', 'twin/other'])).toEqual(['q8', 'q4']);
  expect(shortNames(app, ['twin/one', 'api:a/normal'])).toEqual(['q8', 'API']);
  expect(shortNames(app, ['api:a/normal', 'api:a/slow'])).toEqual(['normal', 'slow']);
  expect(shortNames(app, ['twin/one', 'api:a/normal', 'api:b/normal'])).toEqual(['Twin q8', 'One', 'Two']);
  expect(shortNames(app, ['api:a/normal', 'api:a/slow', 'api:b/normal'])).toEqual([
    'normal · One',
    'slow · One',
    'normal · Two',
  ]);
  // The same in two lanes: their numbers tell them apart.
  expect(shortNames(app, ['twin/one', 'twin/one'])).toEqual(['q8', 'q8']);
});
