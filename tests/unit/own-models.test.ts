/**
 * Adding a model of one's own, with the real parts that do it: a stand-in of the hub and a plain file server are asked
 * over HTTP, and files of this machine go into a store in memory.
 */

import { IDBFactory } from 'fake-indexeddb';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inspectGguf, tryTemplate } from '../../src/catalog/own/inspect';
import { pocket as bundled } from '../../src/catalog/pocket';
import type { Machine } from '../../src/domain/machine';
import { browserMemory } from '../../src/state/browser-memory';
import { OwnList } from '../../src/state/own-list.svelte';
import { OwnModels } from '../../src/state/own-models.svelte';
import { HUB_URL, remoteFile } from '../../src/weights/addresses';
import { fetchPiece } from '../../src/weights/file-piece';
import { surveyOrigin } from '../../src/weights/origins';
import { WeightDatabase } from '../../src/weights/database';
import { WeightStore } from '../../src/weights/weight-store';
import { ggufFile } from '../support/gguf-file';
import { splitGguf } from '../support/gguf-split';
import { HubServer } from '../support/hub-server.mjs';
import { StaticServer } from '../support/static-server.mjs';
import { readAll } from '../support/weights';

const pocket = 'static/models/pocket';
const read = (path: string) => readFileSync(`${pocket}/${path}`);
const gguf = read('gguf/pocket-q4_0.gguf');
const machine: Machine = {
  webGpu: 'none',
  features: new Set(),
  maxBufferBytes: 0,
  memoryBytes: undefined,
  storageBytes: undefined,
};

let hub: HubServer;
let kept: Map<string, string>;
let store: WeightStore;
/** Variants whose engines were ended. */
let unloaded: string[];
const toHub: typeof fetch = (input, init) =>
  fetch(String(input instanceof Request ? input.url : input).replace(HUB_URL, hub.origin), init);

function open(overTls = false): { own: OwnModels; list: OwnList } {
  const memory = browserMemory(() => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  }));
  const list = new OwnList(memory);
  const own = new OwnModels({
    list,
    store,
    overTls,
    places: { appUrl: 'http://app.test/', hubUrl: HUB_URL },
    models: { machine },
    storage: () => undefined,
    unload: (variants) => {
      unloaded.push(...variants.map(({ id }) => id));
      return Promise.resolve();
    },
    client: {
      survey: (origin, places, signal) => surveyOrigin(origin, { fetch: toHub, places, signal }),
      piece: (url, from, to, signal) => fetchPiece(url, from, to, { fetch: toHub }, signal),
      renew: () => undefined,
    },
    inspector: {
      header: (bytes, from) => inspectGguf(bytes, from),
      template: async (input) => {
        await Promise.resolve();
        return tryTemplate(input);
      },
    },
  });
  return { own, list };
}

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  kept = new Map();
  unloaded = [];
  store = new WeightStore({
    database: new WeightDatabase({ factory: () => indexedDB }),
    chunkBytes: 100_000,
  });
  hub = new HubServer();
  await hub.start();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await hub.stop();
});

/** What `look` ended with: the proposal, or the refusal. */
async function outcome(own: OwnModels, work: Promise<void>) {
  await work;
  const { phase } = own;
  if (phase.kind === 'found') return phase.proposal;
  if (phase.kind === 'refused') return phase.refused.refusal;
  throw new Error(`it ended ${phase.kind}`);
}

const onnxFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_q4.onnx'];
const hubFile = (path: string, body = read(path)) => ({ path, body, lfs: body.length > 10_000 });
const local = (name: string, content: Blob | Buffer) => {
  const part = content instanceof Blob ? content : new Uint8Array(content);
  return { path: name, file: new File([part], name.slice(name.lastIndexOf('/') + 1)) };
};

test('a repository of the hub is looked into, shown and remembered, and no weights are fetched', async () => {
  hub.add({
    id: 'someone/pocket',
    licence: 'apache-2.0',
    files: [...onnxFiles.map((path) => hubFile(path)), hubFile('pocket-Q4_0.gguf', gguf)],
  });
  const { own, list } = open();
  const proposal = await outcome(own, own.look('https://huggingface.co/someone/pocket/tree/main'));
  expect(proposal).toMatchObject({ architectures: ['llama'], contextTokens: 1024, leftOut: [] });
  expect(hub.requests.map(({ path }) => path).filter((path) => path.includes('/onnx/'))).toEqual([]);
  const model = await own.take();
  expect(model).toMatchObject({
    name: 'pocket',
    licence: 'apache-2.0',
    own: true,
    parameters: bundled.parameters,
  });
  expect(model?.variants.map(({ engine, precision }) => [engine, precision])).toEqual([
    ['transformers-js', 'q4'],
    ['wllama', 'q4_0'],
  ]);
  const [onnx] = model?.variants ?? [];
  expect(onnx?.artifact.origin).toMatchObject({
    kind: 'hub',
    revision: '0123456789abcdef'.repeat(3).slice(0, 40),
  });
  expect(onnx?.artifact.files.find(({ path }) => path.endsWith('.onnx'))?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(own.phase.kind).toBe('idle');
  expect(open().list.list).toEqual([model]);
  list.remove({ id: model?.id ?? '' });
  expect(open().list.list).toEqual([]);
});

test('what an engine cannot run is left out and said, where another engine can run the rest', async () => {
  const config = Buffer.from(JSON.stringify({ model_type: 'retnet' }));
  const files = onnxFiles.map((path) => hubFile(path, path === 'config.json' ? config : read(path)));
  hub.add({ id: 'a/mixed', files: [...files, hubFile('x-Q4_0.gguf', gguf)] });
  const { own } = open();
  const proposal = await outcome(own, own.look('a/mixed'));
  if (!('model' in proposal)) throw new Error(proposal.kind);
  expect(proposal.model.variants.map(({ engine }) => engine)).toEqual(['wllama']);
  expect(proposal.leftOut.map(({ refusal }) => refusal)).toEqual([
    { kind: 'architecture', architecture: 'retnet', engine: 'transformers-js' },
  ]);
});

test('a name that the hub does not know, a gated repository and one without a model are refused', async () => {
  const { own } = open();
  expect(await outcome(own, own.look('no/such'))).toEqual({
    kind: 'unknown-repository',
    repository: 'no/such',
  });
  const weights = [hubFile('x-Q4_0.gguf', gguf)];
  hub.add({ id: 'a/gated', gated: true, listed: true, files: weights });
  expect(await outcome(own, own.look('a/gated'))).toEqual({ kind: 'gated', where: 'a/gated' });
  hub.add({ id: 'a/closed', gated: true, files: weights });
  expect(await outcome(own, own.look('a/closed'))).toEqual({ kind: 'gated', where: 'a/closed' });
  hub.add({ id: 'a/torch', files: [hubFile('config.json'), hubFile('model.safetensors', gguf)] });
  expect(await outcome(own, own.look('a/torch'))).toEqual({ kind: 'no-model', where: 'a/torch' });
  hub.add({ id: 'a/parts', files: [hubFile('x-00001-of-00002.gguf', gguf)] });
  expect(await outcome(own, own.look('a/parts'))).toEqual({
    kind: 'part-missing',
    file: 'x-00001-of-00002.gguf',
    missing: 'x-00002-of-00002.gguf',
  });
  hub.add({ id: 'a/eyes', files: [hubFile('mmproj-x-f16.gguf', gguf)] });
  expect(await outcome(own, own.look('a/eyes'))).toEqual({
    kind: 'projector-alone',
    file: 'mmproj-x-f16.gguf',
  });
  hub.add({ id: 'a/half', files: [hubFile('config.json'), hubFile('onnx/model_q4.onnx')] });
  expect(await outcome(own, own.look('a/half'))).toMatchObject({
    kind: 'file-missing',
    file: 'tokenizer.json',
  });
  expect(await outcome(own, own.look('hello'))).toEqual({ kind: 'not-an-address' });
  expect(hub.requests.filter(({ path }) => path.endsWith('.onnx') || path.endsWith('.gguf'))).toEqual([]);
});

test('a file that is listed and not there is named', async () => {
  hub.add({ id: 'a/gone', files: [hubFile('x-Q4_0.gguf', gguf)] });
  hub.fault = () => ({ status: 404 });
  const { own } = open();
  expect(await outcome(own, own.look('a/gone'))).toEqual({
    kind: 'file-missing',
    file: 'x-Q4_0.gguf',
    where: 'a/gone',
  });
});

test('a folder of a plain server is looked into by its manifest, or by the names of the files that it may have', async () => {
  const server = new StaticServer(`${process.cwd()}/static/models/pocket`);
  await server.start();
  try {
    const { own } = open();
    const listed = await outcome(own, own.look(`${server.origin}/`));
    if (!('model' in listed)) throw new Error(listed.kind);
    expect(listed.model.variants.map(({ precision }) => precision).sort()).toEqual(
      ['fp32', 'fp16', 'q8', 'q4', 'q4f16', 'q2', 'f16', 'q8_0', 'q4_0', 'q2_k'].sort(),
    );
    expect(listed.model.variants[0]?.artifact.files.every(({ sha256 }) => sha256 !== undefined)).toBe(true);
    // The same folder, without its list and without its GGUFs.
    server.hide = /\/manifest\.json$/;
    const probed = await outcome(own, own.look(server.origin));
    if (!('model' in probed)) throw new Error(probed.kind);
    expect(probed.model.variants.map(({ precision, bytes }) => [precision, bytes > 1e6])).toEqual([
      ...['fp32', 'fp16', 'q8', 'q4', 'q4f16', 'q2'].map((precision) => [precision, true]),
    ]);
    const one = await outcome(own, own.look(`${server.origin}/gguf/pocket-q8_0.gguf`));
    if (!('model' in one)) throw new Error(one.kind);
    expect(one.model.variants.map(({ files, bytes }) => [files, bytes])).toEqual([
      [['pocket-q8_0.gguf'], read('gguf/pocket-q8_0.gguf').length],
    ]);
  } finally {
    await server.stop();
  }
});

test('a server that nobody can reach, and one without TLS for a page that has it, are refused', async () => {
  const { own } = open(true);
  expect(await outcome(own, own.look('http://127.0.0.1:9/x'))).toEqual({
    kind: 'unreachable',
    host: '127.0.0.1:9',
  });
  expect(await outcome(own, own.look('http://mirror.test/x'))).toEqual({
    kind: 'insecure-address',
    host: 'mirror.test',
  });
});

test('a dropped GGUF is shown, then copied into the store, byte for byte; cancelled it leaves nothing', async () => {
  const { own, list } = open();
  const proposal = await outcome(own, own.lookAtFiles([local('My model.gguf', gguf)]));
  expect(proposal).toMatchObject({ architectures: ['llama'], contextTokens: 1024 });
  expect(await store.list()).toEqual([]);
  const taking = own.take();
  expect(own.phase.kind).toBe('storing');
  own.cancel();
  expect(await taking).toBeUndefined();
  expect([await store.list(), list.list]).toEqual([[], []]);
  await own.lookAtFiles([local('My model.gguf', gguf)]);
  const model = await own.take();
  const [variant] = model?.variants ?? [];
  if (variant === undefined) throw new Error('no variant');
  expect(variant).toMatchObject({ engine: 'wllama', precision: 'q4_0', bytes: gguf.length });
  expect((await store.list()).map(({ complete }) => complete)).toEqual([true]);
  const [file] = variant.artifact.files;
  if (file === undefined) throw new Error('no file');
  expect(Buffer.from(await readAll(store, remoteFile(variant.baseUrl, file))).equals(gguf)).toBe(true);
});

test('the same file dropped again and cancelled takes nothing from the model that is there', async () => {
  const { own, list } = open();
  const drop = () => own.lookAtFiles([local('My model.gguf', gguf)]);
  await drop();
  const model = await own.take();
  await drop();
  const again = own.take();
  own.cancel();
  await again;
  expect(list.list.map(({ id }) => id)).toEqual([model?.id]);
  expect((await store.list()).map(({ complete }) => complete)).toEqual([true]);
});

test('a file with the same beginning and other weights is another model', async () => {
  const { own, list } = open();
  const other = Buffer.from(gguf);
  other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
  for (const content of [gguf, other]) {
    await own.lookAtFiles([local('My model.gguf', content)]);
    await own.take();
  }
  expect(list.list).toHaveLength(2);
});

test('a dropped ONNX folder is one model with a variant for each precision', async () => {
  const { own } = open();
  const files = [...onnxFiles, 'onnx/model_q2.onnx', 'gguf/pocket-q2_k.gguf', 'manifest.json'];
  await own.lookAtFiles(files.map((path) => local(`pocket/${path}`, read(path))));
  const model = await own.take();
  expect(model?.name).toBe('pocket');
  expect(model?.variants.map(({ precision }) => precision)).toEqual(['q4', 'q2', 'q2_k']);
  const stored = await store.list();
  expect(stored.map(({ complete }) => complete)).toEqual([true, true, true]);
  const names = stored.flatMap((one) => one.files.map(({ path }) => path));
  expect(names).not.toContain('manifest.json');
});

const sound = '{% for message in messages %}{{ message.content }}{% endfor %}';
test.each<[string, Blob | Buffer, object]>([
  ['zeros', Buffer.alloc(5000), { kind: 'broken-file', file: 'x.gguf' }],
  ['a file that was cut', gguf.subarray(0, 1_000_000), { kind: 'broken-file', file: 'x.gguf' }],
  [
    'an unknown architecture',
    ggufFile({ 'general.architecture': 'zebra', 'tokenizer.chat_template': sound }),
    { kind: 'architecture', architecture: 'zebra', engine: 'wllama' },
  ],
  [
    'what only turns images into tokens',
    ggufFile({ 'general.architecture': 'clip', 'tokenizer.chat_template': sound }),
    { kind: 'projector-alone', file: 'x.gguf' },
  ],
  ['no chat template', ggufFile({ 'tokenizer.chat_template': undefined }), { kind: 'template-missing' }],
  [
    'a template that throws',
    ggufFile({ 'tokenizer.chat_template': "{{ raise_exception('no') }}" }),
    { kind: 'template-broken' },
  ],
  [
    'a template that does not end',
    ggufFile({
      'tokenizer.chat_template':
        '{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}',
    }),
    { kind: 'template-broken' },
  ],
  [
    'one of several parts',
    ggufFile({ 'split.count': 3, 'tokenizer.chat_template': sound }),
    { kind: 'in-parts', file: 'x.gguf', parts: 3 },
  ],
  [
    'a precision that has no name here',
    ggufFile({ 'general.file_type': 1024, 'tokenizer.chat_template': sound }),
    { kind: 'precision', file: 'x.gguf' },
  ],
])('%s is refused before anything is stored', async (_, content, refusal) => {
  const { own, list } = open();
  expect(await outcome(own, own.lookAtFiles([local('x.gguf', content)]))).toEqual(refusal);
  expect(await own.take()).toBeUndefined();
  expect([await store.list(), list.list]).toEqual([[], []]);
});

test('a model whose context needs more than an engine can address is refused with both figures', async () => {
  const { own } = open();
  const huge = ggufFile({
    'tokenizer.chat_template': sound,
    'llama.context_length': 131_072,
    'llama.block_count': 200,
    'llama.attention.head_count_kv': 200,
    'llama.attention.key_length': 1000,
    'llama.attention.value_length': 1000,
  });
  const refusal = await outcome(own, own.lookAtFiles([local('x-q8_0.gguf', huge)]));
  expect(refusal).toMatchObject({ kind: 'too-large', offers: 2 ** 32 });
});

const parts = splitGguf(gguf, 10);
const [firstPart, secondPart] = ['Small-Q4_0-00001-of-00002.gguf', 'Small-Q4_0-00002-of-00002.gguf'] as const;
const eyes = (name: string) => local(name, ggufFile({ 'general.architecture': 'clip' }));

test('the parts of a GGUF, dropped together in any order, are one model with all of its parameters', async () => {
  const { own } = open();
  const proposal = await outcome(
    own,
    own.lookAtFiles([local(secondPart, parts[1]), local(firstPart, parts[0])]),
  );
  expect(proposal).toMatchObject({ architectures: ['llama'], leftOut: [] });
  const model = await own.take();
  expect(model).toMatchObject({ name: 'Small-Q4_0', parameters: bundled.parameters });
  expect(model?.variants).toMatchObject([
    { precision: 'q4_0', files: [firstPart, secondPart], bytes: parts[0].length + parts[1].length },
  ]);
  expect((await store.list()).map(({ complete, files }) => [complete, files.length])).toEqual([[true, 2]]);
});

test('a part that is not there is named, and one of another model is not taken for it', async () => {
  const { own } = open();
  const refusal = await outcome(own, own.lookAtFiles([local(secondPart, parts[1])]));
  expect(refusal).toEqual({ kind: 'part-missing', file: secondPart, missing: firstPart });
  const wrong = [local(firstPart, parts[0]), local(secondPart, gguf)];
  expect(await outcome(own, own.lookAtFiles(wrong))).toEqual({ kind: 'broken-file', file: secondPart });
  const swapped = [local(firstPart, parts[1]), local(secondPart, parts[0])];
  expect(await outcome(own, own.lookAtFiles(swapped))).toMatchObject({ kind: 'in-parts', file: firstPart });
});

test('a repository of the hub may hold its GGUFs in parts, and what turns images into tokens', async () => {
  const clip = Buffer.from(await ggufFile({ 'general.architecture': 'clip' }).arrayBuffer());
  hub.add({
    id: 'a/seeing',
    files: [
      ...[hubFile(`q4/${firstPart}`, parts[0]), hubFile(`q4/${secondPart}`, parts[1])],
      ...[hubFile('x-Q8_0.gguf', read('gguf/pocket-q8_0.gguf')), hubFile('mmproj-x-f16.gguf', clip)],
    ],
  });
  const { own, list } = open();
  const proposal = await outcome(own, own.look('a/seeing'));
  if (!('model' in proposal)) throw new Error(proposal.kind);
  expect(proposal.model.modality).toBe('image-text');
  expect(proposal.model.variants).toMatchObject([
    { precision: 'q8_0', files: ['x-Q8_0.gguf'], projector: 'mmproj-x-f16.gguf' },
    { precision: 'q4_0', files: [`q4/${firstPart}`, `q4/${secondPart}`], projector: 'mmproj-x-f16.gguf' },
  ]);
  for (const { artifact } of proposal.model.variants)
    expect(artifact.files.at(-1)?.path).toBe('mmproj-x-f16.gguf');
  const model = await own.take();
  expect(open().list.list).toEqual([model]);
  expect(list.list).toHaveLength(1);
  // By the address of one file, its parts and its eyes come with it.
  const one = await outcome(own, own.look(`https://huggingface.co/a/seeing/blob/main/q4/${secondPart}`));
  if (!('model' in one)) throw new Error(one.kind);
  expect(one.model.variants).toMatchObject([
    { files: [`q4/${firstPart}`, `q4/${secondPart}`], projector: 'mmproj-x-f16.gguf' },
  ]);
});

test('a projector that is dropped with one model belongs to it, whatever its name; one that is none is left out', async () => {
  const { own } = open();
  for (const name of ['mmproj-a.gguf', 'eyes of it.gguf']) {
    const proposal = await outcome(own, own.lookAtFiles([eyes(name), local('a-Q4_0.gguf', gguf)]));
    if (!('model' in proposal)) throw new Error(proposal.kind);
    expect(proposal.model.name).toBe('a-Q4_0');
    expect(proposal.model.variants).toMatchObject([{ files: ['a-Q4_0.gguf'], projector: name }]);
    const model = await own.take();
    expect(model?.variants[0]?.artifact.files.map(({ path }) => path)).toEqual(['a-Q4_0.gguf', name]);
  }
  expect((await store.list()).map(({ complete, files }) => [complete, files.length])).toEqual([
    [true, 2],
    [true, 2],
  ]);
  const broken = [local('mmproj-a.gguf', gguf), local('b-Q4_0.gguf', gguf)];
  const proposal = await outcome(own, own.lookAtFiles(broken));
  if (!('model' in proposal)) throw new Error(proposal.kind);
  expect(proposal.model.variants[0]?.projector).toBeUndefined();
  expect(proposal.leftOut.map(({ refusal }) => refusal)).toEqual([
    { kind: 'broken-file', file: 'mmproj-a.gguf' },
  ]);
});

test('several GGUFs dropped at once are several models: each is chosen, taken, and the rest comes again', async () => {
  const { own, list } = open();
  const several = () => {
    if (own.phase.kind !== 'several') throw new Error(`it is ${own.phase.kind}`);
    return own.phase.models;
  };
  const other = read('gguf/pocket-q2_k.gguf');
  await own.lookAtFiles([
    ...[local('mine/a-Q4_0.gguf', gguf), local('mine/b-Q2_K.gguf', other), eyes('mine/mmproj-f16.gguf')],
    ...[local(`mine/${firstPart}`, parts[0]), local(`mine/${secondPart}`, parts[1])],
  ]);
  expect(several().map(({ name, bytes, files }) => [name, bytes, files.length])).toEqual([
    ['a-Q4_0.gguf', gguf.length, 1],
    ['b-Q2_K.gguf', other.length, 1],
    ['Small-Q4_0.gguf', parts[0].length + parts[1].length, 2],
  ]);
  const [, second, third] = several();
  if (second === undefined || third === undefined) throw new Error('not three');
  expect(await outcome(own, own.choose(second))).toMatchObject({ model: { name: 'b-Q2_K' } });
  own.cancel();
  expect(several()).toHaveLength(3);
  await own.choose(second);
  expect(await own.take()).toMatchObject({ name: 'b-Q2_K', variants: [{ precision: 'q2_k' }] });
  expect(several().map(({ name }) => name)).toEqual(['a-Q4_0.gguf', 'Small-Q4_0.gguf']);
  await own.choose(third);
  expect((await own.take())?.variants).toMatchObject([{ files: [firstPart, secondPart] }]);
  own.cancel();
  expect([own.phase.kind, own.amongSeveral]).toEqual(['idle', false]);
  expect(list.list.map(({ name }) => name)).toEqual(['Small-Q4_0', 'b-Q2_K']);
});

test('what was dropped without a file in it is said to be none', async () => {
  const { own } = open();
  expect(await outcome(own, own.lookAtFiles([]))).toEqual({ kind: 'nothing-dropped' });
});

test('a model that is removed is unloaded first', async () => {
  const { own, list } = open();
  await own.lookAtFiles([local('My model.gguf', gguf)]);
  const model = await own.take();
  if (model === undefined) throw new Error('not taken');
  await own.remove(model);
  expect(unloaded).toEqual(model.variants.map(({ id }) => id));
  expect(list.list).toEqual([]);
});

test('a server that tells no sizes gives models whose size is not known, and no wrong figures', async () => {
  const server = new StaticServer(`${process.cwd()}/static/models/pocket`);
  server.hide = /\/manifest\.json$/;
  server.sizeless = true;
  await server.start();
  try {
    const { own } = open();
    const onnx = await outcome(own, own.look(server.origin));
    if (!('model' in onnx)) throw new Error(onnx.kind);
    expect(onnx.model.parameters).toBe(0);
    expect(
      onnx.model.variants.map(({ precision, bytes, bytesFrom }) => [precision, bytes, bytesFrom]),
    ).toEqual(['fp32', 'fp16', 'q8', 'q4', 'q4f16', 'q2'].map((precision) => [precision, 0, 'computed']));
    const model = await own.take();
    expect(open().list.list).toEqual([model]);
    // A GGUF says itself how many bytes its tensors need.
    const one = await outcome(own, own.look(`${server.origin}/gguf/pocket-q8_0.gguf`));
    if (!('model' in one)) throw new Error(one.kind);
    expect(one.model.parameters).toBe(bundled.parameters);
    const [variant] = one.model.variants;
    expect(variant).toMatchObject({ bytesFrom: 'computed', precision: 'q8_0' });
    expect(Math.abs((variant?.bytes ?? 0) / read('gguf/pocket-q8_0.gguf').length - 1)).toBeLessThan(0.01);
    expect(variant?.artifact.files[0]).not.toHaveProperty('bytes');
  } finally {
    await server.stop();
  }
});
