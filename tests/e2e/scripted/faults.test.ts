/** Faults that need an answer of a known length: a hundred stops, a machine that sleeps, a page that crashes. */

import { expect, test, type Browser, type Page } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';
import { stopAgainAndAgain } from '../../../benchmarks/stop-again.mjs';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

/** What a person may wait is 250 ms, which `benchmarks/stops.mjs` measures; a busy machine is given more here. */
const STOPPED_WITHIN_MS = 1500;

/** Locks of living engine workers: the browser takes one back when its worker is no more. */
function livingEngines(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name = '' }) => name.startsWith('opentab-engine-')).length;
  });
}

for (const { state, script } of [
  { state: 'running', script: 'long' },
  { state: 'loading', script: 'slow-load' },
] as const) {
  test(`a hundred stops while ${state}: each at once, no worker is left over, and the next prompt works`, async ({
    page,
  }) => {
    test.setTimeout(300_000);
    await playground.open(script);
    await playground.ask('go on');
    await expect(playground.stop).toBeVisible();
    await playground.stop.click();
    const lane = playground.lane(1);
    await expect(lane).toContainText('Stopped by you.');
    const stops = await stopAgainAndAgain(page, 99, state);
    expect(Math.max(...stops)).toBeLessThan(STOPPED_WITHIN_MS);
    await expect(lane.getByRole('group', { name: 'Attempts' })).toContainText('100/100');
    await expect.poll(() => livingEngines(page)).toBe(state === 'running' ? 1 : 0);
    const engines = page.workers().filter((worker) => worker.url().includes('engine.worker'));
    expect(engines).toHaveLength(state === 'running' ? 1 : 0);
    await lane.getByRole('combobox', { name: 'Model' }).selectOption('scripted-greeting');
    await playground.ask('hello');
    await expect(lane).toContainText('you said: hello');
  });
}

/** Long enough for any timer of the app to have come due meanwhile. */
const ASLEEP_MS = 60_000;

const INTERRUPTED = 'Interrupted: the page was closed, reloaded or frozen, or the machine slept.';

/** Ids of the processes that run pages and workers of this browser. */
async function rendererProcesses(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

test('a machine that sleeps mid-answer: the text is kept, the figures are not counted', async ({
  page,
  browser,
}) => {
  test.skip(process.platform === 'win32', 'a process cannot be suspended by a signal there');
  test.setTimeout(180_000);
  await playground.open('steady', 'greeting');
  await playground.ask('go on');
  const lane = playground.lane(1);
  await expect(lane.locator('[data-state=running]')).toContainText('Tokens arrive');
  const processes = await rendererProcesses(browser);
  for (const id of processes) process.kill(id, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, ASLEEP_MS));
  for (const id of processes) process.kill(id, 'SIGCONT');
  await expect(lane).toContainText(INTERRUPTED, { timeout: 60_000 });
  await expect(lane).toContainText('The last.');
  // The other lane was not running then: its figures stand, and alone they are compared with nothing.
  await expect(playground.lane(2)).toContainText('you said: go on');
  await expect(playground.lane(2)).not.toContainText(INTERRUPTED);
  const table = page.getByRole('region', { name: 'Comparison of the latest answers' }).getByRole('table');
  await expect(table).toBeVisible();
  await expect(table.getByText('best:')).toHaveCount(0);
  await lane.getByRole('button', { name: 'Regenerate' }).click();
  await playground.stop.click();
  await expect(lane).toContainText('Stopped by you.');
});

test('a page that crashes mid-answer: history, the answer so far and the draft are there again', async ({
  page,
  context,
}) => {
  await playground.open('greeting', 'long');
  await playground.ask('hello');
  await expect(playground.lane(2).locator('[data-state=running]')).toContainText('Tokens arrive');
  await playground.prompt.fill('a draft');
  const said = (await playground.lane(2).locator('[data-state=running] .markdown').innerText()).trim();
  // What is on screen now is stored within a second.
  await page.waitForTimeout(1000);
  const crashed = page.waitForEvent('crash');
  const session = await context.newCDPSession(page);
  // The page cannot answer any more.
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  const restored = await context.newPage();
  const after = new PlaygroundPage(restored);
  await restored.goto('/');
  await expect(after.lane(1)).toContainText('Hello there, you said: hello');
  await expect(after.lane(2)).toContainText(said);
  await expect(after.lane(2)).toContainText(INTERRUPTED);
  await expect(after.prompt).toHaveValue('a draft');
  await after.lane(2).getByRole('combobox', { name: 'Model' }).selectOption('scripted-greeting');
  await after.prompt.press('Enter');
  await expect(after.lane(2)).toContainText('you said: a draft');
});
