import { execFileSync } from 'node:child_process';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { catalogModels } from '../../src/catalog/hub/cards';
import mlc from '../../src/catalog/hub/mlc-models.json';
import { catalogModelSchema } from '../../src/catalog/schema';
import type { EngineId } from '../../src/domain/engine';

const models = catalogModels();
const hub = models.filter(({ id }) => id !== 'pocket');

test.each(models.map((model) => [model.id, model] as const))('%s is complete', (_, model) => {
  const result = v.safeParse(catalogModelSchema, model);
  expect(result.issues?.map(({ message, path }) => [path?.map(({ key }) => key).join('.'), message])).toBe(
    undefined,
  );
});

test('there are enough models, families and sizes to choose from', () => {
  expect(hub.length).toBeGreaterThanOrEqual(40);
  expect(new Set(hub.map(({ family }) => family)).size).toBeGreaterThanOrEqual(10);
  const sizes = hub.map(({ parameters }) => parameters).sort((a, b) => a - b);
  expect(sizes[0]).toBeLessThan(0.2e9);
  expect(sizes.at(-1)).toBeGreaterThan(8e9);
  expect(sizes.at(-1)).toBeLessThan(8.5e9);
  const named = ['SmolLM', 'Llama', 'Qwen 2.5', 'Qwen 3', 'Gemma', 'Phi', 'Mistral', 'DeepSeek R1', 'OLMo'];
  expect(hub.map(({ family }) => family)).toEqual(
    expect.arrayContaining([...named, 'TinyLlama', 'StableLM']),
  );
});

test('no two models and no two variants share an id, and a variant is named after its model', () => {
  const ids = models.flatMap(({ variants }) => variants.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
  for (const { id, variants } of models)
    for (const one of variants) expect(one.id.startsWith(`${id}/`)).toBe(true);
});

test('every engine has models, and each model its own engine’s files', () => {
  const engines: readonly EngineId[] = ['transformers-js', 'wllama', 'web-llm'];
  const variants = hub.flatMap((model) => model.variants);
  for (const engine of engines) {
    expect(variants.filter((one) => one.engine === engine).length).toBeGreaterThanOrEqual(20);
  }
  for (const one of variants) {
    const paths = one.artifact.files.map(({ path }) => path);
    if (one.engine === 'wllama') {
      const projector = one.projector === undefined ? [] : [one.projector];
      expect([...(one.files ?? []), ...projector]).toEqual(paths);
    }
    if (one.engine === 'transformers-js') expect(paths).toContain('tokenizer.json');
    if (one.engine === 'web-llm') {
      expect(one.libraryUrl).toMatch(/\.wasm$/);
      expect(one.stated?.memoryBytes).toBeGreaterThan(one.bytes / 2);
    }
  }
});

test('a model reads images just where there is a projector, which has 16 bits at every precision', () => {
  const reading = hub.filter(({ modality }) => modality === 'image-text');
  expect(reading.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['smolvlm-256m', 'smolvlm-500m', 'gemma-3-4b-images', 'qwen2.5-vl-3b']),
  );
  for (const { modality, variants } of models)
    for (const { projector } of variants) expect(projector !== undefined).toBe(modality === 'image-text');
  const sizes = reading.find(({ id }) => id === 'smolvlm-256m')?.variants.map(({ bytes }) => bytes) ?? [];
  // 163 million parameters in 8.5 and in 16 bits, and 94 million in 16.
  expect(sizes.map((bytes) => Math.round(bytes / 1e6))).toEqual([360, 513]);
});

test('what was not looked up is said to be so', () => {
  for (const one of hub.flatMap(({ variants }) => variants)) {
    expect([one.checked, one.bytesFrom]).toEqual([false, 'computed']);
  }
});

test('what computes in 16 bits on a GPU asks for the feature', () => {
  for (const { precision, requiredFeatures, engine } of hub.flatMap(({ variants }) => variants)) {
    if (engine === 'wllama') continue;
    const half = precision.includes('f16') || precision === 'fp16';
    expect(requiredFeatures.includes('shader-f16')).toBe(half);
  }
});

test('an openness answer of yes is one that a link shows', () => {
  for (const { openness, links, licence, id } of models) {
    if (id === 'pocket') continue;
    if (openness.trainingData === 'yes') expect([id, links.data]).not.toContain(undefined);
    if (openness.trainingCode === 'yes') expect([id, links.code]).not.toContain(undefined);
    if (licence === 'Apache-2.0' || licence === 'MIT') expect(openness.permissiveLicence).toBe('yes');
    else expect(openness.permissiveLicence).not.toBe('yes');
  }
});

test('WebLLM’s models are those of the package that is installed', () => {
  // In a process of its own: the package takes this environment for a browser.
  const script = "import('./tools/mlc-models.mjs').then((m) => console.log(JSON.stringify(m.mlcModels())))";
  const derived: unknown = JSON.parse(execFileSync('node', ['-e', script], { encoding: 'utf8' }));
  expect(mlc.models).toEqual(derived);
});

test('the parameters of a model are about those of its shape', () => {
  for (const { id, shape, parameters } of hub) {
    const table = shape.embedding * shape.vocabulary;
    expect([id, table < parameters]).toEqual([id, true]);
  }
});
