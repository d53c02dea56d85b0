/** Downloads against a server that misbehaves, at random and in every way that the table of faults names. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import { folderUrl, remoteFile } from '../../src/weights/addresses';
import { storeLocalFile } from '../../src/weights/local-files';
import type { Notice } from '../../src/weights/transfer';
import { RangeServer, type Fault } from '../support/range-server';
import { CHUNK, fileOf, modelBytes, openStore, readAll } from '../support/weights';

const never = () => new AbortController().signal;
const file = modelBytes(7 * CHUNK + 123);

async function failureCode(work: Promise<unknown>): Promise<string> {
  const thrown: unknown = await work.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!(thrown instanceof FailureError)) throw thrown;
  return thrown.failure.code;
}

async function bring(faults: readonly (Fault | undefined)[]) {
  const server = new RangeServer(file, faults);
  const store = openStore(server.fetch);
  const notices: Notice[] = [];
  const remote = await fileOf(file);
  const outcome = store.bring(remote, never(), { onNotice: (notice) => notices.push(notice) });
  return { server, store, remote, notices, outcome };
}

test('a file arrives, is what its origin says, and is read back verified', async () => {
  const { server, store, remote, outcome } = await bring([]);
  await outcome;
  expect(await readAll(store, remote)).toEqual(file);
  await store.bring(remote, never());
  expect(server.asked).toEqual([0]);
});

describe('a connection that is cut', () => {
  test('is taken up after the last committed chunk', async () => {
    const { server, store, remote, outcome, notices } = await bring([
      { kind: 'cut', after: 3 * CHUNK + 400, clean: false },
    ]);
    await outcome;
    expect(server.asked).toEqual([0, 3 * CHUNK]);
    expect(notices.map(({ kind }) => kind)).toEqual(['retrying']);
    expect(await readAll(store, remote)).toEqual(file);
  });

  test('ends in a failure when nothing more ever comes, and keeps what had arrived', async () => {
    const cut: Fault = { kind: 'cut', after: 2 * CHUNK, clean: true };
    const stuck: Fault = { kind: 'cut', after: 10, clean: true };
    const { store, remote, outcome } = await bring([cut, ...Array.from({ length: 20 }, () => stuck)]);
    expect(await failureCode(outcome)).toBe('file-incomplete');
    expect(await store.find(remote, never())).toBeUndefined();
    expect(await store.chunks.storedChunks(remote.blob)).toEqual([0, 1]);
  });
});

describe('a server that', () => {
  test.each<[string, Fault, string]>([
    ['cannot be reached', { kind: 'unreachable' }, 'network'],
    ['has no such file', { kind: 'status', status: 404 }, 'file-missing'],
    ['lets only some people in', { kind: 'status', status: 401 }, 'access-denied'],
    ['answers with a web page', { kind: 'web-page' }, 'not-a-model-file'],
    ['has troubles of its own', { kind: 'status', status: 503 }, 'file-missing'],
  ])('%s is told, and leaves nothing behind', async (_, fault, code) => {
    const { store, remote, outcome } = await bring(Array.from({ length: 20 }, () => fault));
    expect(await failureCode(outcome)).toBe(code);
    expect(await store.chunks.blob(remote.blob)).toBeUndefined();
  });

  test('signs addresses that expire mid-file loses nothing', async () => {
    const { server, outcome } = await bring([
      { kind: 'cut', after: 2 * CHUNK, clean: false },
      { kind: 'status', status: 403 },
    ]);
    await outcome;
    expect(server.asked).toEqual([0, 2 * CHUNK, 2 * CHUNK]);
  });

  test('shows a login page mid-file is told, and what had arrived is kept', async () => {
    const { store, remote, outcome } = await bring([
      { kind: 'cut', after: 2 * CHUNK, clean: false },
      { kind: 'web-page' },
    ]);
    expect(await failureCode(outcome)).toBe('not-a-model-file');
    expect(await store.chunks.storedChunks(remote.blob)).toEqual([0, 1]);
  });

  test.each<[string, Fault]>([
    ['ignores ranges', { kind: 'whole' }],
    ['says that the range is not there', { kind: 'status', status: 416 }],
    ['has another file meanwhile, of the same size', { kind: 'replaced', bytes: modelBytes(file.length, 9) }],
    ['has a shorter file meanwhile', { kind: 'replaced', bytes: modelBytes(4 * CHUNK, 9) }],
  ])('%s: the file begins anew, and no versions are mixed', async (_, fault) => {
    const { server, store, remote, notices, outcome } = await bring([
      { kind: 'cut', after: 2 * CHUNK, clean: false },
      fault,
    ]);
    const ended = await outcome.then(
      () => 'stored',
      (thrown: unknown) => (thrown instanceof FailureError ? thrown.failure.code : String(thrown)),
    );
    expect(notices.map(({ kind }) => kind)).toContain('restarted');
    expect(server.asked[2]).toBe(0);
    if (server.file === file) {
      expect(ended).toBe('stored');
      expect(await readAll(store, remote)).toEqual(file);
    } else {
      // The origin states the hash of the first one, so the other is never taken for it.
      expect(['file-damaged', 'file-incomplete']).toContain(ended);
      expect(await store.find(remote, never())).toBeUndefined();
    }
  });

  test('does not say how long the file is: it is stored whole, or not at all', async () => {
    const plain: typeof fetch = () => Promise.resolve(new Response(new Blob([file]).stream()));
    const store = openStore(plain);
    const { bytes: _, ...remote } = await fileOf(file);
    await store.bring(remote, never());
    expect(await readAll(store, remote)).toEqual(file);
    const short = openStore(() => Promise.resolve(new Response(new Blob([file.slice(0, 2000)]).stream())));
    expect(await failureCode(short.bring(remote, never()))).toBe('file-incomplete');
    expect(await short.chunks.blob(remote.blob)).toBeUndefined();
  });
});

test('a file with another hash than stated is refused and not kept', async () => {
  const server = new RangeServer(modelBytes(file.length, 2));
  const store = openStore(server.fetch);
  const remote = await fileOf(file);
  expect(await failureCode(store.bring(remote, never()))).toBe('file-damaged');
  expect(await store.chunks.blob(remote.blob)).toBeUndefined();
});

test('an abort rejects with its reason and keeps what was committed', async () => {
  const stop = new AbortController();
  const reason = new Error('paused');
  const server = new RangeServer(file);
  const store = openStore(server.fetch);
  const remote = await fileOf(file);
  const outcome = store.bring(remote, stop.signal, {
    onProgress: ({ loadedBytes }) => {
      if (loadedBytes > 4 * CHUNK) stop.abort(reason);
    },
  });
  await expect(outcome).rejects.toBe(reason);
  const kept = await store.chunks.storedChunks(remote.blob);
  expect(kept.length).toBeGreaterThan(0);
  await store.bring(remote, never());
  expect(server.asked).toEqual([0, kept.length * CHUNK]);
  expect(await readAll(store, remote)).toEqual(file);
});

test('a dropped file is stored and read like any other, and one that is no model is not', async () => {
  const store = openStore(() => Promise.reject(new Error('no request is made')));
  const folder = folderUrl({ kind: 'local', id: 'mine' }, { appUrl: 'https://tab.test/', hubUrl: '' });
  const target = remoteFile(folder, { path: 'model.onnx' });
  await storeLocalFile(store, target, new Blob([file]), never());
  expect(await readAll(store, target)).toEqual(file);
  const page = remoteFile(folder, { path: 'page.onnx' });
  const refused = storeLocalFile(store, page, new Blob(['<!doctype html>']), never());
  expect(await failureCode(refused)).toBe('not-a-model-file');
  expect(await store.chunks.blob(page.blob)).toBeUndefined();
});

const faults = fc.option(
  fc.oneof(
    fc.record({
      kind: fc.constant('cut' as const),
      after: fc.integer({ min: 0, max: file.length }),
      clean: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('status' as const),
      status: fc.constantFrom(403, 404, 416, 429, 500, 503),
    }),
    fc.constant({ kind: 'unreachable' as const }),
    fc.constant({ kind: 'whole' as const }),
    fc.constant({ kind: 'web-page' as const }),
    fc
      .integer({ min: 1, max: file.length + 2000 })
      .map((length) => ({ kind: 'replaced' as const, bytes: modelBytes(length, 5) })),
  ),
  { nil: undefined },
);

test('whatever happens, a file is complete and right, or not there; and the next try can complete it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(faults, { maxLength: 12 }), async (script) => {
      const { server, store, remote, outcome } = await bring(script);
      const ended = await outcome.then(
        () => 'stored',
        (thrown: unknown) => (thrown instanceof FailureError ? 'failed' : `unexpected: ${String(thrown)}`),
      );
      expect(['stored', 'failed']).toContain(ended);
      const blob = await store.find(remote, never());
      expect(blob !== undefined).toBe(ended === 'stored');
      if (ended === 'failed') {
        server.heal(file);
        await store.bring(remote, never());
      }
      expect(await readAll(store, remote)).toEqual(file);
    }),
    { numRuns: 60 },
  );
});
