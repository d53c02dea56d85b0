// @ts-check
/**
 * A lane behind an API: a stand-in on this machine sends 500 tokens a second, and what the lane says of it is held
 * against what was sent. Is the count the same, the rate within 2 %, and the page free?
 *
 *   node benchmarks/api-lane.mjs [--reps 5] [--note TEXT] [--json FILE]
 *
 * Prints, for each answer, tokens and decode rate in the lane ÷ as sent, and the longest main-thread task (browsers tell
 * those over 50 ms). Exit code 1 where one of them is past its limit.
 */
import { parseArgs } from 'node:util';
import { startProviderServer } from '../tests/support/provider-server.mjs';
import { onStage } from './harness.mjs';
import { clockOf, longestTaskSince, watchLongTasks } from './long-tasks.mjs';
import { wholeNumber } from './options.mjs';
import { describeHost, hostLine, writeReport } from './report.mjs';
import { storedAnswers } from './stored.mjs';

const MODEL = 'rate-500';
const LIMITS = Object.freeze({ rateOff: 0.02, longestTaskMs: 50 });

const { values } = parseArgs({
  options: {
    reps: { type: 'string', default: '5' },
    note: { type: 'string', default: '' },
    json: { type: 'string' },
    build: { type: 'boolean', default: false },
  },
});
const repetitions = wholeNumber('--reps', values.reps, 1);
const startedAt = new Date().toISOString();
const server = await startProviderServer();

try {
  await onStage({ rebuild: values.build }, async ({ browser, address }) => {
    const context = await browser.newContext();
    const reader = await context.newPage();
    await reader.goto(`${address}benchmarks/`);
    const page = await context.newPage();
    await watchLongTasks(page);
    await connect(page, address);
    const prompt = page.getByRole('textbox', { name: 'Your prompt' });

    const answers = [];
    for (let round = 1; round <= repetitions; round += 1) {
      const from = await clockOf(page);
      await prompt.fill(`Go, ${round}.`);
      await prompt.press('Enter');
      await page.locator('[data-state="running"]').waitFor();
      await page.locator('[data-state="running"]').waitFor({ state: 'detached', timeout: 120_000 });
      const [answer] = await storedAnswers(reader, { lanes: 1, count: 1, seen: answers.at(-1)?.id });
      const { longestTaskMs } = await longestTaskSince(page, from);
      const sentRate = server.rates.at(-1) ?? Number.NaN;
      const ratio = (answer?.decodeRate ?? Number.NaN) / sentRate;
      answers.push({ id: answer?.id, tokens: answer?.tokens, sentRate, ratio, longestTaskMs });
      console.error(
        `  answer ${round}: ${answer?.tokens} tokens, rate in the lane ÷ as sent ${ratio.toFixed(4)}, longest task ${longestTaskMs.toFixed(0)} ms`,
      );
    }

    const failures = answers.flatMap(({ tokens, ratio, longestTaskMs }, index) => [
      ...(tokens === 2500 ? [] : [`answer ${index + 1} has ${tokens} tokens of 2500`]),
      ...(Math.abs(ratio - 1) <= LIMITS.rateOff
        ? []
        : [`answer ${index + 1} is off by ${((ratio - 1) * 100).toFixed(1)} %`]),
      ...(longestTaskMs <= LIMITS.longestTaskMs
        ? []
        : [`a task of answer ${index + 1} took ${longestTaskMs.toFixed(0)} ms`]),
    ]);
    const host = describeHost(browser);
    console.log(hostLine(host));
    console.log(failures.length === 0 ? 'PASSED' : `FAILED: ${failures.join('; ')}`);
    if (failures.length > 0) process.exitCode = 1;
    await writeReport(values.json, {
      benchmark: 'api-lane',
      startedAt,
      host,
      note: values.note,
      options: { repetitions, limits: LIMITS },
      figures: {
        failures,
        answers: answers.map(({ tokens, sentRate, ratio, longestTaskMs }) => ({
          tokens,
          sentRate,
          ratio,
          longestTaskMs,
        })),
      },
    });
  });
} finally {
  await server.close();
}

/**
 * Adds the stand-in as a provider, by the form that a person uses, and gives the lane to its model.
 *
 * @param {import('playwright').Page} page
 * @param {string} address
 */
async function connect(page, address) {
  await page.goto(`${address}#/settings`);
  const form = page.getByRole('form', { name: 'Add a provider' });
  await form.getByRole('combobox', { name: 'Provider' }).selectOption('compatible');
  await form.getByRole('textbox', { name: 'Address' }).fill(`${server.origin}/compatible/v1`);
  await form.getByRole('button', { name: 'Add and test' }).click();
  const field = page.getByRole('textbox', { name: 'Find or type a model’s name' });
  await field.fill(MODEL);
  await field.press('Enter');
  await page.getByRole('button', { name: `Take ${MODEL} off the list` }).waitFor();
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption({ label: MODEL });
}
