import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bestVariant,
  cacheBytesPerToken,
  fitOf,
  longestContext,
  memoryNeed,
  smallerSibling,
} from '../../src/catalog/estimate';
import { catalogModels } from '../../src/catalog/hub/cards';
import type { Machine } from '../../src/domain/machine';
import type { CatalogModel, CatalogVariant } from '../../src/domain/model';

const GiB = 2 ** 30;
const models = catalogModels();

function modelOf(id: string): CatalogModel {
  const model = models.find((one) => one.id === id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return model;
}

function variantOf(id: string): CatalogVariant {
  const found = models.flatMap(({ variants }) => variants).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no variant ${id}`);
  return found;
}

const desktop: Machine = {
  webGpu: 'hardware',
  features: new Set(['shader-f16', 'subgroups']),
  maxBufferBytes: 4 * GiB,
  memoryBytes: 16 * GiB,
  storageBytes: 100 * GiB,
};
const phone: Machine = { ...desktop, maxBufferBytes: GiB, memoryBytes: 4 * GiB, storageBytes: 5 * GiB };
const withoutGpu: Machine = { ...desktop, webGpu: 'none', features: new Set(), maxBufferBytes: 0 };

const kinds = (id: string, machine: Machine, tokens = 4096) => {
  const model = modelOf(id.split('/')[0] ?? '');
  return fitOf(model, variantOf(id), tokens, machine).obstacles.map(({ kind }) => kind);
};

test('the cache is two values per layer, head and place', () => {
  // Llama 3.2 1B: 2 × 16 layers × 8 heads × 64 values × 2 bytes.
  const { shape } = modelOf('llama-3.2-1b');
  expect(cacheBytesPerToken(shape, { engine: 'wllama', precision: 'q4_k_m' })).toBe(32_768);
  expect(cacheBytesPerToken(shape, { engine: 'transformers-js', precision: 'q4' })).toBe(65_536);
  expect(cacheBytesPerToken(shape, { engine: 'web-llm', precision: 'q4f16_1' })).toBe(32_768);
});

test('the need is weights, cache and working memory', () => {
  const model = modelOf('llama-3.2-1b');
  const need = memoryNeed(model, variantOf('llama-3.2-1b/gguf/q8_0'), 4096);
  expect(need.weights).toBe(Math.round((1_235_814_400 * 8.5) / 8));
  expect(need.cache).toBe(4096 * 32_768);
  expect(need.total).toBe(need.weights + need.cache + need.working);
});

test('where its makers say what a variant takes, that is what it takes at their context', () => {
  const model = modelOf('llama-3.2-1b');
  const variant = variantOf('llama-3.2-1b/mlc/q4f16_1');
  expect(memoryNeed(model, variant, 4096).total).toBe(variant.stated?.memoryBytes);
  const more = memoryNeed(model, variant, 8192).total - memoryNeed(model, variant, 4096).total;
  expect(more).toBe(4096 * 32_768);
});

test('more context never needs less, and no more counts than the model’s window', () => {
  const all = models.flatMap((model) => model.variants.map((variant) => ({ model, variant })));
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.nat(200_000), fc.nat(200_000), ({ model, variant }, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      const needs = [less, more].map((tokens) => memoryNeed(model, variant, tokens));
      expect(needs[0]?.total).toBeLessThanOrEqual(needs[1]?.total ?? 0);
      expect(memoryNeed(model, variant, model.contextTokens + more)).toEqual(
        memoryNeed(model, variant, model.contextTokens),
      );
      for (const { weights, cache, working } of needs) {
        for (const part of [weights, cache, working]) expect(part).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('what stands against a variant is said', () => {
  expect(kinds('llama-3.2-1b/mlc/q4f16_1', desktop)).toEqual([]);
  expect(kinds('llama-3.2-1b/mlc/q4f16_1', withoutGpu)).toEqual(['no-webgpu']);
  expect(kinds('llama-3.2-1b/mlc/q4f16_1', { ...desktop, features: new Set() })).toEqual(['feature']);
  expect(kinds('llama-3.2-1b/mlc/q4f16_1', { ...desktop, webGpu: 'software' })).toEqual(['software-webgpu']);
  expect(kinds('llama-3.1-8b/mlc/q4f16_1', phone)).toEqual(['memory']);
  expect(kinds('qwen3-4b/gguf/q4_k_m', { ...desktop, storageBytes: GiB })).toEqual(['storage']);
  // 131,072 tokens of context in 16-bit keys and values are 17 GB beside the weights.
  expect(kinds('llama-3.1-8b/gguf/q2_k', desktop, 131_072)).toEqual(['address-space', 'memory']);
  // 256,000 × 2,304 values at four bits.
  expect(kinds('gemma-2-2b/mlc/q4f16_1', { ...desktop, maxBufferBytes: 2 ** 28 })).toEqual(['buffer']);
});

test('without a graphics processor a variant that can runs on the CPU', () => {
  const variant = variantOf('smollm2-135m/onnx/q8');
  expect(fitOf(modelOf('smollm2-135m'), variant, 2048, desktop).device).toBe('webgpu');
  expect(fitOf(modelOf('smollm2-135m'), variant, 2048, withoutGpu)).toMatchObject({
    device: 'wasm',
    obstacles: [],
  });
});

test('the best variant is one that fits, on the graphics processor where there is one', () => {
  expect(bestVariant(modelOf('llama-3.2-1b'), 4096, desktop)?.variant.id).toBe('llama-3.2-1b/mlc/q4f16_1');
  const halfless = { ...desktop, features: new Set<string>() };
  expect(bestVariant(modelOf('llama-3.2-1b'), 4096, halfless)?.variant.id).toBe('llama-3.2-1b/mlc/q4f32_1');
  expect(bestVariant(modelOf('llama-3.2-1b'), 4096, withoutGpu)?.variant.id).toBe('llama-3.2-1b/gguf/q4_k_m');
  // Under a billion parameters eight bits are worth their bytes.
  expect(bestVariant(modelOf('smollm2-135m'), 4096, withoutGpu)?.variant.id).toBe('smollm2-135m/gguf/q8_0');
  expect(bestVariant(modelOf('phi-1.5'), 2048, withoutGpu)).toBeUndefined();
});

test('where a model does not fit, the next smaller one of its family that does is offered', () => {
  expect(bestVariant(modelOf('llama-3.1-8b'), 4096, phone)).toBeUndefined();
  expect(smallerSibling(modelOf('llama-3.1-8b'), models, 4096, phone)?.family).toBe('Llama');
  // The only one of its family.
  expect(smallerSibling(modelOf('exaone-3.5-2.4b'), models, 4096, phone)?.family).not.toBe('EXAONE');
  expect(smallerSibling(modelOf('pocket'), models, 4096, phone)).toBeUndefined();
});

test('whatever the machine, what is recommended fits it', () => {
  const machines = fc.record({
    webGpu: fc.constantFrom('hardware' as const, 'software' as const, 'none' as const),
    features: fc.constantFrom(new Set<string>(), new Set(['shader-f16'])),
    maxBufferBytes: fc.nat(2 ** 31 - 1),
    memoryBytes: fc.option(fc.nat(2 ** 31 - 1), { nil: undefined }),
    storageBytes: fc.option(fc.nat(2 ** 31 - 1), { nil: undefined }),
  });
  fc.assert(
    fc.property(machines, fc.constantFrom(...models), (machine, model) => {
      const best = bestVariant(model, 4096, machine);
      if (best !== undefined) expect(fitOf(model, best.variant, 4096, machine).obstacles).toEqual([]);
      const smaller = smallerSibling(model, models, 4096, machine);
      if (smaller !== undefined) expect(smaller.parameters).toBeLessThan(model.parameters);
    }),
  );
});

test('the longest context is where it just fits: all of the window, a part of it, or none', () => {
  const longest = (id: string, machine: Machine) =>
    longestContext(modelOf(id.split('/')[0] ?? ''), variantOf(id), machine);
  // Weights and cache of its whole window (131,072 × 32 KiB = 4 GiB) are more than an engine on the CPU can address.
  const tokens = longest('llama-3.2-1b/gguf/q4_k_m', withoutGpu);
  expect(tokens % 256).toBe(0);
  expect(tokens).toBeGreaterThan(32_768);
  expect(tokens).toBeLessThan(131_072);
  expect(kinds('llama-3.2-1b/gguf/q4_k_m', withoutGpu, tokens)).toEqual([]);
  expect(kinds('llama-3.2-1b/gguf/q4_k_m', withoutGpu, tokens + 256)).toEqual(['address-space']);
  expect(longest('pocket/gguf/q4_0', withoutGpu)).toBe(1024);
  expect(longest('llama-3.2-1b/gguf/q4_k_m', { ...withoutGpu, memoryBytes: GiB / 2 })).toBe(0);
});

test('no model is smaller than one of which nobody knows how large it is, and that one is never offered', () => {
  const unknown: CatalogModel = { ...modelOf('pocket'), id: 'own/unknown', parameters: 0 };
  const all = [unknown, ...models];
  expect(smallerSibling(unknown, all, 4096, desktop)).toBeUndefined();
  expect(smallerSibling(modelOf('smollm2-135m'), all, 4096, desktop)?.id).not.toBe('own/unknown');
  expect(bestVariant(unknown, 4096, withoutGpu)?.variant.engine).toBe('wllama');
});
