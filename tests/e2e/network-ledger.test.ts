/** The network ledger against the browser's own word: nothing that Playwright sees may be missing from it. */

import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page, type Request } from '@playwright/test';
import { screenNames } from '../../src/ui/screen-names';
import { startFaultServer } from '../support/fault-server.mjs';
import { PocketPage } from '../support/pocket-page';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';
import { widerThanWindow } from '../support/sideways';

const CANARY = 'canary-4b1f77e0';
const KEY = 'sk-canary-c0ffee99';

interface ExportedRequest {
  readonly context: string;
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly redirectedTo?: string;
  readonly purpose: string;
  readonly prompt: string;
  readonly bytesOut: number | null;
  readonly bytesIn: number | null;
  readonly status: number | null;
  readonly state: string;
}

interface ExportedLedger {
  readonly total: {
    readonly requests: number;
    readonly promptRequests: number;
    readonly promptBytes: number;
  };
  readonly requests: readonly ExportedRequest[];
}

let pocket: PocketPage;
let server: Awaited<ReturnType<typeof startProviderServer>>;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  pocket = new PocketPage(page);
});
test.afterEach(() => server.close());

async function show(page: Page, screen: string): Promise<void> {
  await page.locator(`nav a[href="#/${screen}"]`).click();
  await expect(page.locator(`nav a[href="#/${screen}"]`)).toHaveAttribute('aria-current', 'page');
}

async function exported(page: Page, button = 'Save as JSON'): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

async function ledger(page: Page): Promise<ExportedLedger> {
  return JSON.parse(await exported(page)) as ExportedLedger;
}

/** What a request is compared by. Who fetches the script of a service worker is a matter of view. */
function key(byServiceWorker: boolean, method: string, address: string): string {
  const side = byServiceWorker && !address.endsWith('/service-worker.js') ? 'service worker' : 'tab';
  return `${side} ${method} ${address}`;
}

function seenKey(request: Request): string {
  const { origin, pathname } = new URL(request.url());
  return key(request.serviceWorker() !== null, request.method(), origin + pathname);
}

/** What of `seen` is not in the ledger, each as often as it was made. */
function missingFrom({ requests }: ExportedLedger, seen: readonly string[]): string[] {
  const left = requests.map(({ context, method, origin, path }) =>
    key(context === 'service-worker', method, origin + path),
  );
  return seen.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Opens the figures of the lane's newest answer. */
async function details(position: number): Promise<Locator> {
  const lane = pocket.lane(position);
  await lane.getByRole('button', { name: 'All metrics of this answer' }).last().click();
  return lane.getByRole('region', { name: 'All metrics of this answer' });
}

async function addStandIn(page: Page, key?: string): Promise<void> {
  const settings = new SettingsPage(page);
  await settings.enter();
  await settings.choose(await settings.add('compatible', server.origin, key), 'normal');
  await settings.leave();
}

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('a whole visit: every request that the browser made is in the ledger, and no prompt or key is', async ({
    page,
    context,
    baseURL,
  }) => {
    const seen: string[] = [];
    context.on('request', (request) => {
      // What stands in the browser's own memory (`blob:`, `data:`) is no request to anybody.
      if (/^https?:/.test(request.url())) seen.push(seenKey(request));
    });
    // Two engines, one of which works in a library's own worker.
    await page.goto('/?variant=pocket/onnx/q8&variant=pocket/gguf/q8_0');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await pocket.ask(`What is a token? ${CANARY}`);
    await pocket.storedAnswer(2);
    for (const position of [1, 2])
      await expect(await details(position)).toContainText('0 bytes of your prompt left this tab');
    for (const screen of screenNames) await show(page, screen);
    await show(page, 'network');
    await expect(page.getByText('0 bytes of your prompts have left this tab.')).toBeVisible();

    await addStandIn(page, KEY);
    await pocket.lane(1).getByRole('combobox', { name: 'Model' }).selectOption({ label: 'normal' });
    await pocket.ask(`And again: ${CANARY}`);
    await pocket.storedAnswer(4);
    await expect(await details(2)).toContainText('0 bytes of your prompt left this tab');
    const { host } = new URL(server.origin);
    await expect(await details(1)).toContainText(`lanes with this model to ${host}`);
    const sent = server.requests.filter(({ method }) => method === 'POST');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toContain(CANARY);

    await show(page, 'network');
    await expect.poll(async () => missingFrom(await ledger(page), seen), { timeout: 30_000 }).toEqual([]);
    // The comparison is worth something only where both kinds of witness had something to say.
    expect(seen.filter((one) => one.startsWith('service worker')).length).toBeGreaterThan(10);
    expect(seen.filter((one) => one.endsWith('.onnx')).length).toBeGreaterThan(0);
    expect(seen.filter((one) => one.includes(server.origin)).length).toBeGreaterThanOrEqual(3);

    const { requests, total } = await ledger(page);
    const carried = requests.filter(({ prompt }) => prompt !== 'no');
    expect(carried).toHaveLength(1);
    expect(carried[0]).toMatchObject({
      context: 'provider',
      method: 'POST',
      origin: server.origin,
      purpose: 'answer',
      prompt: 'yes',
      bytesOut: Buffer.byteLength(sent[0]?.body ?? ''),
      status: 200,
      state: 'done',
    });
    expect(carried[0]?.bytesIn).toBeGreaterThan(100);
    expect(total.promptBytes).toBe(carried[0]?.bytesOut);
    expect(requests.filter(({ origin }) => origin !== baseURL && origin !== server.origin)).toEqual([]);
    const model = requests.filter(({ path, bytesIn }) => path.endsWith('.onnx') && bytesIn !== 0);
    expect(model.map(({ purpose, bytesIn }) => ({ purpose, large: (bytesIn ?? 0) > 1e6 }))).toEqual([
      { purpose: 'model', large: true },
    ]);

    for (const file of [await exported(page), await exported(page, 'Save as CSV')]) {
      expect(file).not.toContain(CANARY);
      expect(file).not.toContain(KEY);
      expect(file).not.toContain('?');
    }
    expect(await page.locator('main').innerHTML()).not.toContain(CANARY);
  });
});

test('a model of the hub: fetched by a worker of a worker, counted as it was read, and where it came from in the end', async ({
  page,
  context,
}) => {
  const hub = 'https://huggingface.co';
  const repository = 'bartowski/SmolLM2-135M-Instruct-GGUF';
  const path = 'SmolLM2-135M-Instruct-Q8_0.gguf';
  const sha = 'c'.repeat(40);
  const bytes = await readFile('static/models/pocket/gguf/pocket-q8_0.gguf');
  const storage = await startFaultServer();
  storage.repositories.set(repository, { sha, files: [{ path, lfs: true }] });
  storage.serve(`/${repository}/resolve/${sha}/${path}`, bytes);
  // As the hub does for large files, it answers with a redirect to where they are.
  await context.route(`${hub}/**`, (route) => {
    const { pathname, search } = new URL(route.request().url());
    const headers = { location: storage.url + pathname + search, 'access-control-allow-origin': '*' };
    return route.fulfill({ status: 302, headers });
  });
  const seen: string[] = [];
  context.on('request', (request) => {
    // The steps of a redirect are the browser's; the ledger names the first and the last.
    const first = request.redirectedFrom() === null;
    if (first && /^https?:/.test(request.url())) seen.push(seenKey(request));
  });
  try {
    await page.goto('/?variant=smollm2-135m/gguf/q8_0');
    await pocket.ask(`What is a token? ${CANARY}`);
    expect((await pocket.storedAnswer()).failure).toBeUndefined();
    await expect(await details(1)).toContainText('0 bytes of your prompt left this tab');
    await show(page, 'network');
    await expect.poll(async () => missingFrom(await ledger(page), seen), { timeout: 30_000 }).toEqual([]);
    const { requests, total } = await ledger(page);
    const away = requests.filter(({ origin }) => origin === hub);
    const end = new URL(storage.url).origin;
    for (const one of away)
      expect(one).toMatchObject({ context: 'weights', prompt: 'no', bytesOut: 0, redirectedTo: end });
    const files = away.filter(({ purpose }) => purpose === 'model');
    expect(files.reduce((sum, { bytesIn }) => sum + (bytesIn ?? 0), 0)).toBe(bytes.length);
    expect(away.some(({ purpose }) => purpose === 'listing')).toBe(true);
    expect(total.promptRequests).toBe(0);
  } finally {
    await storage.close();
  }
});

test('the request that carried a prompt is found at once: this site’s own files are listed when asked for, and always saved', async ({
  page,
  baseURL,
}) => {
  await page.goto('/');
  await addStandIn(page, KEY);
  await pocket.lane(1).getByRole('combobox', { name: 'Model' }).selectOption({ label: 'normal' });
  await pocket.ask(`What is a token? ${CANARY}`);
  await pocket.storedAnswer();
  // The lane's own line leads to the requests to that host.
  await (await details(1)).getByRole('link', { name: 'Network ledger' }).click();
  const host = page.getByRole('combobox', { name: 'Host' });
  await expect(host).toHaveValue(server.origin);
  const rows = page.getByRole('table', { name: 'Requests' }).getByRole('row');
  const carried = rows.filter({ has: page.getByRole('cell', { name: 'carried your prompt' }) });
  await expect(carried).toHaveCount(1);
  await expect(carried).toContainText('Prompt and answer');

  await host.selectOption({ label: 'Any' });
  await expect(carried).toHaveCount(1);
  const ofApp = rows.filter({ hasText: 'App file' });
  await expect(ofApp).toHaveCount(0);
  const own = page.getByRole('checkbox', { name: /^Also list this site’s own files \(\d+\)$/ });
  await expect(own).not.toBeChecked();
  await expect(page.getByText(/^[1-9] of \d{2,} requests$/)).toBeVisible();
  const { requests, total } = await ledger(page);
  expect(requests).toHaveLength(total.requests);
  expect(requests.filter(({ origin }) => origin === baseURL).length).toBeGreaterThan(10);
  await own.check();
  await expect(ofApp.first()).toBeVisible();
  await expect(page.getByText(/^(\d+) of \1 requests$/)).toBeVisible();
  await own.uncheck();
  await host.selectOption({ label: 'this site' });
  await expect(ofApp.first()).toBeVisible();
});

test('requests of another tab are not taken for this one’s', async ({ page, context }) => {
  await page.goto('/#/network');
  await expect(page.getByText(/^\d+ of \d+ requests$/)).toBeVisible();
  await expect(page.getByText('All that matches are this site’s own files')).toBeVisible();
  const other = await context.newPage();
  await other.goto('/');
  await addStandIn(other);
  await show(other, 'network');
  await expect(other.getByRole('combobox', { name: 'Host' }).getByRole('option')).toHaveCount(3);
  await expect(page.getByRole('combobox', { name: 'Host' }).getByRole('option')).toHaveCount(2);
});

test('the list is filtered and saved as it is shown, fits a narrow screen, and says where there is nothing', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/');
  await addStandIn(page);
  await show(page, 'network');
  const { host } = new URL(server.origin);
  await page.getByRole('combobox', { name: 'Host' }).selectOption({ label: host });
  const rows = page.getByRole('table', { name: 'Requests' }).getByRole('row');
  await expect(rows.filter({ hasText: 'Provider’s models and key check' }).first()).toBeVisible();
  await expect(rows.filter({ hasText: 'App file' })).toHaveCount(0);
  const csv = (await exported(page, 'Save as CSV')).trimEnd().split('\r\n');
  expect(csv[0]).toContain('time,durationMs,context,method,origin,path');
  expect(csv.length).toBeGreaterThan(1);
  for (const line of csv.slice(1)) expect(line).toContain(server.origin);
  expect(await widerThanWindow(page)).toEqual([]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ target }) => target) }))).toEqual([]);
  }
  await page.getByRole('combobox', { name: 'Prompt text' }).selectOption('Carried, or not known');
  await expect(page.getByText('No request matches these filters.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all requests' }).click();
  await expect(rows.filter({ hasText: 'App file' }).first()).toBeVisible();
});
