// @ts-check
/**
 * What the weight store costs: a verified download ÷ the same bytes by plain `fetch` to nowhere, and reading a stored
 * file verified ÷ reading it from the browser's own cache. What the browser's database and the hash of a whole file take
 * by themselves is told beside it, as no store in that database can be faster. Runs take turns, so that a change of the
 * machine hits all.
 *
 *   node benchmarks/weights.mjs [--mib 256] [--chunk-mib 1,4,8,16] [--reps 3] [--limit-mb 20] [--note TEXT] [--json FILE]
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { HARDWARE_FLAGS, ensureChromium } from '../tests/support/chromium.mjs';
import { median, wholeNumber } from './harness.mjs';
import { describeHost, hostLine, writeReport } from './report.mjs';
import { noise, serveBundled } from './weights-server.mjs';

const { values } = parseArgs({
  options: {
    mib: { type: 'string', default: '256' },
    'chunk-mib': { type: 'string', default: '4' },
    reps: { type: 'string', default: '3' },
    'limit-mb': { type: 'string' },
    note: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const bytes = wholeNumber('--mib', values.mib, 1) * 2 ** 20;
const chunkSizes = values['chunk-mib'].split(',').map((text) => wholeNumber('--chunk-mib', text, 1));
const repetitions = wholeNumber('--reps', values.reps, 1);
const limit =
  values['limit-mb'] === undefined ? undefined : wholeNumber('--limit-mb', values['limit-mb'], 1) * 1e6;

const startedAt = new Date().toISOString();

const body = noise(bytes);
// Passes for an ONNX file.
body[0] = 0x08;
const sha256 = createHash('sha256').update(body).digest('hex');
const server = await serveBundled({
  page: new URL('weights-page.ts', import.meta.url),
  files: new Map([['/model.onnx', body]]),
  bytesPerSecond: limit,
});
// A profile on the disk, as a visitor has: without one, what is stored lies in memory.
const profile = await mkdtemp(join(tmpdir(), 'opentab-weights-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: await ensureChromium(),
  args: [...HARDWARE_FLAGS],
});
try {
  const browser = context.browser();
  if (browser === null) throw new Error('the browser does not tell what it is');
  const page = await context.newPage();
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
    const hashing = await page.evaluate((run) => window.weightsBench.hashAlone(run), {
      url,
      bytes,
      chunkBytes: 1,
    });
    console.error(`hash of the whole file alone: ${rate(hashing)}`);
    add('speed of hashing alone ÷ plain fetch', plain / hashing);
    for (const mib of chunkSizes) {
      const run = { url, bytes, chunkBytes: mib * 2 ** 20 };
      const database = await page.evaluate((asked) => window.weightsBench.databaseAlone(asked), run);
      console.error(
        `${mib} MiB chunks, database alone: fetched into it ${rate(database.writeMs)}, read ${rate(database.readMs)}`,
      );
      add(`${mib} MiB: speed of fetch and database alone ÷ plain fetch`, plain / database.writeMs);
      if (cached !== undefined)
        add(`${mib} MiB: speed of read from the database alone ÷ browser cache`, cached / database.readMs);
      for (const [name, stated] of /** @type {const} */ ([
        ['hash stated', { sha256 }],
        ['no hash stated', {}],
      ])) {
        const one = await page.evaluate((asked) => window.weightsBench.store(asked), { ...run, ...stated });
        console.error(
          `${mib} MiB chunks, ${name}: download ${rate(one.downloadMs)}, read ${rate(one.readMs)}, list ${one.listMs.toFixed(1)} ms`,
        );
        add(`${mib} MiB, ${name}: speed of download ÷ plain fetch`, plain / one.downloadMs);
        if (cached !== undefined) add(`${mib} MiB: speed of read ÷ browser cache`, cached / one.readMs);
        add(`${mib} MiB: listing, ms`, one.listMs);
      }
    }
  }
  const host = describeHost(browser);
  console.log(hostLine(host));
  console.log(
    `${bytes / 2 ** 20} MiB, ${repetitions} rounds${limit === undefined ? '' : `, ${limit / 1e6} MB/s`}; medians:`,
  );
  for (const [name, list] of ratios) {
    console.log(
      `${median(list).toFixed(2)}  (${Math.min(...list).toFixed(2)} to ${Math.max(...list).toFixed(2)})  ${name}`,
    );
  }
  await writeReport(values.json, {
    benchmark: 'weights',
    startedAt,
    host,
    note: values.note,
    options: { bytes, chunkMiB: chunkSizes, repetitions, limitBytesPerSecond: limit },
    figures: Object.fromEntries(
      [...ratios].map(([name, list]) => [name, { median: median(list), all: list }]),
    ),
  });
} finally {
  await context.close();
  await server.close();
  await rm(profile, { recursive: true });
}

/** @param {number} ms */
function rate(ms) {
  return `${((bytes / 2 ** 20 / ms) * 1000).toFixed(0)} MiB/s`;
}
