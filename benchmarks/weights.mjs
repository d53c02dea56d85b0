// @ts-check
/**
 * What the weight store costs: a verified download ÷ the same bytes by plain `fetch` to nowhere, and reading a stored
 * file verified ÷ reading it from the browser's own cache. Runs take turns, so that a change of the machine hits all.
 *
 *   node benchmarks/weights.mjs [--mib 256] [--chunk-mib 1,4,8,16] [--reps 3] [--limit-mb 20]
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { HARDWARE_FLAGS, ensureChromium } from '../tests/support/chromium.mjs';
import { median, wholeNumber } from './harness.mjs';

const { values } = parseArgs({
  options: {
    mib: { type: 'string', default: '256' },
    'chunk-mib': { type: 'string', default: '8' },
    reps: { type: 'string', default: '3' },
    'limit-mb': { type: 'string' },
  },
});
const bytes = wholeNumber('--mib', values.mib, 1) * 2 ** 20;
const chunkSizes = values['chunk-mib'].split(',').map((text) => wholeNumber('--chunk-mib', text, 1));
const repetitions = wholeNumber('--reps', values.reps, 1);
const limit =
  values['limit-mb'] === undefined ? undefined : wholeNumber('--limit-mb', values['limit-mb'], 1) * 1e6;

const body = modelBytes(bytes);
const sha256 = createHash('sha256').update(body).digest('hex');
const server = await serve(body, limit);
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: [...HARDWARE_FLAGS] });
try {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => 'weightsBench' in window);
  const url = `${server.url}model.onnx`;
  /** @type {Map<string, number[]>} ratios by what they compare */
  const ratios = new Map();
  const add = (/** @type {string} */ name, /** @type {number} */ ratio) =>
    ratios.set(name, [...(ratios.get(name) ?? []), ratio]);
  for (let round = 0; round < repetitions; round += 1) {
    const plain = await page.evaluate((run) => window.weightsBench.plainFetch(run), {
      url,
      bytes,
      chunkBytes: 1,
    });
    console.error(`plain fetch: ${rate(plain)}`);
    const cached =
      limit === undefined
        ? await page.evaluate((run) => window.weightsBench.browserCache(run), { url, bytes, chunkBytes: 1 })
        : undefined;
    if (cached !== undefined) console.error(`browser cache, read: ${rate(cached)}`);
    for (const mib of chunkSizes) {
      for (const [name, stated] of /** @type {const} */ ([
        ['hash stated', { sha256 }],
        ['no hash stated', {}],
      ])) {
        const run = { url, bytes, chunkBytes: mib * 2 ** 20, ...stated };
        const one = await page.evaluate((asked) => window.weightsBench.store(asked), run);
        console.error(
          `${mib} MiB chunks, ${name}: download ${rate(one.downloadMs)}, read ${rate(one.readMs)}, list ${one.listMs.toFixed(1)} ms`,
        );
        add(`${mib} MiB, ${name}: speed of download ÷ plain fetch`, plain / one.downloadMs);
        if (cached !== undefined) add(`${mib} MiB: speed of read ÷ browser cache`, cached / one.readMs);
        add(`${mib} MiB: listing, ms`, one.listMs);
      }
    }
  }
  console.log(
    `${bytes / 2 ** 20} MiB, ${repetitions} rounds${limit === undefined ? '' : `, ${limit / 1e6} MB/s`}; medians:`,
  );
  for (const [name, list] of ratios) {
    console.log(
      `${median(list).toFixed(2)}  (${Math.min(...list).toFixed(2)} to ${Math.max(...list).toFixed(2)})  ${name}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
}

/** @param {number} ms */
function rate(ms) {
  return `${((bytes / 2 ** 20 / ms) * 1000).toFixed(0)} MiB/s`;
}

/** Passes for an ONNX file, and does not compress. @param {number} length */
function modelBytes(length) {
  const file = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    file.writeUInt32LE(state, at);
  }
  file[0] = 0x08;
  return file;
}

/**
 * The page, and the file with ranges; all connections together get `bytesPerSecond`.
 *
 * @param {Buffer} file
 * @param {number | undefined} bytesPerSecond
 */
async function serve(file, bytesPerSecond) {
  const scripts = await bundle();
  let due = 0;
  const http = createServer(async (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path !== '/model.onnx') {
      const script = scripts.get(path);
      response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
      response.end(
        script ?? '<!doctype html><title>weights</title><script type="module" src="/page.js"></script>',
      );
      return;
    }
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'content-length': file.length - from,
      'content-range': `bytes ${from}-${file.length - 1}/${file.length}`,
      etag: '"1"',
    });
    const step = bytesPerSecond === undefined ? 1 << 20 : Math.ceil(bytesPerSecond / 100);
    for (let at = from; at < file.length && !response.destroyed; at += step) {
      const piece = file.subarray(at, at + step);
      if (!response.write(piece)) {
        // A reader that leaves closes the response and never drains it.
        const left = new AbortController();
        const waits = ['drain', 'close'].map((event) =>
          once(response, event, { signal: left.signal }).catch(() => []),
        );
        await Promise.race(waits);
        left.abort();
      }
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
    close: () => {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(resolve));
    },
  };
}

async function bundle() {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    base: './',
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('weights-page.ts', import.meta.url)),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  return new Map(
    outputs.map((output) => [
      `/${output.fileName}`,
      output.type === 'chunk' ? output.code : Buffer.from(output.source),
    ]),
  );
}
