// @ts-check
/**
 * Four lanes at once, each at 1,000 tokens a second from a scripted engine: does the page stay free, and its memory flat?
 *
 *   node benchmarks/four-lanes.mjs [--minutes 5] [--note TEXT] [--json FILE]
 *
 * Prints the rate that each lane really reached, the longest main-thread task (browsers tell those over 50 ms) from the
 * prompt until the answers are stored, the longest while such a conversation is put away for a new one, and how fast the
 * page's JavaScript heap grows, each after a collection. Exit code 1 where one of them is past its limit.
 */
import { parseArgs } from 'node:util';
import { LEAST_ROUNDS, LIMITS, judge } from './figures.mjs';
import { onStage } from './harness.mjs';
import { clockOf, longestTaskSince, watchLongTasks } from './long-tasks.mjs';
import { wholeNumber } from './options.mjs';
import { describeHost, hostLine, writeReport } from './report.mjs';
import { storedAnswers } from './stored.mjs';

const LANES = [1, 2, 3, 4];

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    note: { type: 'string', default: '' },
    json: { type: 'string' },
    build: { type: 'boolean', default: false },
  },
});
const minutes = wholeNumber('--minutes', values.minutes, 1);
const startedAt = new Date().toISOString();

await onStage({ scripted: true, rebuild: values.build }, async ({ browser, address }) => {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
  // Another page of the app's origin reads what is stored, so that reading costs the measured page nothing.
  const reader = await context.newPage();
  await reader.goto(`${address}benchmarks/`);
  const page = await context.newPage();
  await watchLongTasks(page);
  await page.goto(`${address}?${LANES.map((lane) => `variant=scripted/remote-stream-${lane}`).join('&')}`);
  const session = await context.newCDPSession(page);
  await page.getByRole('button', { name: 'Parameters' }).click();
  await page.getByRole('textbox', { name: 'Longest answer' }).fill('32768');
  await page.keyboard.press('Escape');
  const prompt = page.getByRole('textbox', { name: 'Your prompt' });
  const running = page.locator('[data-state="running"]');

  const began = Date.now();
  /** @type {import('./figures.mjs').Round[]} */
  const rounds = [];
  /** @type {string | undefined} */
  let seen;
  /** The tasks before this moment were the start's, or are told already. */
  let from = await clockOf(page);
  while (Date.now() - began < minutes * 60_000 || rounds.length < LEAST_ROUNDS) {
    await prompt.fill('Go.');
    await prompt.press('Enter');
    // A plain selector: asking for a role again and again would itself keep the page busy.
    await running.first().waitFor();
    await running.first().waitFor({ state: 'detached', timeout: 120_000 });
    // Storing the answer belongs to it, so the round lasts until that is done.
    const answers = await storedAnswers(reader, { lanes: LANES.length, count: 1, seen });
    seen = answers[0]?.id;
    const { longestTaskMs } = await longestTaskSince(page, from);
    // The collection is this command's and no task of the app, so the next round begins after it.
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const atMinutes = (Date.now() - began) / 60_000;
    from = await clockOf(page);
    // A new conversation a round: the old one is stored, and what it took is to be given back.
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.locator('.exchange').first().waitFor({ state: 'detached' });
    const { longestTaskMs: putAwayMs, until } = await longestTaskSince(page, from);
    from = until;
    const round = {
      tokens: answers.reduce((sum, { tokens }) => sum + tokens, 0),
      tokensPerSecond: answers.map(({ decodeRate }) => decodeRate),
      longestTaskMs,
      putAwayMs,
      heapMiB: usedSize / 2 ** 20,
      atMinutes,
    };
    rounds.push(round);
    const rates = round.tokensPerSecond.map((rate) => rate.toFixed(0)).join(', ');
    console.error(
      `  round ${rounds.length}: ${rates} tok/s, longest task ${longestTaskMs.toFixed(0)} ms` +
        ` (${putAwayMs.toFixed(0)} ms put away), heap ${round.heapMiB.toFixed(1)} MiB`,
    );
  }

  const { perLane, longestTaskMs, putAwayMs, heapMiBPerMinute, failures } = judge(rounds);
  const host = describeHost(browser);
  console.log(hostLine(host));
  for (const [lane, { median, least }] of perLane.entries()) {
    console.log(`lane ${lane + 1}: ${median.toFixed(0)} tok/s, the slowest round ${least.toFixed(0)}`);
  }
  console.log(`longest main-thread task: ${taskText(longestTaskMs)}`);
  const most = Math.max(...rounds.map(({ tokens }) => tokens));
  console.log(`while ${most} tokens are put away for a new conversation: ${taskText(putAwayMs)}`);
  console.log(
    `heap: ${heapMiBPerMinute.toFixed(2)} MiB a minute over ${rounds.length - 1} rounds after the first`,
  );
  console.log(failures.length === 0 ? 'PASSED' : `FAILED: ${failures.join('; ')}`);
  if (failures.length > 0) process.exitCode = 1;
  await writeReport(values.json, {
    benchmark: 'four-lanes',
    startedAt,
    host,
    note: values.note,
    options: { minutes, limits: LIMITS },
    figures: { lanes: perLane, longestTaskMs, putAwayMs, heapMiBPerMinute, failures, rounds },
  });
});

/** @param {number} ms 0 where no task was over 50 ms */
function taskText(ms) {
  return ms === 0 ? 'none over 50 ms' : `${ms.toFixed(0)} ms`;
}
