/** Downloads, the store and the catalogue together: against a stand-in of the hub that is asked over HTTP. */

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catalogModels } from '../../src/catalog/hub/cards';
import { pocketVariants } from '../../src/catalog/pocket';
import type { Artifact } from '../../src/domain/artifact';
import type { Machine } from '../../src/domain/machine';
import { cannotRun } from '../../src/state/cannot-run';
import { ModelStorage, type ModelVariant } from '../../src/state/model-storage.svelte';
import { HUB_URL } from '../../src/weights/addresses';
import { WeightDatabase } from '../../src/weights/database';
import { pinArtifact } from '../../src/weights/origins';
import { WeightStore } from '../../src/weights/weight-store';
import { isComplete } from '../../src/weights/chunk-store';
import { modelFetch } from '../../workers/engines/model-files';
import { blobOf } from '../../workers/engines/whole-body';
import { HubServer } from '../support/hub-server.mjs';
import { modelBytes } from '../support/weights';

const CHUNK = 1000;
const models = catalogModels();
const onnxBytes = Buffer.from(modelBytes(5 * CHUNK));
const onnxData = Buffer.from(modelBytes(3 * CHUNK, 2));
const gguf = readFileSync('static/models/pocket/gguf/pocket-q2_k.gguf');

function entry(id: string): ModelVariant {
  for (const model of models) {
    const variant = model.variants.find((one) => one.id === id);
    if (variant !== undefined) return { model, variant };
  }
  throw new Error(`no ${id}`);
}

const onnx = entry('smollm2-135m/onnx/q8');
const wllama = entry('smollm2-135m/gguf/q8_0');
const laptop: Machine = {
  webGpu: 'none',
  features: new Set(),
  maxBufferBytes: 0,
  memoryBytes: undefined,
  storageBytes: undefined,
};

let hub: HubServer;
/** Every request, of whatever file: those for the hub are answered by the stand-in. */
const toHub: typeof fetch = (input, init) =>
  fetch(String(input instanceof Request ? input.url : input).replace(HUB_URL, hub.origin), init);

beforeEach(async () => {
  hub = new HubServer();
  await hub.start();
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await hub.stop();
});

function publishOnnx(): void {
  const json = (path: string) => ({ path, body: Buffer.from('{"a":1}') });
  hub.add({
    id: 'HuggingFaceTB/SmolLM2-135M-Instruct',
    files: [
      ...['config.json', 'tokenizer.json', 'tokenizer_config.json', 'README.json'].map(json),
      { path: 'onnx/model_quantized.onnx', body: onnxBytes, lfs: true },
      { path: 'onnx/model_quantized.onnx_data', body: onnxData, lfs: true },
      { path: 'onnx/model_q4.onnx', body: onnxBytes, lfs: true },
    ],
  });
}

function publishGguf(): void {
  hub.add({
    id: 'bartowski/SmolLM2-135M-Instruct-GGUF',
    files: [{ path: 'SmolLM2-135M-Instruct-Q8_0.gguf', body: gguf, lfs: true }],
  });
}

/** A visit of its own: what is shared with the next is the database. */
function visit(machine = laptop) {
  const store = new WeightStore({ database: new WeightDatabase(), fetch: toHub, chunkBytes: CHUNK });
  const persist = vi.fn(() => Promise.resolve(true));
  const storageManager = {
    persist,
    estimate: () => Promise.resolve({ usage: 300, quota: 1000 }),
    persisted: () => Promise.resolve(persist.mock.calls.length > 0),
  } as unknown as StorageManager;
  const onStored = vi.fn();
  const noteUnfinished = vi.fn();
  const renew = vi.fn();
  const storage = new ModelStorage(
    {
      models: {
        all: models,
        machine,
        entry: (id) => {
          const { model: card, variant } = entry(id);
          return { card, variant };
        },
      },
      appUrl: 'https://tab.test/',
      storage: storageManager,
      now: () => performance.now(),
      onStored,
      noteUnfinished,
    },
    store,
    {
      renew,
      pin: (artifact, places, signal) => pinArtifact(artifact, { fetch: toHub, places, signal }),
      bring: async (file, signal, events) => {
        await store.bring(file, signal, events);
        return 'stored';
      },
    },
  );
  return { storage, store, persist, onStored, noteUnfinished, renew };
}

const phaseOf = ({ downloads }: ModelStorage, { variant }: ModelVariant) =>
  downloads.find(variant.id)?.phase.kind;

/** Reads a file as an engine does. */
async function asEngine(artifact: Artifact, baseUrl: string, path: string): Promise<Response> {
  vi.stubGlobal('location', { href: 'https://tab.test/' });
  const read = modelFetch({
    signal: new AbortController().signal,
    onProgress: () => undefined,
    source: { baseUrl, artifact },
  });
  return read(new URL(path, baseUrl));
}

test('a model is fetched with its parts and without what its repository lacks, and is known by its variant', async () => {
  publishOnnx();
  const { storage, onStored, noteUnfinished, persist, renew } = visit();
  expect(storage.of(onnx.variant)).toBeUndefined();
  storage.fetch(onnx);
  expect(storage.downloads.busy).toBe(true);
  await vi.waitFor(() => expect(phaseOf(storage, onnx)).toBe('complete'));
  expect(onStored).toHaveBeenCalledWith(onnx);
  await vi.waitFor(() => expect(storage.of(onnx.variant)?.complete).toBe(true));
  const bytes = onnxBytes.length + onnxData.length + 3 * 7;
  expect(storage.of(onnx.variant)).toMatchObject({ storedBytes: bytes, bytes });
  const { loadedBytes, totalBytes } = storage.downloads.list[0] ?? {};
  expect([loadedBytes, totalBytes]).toEqual([bytes, bytes]);
  expect(storage.entryOf(storage.stored.list[0] ?? { key: '' })).toEqual(onnx);
  expect([noteUnfinished.mock.calls[0], noteUnfinished.mock.lastCall]).toEqual([[true], [false]]);
  expect(storage.stored.space).toEqual({ usedBytes: 300, quotaBytes: 1000, persisted: true });
  expect(storage.stored.freeBytes).toBe(700);
  expect([persist.mock.calls.length, renew.mock.calls.length]).toEqual([1, 1]);
  const asked = hub.requests.map(({ path }) => path);
  expect(asked.filter((path) => /README|_q4/.test(path))).toEqual([]);

  hub.requests.length = 0;
  const { artifact, baseUrl } = onnx.variant;
  const answer = await asEngine(artifact, baseUrl, 'onnx/model_quantized.onnx_data');
  expect(Buffer.from(await answer.arrayBuffer()).equals(onnxData)).toBe(true);
  expect((await asEngine(artifact, baseUrl, 'config.json')).status).toBe(200);
  expect((await asEngine(artifact, baseUrl, 'generation_config.json')).status).toBe(404);
  expect((await asEngine(artifact, baseUrl, 'processor_config.json')).status).toBe(404);
  expect(hub.requests).toEqual([]);

  const again = visit();
  await again.storage.refresh();
  expect(again.storage.stored.list).toHaveLength(1);
  expect(await again.storage.remove(again.storage.stored.list[0] ?? { key: '' })).toBe(bytes);
  expect(again.storage.stored.list).toEqual([]);
  expect(hub.requests).toEqual([]);
});

test('what one visit left unfinished the next one offers, and fetches only the rest', async () => {
  publishGguf();
  const first = visit();
  hub.fault = (_, attempt) => (attempt === 1 ? { cutAfter: 400 * CHUNK } : { status: 404 });
  first.storage.fetch(wllama);
  await vi.waitFor(() => expect(phaseOf(first.storage, wllama)).toBe('failed'), { timeout: 10_000 });
  await vi.waitFor(() => expect(first.storage.of(wllama.variant)?.storedBytes).toBeGreaterThan(CHUNK));
  expect(first.noteUnfinished.mock.lastCall).toEqual([true]);
  expect(first.storage.unfinished).toEqual([]);

  hub.fault = () => undefined;
  hub.requests.length = 0;
  const second = visit();
  await second.storage.refresh();
  expect(hub.requests).toEqual([]);
  const [offered] = second.storage.unfinished;
  expect(offered).toMatchObject(wllama);
  const here = offered?.stored.storedBytes ?? 0;
  second.storage.fetch(wllama);
  expect(second.storage.unfinished).toEqual([]);
  await vi.waitFor(() => expect(phaseOf(second.storage, wllama)).toBe('complete'), { timeout: 10_000 });
  const ranges = hub.requests.flatMap(({ range }) => range ?? []);
  expect(ranges).toEqual([`bytes=${here}-`]);
  await vi.waitFor(() => expect(second.noteUnfinished.mock.lastCall).toEqual([false]));
});

test('a repository that has moved on to another commit replaces what is stored, and frees what it replaces', async () => {
  publishGguf();
  const { storage, store } = visit();
  storage.fetch(wllama);
  await vi.waitFor(() => expect(storage.of(wllama.variant)?.complete).toBe(true), { timeout: 10_000 });
  const named = (bytes: Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  expect(await store.chunks.blob(named(gguf))).toBeDefined();
  const newer = readFileSync('static/models/pocket/gguf/pocket-q4_0.gguf');
  hub.add({
    id: 'bartowski/SmolLM2-135M-Instruct-GGUF',
    commit: 'a'.repeat(40),
    files: [{ path: 'SmolLM2-135M-Instruct-Q8_0.gguf', body: newer, lfs: true }],
  });
  storage.fetch(wllama);
  await vi.waitFor(() => expect(storage.of(wllama.variant)?.storedBytes).toBe(newer.length), {
    timeout: 10_000,
  });
  expect(storage.stored.list).toHaveLength(1);
  expect(storage.of(wllama.variant)?.origin).toMatchObject({ revision: 'a'.repeat(40) });
  expect(await store.chunks.blob(named(gguf))).toBeUndefined();
  expect(await store.chunks.chunk(named(gguf), 0)).toBeUndefined();
  expect(await storage.remove(storage.stored.list[0] ?? { key: '' })).toBe(newer.length);
});

test('what this machine can run on no device is refused before a request', async () => {
  publishGguf();
  const { storage } = visit();
  const compiled = entry('smollm2-135m/mlc/q0f32');
  storage.fetch(compiled);
  await vi.waitFor(() =>
    expect(storage.downloads.find(compiled.variant.id)?.phase).toMatchObject({
      kind: 'failed',
      failure: { code: 'webgpu-unavailable' },
    }),
  );
  expect(hub.requests).toEqual([]);
});

test('a context that somebody tried in the list refuses no download', async () => {
  const long = entry('llama-3.2-1b/gguf/q4_k_m');
  const { storage } = visit();
  // At its whole window it would not fit; how much of it is used is chosen in a lane.
  expect(cannotRun(long.model, long.variant, 131_072, laptop)).toMatchObject({ code: 'model-too-large' });
  storage.fetch(long);
  await vi.waitFor(() => expect(phaseOf(storage, long)).toBe('failed'));
  // It came as far as the hub, which has no such file here.
  expect(storage.downloads.find(long.variant.id)?.phase).toMatchObject({
    failure: { code: 'file-missing' },
  });
  expect(hub.requests).not.toEqual([]);
});

test('to make room neither the model itself nor a pinned one is offered', async () => {
  publishOnnx();
  publishGguf();
  const { storage } = visit();
  storage.fetch(onnx);
  storage.fetch(wllama);
  await vi.waitFor(() => expect(storage.stored.list.filter(({ complete }) => complete)).toHaveLength(2), {
    timeout: 10_000,
  });
  const keys = () =>
    storage.deletableFor(onnx.variant).map(({ key }) => storage.entryOf({ key })?.variant.id);
  expect(keys()).toEqual([wllama.variant.id]);
  await storage.stored.pin(storage.of(wllama.variant)?.key ?? '', true);
  expect(keys()).toEqual([]);
});

test('Pocket, stored once, is read without any request, not even one that asks whether it changed', async () => {
  const requests: string[] = [];
  const serve: typeof fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    requests.push(`${init?.method ?? 'GET'} ${pathname}`);
    return Promise.resolve(new Response(readFileSync(`static${pathname}`)));
  };
  vi.stubGlobal('fetch', serve);
  const [variant] = pocketVariants;
  if (variant === undefined) throw new Error('Pocket has no variant');
  const baseUrl = `https://tab.test/${variant.baseUrl}`;
  const load = () =>
    Promise.all(
      variant.artifact.files.map(async ({ path, bytes }) => {
        const body = await (await asEngine(variant.artifact, baseUrl, path)).arrayBuffer();
        expect(body.byteLength).toBe(bytes);
      }),
    );
  await load();
  expect(requests.toSorted()).toEqual(
    variant.artifact.files.map(({ path }) => `GET /models/pocket/${path}`).toSorted(),
  );
  requests.length = 0;
  await load();
  expect(requests).toEqual([]);
});

test('a chunk that cannot be repaired ends the reading with its code, where it is read as a blob too', async () => {
  publishGguf();
  const { storage, store } = visit();
  storage.fetch(wllama);
  await vi.waitFor(() => expect(storage.of(wllama.variant)?.complete).toBe(true), { timeout: 10_000 });
  const blob = storage.of(wllama.variant)?.files[0]?.blob ?? '';
  await store.chunks.replace(blob, 3, new ArrayBuffer(CHUNK));
  const found = await store.chunks.blob(blob);
  if (!isComplete(found)) throw new Error('not stored');
  const body = () => new Response(store.read(found, { signal: new AbortController().signal }));
  await expect(blobOf(body())).rejects.toMatchObject({ failure: { code: 'file-damaged' } });
  // What the platform makes of it, and why it is not used.
  await expect(body().blob()).rejects.toThrow();
});
