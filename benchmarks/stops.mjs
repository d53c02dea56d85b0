// @ts-check
/**
 * How long a person waits for a stop: a hundred stops while a model answers, and a hundred while one loads.
 *
 *   node benchmarks/stops.mjs [--reps 100] [--note TEXT] [--json FILE]
 *
 * Prints median and longest time from the press on Stop to a lane that is free. Exit code 1 where one took over 250 ms.
 */
import { parseArgs } from 'node:util';
import { stopAgainAndAgain } from './stop-again.mjs';
import { median } from './figures.mjs';
import { onStage } from './harness.mjs';
import { wholeNumber } from './options.mjs';
import { describeHost, hostLine, writeReport } from './report.mjs';

const LIMIT_MS = 250;
/** @type {readonly { state: 'running' | 'loading', script: string }[]} */
const CASES = [
  { state: 'running', script: 'long' },
  { state: 'loading', script: 'slow-load' },
];

const { values } = parseArgs({
  options: {
    reps: { type: 'string', default: '100' },
    note: { type: 'string', default: '' },
    json: { type: 'string' },
    build: { type: 'boolean', default: false },
  },
});
const repetitions = wholeNumber('--reps', values.reps, 1);
const startedAt = new Date().toISOString();

await onStage({ scripted: true, rebuild: values.build }, async ({ browser, address }) => {
  const host = describeHost(browser);
  console.log(hostLine(host));
  const figures = [];
  for (const { state, script } of CASES) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${address}?variant=scripted/${script}`);
    const prompt = page.getByRole('textbox', { name: 'Your prompt' });
    await prompt.fill('Go.');
    await prompt.press('Enter');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const samplesMs = await stopAgainAndAgain(page, repetitions, state);
    const longestMs = Math.max(...samplesMs);
    figures.push({ state, medianMs: median(samplesMs), longestMs, samplesMs });
    console.log(
      `${state}: ${repetitions} stops, median ${median(samplesMs).toFixed(0)} ms, longest ${longestMs.toFixed(0)} ms`,
    );
    await context.close();
  }
  const late = figures.filter(({ longestMs }) => longestMs > LIMIT_MS);
  const told = late.map(({ state, longestMs }) => `a stop while ${state} took ${longestMs.toFixed(0)} ms`);
  console.log(told.length === 0 ? 'PASSED' : `FAILED: ${told.join('; ')}, over ${LIMIT_MS}`);
  if (told.length > 0) process.exitCode = 1;
  await writeReport(values.json, {
    benchmark: 'stops',
    startedAt,
    host,
    note: values.note,
    options: { repetitions, limitMs: LIMIT_MS },
    figures: { cases: figures },
  });
});
