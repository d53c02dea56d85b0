import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readGgufHeader } from '../../src/catalog/gguf-header';
import { textArchitectures } from '../../src/catalog/gguf-types';
import { FailureError } from '../../src/domain/failure';
import { ggufFile, GgufWriter, type GgufTensor } from '../support/gguf-file';

async function refusal(file: Blob): Promise<string> {
  const thrown: unknown = await readGgufHeader(file).catch((error: unknown) => error);
  if (!(thrown instanceof FailureError)) throw new Error(`no refusal: ${JSON.stringify(thrown)}`);
  expect(thrown.failure.code).toBe('not-a-model-file');
  return thrown.failure.detail;
}

const pocketFile = (precision: string) =>
  new Blob([readFileSync(`static/models/pocket/gguf/pocket-${precision}.gguf`)]);

test.each(['f16', 'q8_0', 'q4_0', 'q2_k'])('Pocket at %s says what it is', async (precision) => {
  const header = await readGgufHeader(pocketFile(precision));
  const manifest = JSON.parse(readFileSync('static/models/pocket/manifest.json', 'utf8')) as {
    parameters: number;
    context: number;
  };
  expect(header).toMatchObject({
    architecture: 'llama',
    precision,
    name: 'Pocket',
    licence: 'apache-2.0',
    parameters: manifest.parameters,
    contextTokens: manifest.context,
    parts: 1,
  });
  expect(header.chatTemplate).toContain('add_generation_prompt');
  expect(header.tokenizer).toMatchObject({ model: 'gpt2', eosText: '<|im_end|>', addsBos: false });
  expect(header.tokenizer?.words.length).toBeGreaterThan(50);
});

test('a file is needed whole, to its last byte', async () => {
  const whole = pocketFile('q4_0');
  const { neededBytes } = await readGgufHeader(whole);
  expect(neededBytes).toBeLessThanOrEqual(whole.size);
  expect(whole.size - neededBytes).toBeLessThan(32);
  expect(await refusal(whole.slice(0, neededBytes - 1))).toContain('bytes');
  expect(await refusal(whole.slice(0, 1000))).toContain('ends inside its header');
});

test('what the header says is found', async () => {
  const header = await readGgufHeader(ggufFile());
  expect(header).toEqual({
    version: 3,
    architecture: 'llama',
    name: 'Small',
    licence: 'apache-2.0',
    precision: 'q8_0',
    parameters: 64,
    contextTokens: 512,
    chatTemplate: '{{ messages }}',
    tokenizer: {
      model: 'gpt2',
      vocabulary: 5,
      bosText: '<s>',
      eosText: '</s>',
      addsBos: false,
      words: [' the', ' and'],
    },
    shape: { layers: 2, embedding: 64, kvHeads: 4, keyLength: 16, valueLength: 16 },
    parts: 1,
    neededBytes: expect.any(Number) as number,
  });
});

test('key and value heads may differ from layer to layer', async () => {
  const header = await readGgufHeader(ggufFile({ 'llama.attention.head_count_kv': [2, 1] }));
  expect(header.shape.kvHeads).toBe(3);
});

test('a SentencePiece vocabulary begins a text with its own token, unless it says otherwise', async () => {
  const changes = { 'tokenizer.ggml.model': 'llama' };
  expect((await readGgufHeader(ggufFile(changes))).tokenizer?.addsBos).toBe(true);
  const told = { ...changes, 'tokenizer.ggml.add_bos_token': false };
  expect((await readGgufHeader(ggufFile(told))).tokenizer?.addsBos).toBe(false);
});

test.each([
  ['zeros', new Blob([new Uint8Array(4096)])],
  ['a web page', new Blob(['<!doctype html><title>Sign in</title>'])],
  ['nothing', new Blob([])],
  ['the first four bytes', new Blob(['GGUF'])],
  ['an ONNX file', new Blob([Uint8Array.of(8, 7, 18, 3)])],
])('%s is no model', async (_, file) => {
  expect(await refusal(file)).toMatch(/GGUF/);
});

test('versions that count otherwise are refused', async () => {
  expect(await refusal(ggufFile({}, { version: 1 }))).toContain('version is 1');
  // The same number in the other byte order.
  expect(await refusal(ggufFile({}, { version: 0x03000000 }))).toContain('version is 50331648');
});

test.each<[string, Partial<GgufTensor>, string]>([
  ['an unknown type', { type: 999 }, 'unknown type 999'],
  ['no dimension', { dimensions: [] }, '0 dimensions'],
  ['five dimensions', { dimensions: [32, 1, 1, 1, 1] }, '5 dimensions'],
  ['a row that is no whole number of blocks', { dimensions: [33] }, 'no sound size'],
  ['a size beyond counting', { dimensions: [2 ** 32, 2 ** 32] }, 'no sound size'],
  ['a size of nothing', { dimensions: [0] }, 'no sound size'],
  ['an offset between two blocks', { offset: 7 }, 'lies at 7'],
  ['an offset behind the end', { offset: 2n ** 62n }, 'bytes'],
  ['a name that is too long', { name: 'x'.repeat(65) }, '65 bytes'],
])('a tensor with %s is refused', async (_, change, why) => {
  expect(await refusal(ggufFile({}, { tensor: change }))).toContain(why);
});

test('counts are bounded before they are believed', async () => {
  const header = (tensors: number, keys: number) =>
    new GgufWriter().raw('GGUF').uint32(3).uint64(tensors).uint64(keys);
  expect(await refusal(new Blob([header(2 ** 40, 0).bytes]))).toContain('tensors');
  expect(await refusal(new Blob([header(0, 2 ** 40).bytes]))).toContain('keys');
  const longKey = header(0, 1).uint64(2 ** 33);
  expect(await refusal(new Blob([longKey.bytes]))).toContain('a text of');
  const longArray = header(0, 1)
    .text('k')
    .uint32(9)
    .uint32(8)
    .uint64(2 ** 40);
  expect(await refusal(new Blob([longArray.bytes]))).toContain('values in an array');
  const nested = header(0, 1).text('k').uint32(9).uint32(9).uint64(1).uint32(9).uint64(1).uint32(9).uint64(1);
  expect(await refusal(new Blob([nested.bytes]))).toContain('arrays inside arrays');
});

test('a header without an architecture, with a wild alignment, or in 99,999 parts is refused', async () => {
  expect(await refusal(ggufFile({ 'general.architecture': undefined }))).toContain('no architecture');
  expect(await refusal(ggufFile({ 'general.alignment': 12 }))).toContain('alignment is 12');
  expect(await refusal(ggufFile({ 'split.count': 99_999 }))).toContain('99999 parts');
});

test('whatever the bytes are, they are read or refused, and never anything else', async () => {
  const sound = new Uint8Array(await ggufFile().arrayBuffer());
  const damaged = fc
    .array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
    .map((changes) => {
      const bytes = Uint8Array.from(sound);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
  const behindMagic = fc.uint8Array({ maxLength: 300 }).map((rest) => {
    const bytes = new Uint8Array(rest.length + 8);
    bytes.set([71, 71, 85, 70, 3, 0, 0, 0]);
    bytes.set(rest, 8);
    return bytes;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, behindMagic, fc.uint8Array()), async (bytes) => {
      const result: unknown = await readGgufHeader(new Blob([Uint8Array.from(bytes)])).catch(
        (error: unknown) => error,
      );
      if (result instanceof Error) expect(result).toBeInstanceOf(FailureError);
      else expect((result as { parameters: number }).parameters).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});

test('a file that ends anywhere is refused', async () => {
  const whole = ggufFile();
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.size - 1), async (length) => {
      await expect(readGgufHeader(whole.slice(0, length))).rejects.toBeInstanceOf(FailureError);
    }),
  );
});

test('every architecture that is said to run is one that the engine’s own code names', () => {
  for (const path of ['@wllama/wllama/esm', '@wllama/wllama-compat']) {
    const code = readFileSync(`node_modules/${path}/wasm/wllama.wasm`).toString('latin1');
    expect([...textArchitectures].filter((name) => !code.includes(`${name}\0`))).toEqual([]);
  }
});
