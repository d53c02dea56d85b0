/** One model's name at two providers: told apart wherever it stands, also once a provider is removed, and bound again. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Download, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { PocketPage } from '../support/pocket-page';
import { useInLane } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage, nameAt } from '../support/settings-page';
import { widerThanWindow } from '../support/sideways';

const KEY = 'Tn4+qs8/Bw2=Hx6~Lf1.Dz9';

let server: Awaited<ReturnType<typeof startProviderServer>>;
let settings: SettingsPage;
let playground: PocketPage;
/** What the two are called: both are at the same host. */
let first: string;
let second: string;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  settings = new SettingsPage(page);
  playground = new PocketPage(page);
  first = `normal · ${nameAt('openai', server.origin)}`;
  second = `normal · ${nameAt('compatible', server.origin)}`;
});
test.afterEach(() => server.close());

/** The same name in two lanes, each at a provider of its own. */
async function openBoth(page: Page): Promise<void> {
  await settings.open();
  for (const kind of ['openai', 'compatible'] as const)
    await settings.choose(await settings.add(kind, server.origin, KEY), 'normal');
  await settings.leave();
  await useInLane(playground, 1, 'normal', nameAt('openai', server.origin));
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await useInLane(playground, 2, 'normal', nameAt('compatible', server.origin));
}

async function textOf(download: Promise<Download>): Promise<string> {
  return readFile(await (await download).path(), 'utf8');
}

async function openVotes(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Votes and ranking' }).click();
  return page.getByRole('dialog', { name: 'Votes' });
}

test('the table, its exports, the report and the tabs of a phone say which is which', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openBoth(page);
  await expect(playground.lane(1)).toContainText(`go to ${nameAt('openai', server.origin)}.`);
  await playground.ask('What is six times seven?');
  await playground.storedAnswer(2);
  const table = page.getByRole('region', { name: 'Comparison of the latest answers' });
  const heads = [`1 · ${first}`, `2 · ${second}`];
  for (const name of heads) await expect(table.getByRole('columnheader', { name })).toBeVisible();
  for (const name of ['Markdown', 'CSV', 'JSON']) {
    await table.getByRole('button', { name, exact: true }).click();
    for (const head of heads)
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(head);
  }
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const saved = textOf(page.waitForEvent('download'));
  await page.getByRole('button', { name: 'Save as Markdown' }).click();
  const report = await saved;
  for (const head of heads) expect(report).toContain(`### ${head}`);
  expect(report).toContain('Bold is the best value of a row whose values compare');
  // Who reads it has neither this ledger nor these settings.
  expect(report).toContain(`- Prompts went to: ${new URL(server.origin).host} (${first})`);
  expect(report).toContain(`- Prices per million tokens: ${first}: not known`);
  await page.keyboard.press('Escape');

  await page.setViewportSize({ width: 360, height: 740 });
  const tabs = page.getByRole('navigation', { name: 'Lanes' }).getByRole('button');
  await expect(tabs).toHaveText([
    `1 · ${nameAt('openai', server.origin)}`,
    `2 · ${nameAt('compatible', server.origin)}`,
  ]);
  expect(await widerThanWindow(page)).toEqual([]);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
});

test('votes name both, still do when one provider is removed, and are its again when it is added again', async ({
  page,
}) => {
  await openBoth(page);
  await page.getByRole('button', { name: 'Blind', exact: true }).click();
  await playground.ask('What is six times seven?');
  const stage = page.getByRole('region', { name: 'Blind comparison' });
  const question = stage.getByRole('group', { name: 'Which answer is better?' });
  await question.getByRole('button', { name: 'A is better' }).click();
  const headings = stage.getByRole('heading', { level: 3 });
  await expect(headings).toHaveText([/^A · normal/, /^B · normal/]);
  expect((await headings.allInnerTexts()).map((text) => text.slice('A · '.length)).sort()).toEqual(
    [first, second].sort(),
  );
  const rows = (dialog: Locator) => dialog.getByRole('table', { name: 'Ranking' }).locator('tbody th');
  const dialog = await openVotes(page);
  await expect(rows(dialog)).toHaveCount(2);
  const names = await rows(dialog).allInnerTexts();
  expect([...names].sort()).toEqual([first, second].sort());
  await page.keyboard.press('Escape');
  await stage.getByRole('button', { name: 'Back to the lanes' }).click();

  await settings.enter();
  await settings.command(settings.at('openai', server.origin), 'Remove the provider');
  await settings.confirm('Remove');
  await expect(page.getByRole('article')).toHaveCount(1);
  await settings.leave();
  const removed = `normal · ${nameAt('openai', server.origin)} (removed)`;
  await openVotes(page);
  await expect(rows(dialog)).toHaveText(names.map((name) => (name === first ? removed : name)));
  const saved = textOf(page.waitForEvent('download'));
  await dialog.getByRole('button', { name: 'Export CSV' }).click();
  expect(await saved).toContain(removed);
  await page.keyboard.press('Escape');

  // Its lane says where it was, and hands it back.
  const offer = playground.lane(1).getByRole('group', { name: 'Its provider is not set up here' });
  await expect(offer).toContainText('and removed. Its address:');
  await expect(offer).toContainText(`${server.origin}/openai/v1`);
  await offer.getByRole('button', { name: 'Add this provider' }).click();
  const form = page.getByRole('form', { name: 'Add a provider' });
  await expect(form).toContainText('Filled in from the provider that was removed');
  await form.getByLabel(/^API key/).fill(KEY);
  await form.getByRole('button', { name: 'Add and test' }).click();
  await expect(settings.at('openai', server.origin)).toContainText(/Works: \d+ models/);
  await settings.leave();
  await expect(offer).toHaveCount(0);
  await openVotes(page);
  await expect(rows(dialog)).toHaveText(names);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Blind', exact: true }).click();
  await playground.ask('And now?');
  await playground.storedAnswer(4);
  const answers = await playground.storedAnswers();
  const asked = new Set(answers.map(({ run }) => run?.variantId));
  expect(asked.size).toBe(2);
});
