/** Signing in at a provider for a key: what it gives, where that is not, and every way in which it can go wrong. */

import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { everythingStored } from '../support/everything-stored';
import { PocketPage } from '../support/pocket-page';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';
import { widerThanWindow } from '../support/sideways';
import { SIGN_IN_KEY as KEY } from '../support/sign-in-page.mjs';

let server: Awaited<ReturnType<typeof startProviderServer>>;
let settings: SettingsPage;
let form: Locator;
let button: Locator;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  settings = new SettingsPage(page);
  form = page.getByRole('form', { name: 'Add a provider' });
  button = form.getByRole('button', { name: 'Sign in with OpenRouter' });
});
test.afterEach(() => server.close());

/** Chooses OpenRouter at the stand-in's address. */
async function choose(): Promise<void> {
  await form.getByRole('combobox', { name: 'Provider' }).selectOption('openrouter');
  await form.getByText('Another address').click();
  await form.getByRole('textbox', { name: 'Address' }).fill(`${server.origin}/compatible/v1`);
}

/** Leaves for the provider's page, and answers there. */
async function answer(page: Page, begin: Locator, words: string): Promise<void> {
  await begin.click();
  await page.getByRole('link', { name: words, exact: true }).click();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
}

function exchanges() {
  return server.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/auth/keys'));
}

/** Every address in the tab's history. */
async function visited(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  return entries.map(({ url }) => url);
}

async function exported(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

test('it gives a key that works and is only in its header; the code is gone, the draft is there', async ({
  page,
  baseURL,
}) => {
  const heard: string[] = [];
  page.on('console', (message) => heard.push(message.text()));
  page.on('pageerror', (error) => heard.push(String(error)));
  page.on('request', (request) => heard.push(request.url(), request.postData() ?? ''));
  const playground = new PocketPage(page);
  await page.goto('/');
  await playground.prompt.fill('A draft that is not sent.');
  await settings.enter();
  await choose();
  await answer(page, button, 'Allow');
  const card = settings.at('openrouter', server.origin);
  await expect(card).toContainText('key at hand');
  await expect(card).toContainText(/Works: \d+ models are offered/);
  expect(page.url()).toBe(`${baseURL}/#/settings`);

  const [exchange] = exchanges();
  expect(exchanges()).toHaveLength(1);
  const { code, code_verifier: verifier } = JSON.parse(exchange?.body ?? '{}') as Record<string, string>;
  expect(verifier).toMatch(/^[\w-]{43}$/);
  expect(exchange?.headers['authorization']).toBeUndefined();
  // What the person's browser was sent to told nothing that the code could be used with.
  expect(server.requests.find(({ url }) => url.startsWith('/auth?'))?.url).not.toContain(verifier);

  await settings.choose(card, 'normal');
  await settings.leave();
  await expect(playground.prompt).toHaveValue('A draft that is not sent.');
  await playground.lane(1).getByRole('combobox', { name: 'Model' }).selectOption({ label: 'normal' });
  await playground.ask('What is six times seven?');
  await expect(playground.lane(1)).toContainText('The answer is 42.');
  await playground.settle();

  await page.getByRole('link', { name: 'Network' }).click();
  await expect(page.getByRole('cell', { name: 'Sign-in for a key' })).toBeVisible();
  const ledger = await exported(page, 'Save as JSON');
  const recorded = (JSON.parse(ledger) as { requests: { purpose: string }[] }).requests;
  expect(recorded.filter(({ purpose }) => purpose === 'sign-in')).toMatchObject([
    {
      context: 'provider',
      method: 'POST',
      origin: server.origin,
      path: '/compatible/v1/auth/keys',
      prompt: 'no',
    },
  ]);

  const everywhere = [
    await everythingStored(page),
    ledger,
    await exported(page, 'Save as CSV'),
    ...(await visited(page)),
    await page.locator('html').innerHTML(),
  ].join('\n');
  for (const secret of [KEY, code ?? '', verifier ?? '']) expect(everywhere).not.toContain(secret);
  expect(heard.join('\n')).not.toContain(KEY);
  for (const { url, body, headers } of server.requests) {
    expect(`${url} ${body}`).not.toContain(KEY);
    const holding = Object.entries(headers).filter(([, value]) => String(value).includes(KEY));
    expect(holding.map(([name]) => name)).toEqual(holding.length === 0 ? [] : ['authorization']);
  }
  expect(server.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${KEY}`);

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Network ledger' })).toBeVisible();
  expect(exchanges()).toHaveLength(1);
});

for (const [words, said] of [
  ['Decline', 'The sign-in was not completed'],
  ['Allow too late', 'OpenRouter gave no key for this sign-in'],
  ['Allow another sign-in', 'OpenRouter gave no key for this sign-in'],
  ['Allow and lose the connection', 'no answer from OpenRouter that it may read'],
  ['Allow and answer with a page', 'with something that is no key'],
] as const) {
  test(`“${words}”: says so, leaves the form as it was and nothing behind, and can be tried again`, async ({
    page,
  }) => {
    await settings.open();
    await choose();
    await answer(page, button, words);
    await expect(form.getByRole('alert')).toContainText(said);
    await expect(form.getByRole('combobox', { name: 'Provider' })).toHaveValue('openrouter');
    await expect(form.getByRole('textbox', { name: 'Address' })).toHaveValue(
      `${server.origin}/compatible/v1`,
    );
    await expect(page.getByRole('article')).toHaveCount(0);
    // The browser itself repeats a request whose connection was lost before it was answered.
    const asked = words === 'Allow and lose the connection' ? exchanges().slice(0, 1) : exchanges();
    expect(asked).toHaveLength(words === 'Decline' ? 0 : 1);
    await answer(page, button, 'Allow');
    await expect(settings.at('openrouter', server.origin)).toContainText('key at hand');
    await expect(form.getByRole('alert')).toHaveCount(0);
  });
}

test('a code that this tab did not ask for is thrown away, whether or not one is under way', async ({
  page,
  baseURL,
}) => {
  await page.goto('/?code=forged-1');
  await expect(form.getByRole('alert')).toContainText('belongs to no sign-in that this tab began');
  expect(page.url()).toBe(`${baseURL}/#/settings`);
  await page.goto('/?sign-in=forged&code=forged-2');
  await expect(form.getByRole('alert')).toContainText('belongs to no sign-in that this tab began');

  await choose();
  await button.click();
  await page.getByRole('heading', { name: 'May this app have a key?' }).waitFor();
  await page.goto('/?sign-in=forged&code=forged-3');
  await expect(form.getByRole('alert')).toContainText('belongs to no sign-in that this tab began');
  expect((await visited(page)).join('\n')).not.toContain('forged');
  expect(exchanges()).toEqual([]);
  await expect(page.getByRole('article')).toHaveCount(0);
});

test('coming back without an answer is said, and a used address does nothing a second time', async ({
  page,
}) => {
  await settings.open();
  await choose();
  await button.click();
  await page.getByRole('heading', { name: 'May this app have a key?' }).waitFor();
  const back = await page.getByRole('link', { name: 'Allow', exact: true }).getAttribute('href');
  await page.goBack();
  await expect(form.getByRole('alert')).toContainText('The sign-in was not completed');
  await page.goto(back ?? '');
  await expect(form.getByRole('alert')).toContainText('belongs to no sign-in that this tab began');
  expect(exchanges()).toEqual([]);
});

test('a key that is typed is not lost, and a wrong address is not left for', async ({ page }) => {
  await settings.open();
  await choose();
  await form.getByLabel('API key').fill('sk-typed-but-not-used');
  await button.click();
  await expect(form.getByRole('alert')).toContainText('A key is typed here that would be lost');
  await expect(form.getByLabel('API key')).toHaveValue('sk-typed-but-not-used');
  await form.getByLabel('API key').fill('');
  await form.getByRole('textbox', { name: 'Address' }).fill('http://192.168.1.20/v1');
  await button.click();
  await expect(form).toContainText('This address has no TLS and is not on this machine');
  expect(server.requests).toEqual([]);
  expect(page.url()).toContain('#/settings');
});

test('a card without its key gets one by signing in again, and stays the only one', async ({ page }) => {
  await settings.open();
  await choose();
  await answer(page, button, 'Allow');
  const card = settings.at('openrouter', server.origin);
  await expect(card).toContainText('key at hand');
  await expect(form).toContainText('Keys at hand that are not kept are gone when this page is left');
  await page.reload();
  await expect(card).toContainText('no key');
  const again = card.getByRole('button', { name: 'Sign in with OpenRouter' });
  await answer(page, again, 'Decline');
  await expect(card.getByRole('alert')).toContainText('The sign-in was not completed');
  await expect(form.getByRole('alert')).toHaveCount(0);
  await answer(page, again, 'Allow');
  await expect(card).toContainText('key at hand');
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('the button fits a narrow window, and is named, reachable and legible', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await settings.open();
  await choose();
  await button.focus();
  await expect(button).toBeFocused();
  expect(await widerThanWindow(page)).toEqual([]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }))).toEqual([]);
  }
  await form.getByRole('combobox', { name: 'Provider' }).selectOption('openai');
  await expect(button).toHaveCount(0);
});

test('back while the code for it cannot be had: says so, and ends the sign-in once it can', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await settings.open();
  await choose();
  await button.click();
  await page.getByRole('heading', { name: 'May this app have a key?' }).waitFor();
  const code = /\/assets\/sign-in\.svelte-[^/]+\.js$/;
  await page.route(code, (route) => route.abort());
  await page.getByRole('link', { name: 'Allow', exact: true }).click();
  const notice = page.getByText('The part of the app that signs in did not load');
  await expect(notice.first()).toBeVisible();
  expect(exchanges()).toEqual([]);
  await page.unroute(code);
  await page.getByRole('button', { name: 'Try again', exact: true }).click();
  await expect(settings.at('openrouter', server.origin)).toContainText('key at hand');
  expect(exchanges()).toHaveLength(1);
  expect(errors).toEqual([]);
});

test('a page that never opens is given up, and the sign-in can be begun again', async ({ page }) => {
  await settings.open();
  await choose();
  // No page comes of it, and the browser stays where it is, as after a press on its own Stop.
  await page.route(/\/auth\?/, (route) => route.fulfill({ status: 204 }));
  await button.click();
  await expect(form.getByRole('alert')).toContainText('has not opened', { timeout: 15_000 });
  await expect(button).toBeEnabled();
  await page.unroute(/\/auth\?/);
  await answer(page, button, 'Allow');
  await expect(settings.at('openrouter', server.origin)).toContainText('key at hand');
});
