import { expect, test } from 'vitest';
import * as estimate from '../../src/catalog/estimate';
import { catalogModels } from '../../src/catalog/hub/cards';
import type { Machine } from '../../src/domain/machine';
import { Models, contextChoices } from '../../src/state/models.svelte';

const catalogue = { models: catalogModels(), estimate };

const laptop: Machine = {
  webGpu: 'hardware',
  features: new Set(['shader-f16']),
  maxBufferBytes: 2 ** 31,
  memoryBytes: 4 * 2 ** 30,
  storageBytes: 20 * 2 ** 30,
};

async function loaded(machine: Machine = laptop): Promise<Models> {
  const models = new Models({
    catalogue: () => Promise.resolve(catalogue),
    machine: () => Promise.resolve(machine),
  });
  await models.load();
  return models;
}

const names = (models: Models) => models.rows.map(({ model }) => model.name);

test('before the catalogue is loaded nothing is known; afterwards every variant is found by its id', async () => {
  const models = new Models({
    catalogue: () => Promise.resolve(catalogue),
    machine: () => Promise.resolve(laptop),
  });
  expect(models.rows).toEqual([]);
  expect(models.entry('smollm2-135m/gguf/q8_0')).toBeUndefined();
  await models.load();
  expect(models.rows).toHaveLength(models.all.length);
  expect(models.entry('smollm2-135m/gguf/q8_0')?.card.name).toBe('SmolLM2 135M');
  expect(models.entry('smollm2-135m/gguf/q9')).toBeUndefined();
});

test('a catalogue that does not load is said, and asked for again', async () => {
  let tries = 0;
  const models = new Models({
    catalogue: () =>
      (tries += 1) === 1 ? Promise.reject(new TypeError('no network')) : Promise.resolve(catalogue),
    machine: () => Promise.resolve(laptop),
  });
  await models.load();
  expect(models.failure).toMatchObject({ code: 'network' });
  await models.load();
  expect(models.failure).toBeUndefined();
  expect(models.rows.length).toBeGreaterThan(40);
  await models.load();
  expect(tries).toBe(2);
});

test('the search looks at name, family and licence, in any order of words', async () => {
  const models = await loaded();
  models.narrow({ search: '1b  LLAMA' });
  expect(names(models)).toEqual(['Llama 3.2 1B', 'TinyLlama 1.1B']);
  expect(names(models)).toContain('Llama 3.2 1B');
  models.narrow({ search: 'exaone' });
  expect(names(models)).toEqual(['EXAONE 3.5 2.4B']);
  models.narrow({ search: 'no such model' });
  expect(models.rows).toEqual([]);
});

test('size, licence, engine and precision narrow the list', async () => {
  const models = await loaded();
  models.narrow({ size: 'large' });
  expect(models.rows.length).toBeGreaterThan(0);
  for (const { model } of models.rows) expect(model.parameters).toBeGreaterThanOrEqual(5e9);
  models.narrow({ size: 'any', licence: 'permissive' });
  for (const { model } of models.rows) expect(['Apache-2.0', 'MIT']).toContain(model.licence);
  models.narrow({ licence: 'any', engine: 'wllama', bits: 'eight' });
  expect(models.rows.length).toBeGreaterThan(0);
  for (const { variants } of models.rows) {
    expect(variants.map(({ variant }) => [variant.engine, variant.precision])).toEqual([['wllama', 'q8_0']]);
  }
});

test('what fits depends on the room for prompt and answer', async () => {
  const models = await loaded();
  models.narrow({ fitsOnly: true });
  const before = models.rows.length;
  expect(before).toBeGreaterThan(0);
  models.setContext(131_072);
  expect(models.rows.length).toBeLessThan(before);
  for (const { best } of models.rows) expect(best?.fit.obstacles).toEqual([]);
});

test('where nothing of a model fits another one is named, and can be shown', async () => {
  const models = await loaded();
  models.narrow({ search: 'Llama 3.1 8B', size: 'large' });
  const [row] = models.rows;
  expect(row?.best).toBeUndefined();
  const instead = row?.instead;
  if (instead === undefined) throw new Error('nothing is offered in its place');
  models.showOnly(instead);
  expect(names(models)).toContain(instead.name);
});

test('where nothing of a model fits at the context that is tried, it is said at which something does', async () => {
  const models = await loaded({ ...laptop, webGpu: 'none' });
  models.narrow({ search: 'Llama 3.2 1B', engine: 'wllama' });
  const row = () => models.rows[0] ?? expect.fail('no row');
  expect([row().best === undefined, row().fitsAt]).toEqual([false, 0]);
  models.setContext(131_072);
  expect([row().best, row().instead]).toEqual([undefined, undefined]);
  const { fitsAt } = row();
  expect(fitsAt).toBeGreaterThanOrEqual(4096);
  expect(row().variants.some((one) => one.fitsAt === fitsAt)).toBe(true);
  models.setContext(contextChoices.findLast((tokens) => tokens <= fitsAt) ?? expect.fail('none'));
  expect(row().best).toBeDefined();
});

test('what a variant takes at a context, and the longest that it has room for, are told by its id', async () => {
  const models = await loaded({ ...laptop, webGpu: 'none' });
  const id = 'llama-3.2-1b/gguf/q4_k_m';
  const [short, long] = [models.needAt(id, 1024), models.needAt(id, 8192)];
  expect((long?.total ?? 0) - (short?.total ?? 0)).toBe(7168 * 32_768);
  expect(models.longestContext(id)).toBeGreaterThan(8192);
  expect([models.needAt('no/such', 1), models.longestContext('no/such')]).toEqual([undefined, undefined]);
});
