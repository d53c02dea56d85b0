// @ts-check
/**
 * From stored to ready: the app's engine with its verified store ÷ the same library with the cache that it has by itself,
 * on the same files, and the memory that the tab takes at most meanwhile. The model is the bundled one, made larger by
 * weights that it does not use: they are read, verified and handed over like all others. Runs take turns.
 *
 *   node benchmarks/warm-load.mjs [--mib 256] [--reps 10] [--note TEXT] [--json FILE]
 *
 * Exit code 1 where the store is slower than the library's own cache (the median of the ratios is under 1), or where its
 * peak is more than 0.3 times the file above that of the library without any cache: what that takes beyond the file is
 * the engine's own need. Peaks are told on Linux alone.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { HARDWARE_FLAGS, ensureChromium } from '../tests/support/chromium.mjs';
import { median, medianRange } from './figures.mjs';
import { wholeNumber } from './options.mjs';
import { describeHost, hostLine, writeReport } from './report.mjs';
import { noise, serveBundled } from './weights-server.mjs';

/** @typedef {import('./warm-load-page').Way} Way */

const WAYS = /** @type {const} */ (['store', 'own-cache', 'plain']);
const MOST_EXTRA = 0.3;
const FILES = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];
const MODEL = 'onnx/model_quantized.onnx';

const { values } = parseArgs({
  options: {
    mib: { type: 'string', default: '256' },
    reps: { type: 'string', default: '10' },
    note: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const extra = wholeNumber('--mib', values.mib, 1) * 2 ** 20;
const repetitions = wholeNumber('--reps', values.reps, 1);
const startedAt = new Date().toISOString();

const files = new Map(
  [...FILES, MODEL].map((path) => {
    const content = readFileSync(new URL(`../static/models/pocket/${path}`, import.meta.url));
    return [path, path === MODEL ? Buffer.concat([content, unusedWeights(extra)]) : content];
  }),
);
const fileBytes = files.get(MODEL)?.length ?? 0;
const server = await serveBundled({
  page: new URL('warm-load-page.ts', import.meta.url),
  files: new Map([...files].map(([path, content]) => [`/model/${path}`, content])),
});
// A profile on the disk, as a visitor has: without one, what is stored lies in memory, and little may be stored.
const profile = await mkdtemp(join(tmpdir(), 'opentab-warm-load-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: await ensureChromium(),
  args: [...HARDWARE_FLAGS],
});
try {
  const browser = context.browser();
  if (browser === null) throw new Error('the browser cannot be asked for its processes');
  const page = await context.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => 'warmLoad' in window);
  const session = await browser.newBrowserCDPSession();
  /** @type {import('../src/domain/engine').ModelSource} */
  const source = {
    baseUrl: `${server.url}model/`,
    precision: 'q8',
    device: 'wasm',
    requiredFeatures: [],
    artifact: {
      origin: { kind: 'url', url: `${server.url}model/` },
      files: [...files].map(([path, content]) => ({
        path,
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      })),
    },
  };
  /** @param {Way} way */
  const load = async (way) => {
    const before = await memory(session, 'reset');
    const asked = server.requests(`/model/${MODEL}`);
    const ms = await page.evaluate((one) => window.warmLoad(one), { way, source });
    const peak = await memory(session, 'peak');
    const fetched = server.requests(`/model/${MODEL}`) > asked;
    // The worker is gone; what it held is given back a moment later.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return { ms, fetched, peakBytes: before === undefined || peak === undefined ? undefined : peak - before };
  };
  for (const way of WAYS) {
    const { ms, fetched } = await load(way);
    console.error(`  ${way}, first: ${ms.toFixed(0)} ms`);
    if (!fetched) throw new Error(`${way} loaded a model that was never fetched`);
  }

  /** @type {Record<Way, { ms: number[], peakBytes: number[] }>} */
  const found = {
    store: { ms: [], peakBytes: [] },
    'own-cache': { ms: [], peakBytes: [] },
    plain: { ms: [], peakBytes: [] },
  };
  for (let round = 1; round <= repetitions; round += 1) {
    for (const way of round % 2 === 0 ? [...WAYS].reverse() : WAYS) {
      const { ms, fetched, peakBytes } = await load(way);
      if (fetched !== (way === 'plain'))
        throw new Error(`${way}: ${fetched ? 'fetched again' : 'not fetched'}`);
      found[way].ms.push(ms);
      if (peakBytes !== undefined) found[way].peakBytes.push(peakBytes);
      const peak = peakBytes === undefined ? '' : `, peak ${(peakBytes / fileBytes).toFixed(2)} × the file`;
      console.error(`  ${round}/${repetitions} ${way}: ${ms.toFixed(0)} ms${peak}`);
    }
  }

  const ratios = found['own-cache'].ms.map((ms, at) => ms / (found.store.ms[at] ?? Number.NaN));
  const ratio = median(ratios);
  const range = medianRange(ratios);
  const host = describeHost(browser);
  console.log(hostLine(host));
  console.log(`${(fileBytes / 2 ** 20).toFixed(0)} MiB, ${repetitions} rounds; medians:`);
  for (const way of WAYS) {
    const { ms, peakBytes } = found[way];
    const peak =
      peakBytes.length === 0 ? 'unknown here' : `${(median(peakBytes) / fileBytes).toFixed(2)} × the file`;
    console.log(`${way}: ready in ${median(ms).toFixed(0)} ms, peak memory ${peak}`);
  }
  const confident =
    range === undefined
      ? 'too few rounds for an interval'
      : `${range.low.toFixed(2)} to ${range.high.toFixed(2)}`;
  console.log(
    `speed of the store ÷ the library's own cache: ${ratio.toFixed(3)} (95 % confidence: ${confident})`,
  );
  const failures = ratio < 1 ? [`the store is slower: ${ratio.toFixed(3)}`] : [];
  const above =
    found.store.peakBytes.length === 0
      ? undefined
      : (median(found.store.peakBytes) - median(found.plain.peakBytes)) / fileBytes;
  if (above !== undefined) {
    console.log(`peak of the store − that without a cache: ${above.toFixed(2)} × the file`);
    if (above > MOST_EXTRA)
      failures.push(`the peak is ${above.toFixed(2)} × the file higher, over ${MOST_EXTRA}`);
  }
  console.log(failures.length === 0 ? 'PASSED' : `FAILED: ${failures.join('; ')}`);
  if (failures.length > 0) process.exitCode = 1;
  await writeReport(values.json, {
    benchmark: 'warm-load',
    startedAt,
    host,
    note: values.note,
    options: { fileBytes, repetitions },
    figures: { medianRatio: ratio, medianRange: range, peakAbovePlain: above, failures, ...found },
  });
} finally {
  await context.close();
  await server.close();
  await rm(profile, { recursive: true });
}

/**
 * A part of an ONNX model that holds one tensor more. Messages of Protocol Buffers that follow each other are merged
 * (protobuf.dev, "Last one wins": embedded messages are merged), so it is appended to a model as it is.
 *
 * @param {number} bytes
 */
function unusedWeights(bytes) {
  // TensorProto: dims (1), data_type (2) FLOAT, name (8), raw_data (9). GraphProto: initializer (5). ModelProto: graph (7).
  const tensor = [
    field(1, varint(bytes / 4)),
    field(2, varint(1)),
    lengthed(8, [Buffer.from('unused')]),
    lengthed(9, [noise(bytes)]),
  ];
  return Buffer.concat([lengthed(7, [lengthed(5, tensor)])]);
}

/** @param {number} number @param {Buffer} value */
function field(number, value) {
  return Buffer.concat([varint(number << 3), value]);
}

/** @param {number} number @param {readonly Buffer[]} parts */
function lengthed(number, parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([varint((number << 3) | 2), varint(length), ...parts]);
}

/** @param {number} value */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}

/**
 * Resident memory of the pages' processes in bytes, or its peak since the last reset; undefined where there is no `/proc`.
 *
 * @param {import('playwright').CDPSession} session
 * @param {'reset' | 'peak'} what
 */
async function memory(session, what) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  let sum = 0;
  for (const { type, id } of processInfo) {
    if (type !== 'renderer') continue;
    try {
      if (what === 'reset') writeFileSync(`/proc/${id}/clear_refs`, '5');
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      const name = what === 'reset' ? 'VmRSS' : 'VmHWM';
      sum += Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
    } catch {
      return undefined;
    }
  }
  return sum;
}
