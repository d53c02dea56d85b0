// @ts-check
/**
 * `npm run bench`: opens the built app in headless Chromium and measures the bundled model.
 *
 *   npm run bench -- --device wasm --variant q8 --reps 10 --json result.json
 *
 * The page does the measuring with the app's own code; this file starts it and prints what it found.
 */
import { parseArgs } from 'node:util';
import { onStage } from './harness.mjs';
import { UsageError, exitCodeOf, knownOnly, wholeNumber } from './options.mjs';
import { describeHost, writeJson } from './report.mjs';
import { renderTable } from './table.mjs';

const HELP = `Measures the bundled model in headless Chromium: prefill (pp) and decode (tg) in tokens per second.

  npm run bench -- [options]

  --device webgpu|wasm   where to run (default: webgpu, or wasm where no GPU is found)
  --variant NAME         a precision (q8) or variant id; may be repeated (default: all that can run)
  --workload NAME        pp128, pp512 or tg128; may be repeated (default: all)
  --reps N               counted repetitions, at least 1 (default: 5; 10 for a published result)
  --pause MS             pause before each repetition (default: 1000)
  --note TEXT            what you want to say about the machine: GPU name, power source
  --json FILE            also write the result file
  --software             use the software adapter: checks correctness, its speeds mean nothing
  --build                build the app first, even where a build exists
`;

async function main() {
  const { values } = parseArgs({
    options: {
      device: { type: 'string' },
      variant: { type: 'string', multiple: true, default: [] },
      workload: { type: 'string', multiple: true, default: [] },
      reps: { type: 'string', default: '5' },
      pause: { type: 'string', default: '1000' },
      note: { type: 'string', default: '' },
      json: { type: 'string' },
      software: { type: 'boolean', default: false },
      build: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const wanted = values.device;
  if (wanted !== undefined && wanted !== 'webgpu' && wanted !== 'wasm') {
    throw new UsageError(`--device is webgpu or wasm, not "${wanted}"`);
  }
  const repetitions = wholeNumber('--reps', values.reps, 1);
  const pauseMs = wholeNumber('--pause', values.pause, 0);

  await onStage({ software: values.software, rebuild: values.build }, async ({ browser, address }) => {
    const page = await browser.newPage();
    await page.exposeFunction('opentabProgress', (/** @type {string} */ line) => console.error(`  ${line}`));
    await page.goto(new URL('benchmarks/', address).href);
    const choices = await page.evaluate(() => window.opentabChoices());
    knownOnly('--variant', values.variant, choices.variants);
    knownOnly('--workload', values.workload, choices.workloads);
    // A software adapter computes on the CPU too, and slower than WASM does.
    const usable = choices.adapter === 'hardware' || (values.software && choices.adapter === 'software');
    const device = wanted ?? (usable ? 'webgpu' : 'wasm');
    if (wanted === undefined && device === 'wasm') {
      const found = choices.adapter === 'none' ? 'no WebGPU adapter' : 'only a software WebGPU adapter';
      console.error(`This browser gives ${found}, so the model runs on WASM; --device webgpu insists.`);
    }
    /** @type {import('./page').BenchmarkRequest} */
    const request = {
      device,
      variants: values.variant,
      workloads: values.workload,
      repetitions,
      pauseMs,
      note: values.note,
    };
    const measured = await page.evaluate((asked) => window.opentabBenchmark(asked), request);
    const result = { ...measured, host: describeHost(browser) };
    console.log(renderTable(result));
    if (values.json !== undefined) await writeJson(values.json, result);
    if (result.measured.length === 0) process.exitCode = 1;
  });
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('npm run bench -- --help lists the options.');
  process.exitCode = exitCodeOf(error);
}
