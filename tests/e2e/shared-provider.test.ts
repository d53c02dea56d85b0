/** A setup that is handed on with a lane behind an API: what the link says of the provider, and what it does elsewhere. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { remoteVariantId, type ProviderKind } from '../../src/domain/provider';
import { placeId } from '../../src/domain/provider-place';
import { PocketPage, missing } from '../support/pocket-page';
import { openLanes } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage, nameAt } from '../support/settings-page';
import { widerThanWindow } from '../support/sideways';

const KEY = 'Vd5+kc8/Mq1=Ys3~Jp6.Fw9';

let server: Awaited<ReturnType<typeof startProviderServer>>;
test.beforeEach(async () => {
  server = await startProviderServer();
});
test.afterEach(() => server.close());

async function share(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.getByRole('textbox', { name: 'Link to the setup' }).inputValue();
  return link;
}

/** The link as a page of another origin's storage would open it: a browser that knows nothing of the first. */
async function stranger(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  return page;
}

/** A link to a lane as anybody could make it. */
async function craftedLink(page: Page, kind: ProviderKind, address: string): Promise<string> {
  const variantId = remoteVariantId(placeId({ kind, baseUrl: address }), 'tempting');
  const packed = await page.evaluate(async (id) => {
    const sampling = {
      temperature: 0,
      topP: 1,
      topK: 0,
      repetitionPenalty: 1,
      maxTokens: 16,
      seed: 1,
      stop: [],
    };
    const lanes = [{ variantId: id, device: 'auto' }];
    const text = JSON.stringify({ version: 1, lanes, system: '', sampling, prompts: ['hello'] });
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  }, variantId);
  return `/#/playground?setup=${packed}`;
}

test('elsewhere the lane waits and shows the address; once the provider is added it answers', async ({
  page,
  browser,
}) => {
  await openLanes(page, { kind: 'compatible', origin: server.origin, key: KEY }, ['normal']);
  await new PocketPage(page).prompt.fill('What is six times seven?');
  const link = await share(page);
  const dialog = page.getByRole('dialog', { name: 'Share this comparison' });
  const address = `${server.origin}/compatible/v1`;
  await expect(dialog).toContainText('without your keys');
  await expect(dialog).toContainText(address);
  await expect(dialog).toContainText('leads to the machine of whoever opens the link');
  expect(link).not.toContain(KEY);
  const before = server.requests.length;

  const other = await stranger(browser, link);
  const theirs = new PocketPage(other);
  const lane = theirs.lane(1);
  const offer = lane.getByRole('group', { name: 'Its provider is not set up here' });
  await expect(offer).toContainText('normal computes at a provider that is not set up here');
  await expect(offer).toContainText(address);
  await expect(other.getByText('A lane waits for a provider')).toBeVisible();
  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 1200],
  ] as const) {
    await other.emulateMedia({ colorScheme });
    await other.setViewportSize({ width, height: 800 });
    expect(await widerThanWindow(other)).toEqual([]);
    expect((await new AxeBuilder({ page: other }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  }
  // Asked all the same, it says what is missing, and keeps the prompt.
  await theirs.prompt.press('Enter');
  await expect(theirs.failure()).toContainText('is not set up here, so nothing was sent');
  await expect(other.getByText('What is six times seven?').first()).toBeVisible();
  // The wait outlives the visit.
  await theirs.settle();
  await other.reload();
  await expect(offer).toContainText(address);

  await offer.getByRole('button', { name: 'Add this provider' }).click();
  const form = other.getByRole('form', { name: 'Add a provider' });
  await expect(form.getByRole('combobox', { name: 'Provider' })).toHaveValue('compatible');
  await expect(form.getByRole('textbox', { name: 'Address' })).toHaveValue(address);
  await expect(form.getByRole('textbox', { name: 'Address' })).toBeFocused();
  await expect(form).toContainText('Filled in from a link');
  await expect(other.getByRole('article')).toHaveCount(0);
  expect(server.requests).toHaveLength(before);

  await form.getByRole('button', { name: 'Add and test' }).click();
  const settings = new SettingsPage(other);
  const card = settings.provider(new URL(server.origin).host);
  await expect(card).toContainText(/Works: \d+ models/);
  await expect(card.getByRole('button', { name: 'Take normal off the list' })).toBeVisible();
  await settings.leave();
  await expect(offer).toHaveCount(0);
  await expect(lane).toContainText('leave this tab and go to');
  await theirs.retry();
  await expect(lane).toContainText('The answer is 42.');
  expect(server.requests.at(-1)?.headers['authorization']).toBeUndefined();
});

test('who has an account there answers by it at once, with a key of their own', async ({ page, browser }) => {
  await openLanes(page, { kind: 'anthropic', origin: server.origin, key: KEY }, ['normal']);
  await new PocketPage(page).prompt.fill('What is six times seven?');
  const link = await share(page);

  const other = await (await browser.newContext()).newPage();
  const settings = new SettingsPage(other);
  await settings.open();
  const card = await settings.add('anthropic', server.origin, 'another-key-123456');
  await expect(card).toContainText(/Works: \d+ models/);
  const asked = server.requests.length;
  const hash = new URL(link).hash;
  await other.evaluate((to) => (location.hash = to), hash);
  const theirs = new PocketPage(other);
  await expect(theirs.prompt).toHaveValue('What is six times seven?');
  await expect(other.getByText('Nothing was asked yet: press Send')).toBeVisible();
  await expect(theirs.lane(1)).toContainText(
    `leave this tab and go to ${nameAt('anthropic', server.origin)}`,
  );
  expect(server.requests).toHaveLength(asked);
  await theirs.prompt.press('Enter');
  await expect(theirs.lane(1)).toContainText('The answer is 42.');
  expect(server.requests.at(-1)?.headers['x-api-key']).toBe('another-key-123456');
});

test('prompts that go to a provider are run by one press that names it, each sent once with what was said before', async ({
  page,
}) => {
  await openLanes(page, { kind: 'compatible', origin: server.origin, key: KEY }, ['normal']);
  const playground = new PocketPage(page);
  for (const [index, prompt] of ['What is six times seven?', 'And half of it?'].entries()) {
    await playground.ask(prompt);
    await playground.storedAnswer(index + 1);
  }
  const { hash } = new URL(await share(page));
  await page.keyboard.press('Escape');
  const before = server.requests.length;
  // In the same visit, so that the key is at hand.
  await page.evaluate((to) => (location.hash = to), hash);
  const bar = page.getByRole('group', { name: 'Prompts that wait to be asked' });
  await expect(bar).toContainText(`Requests that go to ${new URL(server.origin).host}: 2`);
  await expect(bar).toContainText('You may be billed for them.');
  expect(server.requests).toHaveLength(before);
  await bar.getByRole('button', { name: 'Run all prompts' }).click();
  await expect(playground.lane(1).getByText('The answer is 42.')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Stop the run' })).toHaveCount(0);
  const bodies = server.requests
    .slice(before)
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => body);
  expect(bodies).toHaveLength(2);
  expect(bodies[0]).not.toContain('And half of it?');
  for (const part of ['What is six times seven?', 'The answer is 42.', 'And half of it?'])
    expect(bodies[1]).toContain(part);
});

test('a link that lies is not believed: an address is shown for what it is, or not offered', async ({
  page,
}) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto('/');
  const open = async (kind: ProviderKind, address: string) => {
    const link = await craftedLink(page, kind, address);
    await page.goto('about:blank');
    await page.goto(link);
    await expect(new PocketPage(page).prompt).toHaveValue('hello');
    return new PocketPage(page).lane(1);
  };
  const foreign = await open('openai', 'https://api.openai.com.evil.example/v1');
  await expect(foreign).toContainText('https://api.openai.com.evil.example/v1');
  await expect(foreign).toContainText('This is not OpenAI’s own address');
  await expect(foreign).toContainText('go to api.openai.com.evil.example');
  const lookalike = await open('openai', 'https://аpi.openai.com/v1');
  await expect(lookalike).toContainText('https://xn--');
  for (const address of ['http://192.168.1.20/v1', 'javascript:alert(1)', 'https://a:b@evil.example/v1']) {
    const refused = await open('compatible', address);
    await expect(refused).toContainText('It is not known which provider');
    await expect(refused.getByRole('button', { name: 'Add this provider' })).toHaveCount(0);
  }
  const { origin } = new URL(page.url());
  const elsewhere = requests.filter((url) => !url.startsWith(origin) && !/^(?:blob|data|about):/.test(url));
  expect(elsewhere).toEqual([]);
});

test('a kept key of a server of one’s own is asked for before the server is', async ({ page }) => {
  const settings = new SettingsPage(page);
  const playground = new PocketPage(page);
  await openLanes(page, { kind: 'compatible', origin: server.origin, key: KEY }, ['normal']);
  await settings.enter();
  const card = settings.provider(new URL(server.origin).host);
  await settings.command(card, 'Keep the key');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill('seven lamps on a quiet river');
  await dialog.getByLabel('Passphrase again').fill('seven lamps on a quiet river');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(card).toContainText('and kept');
  await settings.leave();
  await playground.settle();
  await page.reload();
  const asked = server.requests.length;
  await playground.ask('What is six times seven?');
  await expect(playground.failure()).toContainText('is kept here and still locked, so nothing was sent');
  expect(server.requests).toHaveLength(asked);

  await settings.enter();
  await expect(card.getByRole('button', { name: 'Unlock…' })).toBeVisible();
  await expect(card.getByRole('button', { name: 'Test', exact: true })).toHaveCount(0);
  const unlock = page.getByRole('form', { name: 'Unlock kept keys' });
  await unlock.getByLabel('Passphrase').fill('seven lamps on a quiet river');
  await unlock.getByRole('button', { name: 'Unlock' }).click();
  await expect(card).toContainText('key at hand, and kept');
  await settings.leave();
  await playground.retry();
  await expect(playground.lane(1)).toContainText('The answer is 42.');
  const last = server.requests.at(-1) ?? missing('request');
  expect(last.headers['authorization']).toBe(`Bearer ${KEY}`);
});
