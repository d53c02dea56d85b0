import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { pocket, pocketVariants } from '../../src/catalog/pocket';
import { stated } from '../../src/catalog/pocket-files';
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

test('size and hash of each file of Pocket are those of the file that is served', () => {
  // `node tools/pocket-files.mjs` writes it.
  // In a process of its own: the script would take this environment for a browser.
  const script =
    "import('./tools/pocket-files.mjs').then((m) => m.pocketModules()).then((t) => console.log(JSON.stringify(t)))";
  const written = JSON.parse(execFileSync('node', ['-e', script], { encoding: 'utf8' })) as object;
  expect(Object.keys(written)).toHaveLength(2);
  for (const [name, text] of Object.entries(written))
    expect(readFileSync(`src/catalog/${name}`, 'utf8')).toBe(text);
  for (const { artifact } of pocketVariants) {
    for (const { path, bytes, sha256 } of stated(artifact).files) {
      const body = readFileSync(`static/models/pocket/${path}`);
      const hash = createHash('sha256').update(body).digest('hex');
      expect([path, bytes, sha256]).toEqual([path, body.length, hash]);
    }
  }
});

test('a variant of Pocket names every file that its engine loads, and weighs what they weigh', () => {
  const shared = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];
  const names = {
    fp32: 'model',
    fp16: 'model_fp16',
    q8: 'model_quantized',
    q4: 'model_q4',
    q4f16: 'model_q4f16',
    q2: 'model_q2',
  };
  for (const { engine, precision, bytes, artifact, files } of pocketVariants) {
    const paths = artifact.files.map(({ path }) => path);
    if (engine === 'wllama') expect(paths).toEqual(files);
    else expect(paths).toEqual([...shared, `onnx/${names[precision as keyof typeof names]}.onnx`]);
    const onDisk = paths.map((path) => statSync(`static/models/pocket/${path}`).size);
    expect([precision, bytes]).toEqual([precision, onDisk.reduce((sum, size) => sum + size, 0)]);
  }
});
