/** The pure rules of the weight store: chunks, answers, phases, addresses, and what a model file begins with. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import { artifactKey, checkFiles, folderUrl, isUnpinned, remoteFile } from '../../src/weights/addresses';
import { judge, parseContentRange } from '../../src/weights/answers';
import { ByteRate } from '../../src/weights/byte-rate';
import { ChunkPlan } from '../../src/weights/chunk-plan';
import { nextPhase, type DownloadEvent, type DownloadPhase } from '../../src/weights/download-machine';
import { HEAD_BYTES, whyNotAModelFile } from '../../src/weights/model-file';
import { backoffMs } from '../../src/weights/transfer';

describe('a plan of chunks', () => {
  test('whatever the streams do, every chunk is fetched by one stream at a time, and all are fetched', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.nat(70), { maxLength: 20 }),
        fc.array(fc.record({ stream: fc.nat(3), fails: fc.boolean() }), { maxLength: 60 }),
        (count, run, before, steps) => {
          const plan = new ChunkPlan(count, before, run);
          const stored = new Set(before.filter((index) => index < count));
          const streams: (number | undefined)[] = [undefined, undefined, undefined, undefined];
          const step = (stream: number, fails: boolean) => {
            const at = streams[stream];
            if (at === undefined) {
              const claimed = plan.claim();
              if (claimed === undefined) return;
              expect(stored.has(claimed)).toBe(false);
              expect(streams).not.toContain(claimed);
              streams[stream] = claimed;
            } else if (fails) {
              plan.release(at);
              streams[stream] = undefined;
            } else {
              const goesOn = plan.claimNext(at);
              plan.store(at);
              stored.add(at);
              streams[stream] = goesOn ? at + 1 : undefined;
              if (goesOn) expect(stored.has(at + 1)).toBe(false);
            }
          };
          for (const { stream, fails } of steps) step(stream, fails);
          for (let left = 0; left < 10 * count && !plan.complete; left += 1) step(left % 4, false);
          expect(plan.complete).toBe(true);
          expect(stored.size).toBe(count);
        },
      ),
    );
  });
});

describe('an answer to a range', () => {
  const asked = { from: 100, bytes: 1000, etag: '"a"', begun: true };
  const good = { 'content-range': 'bytes 100-999/1000', etag: '"a"' };

  test.each<[string, number, Record<string, string>, string]>([
    ['the rest of the same file', 206, good, 'body'],
    ['the same, its tag weakened by a proxy', 206, { ...good, etag: 'W/"a"' }, 'body'],
    ['no readable range, but a length that fits', 206, { 'content-length': '900' }, 'body'],
    ['another size', 206, { ...good, 'content-range': 'bytes 100-1999/2000' }, 'changed'],
    ['another version', 206, { ...good, etag: '"b"' }, 'changed'],
    ['another place', 206, { ...good, 'content-range': 'bytes 0-999/1000' }, 'changed'],
    ['the whole file', 200, { etag: '"a"' }, 'changed'],
    ['nothing there', 416, {}, 'changed'],
    ['an expired address', 403, {}, 'later'],
    ['too many requests', 429, { 'retry-after': '7' }, 'later'],
    ['a web page', 200, { 'content-type': 'text/html; charset=utf-8' }, 'refused'],
    ['gone', 410, {}, 'refused'],
  ])('%s', (_, status, headers, kind) => {
    expect(judge(asked, { status, headers: new Headers(headers) }).kind).toBe(kind);
  });

  test('a server may say when to come back, within reason', () => {
    const later = (after: string) =>
      judge(asked, { status: 503, headers: new Headers({ 'retry-after': after }) });
    expect(later('7')).toMatchObject({ afterMs: 7000 });
    expect(later('999999')).toMatchObject({ afterMs: 300_000 });
    expect(later('Fri, 31 Dec 1999 23:59:59 GMT')).not.toHaveProperty('afterMs');
  });

  test('a Content-Range is read, or said to be unreadable; nothing else', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), fc.nat(1e9), (first, length, more) => {
        const last = first + length;
        const total = last + 1 + more;
        expect(parseContentRange(`bytes ${first}-${last}/${total}`)).toEqual({ first, total });
        expect(parseContentRange(`bytes ${last + 1}-${first}/${total}`)).toBe('malformed');
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const range = parseContentRange(text);
        if (typeof range === 'object') expect(range.first).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

test('waits double, stay within their bounds, and differ from client to client', () => {
  expect([1, 2, 3].map((attempt) => backoffMs(attempt, () => 0))).toEqual([250, 500, 1000]);
  expect(backoffMs(1, () => 0.999)).toBeGreaterThan(backoffMs(1, () => 0));
  expect(backoffMs(50, () => 0.999)).toBeLessThanOrEqual(15_000);
});

test('a rate is that of the last seconds, and begins anew when bytes are lost', () => {
  const rate = new ByteRate();
  rate.add(0, 0);
  expect(rate.perSecond).toBeUndefined();
  rate.add(1000, 5_000_000);
  expect(rate.perSecond).toBe(5_000_000);
  for (let at = 2000; at <= 10_000; at += 1000) rate.add(at, 5_000_000);
  expect(rate.perSecond).toBe(0);
  rate.add(11_000, 100);
  expect(rate.perSecond).toBeUndefined();
});

describe('the life of a download', () => {
  const failure = { code: 'network' as const, detail: '' };
  const events: readonly DownloadEvent[] = [
    { kind: 'turn' },
    { kind: 'notice', notice: { kind: 'stalled', path: 'a' } },
    { kind: 'bytes' },
    { kind: 'stored' },
    { kind: 'failed', failure },
    { kind: 'pause' },
    { kind: 'resume' },
    { kind: 'cancel' },
  ];

  test('only what runs can be stored or fail, only what rests can be resumed, and an end is an end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (story) => {
        let phase: DownloadPhase = { kind: 'queued' };
        for (const event of story) {
          const next: DownloadPhase = nextPhase(phase, event);
          if (next.kind !== phase.kind) {
            if (next.kind === 'running') expect([phase.kind, event.kind]).toEqual(['queued', 'turn']);
            if (next.kind === 'complete' || next.kind === 'failed') expect(phase.kind).toBe('running');
            if (next.kind === 'queued') expect(['paused', 'failed']).toContain(phase.kind);
            if (next.kind === 'cancelled') expect(event.kind).toBe('cancel');
          }
          if (phase.kind === 'complete' || phase.kind === 'cancelled') expect(next).toBe(phase);
          if (event.kind === 'pause') expect(next.kind).not.toBe('running');
          phase = next;
        }
      }),
    );
  });

  test('bytes take back what was said of the connection, and not that a file began anew', () => {
    const told = (notice: Extract<DownloadEvent, { kind: 'notice' }>['notice']) =>
      nextPhase(nextPhase({ kind: 'running', notice: undefined }, { kind: 'notice', notice }), {
        kind: 'bytes',
      });
    expect(told({ kind: 'stalled', path: 'a' })).toEqual({ kind: 'running', notice: undefined });
    expect(told({ kind: 'restarted', path: 'a', why: '' })).toMatchObject({ notice: { kind: 'restarted' } });
  });
});

describe('addresses', () => {
  const places = { appUrl: 'https://tab.test/app/', hubUrl: 'https://hub.test' };
  const commit = 'a'.repeat(40);

  test('every kind of origin has its folder', () => {
    expect(folderUrl({ kind: 'app', path: 'models/pocket' }, places)).toBe(
      'https://tab.test/app/models/pocket/',
    );
    expect(folderUrl({ kind: 'url', url: 'https://mirror.test/m' }, places)).toBe('https://mirror.test/m/');
    expect(folderUrl({ kind: 'hub', repository: 'o/n', revision: commit }, places)).toBe(
      `https://hub.test/o/n/resolve/${commit}/`,
    );
    expect(folderUrl({ kind: 'local', id: 'x' }, places)).toBe('https://local.invalid/x/');
  });

  test.each(['o', 'o/n/m', '../n', 'o/..', 'o/n?x', 'o n/m', ''])(
    '"%s" names no repository',
    (repository) => {
      expect(() => folderUrl({ kind: 'hub', repository, revision: 'main' }, places)).toThrow(FailureError);
    },
  );

  test('bytes are named by their hash where it is known, and then never change', () => {
    const sha256 = 'b'.repeat(64);
    expect(remoteFile('https://x.test/', { path: 'a b.onnx', sha256 })).toMatchObject({
      url: 'https://x.test/a%20b.onnx',
      blob: `sha256:${sha256}`,
    });
    expect(remoteFile('https://x.test/', { path: 'a.onnx', sha256: 'nonsense' }).blob).toBe(
      'https://x.test/a.onnx',
    );
    expect(isUnpinned(`sha256:${sha256}`)).toBe(false);
    expect(isUnpinned(`https://hub.test/o/n/resolve/${commit}/a.onnx`)).toBe(false);
    expect(isUnpinned('https://hub.test/o/n/resolve/main/a.onnx')).toBe(true);
  });

  test('an artifact has one name, in whatever order its files are', () => {
    const origin = { kind: 'url', url: 'https://x.test/' } as const;
    const [a, b] = [{ path: 'a' }, { path: 'b' }];
    expect(artifactKey('f/', { origin, files: [a, b] })).toBe(artifactKey('f/', { origin, files: [b, a] }));
    expect(artifactKey('f/', { origin, files: [a] })).not.toBe(artifactKey('f/', { origin, files: [b] }));
  });

  test('no path leaves its folder, however it is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('..', '.', 'a', '', '\\', '%2e%2e', 'b c', '\u0000', '\u202e')),
        (parts) => {
          const path = parts.join('/');
          try {
            checkFiles([{ path }]);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(FailureError);
            return;
          }
          const { url } = remoteFile('https://x.test/folder/', { path });
          expect(new URL(url).href.startsWith('https://x.test/folder/')).toBe(true);
          expect(new URL(url).pathname.split('/')).toHaveLength(2 + path.split('/').length);
        },
      ),
    );
  });
});

describe('the beginning of a model file', () => {
  const why = (name: string, start: Uint8Array, bytes?: number) =>
    whyNotAModelFile({ name, start, contentType: '', ...(bytes !== undefined && { bytes }) });

  test('any bytes are judged without an error, and web pages never pass', () => {
    const name = fc.constantFrom('a.json', 'a.onnx', 'a.gguf', 'a.safetensors', 'a.bin');
    fc.assert(
      fc.property(
        name,
        fc.uint8Array({ maxLength: HEAD_BYTES }),
        fc.option(fc.nat()),
        (kind, start, bytes) => {
          const verdict = why(kind, start, bytes ?? undefined);
          expect(['string', 'undefined']).toContain(typeof verdict);
        },
      ),
    );
    for (const page of [' \n<!DOCTYPE html>', '<HTML>']) {
      for (const kind of ['a.json', 'a.onnx', 'a.gguf', 'a.safetensors', 'a.bin'])
        expect(why(kind, new TextEncoder().encode(page))).toBe('the server answered with a web page');
    }
  });

  test('a safetensors header is not longer than its file', () => {
    const start = new Uint8Array(64);
    start[8] = 0x7b;
    new DataView(start.buffer).setBigUint64(0, 500n, true);
    expect(why('a.safetensors', start, 1000)).toBeUndefined();
    expect(why('a.safetensors', start, 400)).toContain('500 bytes');
  });
});
