// @ts-check
/**
 * Does a model that is let go give its memory back, and does loading one leave the page free? One lane changes between
 * two precisions of the bundled model, answering with each: every change loads one and lets the other go.
 *
 *   node benchmarks/reloads.mjs [--reps 20] [--device wasm|webgpu] [--note TEXT] [--json FILE]
 *
 * Prints how fast the memory of page and workers grows (`performance.measureUserAgentSpecificMemory`, WebAssembly
 * included, a GPU's own memory not) and the longest main-thread task. Exit code 1 where one is past its limit.
 */
import { parseArgs } from 'node:util';
import { slope } from './figures.mjs';
import { onStage } from './harness.mjs';
import { clockOf, longestTaskSince, watchLongTasks } from './long-tasks.mjs';
import { wholeNumber } from './options.mjs';
import { describeHost, hostLine, writeReport } from './report.mjs';
import { storedAnswers } from './stored.mjs';

const VARIANTS = ['pocket/onnx/q8', 'pocket/onnx/q4'];
const LIMITS = { mibPerRound: 0.5, longestTaskMs: 50 };

const { values } = parseArgs({
  options: {
    reps: { type: 'string', default: '20' },
    device: { type: 'string', default: 'wasm' },
    note: { type: 'string', default: '' },
    json: { type: 'string' },
    build: { type: 'boolean', default: false },
  },
});
const repetitions = wholeNumber('--reps', values.reps, 4);
const startedAt = new Date().toISOString();

await onStage({ rebuild: values.build }, async ({ browser, address }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await watchLongTasks(page);
  await page.goto(`${address}?variant=${VARIANTS[0]}`);
  const lane = page.getByRole('region', { name: /^1 · / });
  await lane.getByRole('combobox', { name: 'Runs on' }).selectOption(values.device);
  const precision = lane.getByRole('combobox', { name: 'Precision' });
  const prompt = page.getByRole('textbox', { name: 'Your prompt' });
  await prompt.fill('What is 2 + 3?');
  await prompt.press('Enter');
  await storedAnswers(page, { lanes: 1, count: 1, seen: undefined });

  /** @type {{ mib: number, longestTaskMs: number }[]} */
  const rounds = [];
  let from = await clockOf(page);
  for (let round = 1; round <= repetitions; round += 1) {
    for (const [step, variant] of [...VARIANTS].reverse().entries()) {
      await precision.selectOption(variant);
      await lane.getByRole('button', { name: 'Regenerate' }).click();
      await storedAnswers(page, { lanes: 1, count: 2 * round + step, seen: undefined });
    }
    const { longestTaskMs } = await longestTaskSince(page, from);
    const mib = (await memoryOf(page)) / 2 ** 20;
    from = await clockOf(page);
    rounds.push({ mib, longestTaskMs });
    console.error(
      `  round ${round}/${repetitions}: ${mib.toFixed(1)} MiB, longest task ${longestTaskMs.toFixed(0)} ms`,
    );
  }

  // The first round compiles code and fills caches.
  const settled = rounds.slice(1);
  const mibPerRound = slope(settled.map(({ mib }, x) => ({ x, y: mib })));
  const longestTaskMs = Math.max(...settled.map((round) => round.longestTaskMs));
  const failures = [
    ...(mibPerRound <= LIMITS.mibPerRound
      ? []
      : [`${mibPerRound.toFixed(2)} MiB stay of every round, over ${LIMITS.mibPerRound}`]),
    ...(longestTaskMs <= LIMITS.longestTaskMs
      ? []
      : [`a main-thread task took ${longestTaskMs.toFixed(0)} ms, over ${LIMITS.longestTaskMs}`]),
  ];
  const host = describeHost(browser);
  console.log(hostLine(host));
  console.log(`memory: ${mibPerRound.toFixed(2)} MiB a round over ${settled.length} rounds of two loads`);
  console.log(
    `longest main-thread task: ${longestTaskMs === 0 ? 'none over 50 ms' : `${longestTaskMs.toFixed(0)} ms`}`,
  );
  console.log(failures.length === 0 ? 'PASSED' : `FAILED: ${failures.join('; ')}`);
  if (failures.length > 0) process.exitCode = 1;
  await writeReport(values.json, {
    benchmark: 'reloads',
    startedAt,
    host,
    note: values.note,
    options: { repetitions, device: values.device, variants: VARIANTS, limits: LIMITS },
    figures: { mibPerRound, longestTaskMs, failures, rounds },
  });
});

/**
 * Bytes of page and workers, after a collection.
 *
 * @param {import('playwright').Page} page
 * @returns {Promise<number>}
 */
function memoryOf(page) {
  return page.evaluate(async () => {
    const measure = Reflect.get(performance, 'measureUserAgentSpecificMemory');
    const { bytes } = await measure.call(performance);
    return bytes;
  });
}
