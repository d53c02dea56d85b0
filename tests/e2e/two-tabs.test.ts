/** Two tabs of one browser: what one of them does to providers, prices and keys is true in the other. */

import { expect, test, type Locator, type Page } from '@playwright/test';
import { PocketPage } from '../support/pocket-page';
import { useInLane } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';

const KEY = 'sk-canary-2f90c4e7b1d8';
const PASSPHRASE = 'seven lamps on a quiet river';

let server: Awaited<ReturnType<typeof startProviderServer>>;
/** The settings in the one tab, and in the other. */
let here: SettingsPage;
let there: SettingsPage;
test.beforeEach(async ({ page, context }) => {
  server = await startProviderServer();
  here = new SettingsPage(page);
  there = new SettingsPage(await context.newPage());
});
test.afterEach(() => server.close());

async function enterKey(card: Locator): Promise<void> {
  await card.getByLabel('API key').fill(KEY);
  await card.getByRole('button', { name: 'Use this key' }).click();
  await expect(card).toContainText(/Works: \d+ models/);
}

async function keep(settings: SettingsPage, card: Locator): Promise<void> {
  await settings.command(card, 'Keep the key');
  const dialog = settings.page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(card).toContainText('key at hand, and kept');
}

function promptPrice(page: Page, model: string): Locator {
  return page.getByRole('spinbutton', { name: `Prompt: price of ${model}`, exact: true });
}

async function setPromptPrice(page: Page, model: string, dollars: string): Promise<void> {
  await promptPrice(page, model).fill(dollars);
  await promptPrice(page, model).press('Tab');
}

test('providers, models and prices of both tabs stay, and each tab shows what the other did', async () => {
  await here.open();
  const first = await here.add('openai', server.origin, KEY);
  await here.choose(first, 'normal');
  await there.open();
  const second = await there.add('gemini', server.origin, KEY);
  await there.choose(second, 'thinking');
  await keep(there, second);
  await expect(here.at('gemini', server.origin)).toContainText('thinking');

  await here.choose(first, 'slower');
  await expect(there.at('openai', server.origin)).toContainText('slower');
  await setPromptPrice(here.page, 'normal', '1.5');
  await expect(promptPrice(there.page, 'normal')).toHaveValue('1.5');
  await setPromptPrice(there.page, 'thinking', '2.5');
  await setPromptPrice(here.page, 'slower', '3.5');

  await here.page.reload();
  await expect(first).toContainText('slower');
  await expect(here.at('gemini', server.origin)).toContainText('key locked');
  for (const [model, dollars] of [
    ['normal', '1.5'],
    ['thinking', '2.5'],
    ['slower', '3.5'],
  ] as const)
    await expect(promptPrice(here.page, model)).toHaveValue(dollars);

  await here.command(here.at('gemini', server.origin), 'Remove the provider');
  await here.confirm('Remove');
  await expect(second).toHaveCount(0);
  await there.choose(there.at('openai', server.origin), 'crlf');
  await here.page.reload();
  await expect(first).toContainText('crlf');
  await expect(here.page.getByRole('article')).toHaveCount(1);
});

test('all keys are forgotten in both tabs at once, and a lane of the other says that it needs one', async () => {
  await here.open();
  const first = await here.add('openai', server.origin, KEY);
  await here.choose(first, 'normal');
  await there.open();
  const same = there.at('openai', server.origin);
  await enterKey(same);
  await keep(there, same);
  await there.leave();
  const lanes = new PocketPage(there.page);
  await useInLane(lanes, 1, 'normal');
  await lanes.ask('What is six times seven?');
  await expect(lanes.lane(1)).toContainText('The answer is 42.');
  await there.enter();
  await expect(same).toContainText('key at hand, and kept');
  const asked = server.requests.length;

  await here.page.getByRole('button', { name: 'Forget all keys' }).click();
  await here.confirm('Forget all');
  await expect(here.page.getByText('All keys were forgotten, the kept ones too.')).toBeVisible();
  await expect(same).toContainText('no key');
  await expect(there.page.getByRole('button', { name: 'Forget all keys' })).toBeDisabled();
  await there.leave();
  await lanes.settle();
  await lanes.ask('And now?');
  await expect(lanes.failure()).toContainText('No key for this provider is at hand, so nothing was sent');
  expect(server.requests).toHaveLength(asked);
  for (const { page } of [here, there]) await page.reload();
  await there.open();
  for (const card of [first, same]) await expect(card).toContainText('no key');
});

test('one key that is forgotten is forgotten in both tabs, and the other keys stay', async () => {
  await here.open();
  const forgotten = await here.add('openai', server.origin, KEY);
  await here.add('gemini', server.origin, KEY);
  await there.open();
  for (const kind of ['openai', 'gemini'] as const) await enterKey(there.at(kind, server.origin));
  await here.command(forgotten, 'Forget the key');
  await here.confirm('Forget');
  await expect(there.at('openai', server.origin)).toContainText('no key');
  await expect(there.at('gemini', server.origin)).toContainText('key at hand');
  await there.page.reload();
  await expect(here.at('gemini', server.origin)).toContainText('key at hand');
});
