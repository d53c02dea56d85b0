// @ts-check
/** What the measurements of weights start with: a page bundled from one script, and a server of it and of large files. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const TYPES = { js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm', css: 'text/css' };

/** Bytes that do not compress, the same ones each time. @param {number} length a multiple of 4 */
export function noise(length) {
  const file = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    file.writeUInt32LE(state, at);
  }
  return file;
}

/**
 * @typedef {object} BundledServer
 * @property {string} url of the page, with a slash at its end
 * @property {(path: string) => number} requests how often a file was asked for by GET
 * @property {() => Promise<unknown>} close
 */

/**
 * The page, isolated from other origins as the app is, and files with ranges.
 *
 * @param {object} options
 * @param {URL} options.page its script
 * @param {ReadonlyMap<string, Buffer>} options.files by path, with a slash at its start
 * @param {number | undefined} [options.bytesPerSecond] of all connections together
 * @returns {Promise<BundledServer>}
 */
export async function serveBundled({ page, files, bytesPerSecond }) {
  const scripts = await bundle(page);
  /** @type {Map<string, number>} */
  const asked = new Map();
  let due = 0;
  const http = createServer(async (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    const file = files.get(path);
    if (file === undefined) {
      const script = path === '/' ? PAGE : scripts.get(path);
      const ending = /** @type {keyof typeof TYPES} */ (path.slice(path.lastIndexOf('.') + 1));
      const type = path === '/' ? 'text/html' : (TYPES[ending] ?? 'application/octet-stream');
      response.writeHead(script === undefined ? 404 : 200, { 'content-type': type });
      response.end(script);
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      'content-type': path.endsWith('.json') ? 'application/json' : 'application/octet-stream',
      'content-length': file.length - from,
      'content-range': `bytes ${from}-${file.length - 1}/${file.length}`,
      etag: '"1"',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    asked.set(path, (asked.get(path) ?? 0) + 1);
    const step = bytesPerSecond === undefined ? 1 << 20 : Math.ceil(bytesPerSecond / 100);
    for (let at = from; at < file.length && !response.destroyed; at += step) {
      const piece = file.subarray(at, at + step);
      if (!response.write(piece)) await drained(response);
      if (bytesPerSecond !== undefined) {
        due = Math.max(due, performance.now()) + (piece.length / bytesPerSecond) * 1000;
        await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      }
    }
    response.end();
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://localhost:${address.port}/`,
    requests: (path) => asked.get(path) ?? 0,
    close: () => {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(resolve));
    },
  };
}

const PAGE = '<!doctype html><title>weights</title><script type="module" src="/page.js"></script>';

/** A reader that leaves closes the response and never drains it. @param {import('node:http').ServerResponse} response */
async function drained(response) {
  const left = new AbortController();
  const waits = ['drain', 'close'].map((event) =>
    once(response, event, { signal: left.signal }).catch(() => []),
  );
  await Promise.race(waits);
  left.abort();
}

/**
 * @param {URL} page
 * @returns {Promise<ReadonlyMap<string, string | Uint8Array>>} by path, with a slash at its start
 */
async function bundle(page) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    base: './',
    worker: { format: 'es' },
    resolve: {
      conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
    },
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: fileURLToPath(page),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  return new Map(
    outputs.map((output) => [`/${output.fileName}`, output.type === 'chunk' ? output.code : output.source]),
  );
}
