/** Keys that are kept, locked, unlocked, forgotten and refused. Where a key must not be, `canary.test.ts` looks. */

import { expect, test } from '@playwright/test';
import { everythingStored } from '../support/everything-stored';
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
  await settings.confirm('Forget');
  await expect(one).toContainText('no key');
  await expect(two).toContainText('key at hand');
  await settings.command(two, 'Keep the key');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(two).toContainText('and kept');
  await page.getByRole('button', { name: 'Forget all keys' }).click();
  await settings.confirm('Forget all');
  await expect(two).toContainText('no key');
  await page.reload();
  await expect(two).toContainText('no key');
  await expect(page.getByRole('button', { name: 'Forget all keys' })).toBeDisabled();
});

test('a wrong key is called that by the test button, and is shown nowhere', async ({ page }) => {
  await settings.open();
  const card = await settings.add('openai', server.origin, 'sk-wrong-canary-123456');
  await expect(card.getByRole('alert')).toContainText('The provider rejected the key. A key that is');
  await expect(card.getByRole('alert')).not.toContainText('prompt');
  expect(await page.locator('body').innerHTML()).not.toContain('sk-wrong-canary-123456');
});

test('a keeping that is given up keeps nothing: not the key, nor one that is forgotten or replaced meanwhile', async ({
  page,
}) => {
  await settings.open();
  const card = await settings.add('openai', server.origin, KEY);
  const dialog = page.getByRole('dialog');
  /** In one go: encrypting takes less time than a press from outside. */
  const keepAndGiveUp = async () => {
    await settings.command(card, 'Keep the key');
    await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
    await dialog.evaluate((one) => {
      const buttons = [...one.querySelectorAll('button')];
      for (const name of ['Keep', 'Cancel'])
        buttons.find(({ textContent }) => textContent.trim() === name)?.click();
    });
    await expect(dialog).toHaveCount(0);
  };
  await keepAndGiveUp();
  // Longer than encrypting takes.
  await page.waitForTimeout(2000);
  await expect(card).toContainText('key at hand');
  await expect(card).not.toContainText('and kept');

  await keepAndGiveUp();
  await settings.command(card, 'Replace the key');
  await card.getByLabel('API key').fill(`${KEY}-new`);
  await card.getByRole('button', { name: 'Use this key' }).click();
  await expect(card).toContainText(/Works: \d+ models/);
  await keepAndGiveUp();
  await settings.command(card, 'Forget the key');
  await settings.confirm('Forget');
  await expect(card).toContainText('no key');
  await page.waitForTimeout(2000);
  await page.reload();
  await expect(card).toContainText('no key');
});
