/**
 * Faults of downloads and of storage in a real browser: what the person is told, and that nothing is lost. The numbers
 * are those of the project's table of faults.
 */

import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { modelBytes, sha256Of, startFaultServer } from '../support/fault-server.mjs';
import { buildLab } from '../support/weights-lab/build.mjs';
import type { RemoteFile } from '../../src/weights/transfer';

const CHUNK = 1 << 20;
const bytes = modelBytes(6 * CHUNK + 12_345);
const sha256 = sha256Of(bytes);
const PATH = '/models/model.onnx';

let server: Awaited<ReturnType<typeof startFaultServer>>;
let pages: Awaited<ReturnType<typeof buildLab>>;

test.beforeAll(async () => {
  pages = await buildLab();
});

test.beforeEach(async ({ page }) => {
  server = await startFaultServer({ pages });
  server.serve(PATH, bytes);
  await page.goto(server.url);
});

test.afterEach(async () => {
  await server.close();
});

function file(more: Partial<RemoteFile> = {}): RemoteFile {
  const known = { path: 'model.onnx', url: server.url + PATH, bytes: bytes.length, sha256 };
  return { blob: `sha256:${sha256}`, ...known, ...more };
}

const bring = (page: Page, one = file(), options = {}) =>
  page.evaluate(([asked, how]) => window.lab.bring(asked, how), [one, options] as const);
const read = (page: Page, one = file()) => page.evaluate((asked) => window.lab.read(asked), one);
const stored = (page: Page, one = file()) => page.evaluate((blob) => window.lab.stored(blob), one.blob);
const kinds = ({ notices }: { readonly notices: readonly { readonly kind: string }[] }) =>
  notices.map(({ kind }) => kind);

async function expectWhole(page: Page, one = file()): Promise<void> {
  const outcome = await read(page, one);
  expect(outcome.failure).toBeUndefined();
  expect(outcome.sha256).toBe(sha256);
}

test('1: a connection cut mid-file is taken up again, and at most one chunk comes twice', async ({
  page,
}) => {
  server.serve(PATH, bytes, { faults: [{ cutAfter: 3.4 * CHUNK }, { cutAfter: 1.7 * CHUNK }] });
  const outcome = await bring(page);
  expect(outcome.failure).toBeUndefined();
  expect(kinds(outcome)).toContain('retrying');
  // What a browser had received and not yet handed over when the connection broke is lost with it.
  const inTheBrowser = CHUNK;
  expect(server.sent(PATH)).toBeLessThanOrEqual(bytes.length + 2 * (CHUNK + inTheBrowser));
  await expectWhole(page);
});

test('1: a connection that falls silent is told, given up and taken up again', async ({ page }) => {
  server.serve(PATH, bytes, { faults: [{ stallAfter: 2.5 * CHUNK }] });
  const outcome = await bring(page, file(), { stallMs: 5000 });
  expect(outcome.failure).toBeUndefined();
  expect(kinds(outcome)).toEqual(['stalled', 'retrying']);
  await expectWhole(page);
});

test('2: a short body without a length is tried again, then incomplete, and never ready', async ({
  page,
}) => {
  const short = { noLength: true, cutAfter: 1.5 * CHUNK };
  server.serve(PATH, bytes, {
    faults: [short, ...Array.from({ length: 20 }, () => ({ noLength: true, cutAfter: 9 }))],
  });
  test.setTimeout(120_000);
  const outcome = await bring(page);
  expect(kinds(outcome)).toContain('retrying');
  expect(outcome.failure?.code).toBe('file-incomplete');
  expect(await stored(page)).toMatchObject({ complete: false, chunks: [0] });
});

test('3: a tab that is closed mid-download goes on from its last chunk when it is opened again', async ({
  page,
  context,
}) => {
  server.limit.bytesPerSecond = 4 * CHUNK;
  await page.evaluate((asked) => void window.lab.bring(asked), file());
  await expect.poll(async () => (await stored(page)).chunks.length).toBeGreaterThan(1);
  const kept = (await stored(page)).chunks.length;
  await page.close();
  server.limit.bytesPerSecond = undefined;
  server.forget();
  const again = await context.newPage();
  await again.goto(server.url);
  expect((await stored(again)).chunks.length).toBeGreaterThanOrEqual(kept);
  expect((await bring(again)).failure).toBeUndefined();
  expect(server.sent(PATH)).toBeLessThanOrEqual(bytes.length - kept * CHUNK);
  await expectWhole(again);
});

for (const [how, fault] of [
  ['a 200 for a range', { whole: true }],
  ['a 416', { status: 416 }],
] as const) {
  test(`5: ${how} restarts the file, and says so`, async ({ page }) => {
    server.limit.bytesPerSecond = 8 * CHUNK;
    server.serve(PATH, bytes, { faults: [{ cutAfter: 4.5 * CHUNK }, fault] });
    const outcome = await bring(page);
    expect(outcome.failure).toBeUndefined();
    expect(kinds(outcome)).toContain('restarted');
    await expectWhole(page);
  });
}

test('5: a file that changes mid-way is fetched anew: no file of two versions', async ({ page }) => {
  const other = modelBytes(bytes.length, 7);
  const unpinned: RemoteFile = { blob: server.url + PATH, url: server.url + PATH, path: 'model.onnx' };
  server.limit.bytesPerSecond = 4 * CHUNK;
  const outcome = page.evaluate((asked) => window.lab.bring(asked), unpinned);
  await expect.poll(async () => (await stored(page, unpinned)).chunks.length).toBeGreaterThan(0);
  server.serve(PATH, other, { version: 2 });
  server.limit.bytesPerSecond = undefined;
  server.cutAll();
  expect(kinds(await outcome).filter((kind) => kind !== 'retrying')).toEqual(['restarted']);
  expect((await read(page, unpinned)).sha256).toBe(sha256Of(other));
});

test('6: a signed address that expires costs nothing, and the person hears of no failure', async ({
  page,
}) => {
  server.serve(PATH, bytes, {
    signed: true,
    signedUses: 1,
    faults: [{ cutAfter: 2.5 * CHUNK }, { status: 403 }],
  });
  const outcome = await bring(page);
  expect(outcome.failure).toBeUndefined();
  expect(server.sent(PATH)).toBeLessThanOrEqual(bytes.length + 2 * CHUNK);
  await expectWhole(page);
});

test('7: a web page is refused before it is stored', async ({ page }) => {
  server.serve(PATH, bytes, { faults: [{ webPage: true }] });
  expect((await bring(page)).failure?.code).toBe('not-a-model-file');
  expect(await stored(page)).toEqual({ complete: false, begun: false, chunks: [] });
  expect((await bring(page)).failure).toBeUndefined();
});

test('8: a stored byte that flips is repaired by its chunk alone', async ({ page }) => {
  await bring(page);
  await changeChunk(page, 'flip');
  server.forget();
  const outcome = await read(page);
  expect(outcome.sha256).toBe(sha256);
  expect(outcome.notices).toMatchObject([{ kind: 'repaired', bytes: CHUNK }]);
  expect(server.served.map(({ from }) => from)).toEqual([2 * CHUNK]);
  server.forget();
  await expectWhole(page);
  expect(server.served).toEqual([]);
});

test('8: a stored chunk that is lost is repaired too, and without a server it is said', async ({ page }) => {
  await bring(page);
  await changeChunk(page, 'delete');
  server.serve(PATH, bytes, { faults: [{ status: 404 }] });
  expect((await read(page)).failure?.code).toBe('file-damaged');
  await expectWhole(page);
});

test('9: a full storage is told, keeps what was stored before, and goes on when there is room', async ({
  page,
}) => {
  const cdp = await page.context().newCDPSession(page);
  const small = modelBytes(2 * CHUNK, 3);
  server.serve('/models/small.onnx', small);
  const smallFile = file({
    path: 'small.onnx',
    url: `${server.url}/models/small.onnx`,
    bytes: small.length,
    sha256: sha256Of(small),
    blob: `sha256:${sha256Of(small)}`,
  });
  // Before the database is opened: the browser believes an answer about space for some seconds.
  await setQuota(cdp, 6 * CHUNK);
  expect((await bring(page, smallFile)).failure).toBeUndefined();
  const outcome = await bring(page);
  expect(outcome.failure?.code).toBe('storage-full');
  expect((await stored(page)).complete).toBe(false);
  expect((await read(page, smallFile)).sha256).toBe(sha256Of(small));
  await setQuota(cdp, undefined);
  server.forget();
  const kept = (await stored(page)).chunks.length;
  expect((await bring(page)).failure).toBeUndefined();
  expect(server.sent(PATH)).toBeLessThanOrEqual(bytes.length - kept * CHUNK + 3 * CHUNK);
  await expectWhole(page);
});

test('10: a transaction that is undone after its requests succeeded acknowledges nothing', async ({
  page,
}) => {
  await page.evaluate(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own object below
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      const request = put.apply(this, args);
      const last = Array.isArray(args[1]) && args[1][1] === 2 && this.name === 'hashes';
      if (last) request.addEventListener('success', () => this.transaction.abort());
      return request;
    };
  });
  expect((await bring(page)).failure?.code).toBe('storage-full');
  expect((await stored(page)).chunks).not.toContain(2);
  await page.reload();
  expect((await bring(page)).failure).toBeUndefined();
  await expectWhole(page);
});

test('11: cleared storage is noticed, and the same tab fetches again', async ({ page }) => {
  await bring(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
  expect((await read(page)).failure?.detail).toContain('not stored');
  expect(await page.evaluate(() => window.lab.list())).toEqual([]);
  expect((await bring(page)).failure).toBeUndefined();
  await expectWhole(page);
});

test('12: two tabs share one download, and the second takes over when the first dies', async ({
  page,
  context,
}) => {
  server.limit.bytesPerSecond = 6 * CHUNK;
  const second = await context.newPage();
  await second.goto(server.url);
  const [one, two] = await Promise.all([bring(page), bring(second)]);
  expect([one.failure, two.failure]).toEqual([undefined, undefined]);
  expect(await second.evaluate(() => window.lab.progress.events)).toBeGreaterThan(1);
  expect(server.sent(PATH)).toBe(bytes.length);

  const other = modelBytes(bytes.length, 5);
  server.serve('/models/other.onnx', other);
  const next = file({
    url: `${server.url}/models/other.onnx`,
    sha256: sha256Of(other),
    blob: `sha256:${sha256Of(other)}`,
  });
  server.limit.bytesPerSecond = 3 * CHUNK;
  await page.evaluate((asked) => void window.lab.bring(asked), next);
  await expect.poll(async () => (await stored(page, next)).chunks.length).toBeGreaterThan(0);
  const follower = second.evaluate((asked) => window.lab.bring(asked), next);
  await page.close();
  expect((await follower).failure).toBeUndefined();
  expect(server.sent('/models/other.onnx')).toBeLessThan(other.length + 4 * CHUNK);
  expect((await read(second, next)).sha256).toBe(sha256Of(other));
});

test('13: a newer schema in another tab opens within a second, and the old tab is told to reload', async ({
  page,
  context,
}) => {
  await bring(page);
  const newer = await context.newPage();
  await newer.goto(server.url);
  const waitedMs = await newer.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const startedAt = performance.now();
        const request = indexedDB.open('opentab-weights', 99);
        request.onsuccess = () => resolve(performance.now() - startedAt);
        request.onerror = () => reject(request.error ?? new Error('refused'));
      }),
  );
  expect(waitedMs).toBeLessThan(1000);
  expect((await bring(page, file({ blob: 'other' }))).failure?.code).toBe('storage-outdated');
});

test('14: where nothing can be stored an engine gets its files all the same', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await page.goto(server.url);
  const fetched = await page.evaluate((path) => window.lab.asEngine(path), PATH);
  expect(fetched).toMatchObject({
    bytes: bytes.length,
    phases: expect.arrayContaining(['download']),
  });
  expect(fetched.failure).toBeUndefined();
  expect((await bring(page)).failure?.code).toBe('storage-unavailable');
});

test('an engine reads from the store, cold and warm, and the phases say which', async ({ page }) => {
  const cold = await page.evaluate((path) => window.lab.asEngine(path), PATH);
  expect(cold).toMatchObject({ bytes: bytes.length, failure: undefined });
  expect(cold.phases.slice(0, 2)).toEqual(['download', 'cache-read']);
  server.forget();
  const warm = await page.evaluate((path) => window.lab.asEngine(path), PATH);
  expect(warm).toMatchObject({ bytes: bytes.length, failure: undefined });
  expect(warm.phases).not.toContain('download');
  expect(server.served).toEqual([]);
  expect(await page.evaluate(() => window.lab.list())).toMatchObject([
    { complete: true, storedBytes: bytes.length },
  ]);
});

test('files that two models share are stored once, and deleting one leaves the other whole', async ({
  page,
}) => {
  const origin = { kind: 'url', url: `${server.url}/models/` } as const;
  const shared = { path: 'model.onnx', bytes: bytes.length, sha256 };
  server.serve('/models/config.json', Buffer.from('{"a":1}'));
  const both = await page.evaluate(
    async ([from, one]) => {
      const files = await window.lab.note({ origin: from, files: [one] });
      await window.lab.note({ origin: from, files: [one, { path: 'config.json', bytes: 7 }] });
      for (const each of files) await window.lab.bring(each);
      const [first, second] = await window.lab.list();
      const freed = [await window.lab.remove(first?.key ?? ''), await window.lab.remove(second?.key ?? '')];
      return { freed, left: await window.lab.list() };
    },
    [origin, shared] as const,
  );
  expect(both.freed).toEqual([0, bytes.length]);
  expect(both.left).toEqual([]);
  expect(await stored(page)).toEqual({ complete: false, begun: false, chunks: [] });
});

const hub = { kind: 'hub', repository: 'owner/model', revision: 'main' } as const;
const COMMIT = 'c'.repeat(40);

test('the hub: revision to commit, sizes and hashes, page by page, then through the worker into the store', async ({
  page,
}) => {
  server.serve(`/owner/model/resolve/${COMMIT}/onnx/model.onnx`, bytes);
  const others = Array.from({ length: 5 }, (_, index) => ({ path: `other-${index}.txt`, bytes: 1 }));
  server.repositories.set('owner/model', {
    sha: COMMIT,
    pageSize: 2,
    files: [...others, { path: 'onnx/model.onnx', lfs: true }],
  });
  const outcome = await page.evaluate(
    (origin) => window.lab.pin({ origin, files: [{ path: 'onnx/model.onnx' }] }),
    hub,
  );
  expect(outcome.pinned).toEqual({
    origin: { ...hub, revision: COMMIT },
    files: [{ path: 'onnx/model.onnx', bytes: bytes.length, sha256 }],
  });
  const brought = await page.evaluate(
    async (artifact) => {
      const [one] = await window.lab.note(artifact);
      return one === undefined ? undefined : window.lab.bring(one, { worker: true });
    },
    outcome.pinned ?? { origin: hub, files: [] },
  );
  expect(brought?.failure).toBeUndefined();
  await expectWhole(page);
});

test('the hub: gated and missing are told apart, and a token travels in a header alone', async ({ page }) => {
  const pin = (repository: string, revision = 'main', token?: string) =>
    page.evaluate(([origin, key]) => window.lab.pin({ origin, files: [{ path: 'a.json' }] }, key), [
      { kind: 'hub', repository, revision },
      token,
    ] as const);
  server.repositories.set('owner/gated', { sha: COMMIT, gated: true, files: [{ path: 'a.json', bytes: 2 }] });
  server.repositories.set('owner/open', { sha: COMMIT, files: [{ path: 'b.json', bytes: 2 }] });
  expect((await pin('owner/gated')).failure?.code).toBe('access-denied');
  expect((await pin('owner/none')).failure?.code).toBe('file-missing');
  expect((await pin('owner/open', 'nowhere')).failure?.code).toBe('file-missing');
  expect((await pin('owner/open')).failure?.code).toBe('file-missing');
  server.forget();
  expect((await pin('owner/gated', 'main', 'hf_test')).failure).toBeUndefined();
  expect(new Set(server.served.map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer hf_test']),
  );
  expect(server.served.some(({ path }) => path.includes('hf_test'))).toBe(false);
});

test.describe('33: a hostile repository is refused within five seconds, and leaves nothing behind', () => {
  for (const [what, files] of [
    ['paths that leave the folder', [{ path: '../../etc/passwd', bytes: 3 }]],
    ['a path with a backslash', [{ path: 'a\\..\\b.json', bytes: 3 }]],
    ['99,999 parts', [{ path: 'model-00001-of-99999.gguf', bytes: 3 }]],
    ['a tokenizer of 2 GB', [{ path: 'tokenizer.json', bytes: 2 ** 31 }]],
    [
      'more files than a model has',
      Array.from({ length: 9000 }, (_, at) => ({ path: `f${at}.bin`, bytes: 1 })),
    ],
  ] as const) {
    test(what, async ({ page }) => {
      server.repositories.set('owner/model', {
        sha: COMMIT,
        files: [...files, { path: 'a.json', bytes: 2 }],
      });
      const startedAt = Date.now();
      const outcome = await page.evaluate(
        (origin) => window.lab.pin({ origin, files: [{ path: 'a.json' }] }),
        hub,
      );
      expect(outcome.failure?.code).toBe('repository-refused');
      expect(Date.now() - startedAt).toBeLessThan(5000);
      expect(await page.evaluate(() => window.lab.list())).toEqual([]);
    });
  }

  test('broken GGUF headers', async ({ page }) => {
    const counts = [
      [0xffff_ffff_ffffn, 1n],
      [1n, 0xffff_ffff_ffffn],
      [0n, 0n],
    ] as const;
    for (const [tensors, entries] of counts) {
      const body = Buffer.alloc(4096);
      body.write('GGUF');
      body.writeUInt32LE(3, 4);
      body.writeBigUInt64LE(tensors, 8);
      body.writeBigUInt64LE(entries, 16);
      server.serve('/models/bad.gguf', body);
      const bad: RemoteFile = { blob: 'bad', url: `${server.url}/models/bad.gguf`, path: 'bad.gguf' };
      expect((await bring(page, bad)).failure?.code).toBe('not-a-model-file');
      expect((await stored(page, bad)).begun).toBe(false);
    }
  });
});

async function changeChunk(page: Page, how: 'flip' | 'delete'): Promise<void> {
  await page.evaluate(
    ([blob, action]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('opentab-weights');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('chunks', 'readwrite');
          const chunks = transaction.objectStore('chunks');
          const reading = chunks.get([blob, 2]) as IDBRequest<ArrayBuffer>;
          reading.onsuccess = () => {
            const view = new Uint8Array(reading.result);
            view[777] = (view[777] ?? 0) ^ 1;
            if (action === 'flip') chunks.put(reading.result, [blob, 2]);
            else chunks.delete([blob, 2]);
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onerror = () => reject(transaction.error ?? new Error('refused'));
        };
      }),
    [`sha256:${sha256}`, how] as const,
  );
}

async function setQuota(cdp: CDPSession, quotaSize: number | undefined): Promise<void> {
  await cdp.send('Storage.overrideQuotaForOrigin', {
    origin: server.url,
    ...(quotaSize !== undefined && { quotaSize }),
  });
}
