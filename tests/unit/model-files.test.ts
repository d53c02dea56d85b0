import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LoadProgress } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { modelFetch } from '../../workers/engines/model-files';

type Answer = (init: RequestInit) => Response | Promise<Response>;

let answers: Record<string, Answer>;

beforeEach(() => {
  answers = {};
  vi.stubGlobal('location', { href: 'https://tab.test/' });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    init.signal?.throwIfAborted();
    const answer = answers[new URL(url).pathname];
    return answer === undefined ? new Response('', { status: 404 }) : answer(init);
  });
});
afterEach(() => vi.unstubAllGlobals());

function get(path: string, signal: AbortSignal = new AbortController().signal) {
  const progress: LoadProgress[] = [];
  const load = modelFetch({ signal, onProgress: (step) => progress.push(step) });
  return { response: load(`https://tab.test${path}`), progress };
}

async function failureOf(response: Promise<Response>) {
  const thrown: unknown = await response.catch((error: unknown) => error);
  if (!(thrown instanceof FailureError)) throw new Error(`no FailureError: ${String(thrown)}`);
  return thrown.failure;
}

const onnx = Uint8Array.of(0x08, 1, 2, 3, 4, 5);

/** A body in parts; `after` runs once they have been read. */
function body(parts: readonly Uint8Array[], after: (controller: ReadableStreamDefaultController) => void) {
  const left = [...parts];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = left.shift();
      if (part === undefined) after(controller);
      else controller.enqueue(part);
    },
  });
}

test('a file arrives whole, and its bytes are counted', async () => {
  answers['/m/model.onnx'] = () =>
    new Response(
      body([onnx.slice(0, 2), onnx.slice(2)], (c) => c.close()),
      { headers: { 'content-length': '6' } },
    );
  const { response, progress } = get('/m/model.onnx');
  expect(new Uint8Array(await (await response).arrayBuffer())).toEqual(onnx);
  expect(progress.filter(({ phase }) => phase === 'download')).toEqual([
    { phase: 'download', loadedBytes: 2, totalBytes: 6 },
    { phase: 'download', loadedBytes: 6, totalBytes: 6 },
  ]);
});

test('the bytes of all files are added up', async () => {
  answers['/m/model.onnx'] = () => new Response(onnx, { headers: { 'content-length': '6' } });
  answers['/m/config.json'] = () => new Response('{}', { headers: { 'content-length': '2' } });
  const progress: LoadProgress[] = [];
  const load = modelFetch({
    signal: new AbortController().signal,
    onProgress: (step) => progress.push(step),
  });
  await load('https://tab.test/m/model.onnx');
  await load('https://tab.test/m/config.json');
  expect(progress.at(-1)).toEqual({ phase: 'download', loadedBytes: 8, totalBytes: 8 });
});

test('a body shorter than announced is refused', async () => {
  answers['/m/model.onnx'] = () => new Response(onnx.slice(0, 4), { headers: { 'content-length': '6' } });
  expect(await failureOf(get('/m/model.onnx').response)).toEqual({
    code: 'not-a-model-file',
    detail: 'model.onnx: 4 of 6 bytes',
  });
});

test('the length of a compressed transfer says nothing about the body', async () => {
  answers['/m/config.json'] = () =>
    new Response('{"a":1}', { headers: { 'content-length': '3', 'content-encoding': 'gzip' } });
  expect(await (await get('/m/config.json').response).text()).toBe('{"a":1}');
});

test.each([
  ['as HTML', '<p>hello', 'text/html; charset=utf-8'],
  ['as anything', ' \n<!DOCTYPE html><title>x', 'application/octet-stream'],
  ['as JSON', '<html>', 'application/json'],
])('a web page is refused, sent %s', async (_, text, type) => {
  answers['/m/config.json'] = () => new Response(text, { headers: { 'content-type': type } });
  expect((await failureOf(get('/m/config.json').response)).code).toBe('not-a-model-file');
});

test('a file that is not of its kind is refused', async () => {
  answers['/m/model.onnx'] = () => new Response('version https://git-lfs.github.com/spec/v1');
  answers['/m/tokenizer.json'] = () => new Response('404 page not found');
  answers['/m/empty.onnx'] = () => new Response('');
  for (const path of ['/m/model.onnx', '/m/tokenizer.json', '/m/empty.onnx']) {
    expect((await failureOf(get(path).response)).code).toBe('not-a-model-file');
  }
});

test('a missing file is a failure where the model needs it, and an answer where it does not', async () => {
  for (const name of ['config.json', 'tokenizer.json', 'onnx/model_quantized.onnx']) {
    expect((await failureOf(get(`/m/${name}`).response)).code).toBe('file-missing');
  }
  expect((await get('/m/generation_config.json').response).status).toBe(404);
});

test('another error status names the file and the status', async () => {
  answers['/m/generation_config.json'] = () => new Response('', { status: 503 });
  expect(await failureOf(get('/m/generation_config.json').response)).toEqual({
    code: 'file-missing',
    detail: 'generation_config.json: HTTP 503',
  });
});

test('a server that cannot be reached is named', async () => {
  answers['/m/config.json'] = () => Promise.reject(new TypeError('Failed to fetch'));
  const failure = await failureOf(get('/m/config.json').response);
  expect(failure.code).toBe('network');
  expect(failure.detail).toContain('tab.test');
});

test('a body that is cut off is a network failure with its place', async () => {
  answers['/m/model.onnx'] = () =>
    new Response(
      body([onnx], (c) => c.error(new TypeError('reset'))),
      { headers: { 'content-length': '60' } },
    );
  expect(await failureOf(get('/m/model.onnx').response)).toEqual({
    code: 'network',
    detail: 'model.onnx: cut off after 6 bytes',
  });
});

test('an abort rejects with its reason, before the request and in the body', async () => {
  const reason = new Error('stopped');
  await expect(get('/m/model.onnx', AbortSignal.abort(reason)).response).rejects.toBe(reason);
  const stop = new AbortController();
  answers['/m/model.onnx'] = ({ signal }) =>
    new Response(
      body([onnx], (controller) => {
        stop.abort(reason);
        controller.error(signal?.reason);
      }),
    );
  await expect(get('/m/model.onnx', stop.signal).response).rejects.toBe(reason);
});

test('a server that accepts and sends nothing is given up after ten seconds, with the file named', async () => {
  vi.useFakeTimers();
  try {
    answers['/m/config.json'] = () => new Promise<Response>(() => undefined);
    const { response, progress } = get('/m/config.json');
    const failure = failureOf(response);
    await vi.advanceTimersByTimeAsync(4000);
    expect(progress).toEqual([{ phase: 'download', loadedBytes: 0, totalBytes: 0 }]);
    await vi.advanceTimersByTimeAsync(6000);
    expect(await failure).toEqual({
      code: 'network',
      detail: 'config.json: stalled, no byte for 10 s',
    });
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a body that falls silent is given up; one that is slow but moves is not', async () => {
  vi.useFakeTimers();
  try {
    const sending = (parts: number) => () => {
      let sent = 0;
      const stream = new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (sent === parts && parts < onnx.length) await new Promise(() => undefined);
          if (sent === onnx.length) return controller.close();
          await new Promise((resolve) => setTimeout(resolve, 9000));
          controller.enqueue(onnx.slice(sent, (sent += 1)));
        },
      });
      return new Response(stream, { headers: { 'content-length': '6' } });
    };
    answers['/m/slow.onnx'] = sending(onnx.length);
    const slow = get('/m/slow.onnx').response;
    await vi.advanceTimersByTimeAsync(9000 * onnx.length);
    expect(new Uint8Array(await (await slow).arrayBuffer())).toEqual(onnx);

    answers['/m/silent.onnx'] = sending(2);
    const silent = failureOf(get('/m/silent.onnx').response);
    await vi.advanceTimersByTimeAsync(2 * 9000 + 10_000);
    expect(await silent).toEqual({ code: 'network', detail: 'silent.onnx: stalled, no byte for 10 s' });
  } finally {
    vi.useRealTimers();
  }
});
