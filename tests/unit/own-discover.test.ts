/** What a list of files, a configuration and an address are read as, whatever is in them. */

import fc from 'fast-check';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAddress } from '../../src/catalog/own/address';
import { ownModel } from '../../src/catalog/own/card';
import { readConfig, templateIn, tokenTextIn } from '../../src/catalog/own/config-facts';
import { discover, precisionOf, wholeName } from '../../src/catalog/own/discover';
import { onnxArchitectures } from '../../src/catalog/own/onnx-architectures';
import { readOwnModels } from '../../src/catalog/own/schema';
import { pocket } from '../../src/catalog/pocket';
import { ggufPrecisions, onnxPrecisions } from '../../src/domain/engine';

const files = (...paths: readonly string[]) => paths.map((path, index) => ({ path, bytes: index + 1 }));

describe('an address', () => {
  test.each([
    ['owner/name', { kind: 'hub', repository: 'owner/name', revision: 'main' }],
    [' huggingface.co/owner/name ', { kind: 'hub', repository: 'owner/name', revision: 'main' }],
    ['https://huggingface.co/owner/name', { kind: 'hub', repository: 'owner/name', revision: 'main' }],
    ['https://hf.co/owner/name/tree/v2', { kind: 'hub', repository: 'owner/name', revision: 'v2' }],
    [
      'https://huggingface.co/owner/name/blob/main/deep/a-Q4_K_M.gguf?download=true',
      { kind: 'hub', repository: 'owner/name', revision: 'main', file: 'deep/a-Q4_K_M.gguf' },
    ],
    ['https://mirror.test/models/x', { kind: 'url', url: 'https://mirror.test/models/x/' }],
    ['http://localhost:8000/manifest.json', { kind: 'url', url: 'http://localhost:8000/' }],
    [
      'https://mirror.test/models/a%20b.gguf',
      { kind: 'url', url: 'https://mirror.test/models/', file: 'a b.gguf' },
    ],
  ])('%s is understood', (text, address) => {
    expect(readAddress(text)).toEqual(address);
  });

  test.each([
    ...[
      '',
      'name',
      'a/b/c',
      '../name',
      'owner/..',
      'owner/na me',
      'ftp://host/x',
      'https://user:pass@host/x',
    ],
    ...[
      'https://huggingface.co/owner',
      'https://huggingface.co/datasets/owner/name',
      `a/${'b'.repeat(3000)}`,
    ],
  ])('%s is none', (text) => {
    expect(readAddress(text)).toBeUndefined();
  });

  test('whatever is typed, what is understood leads to a repository or to a folder, and nowhere else', () => {
    const pieces = fc.constantFrom(
      'https://',
      'huggingface.co/',
      'owner',
      '/',
      '..',
      '%',
      '?a=b',
      '@',
      '.gguf',
    );
    const typed = fc.oneof(
      fc.string(),
      fc.array(pieces).map((all) => all.join('')),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const address = readAddress(text);
        if (address?.kind === 'hub') expect(address.repository).toMatch(/^[\w.-]+\/[\w.-]+$/);
        if (address?.kind === 'url') {
          const url = new URL(address.url);
          expect(url.href).toBe(address.url);
          expect(address.url).toMatch(/^https?:.+\/$/);
          expect([url.username, url.password, url.search, url.hash]).toEqual(['', '', '', '']);
        }
      }),
    );
  });
});

describe('a list of files', () => {
  test('each ONNX precision is a variant, with the weights beside it', () => {
    const found = discover(
      files(
        ...['config.json', 'tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja', 'README.md'],
        ...['onnx/model.onnx', 'onnx/model.onnx_data', 'onnx/model.onnx_data_1', 'onnx/model_q4f16.onnx'],
        ...[
          'onnx/model_q4f16.onnx_database',
          'onnx/model_int8.onnx',
          'model_q4.onnx',
          'onnx/model_bnb4.onnx',
        ],
        ...['onnx/model_uint8.onnx'],
      ),
    );
    expect(found.onnx.map((one) => [one.precision, one.files.map(({ path }) => path)])).toEqual([
      ['fp32', ['onnx/model.onnx', 'onnx/model.onnx_data', 'onnx/model.onnx_data_1']],
      ['int8', ['onnx/model_int8.onnx']],
      ['uint8', ['onnx/model_uint8.onnx']],
      ['bnb4', ['onnx/model_bnb4.onnx']],
      ['q4f16', ['onnx/model_q4f16.onnx']],
    ]);
    expect(found.missing).toEqual([]);
    expect(found.shared.map(({ path }) => path)).toEqual([
      ...['config.json', 'tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja'],
    ]);
  });

  test('what an ONNX model cannot do without is missed, and only where there is one', () => {
    expect(discover(files('onnx/model.onnx', 'config.json')).missing).toEqual([
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    expect(discover(files('a-Q8_0.gguf')).missing).toEqual([]);
  });

  test('each GGUF is a variant but what only helps another one', () => {
    const found = discover(
      files('a-Q4_K_M.gguf', 'mmproj-a-f16.gguf', 'a.imatrix.gguf', 'deep/a-F16.GGUF', 'a-UD-Q4_K_XL.gguf'),
    );
    expect(found.gguf.map((one) => [one.files.map(({ path }) => path), one.precision])).toEqual([
      [['a-UD-Q4_K_XL.gguf'], undefined],
      [['deep/a-F16.GGUF'], 'f16'],
      [['a-Q4_K_M.gguf'], 'q4_k_m'],
    ]);
    expect(found.projector?.path).toBe('mmproj-a-f16.gguf');
  });

  test('the parts of a GGUF are one, in their order; where one is not there it is named', () => {
    const found = discover(
      files(
        ...['b-Q8_0-00003-of-00003.gguf', 'b-Q8_0-00001-of-00003.gguf', 'b-Q8_0-00002-of-00003.gguf'],
        ...['b-Q4_0-00001-of-00002.gguf', 'c-Q4_0-00002-of-00002.gguf', 'deep/b-Q4_0-00002-of-00002.gguf'],
      ),
    );
    expect(found.gguf.map((one) => [one.precision, one.files.map(({ path }) => path)])).toEqual([
      ['q8_0', ['b-Q8_0-00001-of-00003.gguf', 'b-Q8_0-00002-of-00003.gguf', 'b-Q8_0-00003-of-00003.gguf']],
    ]);
    expect(found.incomplete).toEqual([
      { file: 'b-Q4_0-00001-of-00002.gguf', missing: 'b-Q4_0-00002-of-00002.gguf' },
      { file: 'c-Q4_0-00002-of-00002.gguf', missing: 'c-Q4_0-00001-of-00002.gguf' },
      { file: 'deep/b-Q4_0-00002-of-00002.gguf', missing: 'b-Q4_0-00001-of-00002.gguf' },
    ]);
    expect(wholeName('deep/b-Q8_0-00001-of-00003.gguf')).toBe('b-Q8_0.gguf');
  });

  test('of several projectors the one at 16 bits is taken, and one that is known to be one whatever its name', () => {
    const names = ['mmproj-model-f32.gguf', 'a-mmproj-F16.gguf', 'mmproj-Q8_0.gguf'];
    expect(discover(files(...names, 'a-Q4_0.gguf')).projector?.path).toBe('a-mmproj-F16.gguf');
    expect(discover(files('a-Q4_0.gguf')).projector).toBeUndefined();
    const told = discover(files('a-Q4_0.gguf', 'eyes.gguf'), 'eyes.gguf');
    expect([told.projector?.path, told.gguf.map((one) => one.files[0].path)]).toEqual([
      'eyes.gguf',
      ['a-Q4_0.gguf'],
    ]);
  });

  test('a precision is found in the name however tools write it', () => {
    const prefix = fc.constantFrom('Model-7B-', 'model.', 'model_', 'a-bf16x-', 'folder/q2_k/model-');
    fc.assert(
      fc.property(fc.constantFrom(...ggufPrecisions), prefix, fc.boolean(), (precision, before, upper) => {
        const name = upper ? precision.toUpperCase() : precision;
        expect(precisionOf(`${before}${name}.gguf`)).toBe(precision);
      }),
    );
    expect(precisionOf('qwen2-0_5b-instruct-fp16.gguf')).toBe('f16');
    expect(precisionOf('model.gguf')).toBeUndefined();
  });

  test('whatever the files are, every variant is made of files of the list, and of one precision', () => {
    const name = fc.oneof(
      fc.constantFrom('config.json', 'tokenizer.json', 'onnx/model.onnx', 'onnx/model_q4.onnx_data', '.gguf'),
      fc.constantFrom(...onnxPrecisions).map((precision) => `onnx/model_${precision}.onnx`),
      fc.string().map((text) => `${text}.gguf`),
      fc.constantFrom('1', '2', '3').map((part) => `mmproj-0000${part}-of-00002.gguf`),
      fc.constantFrom('1', '2', '3').map((part) => `a-0000${part}-of-00002.gguf`),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name), (paths) => {
        const found = discover(files(...paths));
        const taken = [
          ...found.onnx.flatMap((one) => one.files),
          ...found.shared,
          ...found.gguf.flatMap((one) => one.files),
          ...(found.projector === undefined ? [] : [found.projector]),
        ];
        for (const { path } of taken) expect(paths).toContain(path);
        expect(new Set(found.onnx.map(({ precision }) => precision)).size).toBe(found.onnx.length);
      }),
    );
  });
});

describe('a configuration', () => {
  test('Pocket’s is read', () => {
    const json: unknown = JSON.parse(readFileSync('static/models/pocket/config.json', 'utf8'));
    expect(readConfig(json)).toEqual({
      architecture: 'llama',
      contextTokens: 1024,
      shape: { layers: 5, kvHeads: 4, headSize: 32, embedding: 256, vocabulary: 2048 },
    });
  });

  test('older names and the part of a model that also sees are read too', () => {
    const gpt = {
      model_type: 'gpt2',
      n_positions: 1024,
      n_layer: 12,
      n_head: 12,
      n_embd: 768,
      vocab_size: 50257,
    };
    expect(readConfig(gpt)).toMatchObject({
      contextTokens: 1024,
      shape: { layers: 12, kvHeads: 12, headSize: 64, embedding: 768, vocabulary: 50257 },
    });
    const seeing = { model_type: 'gemma3', text_config: { num_hidden_layers: 26, hidden_size: 1152 } };
    expect(readConfig(seeing)).toMatchObject({ architecture: 'gemma3', shape: { layers: 26 } });
  });

  test('whatever it holds, no figure is out of bounds, and nothing throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (json, value) => {
        const config = { model_type: value, hidden_size: value, text_config: json, num_hidden_layers: json };
        for (const one of [json, config]) {
          const read = readConfig(one);
          for (const figure of Object.values(read?.shape ?? {})) {
            expect(figure).toBeGreaterThanOrEqual(0);
            expect(figure).toBeLessThanOrEqual(100_000_000);
          }
          expect(typeof (templateIn(one) ?? '')).toBe('string');
          expect(typeof tokenTextIn(one, 'bos_token')).toBe('string');
        }
      }),
    );
  });

  test('the chat template is found alone and among several', () => {
    expect(templateIn({ chat_template: 'a' })).toBe('a');
    const several = [
      { name: 'tool_use', template: 'b' },
      { name: 'default', template: 'c' },
    ];
    expect(templateIn({ chat_template: several })).toBe('c');
    expect(tokenTextIn({ eos_token: { content: '</s>' } }, 'eos_token')).toBe('</s>');
  });

  test('every architecture that is said to run is one that Transformers.js itself lists, and none is left out', () => {
    const code = readFileSync('node_modules/@huggingface/transformers/src/models/registry.js', 'utf8');
    const [, map = ''] = /MODEL_FOR_CAUSAL_LM_MAPPING_NAMES = new Map\(\[([^]*?)\n\]\);/.exec(code) ?? [];
    const listed = [...map.matchAll(/^\s*\['([^']+)',/gm)].map(([, name]) => name);
    expect(listed.length).toBeGreaterThan(50);
    expect([...onnxArchitectures].sort()).toEqual([...new Set(listed)].sort());
  });
});

describe('a card', () => {
  const config = readConfig(JSON.parse(readFileSync('static/models/pocket/config.json', 'utf8')));
  if (config === undefined) throw new Error('no configuration');
  const place = {
    id: 'hub/a/b',
    name: 'b',
    origin: { kind: 'hub', repository: 'a/b', revision: 'c'.repeat(40) },
    baseUrl: `https://huggingface.co/a/b/resolve/${'c'.repeat(40)}/`,
    page: 'https://huggingface.co/a/b',
  } as const;
  const shared = files('config.json', 'tokenizer.json', 'tokenizer_config.json');
  const onnx = (name: string, bytes: number) =>
    discover([...shared, { path: `onnx/${name}.onnx`, bytes }]).onnx;
  const card = (name: string, bytes: number, licence?: string) =>
    ownModel({ ...place, licence }, { onnx: { config, found: onnx(name, bytes), shared }, gguf: undefined });

  test.each([
    ['model', statSync('static/models/pocket/onnx/model.onnx').size],
    ['model_fp16', statSync('static/models/pocket/onnx/model_fp16.onnx').size],
    ['model_quantized', statSync('static/models/pocket/onnx/model_quantized.onnx').size],
  ])('the parameters are reckoned from the bytes of %s, within some percent', (name, bytes) => {
    const { parameters } = card(name, bytes);
    expect(Math.abs(parameters / pocket.parameters - 1)).toBeLessThan(0.06);
  });

  test.each([
    ['apache-2.0', 'yes'],
    ['cc-by-nc-4.0', 'no'],
    ['some-licence', 'unknown'],
    [undefined, 'unknown'],
  ])('a licence %s permits any use: %s', (licence, answer) => {
    const { openness } = card('model', 1000, licence);
    expect(openness).toEqual({
      weights: 'yes',
      trainingData: 'unknown',
      trainingCode: 'unknown',
      permissiveLicence: answer,
    });
  });

  test('what is remembered is the same card again; what is none is left out', () => {
    const kept = card('model', 1000, 'mit');
    expect(readOwnModels(JSON.stringify([kept]))).toEqual([kept]);
    const spoiled = { ...kept, variants: [{ ...kept.variants[0], baseUrl: 'no address' }] };
    expect(readOwnModels(JSON.stringify([spoiled, kept, 7, null]))).toEqual([kept]);
    expect(readOwnModels('{"a":')).toEqual([]);
    const nothing = (text: string) => {
      expect(readOwnModels(text)).toEqual([]);
    };
    fc.assert(fc.property(fc.string(), nothing));
    fc.assert(fc.property(fc.json(), nothing));
    fc.assert(fc.property(fc.array(fc.jsonValue()), (list) => nothing(JSON.stringify(list))));
  });
});
