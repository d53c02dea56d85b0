import { expect, test } from 'vitest';
import * as estimate from '../../src/catalog/estimate';
import { catalogModels } from '../../src/catalog/hub/cards';
import { firstToOpen, laneFor } from '../../src/state/model-choice';
import { Models } from '../../src/state/models.svelte';

async function rowOf(name: string, tokens = 4096) {
  const models = new Models({
    catalogue: () => Promise.resolve({ models: catalogModels(), estimate }),
    machine: () =>
      Promise.resolve({
        webGpu: 'none',
        features: new Set<string>(),
        maxBufferBytes: 0,
        memoryBytes: undefined,
        storageBytes: undefined,
      }),
  });
  await models.load();
  models.narrow({ search: name });
  models.setContext(tokens);
  return models.rows[0] ?? expect.fail('no row');
}

test('what was measured to be fastest is offered before what is guessed, and its device goes along', async () => {
  const row = await rowOf('SmolLM2 135M');
  expect(firstToOpen(row, undefined)?.variant.id).toBe('smollm2-135m/gguf/q8_0');
  const measured = { variantId: 'smollm2-135m/onnx/q4', device: 'wasm' } as const;
  const first = firstToOpen(row, measured) ?? expect.fail('nothing');
  expect(first.variant.id).toBe(measured.variantId);
  expect(laneFor(row.model, first.variant, measured, 4096)).toEqual({
    ...measured,
    contextTokens: undefined,
  });
  // Another variant that is opened by name is not the one that was measured.
  expect(laneFor(row.model, { id: 'other', engine: 'wllama' }, measured, 2048)).toEqual({
    variantId: 'other',
    device: 'auto',
    contextTokens: 2048,
  });
});

test('what was measured is not offered where it does not fit, or is not in the list', async () => {
  const row = await rowOf('Llama 3.2 1B');
  const gone = { variantId: 'no/such', device: 'wasm' } as const;
  expect(firstToOpen(row, gone)).toBe(row.best);
  const compiled = row.variants.find(({ variant }) => variant.engine === 'web-llm') ?? expect.fail('no MLC');
  expect(firstToOpen(row, { variantId: compiled.variant.id, device: 'webgpu' })).toBe(row.best);
});
