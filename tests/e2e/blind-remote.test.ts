/** A blind comparison of a model in this tab with one behind an API: neither place, nor price, nor network tells which is which. */

import { expect, test, type Page } from '@playwright/test';
import { PocketPage } from '../support/pocket-page';
import { openLanes } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';

const KEY = 'Lf2+bx5/Vg9=Ns3~Wc7.Ty6';

let server: Awaited<ReturnType<typeof startProviderServer>>;
let playground: PocketPage;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  playground = new PocketPage(page);
});
test.afterEach(() => server.close());

/** Titles, labels and hidden text are in the markup too; names of classes and of files are made by chance. */
async function expectNothingTold(page: Page): Promise<void> {
  const { markup, text } = await page.evaluate(() => {
    const body = document.body.cloneNode(true) as HTMLElement;
    // What this machine can do stands above every screen; what a model says of itself is part of its answer.
    for (const part of body.querySelectorAll('header details, .markdown, script, style')) part.remove();
    const main = body.querySelector('main');
    return { markup: document.title + body.outerHTML, text: main?.textContent ?? '' };
  });
  const told = markup.replace(/ (?:class|src|href)="[^"]*"/g, '');
  const { host } = new URL(server.origin);
  for (const word of ['Pocket', 'thinking', 'OpenAI', host, 'leave this tab', 'left this tab'])
    expect(told).not.toContain(word);
  expect(text).toContain('Which answer is better?');
  expect(text).not.toMatch(/TTFT|tok\/s|\d tokens|\$|Network ledger|CPU|provider/i);
}

test('before the vote nothing names or places a model, and afterwards each has its own again', async ({
  page,
}) => {
  await openLanes(page, { kind: 'openai', origin: server.origin, key: KEY }, ['thinking']);
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await playground.lane(2).getByRole('combobox', { name: 'Model' }).selectOption('pocket');
  await playground.longestAnswer(16);
  await page.getByRole('button', { name: 'Blind', exact: true }).click();
  await playground.ask('Which?');
  const stage = page.getByRole('region', { name: 'Blind comparison' });
  const question = stage.getByRole('group', { name: 'Which answer is better?' });
  await expect(question).toBeVisible({ timeout: 60_000 });
  await expect(stage).toContainText('The answer is 42.');
  await expectNothingTold(page);
  await playground.settle();
  await page.reload();
  await expect(question).toBeVisible();
  await expectNothingTold(page);

  await playground.prompt.focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await expect(stage).toContainText('You voted: a tie.');
  for (const name of [/^[AB] · thinking/, /^[AB] · Pocket/])
    await expect(stage.getByRole('heading', { level: 3, name })).toBeVisible();
  await stage.getByRole('button', { name: 'Back to the lanes' }).click();
  await expect(playground.lane(1)).toContainText('leave this tab and go to');
  await page.getByRole('button', { name: 'Votes and ranking' }).click();
  const ranking = page.getByRole('dialog', { name: 'Votes' }).getByRole('table', { name: 'Ranking' });
  await expect(ranking.locator('tbody tr')).toHaveCount(2);
  await expect(ranking).toContainText('Pocket');
  await expect(ranking).toContainText('thinking');
});
