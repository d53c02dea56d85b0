/** A key goes to its provider and nowhere else: it is looked for everywhere that it must not be. */

import { expect, test } from '@playwright/test';
import { everythingStored } from '../support/everything-stored';
import { PocketPage } from '../support/pocket-page';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';

const KEY = 'sk-canary-0b5e77a1d2f4';
const PASSPHRASE = 'seven lamps on a quiet river';

let server: Awaited<ReturnType<typeof startProviderServer>>;
let settings: SettingsPage;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  settings = new SettingsPage(page);
});
test.afterEach(() => server.close());

test('a canary key is in its header, and in no storage, address, console, export or page', async ({
  page,
}) => {
  const heard: string[] = [];
  page.on('console', (message) => heard.push(message.text()));
  page.on('pageerror', (error) => heard.push(String(error)));
  page.on('request', (request) => heard.push(request.url(), request.postData() ?? ''));
  await settings.open();
  const card = await settings.add('openai', server.origin, KEY);
  await settings.choose(card, 'normal', 'unauthorized', 'error-inside');
  await settings.leave();
  const playground = new PocketPage(page);
  for (const [index, model] of ['normal', 'unauthorized', 'error-inside'].entries()) {
    if (index > 0) await page.getByRole('button', { name: 'Add a lane' }).click();
    await playground
      .lane(index + 1)
      .getByRole('combobox', { name: 'Model' })
      .selectOption({ label: model });
  }
  await playground.ask('What is six times seven?');
  await expect(playground.lane(1)).toContainText('The answer is 42.');
  // The stand-in repeats the key in what it says, as providers do.
  await expect(playground.failure(2)).toContainText('The provider rejected the key');
  await expect(playground.failure(3)).toBeVisible();
  await playground.settle();

  expect(await everythingStored(page)).not.toContain(KEY);
  expect(heard.join('\n')).not.toContain(KEY);
  expect(page.url()).not.toContain(KEY);
  expect(await page.locator('html').innerHTML()).not.toContain(KEY);
  const fields = await page
    .locator('input')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  expect(fields.join('\n')).not.toContain(KEY);
  for (const { url, body, headers } of server.requests) {
    expect(`${url} ${body}`).not.toContain(KEY);
    const holding = Object.entries(headers).filter(([, value]) => String(value).includes(KEY));
    expect(holding.map(([name]) => name)).toEqual(['authorization']);
  }
});

test('a key is gone with the page unless it is kept; kept, it is encrypted and waits for its passphrase', async ({
  page,
}) => {
  await settings.open();
  const card = await settings.add('anthropic', server.origin, KEY);
  await expect(card).toContainText('key at hand');
  await page.reload();
  await expect(card).toContainText('no key');

  await card.getByLabel('API key').fill(KEY);
  await card.getByRole('button', { name: 'Use this key' }).click();
  await expect(card).toContainText(/Works: \d+ models/);
  await settings.command(card, 'Keep the key');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill('short');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(dialog.getByRole('alert')).toContainText('At least 12 characters');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(card).toContainText('key at hand, and kept');
  const stored = await everythingStored(page);
  expect(stored).not.toContain(KEY);
  expect(stored).not.toContain(PASSPHRASE);

  await page.reload();
  await expect(card).toContainText('key locked');
  const unlock = page.getByRole('form', { name: 'Unlock kept keys' });
  await unlock.getByLabel('Passphrase').fill('not the passphrase');
  await unlock.getByRole('button', { name: 'Unlock' }).click();
  await expect(unlock.getByRole('alert')).toContainText('does not fit');
  await unlock.getByLabel('Passphrase').fill(PASSPHRASE);
  await unlock.getByRole('button', { name: 'Unlock' }).click();
  await expect(card).toContainText('key at hand, and kept');
  await card.getByRole('button', { name: 'Test' }).click();
  await expect(card).toContainText(/Works: \d+ models/);
  expect(server.requests.at(-1)?.headers['x-api-key']).toBe(KEY);
});

test('one key is forgotten alone, and all are forgotten at once, the kept ones too', async ({ page }) => {
  await settings.open();
  const one = await settings.add('openai', server.origin, KEY);
  const two = await settings.add('gemini', server.origin, KEY);
  await settings.command(one, 'Forget the key');
  await expect(one).toContainText('no key');
  await expect(two).toContainText('key at hand');
  await settings.command(two, 'Keep the key');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(two).toContainText('and kept');
  await page.getByRole('button', { name: 'Forget all keys' }).click();
  await expect(two).toContainText('no key');
  await page.reload();
  await expect(two).toContainText('no key');
  await expect(page.getByRole('button', { name: 'Forget all keys' })).toBeDisabled();
});

test('a wrong key is called that by the test button, and is shown nowhere', async ({ page }) => {
  await settings.open();
  const card = await settings.add('openai', server.origin, 'sk-wrong-canary-123456');
  await expect(card.getByRole('alert')).toContainText('The provider rejected the key');
  expect(await page.locator('body').innerHTML()).not.toContain('sk-wrong-canary-123456');
});
