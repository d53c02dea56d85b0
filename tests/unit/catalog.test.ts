import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { pocket } from '../../src/catalog/pocket';
import { scriptedCards } from '../../src/catalog/scripted';

const cards = [pocket, ...scriptedCards];

test('every model and every variant has an id of its own', () => {
  const ids = cards.flatMap((card) => card.variants.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(cards.map(({ id }) => id)).size).toBe(cards.length);
});

test('every variant can be loaded somewhere, from a folder', () => {
  for (const variant of pocket.variants) {
    expect(variant.devices.length).toBeGreaterThan(0);
    expect(variant.baseUrl).toMatch(/\/$/);
    expect(variant.bytes).toBeGreaterThan(0);
  }
});

test('the first variant is what a visitor gets, and an unknown id stands for nothing but its name', () => {
  const catalog = new Catalog([pocket]);
  const first = pocket.variants[0]?.id;
  expect(catalog.firstVariantId).toBe(first);
  expect(catalog.getOrMissing('gone/in/this/release')).toMatchObject({
    card: { name: 'gone/in/this/release', missing: true, variants: [] },
    variant: { id: 'gone/in/this/release' },
  });
  expect(catalog.getOrMissing(pocket.variants[1]?.id ?? '').card).toBe(pocket);
  expect(catalog.get('gone/in/this/release')).toBeUndefined();
  expect(() => new Catalog([]).firstVariantId).toThrow();
});

test('the bytes of each precision of Pocket are those of the files that it loads', () => {
  const folder = 'static/models/pocket/';
  const names = {
    fp32: 'model',
    fp16: 'model_fp16',
    q8: 'model_quantized',
    q4: 'model_q4',
    q4f16: 'model_q4f16',
    q2: 'model_q2',
  };
  const shared = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];
  for (const [precision, name] of Object.entries(names)) {
    const files = [...shared, `onnx/${name}.onnx`].map((file) => statSync(folder + file).size);
    const variant = pocket.variants.find((one) => one.precision === precision);
    expect(variant?.bytes).toBe(files.reduce((sum, bytes) => sum + bytes, 0));
  }
  for (const { bytes, files = [] } of pocket.variants.filter(({ engine }) => engine === 'wllama')) {
    expect(files).toHaveLength(1);
    expect(bytes).toBe(statSync(`${folder}${files[0]}`).size);
  }
});
