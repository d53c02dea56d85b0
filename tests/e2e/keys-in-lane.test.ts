/** What helps where a key, a server or a setting is why a lane did not answer, and what is asked before a key goes. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { PocketPage } from '../support/pocket-page';
import { openLanes, useInLane } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage, nameAt } from '../support/settings-page';

const KEY = 'sk-canary-51c7e2f09b6d';
const WRONG = 'sk-wrong-canary-83b1f0';
const PASSPHRASE = 'seven lamps on a quiet river';
const PROMPT = 'What is six times seven?';

let server: Awaited<ReturnType<typeof startProviderServer>>;
let settings: SettingsPage;
let playground: PocketPage;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  settings = new SettingsPage(page);
  playground = new PocketPage(page);
});
test.afterEach(() => server.close());

/** How many answers the stand-in was asked for. */
const asked = () => server.requests.filter(({ method }) => method === 'POST').length;

async function expectNoViolations(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

async function keep(page: Page, card: Locator): Promise<void> {
  await settings.command(card, 'Keep the key');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(card).toContainText('and kept');
}

/** A lane of a provider whose key is kept and, after a reload, locked; it has answered once. */
async function lockedLane(page: Page): Promise<Locator> {
  await settings.open();
  const card = await settings.add('anthropic', server.origin, KEY);
  await settings.choose(card, 'normal');
  await keep(page, card);
  await settings.leave();
  await useInLane(playground, 1, 'normal');
  await playground.ask(PROMPT);
  await playground.storedAnswer();
  await page.reload();
  return card;
}

test('a rejected key is replaced in the lane, which then answers; Settings calls it rejected till then', async ({
  page,
}) => {
  await settings.open();
  const card = await settings.add('openai', server.origin, WRONG);
  await settings.choose(card, 'normal');
  await expect(card.getByText('key rejected')).toBeVisible();
  await settings.leave();
  await useInLane(playground, 1, 'normal');
  await playground.ask(PROMPT);
  const failure = playground.failure();
  await expect(failure).toContainText('The provider rejected the key');
  await expect(failure).toContainText('Enter a key that it takes, here or');
  await settings.enter();
  await expect(card.getByText('key rejected')).toBeVisible();
  await settings.leave();

  await failure.getByRole('button', { name: 'Replace the key' }).click();
  const lane = playground.lane(1);
  const field = lane.getByLabel(/^API key of .*OpenAI/);
  await expect(field).toBeFocused();
  await expectNoViolations(page);
  await field.fill(KEY);
  await lane.getByRole('button', { name: 'Use this key and try again' }).click();
  await expect(lane).toContainText('The answer is 42.');
  await expect(field).toHaveCount(0);
  expect(server.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${KEY}`);
  expect(await page.locator('html').innerHTML()).not.toContain(KEY);
  await settings.enter();
  await expect(card.getByText('key at hand')).toBeVisible();
  await expect(card.getByText('key rejected')).toHaveCount(0);
});

test('a lane that goes over to another provider is not asked for that one’s key because of the first', async () => {
  await settings.open();
  for (const [kind, key] of [
    ['openai', WRONG],
    ['anthropic', KEY],
  ] as const) {
    const card = await settings.add(kind, server.origin, key);
    await expect(card.getByText(/^key (?:at hand|rejected)$/)).toBeVisible();
    await settings.choose(card, 'normal');
  }
  await settings.leave();
  await useInLane(playground, 1, 'normal', nameAt('openai', server.origin));
  await playground.ask(PROMPT);
  const replace = playground.failure().getByRole('button', { name: 'Replace the key' });
  await expect(replace).toBeVisible();
  await useInLane(playground, 1, 'normal', nameAt('anthropic', server.origin));
  await expect(playground.lane(1)).toContainText(`go to ${nameAt('anthropic', server.origin)}`);
  await expect(replace).toHaveCount(0);
  await playground.retry();
  await expect(playground.lane(1)).toContainText('The answer is 42.');
});

test('an answer that is refused for its key marks the key, and a test or an answer that succeeds clears it', async ({
  page,
}) => {
  await openLanes(page, { kind: 'openai', origin: server.origin, key: KEY }, ['unauthorized', 'normal']);
  const card = settings.at('openai', server.origin);
  // The list is given out to this key, the answer of one model is not.
  await playground.ask(PROMPT);
  await expect(playground.failure(1)).toContainText('The provider rejected the key');
  await playground.storedAnswer(2);
  await playground.retry(1);
  await playground.storedAnswer(3);
  await settings.enter();
  await expect(card.getByText('key rejected')).toBeVisible();
  await expect(card).toContainText('The provider rejected this key when it was last asked with it.');
  await card.getByRole('button', { name: 'Replace the key' }).click();
  await expect(card.getByLabel('API key')).toBeFocused();
  await card.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(card).toContainText(/Works: \d+ models/);
  await expect(card.getByText('key at hand')).toBeVisible();

  await settings.leave();
  await playground.retry(1);
  await playground.storedAnswer(4);
  await useInLane(playground, 1, 'normal');
  await playground.retry(1);
  await expect(playground.lane(1)).toContainText('The answer is 42.');
  await settings.enter();
  await expect(card.getByText('key at hand')).toBeVisible();
});

test('a locked key is said before the lane is asked, and unlocked where it failed, which asks once more', async ({
  page,
}) => {
  await lockedLane(page);
  const lane = playground.lane(1);
  await expect(lane.getByRole('group', { name: /^Unlock the key of/ })).toContainText('kept here and locked');
  await playground.ask('And now?');
  const failure = playground.failure();
  await expect(failure).toContainText('is kept here and still locked, so nothing was sent');
  expect(asked()).toBe(1);

  await failure.getByRole('button', { name: 'Unlock…' }).click();
  const form = lane.getByRole('form', { name: /^Unlock the key of/ });
  const field = form.getByLabel('Passphrase');
  await expect(field).toBeFocused();
  await expectNoViolations(page);
  await field.fill('not the passphrase');
  await form.getByRole('button', { name: 'Unlock and try again' }).click();
  await expect(form.getByRole('alert')).toContainText('does not fit');
  expect(asked()).toBe(1);
  await field.fill(PASSPHRASE);
  await form.getByRole('button', { name: 'Unlock and try again' }).click();
  await expect(lane.locator('.markdown')).toHaveText(['The answer is 42.', 'The answer is 42.']);
  await expect(lane.getByRole('group', { name: /^Unlock the key of/ })).toHaveCount(0);
  expect(asked()).toBe(2);
});

test('a locked key is unlocked in the lane’s head without asking anything, and on its card in Settings', async ({
  page,
}) => {
  const card = await lockedLane(page);
  const note = playground.lane(1).getByRole('group', { name: /^Unlock the key of/ });
  await note.getByRole('button', { name: 'Unlock…' }).click();
  await note.getByLabel('Passphrase').fill(PASSPHRASE);
  await note.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(note).toHaveCount(0);
  // What had the focus is gone.
  await expect(playground.lane(1)).toBeFocused();
  expect(asked()).toBe(1);

  await page.reload();
  await settings.enter();
  await expect(card).toContainText('key locked');
  await card.getByRole('button', { name: 'Unlock…' }).click();
  const field = card.getByLabel('Passphrase');
  await expect(field).toBeFocused();
  await field.fill(PASSPHRASE);
  await card.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(card).toContainText('key at hand, and kept');
  await expect(card).toBeFocused();
  await expect(page.getByRole('form', { name: 'Unlock kept keys' })).toHaveCount(0);
});

test('a passphrase that opens another kept key does not pass for this one’s', async ({ page }) => {
  await settings.open();
  const one = await settings.add('openai', server.origin, KEY);
  await keep(page, one);
  const two = await settings.add('gemini', server.origin, KEY);
  await settings.command(two, 'Keep the key');
  const dialog = page.getByRole('dialog');
  for (const label of ['Passphrase', 'Passphrase again'])
    await dialog.getByLabel(label, { exact: true }).fill('other words of no song');
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(two).toContainText('and kept');
  await page.reload();
  await two.getByRole('button', { name: 'Unlock…' }).click();
  await two.getByLabel('Passphrase').fill(PASSPHRASE);
  await two.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(two.getByRole('alert')).toContainText('fits another kept key');
  await expect(one).toContainText('key at hand, and kept');
  await expect(two).toContainText('key locked');
});

test('a missing key is entered in the lane; where words name Settings, they lead to the provider’s card', async ({
  page,
}) => {
  await openLanes(page, { kind: 'gemini', origin: server.origin, key: KEY }, ['normal', 'unknown']);
  await playground.ask(PROMPT);
  await playground.storedAnswer(2);
  await expect(playground.failure(2)).toContainText('Settings lists the models');
  await playground.failure(2).getByRole('link', { name: 'Open Settings' }).click();
  const card = settings.at('gemini', server.origin);
  await expect(card).toBeFocused();
  await expect(card).toBeInViewport();

  await page.reload();
  await settings.leave();
  await playground.ask('And now?');
  const failure = playground.failure(1);
  await expect(failure).toContainText('No key for this provider is at hand');
  await failure.getByRole('button', { name: 'Enter a key' }).click();
  const lane = playground.lane(1);
  await lane.getByLabel(/^API key of/).fill(KEY);
  await lane.getByLabel(/^API key of/).press('Enter');
  await expect(lane.locator('.markdown')).toHaveText(['The answer is 42.', 'The answer is 42.']);
  // The key is at hand for the other lane too: it has nothing to enter, and is asked again by a press.
  await expect(playground.failure(2).last().getByRole('button', { name: 'Enter a key' })).toHaveCount(0);
});

test('a server that lets no page in: the page’s origin and each server’s setting stand there to be copied', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await settings.open();
  await settings.addAt('compatible', `${server.origin}/no-cors/compatible/v1`);
  const card = settings.provider(new URL(server.origin).host);
  await expect(card.getByRole('alert')).toContainText('(CORS)');
  // Nothing is known of what stands at this address.
  await expect(card).not.toContainText('no key needed');
  await settings.choose(card, 'normal');
  await settings.leave();
  await useInLane(playground, 1, 'normal');
  await playground.ask(PROMPT);
  const help = playground.lane(1).getByRole('group', { name: 'How a server of your own lets this page in' });
  const { origin } = new URL(page.url());
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await help.getByRole('button', { name: 'Copy the origin' }).click();
  await expect.poll(copied).toBe(origin);
  for (const [name, setting] of [
    ['llama-server', `--cors-origins ${origin}`],
    ['Ollama', `OLLAMA_ORIGINS=${origin}`],
    ['vLLM', `--allowed-origins '["${origin}"]'`],
  ] as const) {
    await expect(help).toContainText(setting);
    await help.getByRole('button', { name: `Copy the setting for ${name}` }).click();
    await expect.poll(copied).toBe(setting);
  }
  await expect(help).toContainText('SGLang');
  await page.setViewportSize({ width: 360, height: 740 });
  const over = ({ scrollWidth, clientWidth }: Element) => scrollWidth - clientWidth;
  expect(await help.evaluate(over)).toBeLessThanOrEqual(0);
  await expectNoViolations(page);
});

test('a server that answers without a key needs none, which is said only then', async () => {
  await settings.open();
  const card = await settings.add('compatible', server.origin);
  await expect(card).toContainText(/Works: \d+ models/);
  await expect(card.getByText('no key needed')).toBeVisible();
  await server.close();
  await card.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(card.getByRole('alert')).toBeVisible();
  await expect(card.getByText('no key needed')).toHaveCount(0);
});

test('before a key or a provider goes it is asked, with what will be lost; declining changes nothing', async ({
  page,
}) => {
  await openLanes(page, { kind: 'openai', origin: server.origin, key: KEY }, ['normal', 'slower']);
  await settings.enter();
  const card = settings.at('openai', server.origin);
  await keep(page, card);
  const dialog = page.getByRole('dialog');

  await settings.command(card, 'Forget the key');
  await expect(dialog).toContainText('kept encrypted on this device is deleted');
  await expect(dialog).toContainText('Lanes 1 and 2 of this conversation use it.');
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(card).toContainText('key at hand, and kept');

  await page.getByRole('button', { name: 'Forget all keys' }).click();
  await expect(dialog).toContainText('(kept encrypted)');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(card).toContainText('key at hand, and kept');

  await settings.command(card, 'Remove the provider');
  await expect(dialog).toContainText('its list of models is deleted');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(card).toContainText('key at hand, and kept');

  await settings.command(card, 'Forget the key');
  await settings.confirm('Forget');
  await expect(card).toContainText('no key');
  await settings.command(card, 'Remove the provider');
  // There is no key any more that could be lost.
  await expect(dialog).not.toContainText('kept encrypted');
  await settings.confirm('Remove');
  await expect(card).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Providers', exact: true })).toBeFocused();
});

test('a provider’s gateway is not described as a server of one’s own', async ({ page }) => {
  await settings.open();
  const form = page.getByRole('form', { name: 'Add a provider' });
  await form.getByText('Another address').click();
  const address = form.getByRole('textbox', { name: 'Address' });
  await expect(address).toHaveAccessibleDescription(
    /speaks OpenAI’s own API.*left empty, they go to api\.openai\.com/,
  );
  await form.getByRole('combobox', { name: 'Provider' }).selectOption('compatible');
  await expect(address).toHaveAccessibleDescription(/llama-server, Ollama/);
});

test('a request that an API does not take leads to the parameters', async ({ page }) => {
  await openLanes(page, { kind: 'compatible', origin: server.origin, key: KEY }, ['bad-parameter']);
  await playground.ask(PROMPT);
  await playground.failure().getByRole('button', { name: 'Open Parameters' }).click();
  await expect(page.getByRole('textbox', { name: 'Longest answer' })).toBeVisible();
});
