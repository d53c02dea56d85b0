/** The queue of downloads: one at a time, paused, resumed, cancelled, refused before a byte. */

import { expect, test, vi } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import type { DownloadRequest } from '../../src/state/download.svelte';
import { Downloads } from '../../src/state/downloads.svelte';
import { StoredModels } from '../../src/state/stored-models.svelte';
import { NotThere } from '../../src/weights/transfer';
import { RangeServer } from '../support/range-server';
import { CHUNK, modelBytes, openStore } from '../support/weights';

const places = { appUrl: 'https://tab.test/', hubUrl: 'https://hub.test' };
const bytes = modelBytes(5 * CHUNK);

function setUp() {
  const server = new RangeServer(bytes);
  /** While closed, requests wait. */
  let open: () => void = () => undefined;
  let gate: Promise<void> = Promise.resolve();
  const fetchFile = vi.fn<typeof fetch>(async (...request) => {
    await gate;
    return server.fetch(...request);
  });
  const store = openStore(fetchFile);
  let time = 0;
  const persist = vi.fn(() => Promise.resolve(true));
  const onChange = vi.fn();
  const downloads = new Downloads({
    store,
    places,
    now: () => (time += 100),
    persist,
    onChange,
    client: {
      pin: (artifact) => Promise.resolve(artifact),
      bring: async (file, signal, events) => {
        try {
          await store.bring(file, signal, events);
        } catch (thrown) {
          if (thrown instanceof NotThere) return 'not-there';
          throw thrown;
        }
        return 'stored';
      },
    },
  });
  const request = (id: string, more: Partial<DownloadRequest> = {}): DownloadRequest => ({
    id,
    label: id,
    artifact: {
      origin: { kind: 'url', url: `https://x.test/${id}/` },
      files: [{ path: 'model.onnx', bytes: bytes.length }],
    },
    ...more,
  });
  return {
    downloads,
    store,
    fetchFile,
    persist,
    onChange,
    request,
    close: () => (gate = new Promise((resolve) => (open = resolve))),
    open: () => open(),
  };
}

test('two are fetched one after the other, with true bytes, and are listed as stored', async () => {
  const { downloads, store, request, persist, onChange } = setUp();
  const [a, b] = [downloads.start(request('a')), downloads.start(request('b'))];
  expect([a.phase.kind, b.phase.kind]).toEqual(['running', 'queued']);
  expect(downloads.busy).toBe(true);
  await vi.waitFor(() => expect(b.phase.kind).toBe('complete'));
  expect(a.phase.kind).toBe('complete');
  expect([a.loadedBytes, a.totalBytes]).toEqual([bytes.length, bytes.length]);
  expect(persist).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2));
  const stored = new StoredModels(store, undefined);
  await stored.refresh();
  expect(stored.list.map(({ complete, storedBytes }) => [complete, storedBytes])).toEqual([
    [true, bytes.length],
    [true, bytes.length],
  ]);
  const [first] = stored.deletable;
  await stored.pin(first?.key ?? '', true);
  expect(stored.deletable).toHaveLength(1);
  expect(await stored.remove(first?.key ?? '')).toBe(bytes.length);
  expect(stored.list).toHaveLength(1);
});

test('paused, it keeps what came and lets the next one go; resumed, it goes on', async () => {
  const { downloads, request, close, open } = setUp();
  void close();
  const a = downloads.start(request('a'));
  const b = downloads.start(request('b'));
  downloads.pause('a');
  expect(a.phase.kind).toBe('paused');
  open();
  await vi.waitFor(() => expect(b.phase.kind).toBe('complete'));
  expect(a.phase.kind).toBe('paused');
  downloads.resume('a');
  await vi.waitFor(() => expect(a.phase.kind).toBe('complete'));
});

test('cancelled, it leaves the list and the store', async () => {
  const { downloads, store, request, close, open } = setUp();
  void close();
  downloads.start(request('a'));
  const cancelled = downloads.cancel('a');
  open();
  await cancelled;
  expect(downloads.list).toEqual([]);
  expect(await store.list()).toEqual([]);
});

test('what this machine cannot run is refused before a byte is fetched', async () => {
  const { downloads, fetchFile, request } = setUp();
  const failure = { code: 'model-too-large' as const, detail: 'maxBufferSize' };
  const one = downloads.start(request('a', { refuse: () => Promise.resolve(failure) }));
  await vi.waitFor(() => expect(one.phase).toEqual({ kind: 'failed', failure }));
  expect(fetchFile).not.toHaveBeenCalled();
});

test('a failure is told, lets the next one go, and can be tried again', async () => {
  const { downloads, fetchFile, request } = setUp();
  fetchFile.mockRejectedValueOnce(new FailureError('access-denied', 'gated'));
  const [a, b] = [downloads.start(request('a')), downloads.start(request('b'))];
  await vi.waitFor(() => expect(b.phase.kind).toBe('complete'));
  expect(a.phase).toMatchObject({ kind: 'failed', failure: { code: 'access-denied' } });
  expect(downloads.start(request('a'))).toBe(a);
  await vi.waitFor(() => expect(a.phase.kind).toBe('complete'));
});

test('a server that has no optional file completes the model without it', async () => {
  const { downloads, store, request, fetchFile } = setUp();
  const answer = fetchFile.getMockImplementation();
  fetchFile.mockImplementation((input, init) =>
    (input instanceof Request ? input.url : new URL(input).href).endsWith('generation_config.json')
      ? Promise.resolve(new Response('', { status: 404 }))
      : (answer?.(input, init) ?? Promise.reject(new Error('no server'))),
  );
  const whole = request('a').artifact;
  const files = [...whole.files, { path: 'generation_config.json', optional: true }];
  const a = downloads.start(request('a', { artifact: { ...whole, files } }));
  await vi.waitFor(() => expect(a.phase.kind).toBe('complete'));
  expect(await store.list()).toMatchObject([{ complete: true, storedBytes: bytes.length }]);
});
