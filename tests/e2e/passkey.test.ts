/** Keys that are kept by a passkey, with the browser's own virtual authenticator in place of a person's. */

import { expect, test, type CDPSession, type Locator, type Page } from '@playwright/test';
import { everythingStored } from '../support/everything-stored';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';

const KEY = 'sk-canary-3f6a91b0d7e5';
const PASSPHRASE = 'seven lamps on a quiet river';

let server: Awaited<ReturnType<typeof startProviderServer>>;
let settings: SettingsPage;
let device: CDPSession;
let dialog: Locator;
let unlock: Locator;
/** What the dialog says of a passkey that did not do. */
let problem: Locator;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  settings = new SettingsPage(page);
  device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  dialog = page.getByRole('dialog');
  problem = dialog.getByRole('alert').filter({ hasText: /\S/ });
  unlock = page.getByRole('button', { name: 'Unlock with the passkey' });
});
test.afterEach(() => server.close());

/** A device that verifies its person at once. @returns its id */
async function plugIn(hasPrf = true): Promise<string> {
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf,
    },
  });
  return authenticatorId;
}

async function keepByPasskey(card: Locator, choice = 'Use a passkey'): Promise<void> {
  await settings.command(card, 'Keep the key');
  await dialog.getByRole('button', { name: choice }).click();
}

/** What the passkey gives for this app, as the app asks for it, in the text that `everythingStored` would show. */
async function secretOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const credential = (await navigator.credentials.get({
      publicKey: {
        challenge: new Uint8Array(32),
        userVerification: 'required',
        extensions: {
          prf: { eval: { first: new TextEncoder().encode('OpenTab keys kept by passkey, version 1') } },
        },
      },
    })) as PublicKeyCredential;
    const secret = credential.getClientExtensionResults().prf?.results?.first;
    return JSON.stringify(new TextDecoder('latin1').decode(secret)).slice(1, -1);
  });
}

test('a key is kept and unlocked by a passkey, one for all keys; neither key nor secret is stored', async ({
  page,
}) => {
  await plugIn();
  await settings.open();
  const one = await settings.add('openai', server.origin, KEY);
  const two = await settings.add('anthropic', server.origin, KEY);
  await keepByPasskey(one);
  await expect(one).toContainText('key at hand, and kept');
  await expect(dialog).toHaveCount(0);
  await keepByPasskey(two);
  await expect(two).toContainText('key at hand, and kept');

  const secret = await secretOf(page);
  const stored = await everythingStored(page);
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(stored).toContain('credentialId');
  expect(stored).not.toContain(secret);
  expect(stored).not.toContain(KEY);

  await page.reload();
  await expect(one).toContainText('key locked');
  await expect(page.getByRole('form', { name: 'Unlock kept keys' })).toHaveCount(0);
  await unlock.click();
  await expect(one).toContainText('key at hand, and kept');
  await expect(two).toContainText('key at hand, and kept');
  await expect(unlock).toHaveCount(0);
  await one.getByRole('button', { name: 'Test' }).click();
  await expect(one).toContainText(/Works: \d+ models/);
  expect(server.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${KEY}`);
  expect(await page.locator('html').innerHTML()).not.toContain(KEY);

  await page.getByRole('button', { name: 'Forget all keys' }).click();
  await settings.confirm('Forget all');
  await expect(one).toContainText('no key');
  await page.reload();
  await expect(one).toContainText('no key');
  await expect(unlock).toHaveCount(0);
});

test('a passkey without a secret, and a person who is not recognised: a passphrase keeps the key still', async () => {
  const plain = await plugIn(false);
  await settings.open();
  const card = await settings.add('openai', server.origin, KEY);
  await keepByPasskey(card);
  await expect(problem).toContainText('This passkey gives no secret');
  await expect(problem).toContainText('or keep the key with a passphrase below');
  await expect(card).not.toContainText('and kept');

  await device.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: plain });
  const strict = await plugIn();
  await device.send('WebAuthn.setUserVerified', { authenticatorId: strict, isUserVerified: false });
  await dialog.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(problem).toContainText('No passkey answered');

  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(card).toContainText('key at hand, and kept');
});

test('a passkey that was deleted, or is on another device: said, with a way on, and a passphrase’s key opens', async ({
  page,
}) => {
  const first = await plugIn();
  await settings.open();
  const one = await settings.add('openai', server.origin, KEY);
  const two = await settings.add('anthropic', server.origin, KEY);
  await keepByPasskey(one);
  await expect(one).toContainText('and kept');
  await settings.command(two, 'Keep the key');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(two).toContainText('and kept');

  await device.send('WebAuthn.clearCredentials', { authenticatorId: first });
  await page.reload();
  await unlock.click();
  await expect(page.getByRole('alert').filter({ hasText: 'No passkey answered' })).toContainText(
    'If it is gone, replace the key',
  );
  await device.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: first });
  await plugIn();
  await unlock.click();
  await expect(page.getByRole('alert').filter({ hasText: 'is on another device' })).toBeVisible();
  await expect(one).toContainText('key locked');

  const form = page.getByRole('form', { name: 'Unlock kept keys' });
  await form.getByLabel('Passphrase').fill(PASSPHRASE);
  await form.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(two).toContainText('key at hand, and kept');
  await expect(one).toContainText('key locked');

  // The way on that the sentence names, and a new passkey in place of the one that is gone.
  await settings.command(one, 'Replace the key');
  await one.getByLabel('API key').fill(KEY);
  await one.getByRole('button', { name: 'Use this key' }).click();
  await expect(one).toContainText('key at hand');
  await expect(one).not.toContainText('and kept');
  await keepByPasskey(one);
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await unlock.click();
  await expect(one).toContainText('key at hand, and kept');
});

for (const [lack, script] of [
  ['passkeys', 'delete window.PublicKeyCredential'],
  [
    'the PRF extension',
    'PublicKeyCredential.getClientCapabilities = async () => ({ "extension:prf": false })',
  ],
] as const) {
  test(`a browser without ${lack} offers the passphrase alone`, async ({ page }) => {
    await page.addInitScript(script);
    await settings.open();
    const card = await settings.add('openai', server.origin, KEY);
    await settings.command(card, 'Keep the key');
    await expect(dialog.getByLabel('Passphrase again')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Use a passkey' })).toHaveCount(0);
  });
}

test('a key that is kept by a passkey is unlocked on its provider’s card, which asks for it without another press', async ({
  page,
}) => {
  await plugIn();
  await settings.open();
  const card = await settings.add('openai', server.origin, KEY);
  await keepByPasskey(card);
  await expect(dialog).toHaveCount(0);
  await page.reload();
  await expect(card).toContainText('key locked');
  await card.getByRole('button', { name: 'Unlock…' }).click();
  await expect(card).toContainText('key at hand, and kept');
  await expect(unlock).toHaveCount(0);
});
