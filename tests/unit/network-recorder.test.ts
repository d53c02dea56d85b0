/** The recorder of requests: real answers of a local server through a recorded `fetch`, and records of the browser. */

import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NetworkEntry } from '../../src/domain/network';
import { nameForTab, parseWorkerName } from '../../src/network/channel';
import { noted, recordedFetch } from '../../src/network/recorded-fetch';
import { Recorder, type Timing } from '../../src/network/recorder';

const HERE = 'https://opentab.test';
const SECRET = 'sk-canary-1f2e3d';

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/elsewhere') response.writeHead(302, { location: '/end' }).end();
    else if (pathname === '/cut') {
      response.writeHead(200, { 'content-length': '100' }).write('0123456789');
      setTimeout(() => response.destroy(), 50);
    } else if (pathname === '/none') response.writeHead(204).end();
    else if (pathname === '/endless') response.writeHead(200).write('0123456789');
    else response.writeHead(200, { 'content-type': 'text/plain', 'x-told': 'yes' }).end('hällo');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let reports: NetworkEntry[];
let recorder: Recorder;
let clock: number;
beforeEach(() => {
  reports = [];
  clock = 0;
  recorder = make('provider');
});

function make(context: NetworkEntry['context']): Recorder {
  return new Recorder({
    id: 'test',
    context,
    here: HERE,
    now: () => clock,
    epoch: () => 1_000_000,
    report: (entry) => reports.push(entry),
  });
}

function fetching(): typeof fetch {
  return recordedFetch(fetch, recorder, `${HERE}/app/worker.js`);
}

function timing(name: string, rest: Partial<Timing> = {}): Timing {
  return {
    name,
    initiatorType: 'script',
    startTime: 5,
    responseEnd: 25,
    responseStatus: 200,
    transferSize: 1300,
    encodedBodySize: 1000,
    workerStart: 0,
    ...rest,
  };
}

function only(): NetworkEntry {
  const [entry, ...more] = recorder.entries;
  if (entry === undefined || more.length > 0) throw new Error(`${recorder.entries.length} entries`);
  return entry;
}

test('a call is told before it is made, and again when its body has been read', async () => {
  let atCall: NetworkEntry[] = [];
  const native: typeof fetch = (...request) => {
    atCall = [...reports];
    return fetch(...request);
  };
  const init = noted({ method: 'POST', body: 'wörter' }, { purpose: 'answer', prompt: true, variantId: 'v' });
  const response = await recordedFetch(native, recorder, HERE)(`${origin}/chat?key=${SECRET}#part`, init);
  expect(atCall).toMatchObject([{ state: 'open', bytesOut: 7, prompt: 'yes' }]);
  expect(only()).toMatchObject({ state: 'open', status: 200, bytesIn: 0 });
  expect(await response.text()).toBe('hällo');
  expect(only()).toMatchObject({
    context: 'provider',
    method: 'POST',
    origin,
    path: '/chat',
    purpose: 'answer',
    prompt: 'yes',
    variantId: 'v',
    bytesOut: 7,
    bytesIn: 6,
    status: 200,
    state: 'done',
    called: true,
  });
  expect(JSON.stringify(reports)).not.toContain(SECRET);
  expect(JSON.stringify(reports)).not.toContain('wörter');
});

test('the answer is what the server sent: address, headers, status', async () => {
  const plain = await fetch(`${origin}/elsewhere`);
  const recorded = await fetching()(`${origin}/elsewhere`);
  for (const response of [recorded, plain]) {
    const { url, redirected, status, ok } = response;
    expect({ url, redirected, status, ok }).toEqual({
      url: `${origin}/end`,
      redirected: true,
      status: 200,
      ok: true,
    });
    expect(response.headers.get('x-told')).toBe('yes');
    expect(await response.text()).toBe('hällo');
  }
  expect(only()).toMatchObject({ path: '/elsewhere', redirectedTo: origin });
});

test('a body that breaks off: what came before is read and counted, then the error comes', async () => {
  const response = await fetching()(`${origin}/cut`);
  const reader = (response.body ?? new Blob().stream()).getReader();
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value)).toBe('0123456789');
  await expect(reader.read()).rejects.toThrow();
  expect(only()).toMatchObject({ state: 'failed', bytesIn: 10, status: 200 });
});

test('what is cancelled, aborted, refused or without a body comes to an end in the ledger too', async () => {
  const call = fetching();
  await (await call(`${origin}/endless`)).body?.cancel();
  await call(`${origin}/none`);
  const controller = new AbortController();
  controller.abort();
  await expect(call(`${origin}/end`, { signal: controller.signal })).rejects.toThrow();
  await expect(call('http://127.0.0.1:1/')).rejects.toThrow();
  expect(recorder.entries.map(({ state, status }) => [state, status])).toEqual([
    ['cancelled', 200],
    ['done', 204],
    ['cancelled', undefined],
    ['failed', undefined],
  ]);
});

test('what is no request to a server is not recorded, and works', async () => {
  expect(await (await fetching()('data:text/plain,hello')).text()).toBe('hello');
  recorder.timing(timing('blob:https://opentab.test/123'));
  expect(recorder.entries).toEqual([]);
});

test('the body of every kind is measured, and one that cannot be is said to be unknown', async () => {
  const call = fetching();
  const bodies = [
    'ä',
    new Uint8Array(3),
    new Blob(['1234']),
    new URLSearchParams({ q: 'ü' }),
    new FormData(),
  ];
  for (const body of bodies) await (await call(`${origin}/end`, { method: 'POST', body })).text();
  await (await call(new Request(`${origin}/end`, { method: 'PUT', body: 'x' }))).text();
  expect(recorder.entries.map(({ bytesOut }) => bytesOut)).toEqual([2, 3, 4, 8, undefined, undefined]);
});

test('the browser’s record completes the call that it is of, and stands alone where there was none', () => {
  recorder = make('engine');
  clock = 5;
  const first = recorder.begin(`${HERE}/models/a.onnx`, 'GET', 0, undefined);
  clock = 40;
  recorder.begin(`${HERE}/models/a.onnx`, 'HEAD', 0, undefined);
  if (first !== undefined) recorder.change(first, { state: 'done', status: 200 });
  recorder.timing(
    timing(`${HERE}/models/a.onnx`, { initiatorType: 'fetch', startTime: 5.1, responseEnd: 30 }),
  );
  recorder.timing(
    timing(`${HERE}/models/a.onnx`, { initiatorType: 'fetch', startTime: 40, encodedBodySize: 0 }),
  );
  recorder.timing(timing(`${HERE}/app/engine.js?v=1`));
  expect(
    recorder.entries.map(({ method, path, bytesIn, called, purpose, prompt }) =>
      [method, path, bytesIn, called, purpose, prompt].join(' '),
    ),
  ).toEqual([
    'GET /models/a.onnx 1000 true model no',
    'HEAD /models/a.onnx 0 true model no',
    'GET /app/engine.js 1000 false engine no',
  ]);
  expect(recorder.entries[0]?.durationMs).toBeCloseTo(24.9);
});

test('bytes are counted where they crossed the network: not for a cache, not twice for a service worker', () => {
  recorder.timing(timing(`${HERE}/a`, { transferSize: 0 }));
  recorder.timing(timing(`${HERE}/b`, { transferSize: 0, workerStart: 3 }));
  recorder.timing(timing(`${HERE}/c`, { transferSize: 0, encodedBodySize: 0, responseStatus: 0 }));
  recorder.timing(timing('https://cdn.test/d', { transferSize: 0, encodedBodySize: 0 }));
  expect(recorder.entries.map(({ answeredBy, bytesIn, state }) => [answeredBy, bytesIn, state])).toEqual([
    ['cache', 0, 'done'],
    ['service-worker', 0, 'done'],
    ['network', 0, 'failed'],
    [undefined, undefined, 'done'],
  ]);
});

test('the page’s own load is one entry, although its record comes twice', () => {
  recorder = make('page');
  const load = { initiatorType: 'navigation', startTime: 0 };
  recorder.timing(timing(`${HERE}/?variant=x`, { ...load, responseEnd: 0, encodedBodySize: 0 }));
  recorder.timing(timing(`${HERE}/?variant=x`, load));
  expect(only()).toMatchObject({ path: '/', bytesIn: 1000, purpose: 'app' });
});

test('prompt text is ruled out only for files of this site and for the weights; else it is not known', () => {
  recorder.timing(timing(`${HERE}/a.css`, { initiatorType: 'link' }));
  recorder.timing(timing(`${HERE}/log`, { initiatorType: 'beacon' }));
  recorder.timing(timing('https://evil.test/pixel.gif', { initiatorType: 'img' }));
  recorder.begin(`${HERE}/form`, 'POST', 12, undefined);
  recorder = make('weights');
  recorder.begin('https://hub.test/api/models/a/tree/main', 'GET', 0, undefined);
  recorder.begin('https://hub.test/a/resolve/main/model.onnx', 'GET', 0, undefined);
  expect(reports.map(({ prompt, purpose }) => [prompt, purpose])).toEqual([
    ['no', 'app'],
    ['unknown', 'app'],
    ['unknown', 'other'],
    ['unknown', 'app'],
    ['no', 'listing'],
    ['no', 'model'],
  ]);
});

test('what it keeps to tell again is bounded, and a request that goes on stays in it', () => {
  const open = recorder.begin(`${HERE}/open`, 'GET', 0, undefined);
  for (let index = 0; index < 1000; index += 1) recorder.timing(timing(`${HERE}/${index}`));
  expect(recorder.entries.length).toBe(400);
  expect(recorder.entries[0]?.path).toBe('/open');
  if (open !== undefined) recorder.change(open, { state: 'done' });
  expect(reports.at(-1)).toMatchObject({ path: '/open', state: 'done' });
});

test('a worker learns its tab from its name; names of libraries stay as they are', () => {
  expect(nameForTab('em-pthread-1', 'tab')).toBe('em-pthread-1');
  expect(nameForTab(undefined, 'tab')).toBeUndefined();
  expect(parseWorkerName(nameForTab('engine', 'tab') ?? '')).toEqual({ own: 'engine', tab: 'tab' });
  expect(parseWorkerName('em-pthread-1')).toEqual({ own: undefined, tab: '' });
});
