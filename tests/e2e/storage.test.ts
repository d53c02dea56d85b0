/**
 * Models that are kept: downloaded on the Models screen from a stand-in of the hub, answering without a request, seen
 * and deleted in Settings. The stand-in has Pocket's files under the names of a model of the catalogue.
 */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { storedPlaces } from '../support/everything-stored';
import { startFaultServer } from '../support/fault-server.mjs';
import { PocketPage } from '../support/pocket-page';
import { Releases } from '../support/releases';
import { StaticServer } from '../support/static-server.mjs';
import { widerThanWindow } from '../support/sideways';

const CHUNK = 4 * 2 ** 20;
const COMMIT = 'c'.repeat(40);
const HUB = 'https://huggingface.co';
const GGUF = 'bartowski/SmolLM2-135M-Instruct-GGUF';
const ONNX = 'HuggingFaceTB/SmolLM2-135M-Instruct';

const pocketFile = (path: string) => readFileSync(`static/models/pocket/${path}`);
const weights = pocketFile('gguf/pocket-f16.gguf');

let server: Awaited<ReturnType<typeof startFaultServer>>;

test.beforeEach(async ({ context }) => {
  server = await startFaultServer();
  // As the hub does for large files, it answers with a redirect to where they are.
  await context.route(`${HUB}/**`, (route) => {
    const { pathname, search } = new URL(route.request().url());
    return route.fulfill({
      status: 302,
      headers: { location: server.url + pathname + search, 'access-control-allow-origin': '*' },
    });
  });
});
test.afterEach(() => server.close());

/** @returns the address of the file, for what the server counts */
function publish(repository: string, path: string, bytes: Buffer): string {
  const known = server.repositories.get(repository) ?? { sha: COMMIT, files: [] };
  known.files.push({ path, lfs: bytes.length > 10_000 });
  server.repositories.set(repository, known);
  const address = `/${repository}/resolve/${COMMIT}/${path}`;
  server.serve(address, bytes);
  return address;
}

const publishGguf = () => publish(GGUF, 'SmolLM2-135M-Instruct-Q8_0.gguf', weights);

function publishOnnx(): void {
  for (const path of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'])
    publish(ONNX, path, pocketFile(path));
}

class ModelsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/#/models');
    await this.page.getByRole('article').first().waitFor();
  }

  /** The row of a file, by the beginning of its name in the search, its precision and its engine. */
  async row(model: string, precision: string, engine: string): Promise<Locator> {
    await this.page.getByRole('searchbox', { name: 'Search' }).fill(model);
    const fold = this.page.getByRole('group').filter({ hasText: `All files of ${model}` });
    if (!(await fold.getByRole('table').isVisible())) await fold.getByText(/^All files of/).click();
    return fold
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: precision, exact: true }) })
      .filter({ hasText: engine });
  }
}

async function expectNoViolations(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

test('a download is paused, survives a reload, is resumed, and what it brought answers without a request', async ({
  page,
}) => {
  const address = publishGguf();
  server.limit.bytesPerSecond = 0.75 * CHUNK;
  const models = new ModelsPage(page);
  await models.open();
  let row = await models.row('SmolLM2 135M', 'q8_0', 'llama.cpp');
  await expect(row).toContainText(/Takes ≈ .+; the browser says that it offers .+iB\./);
  expect(server.served).toEqual([]);

  await row.getByRole('button', { name: 'Download SmolLM2 135M q8_0' }).click();
  const progress = row.getByRole('progressbar', { name: 'Downloading SmolLM2 135M q8_0' });
  await expect(progress).toHaveAttribute('max', String(weights.length));
  await expect(row).toContainText(/of 6\.7\sMiB · .+iB a second · .+ left/);
  await expect
    .poll(async () => Number(await progress.getAttribute('value')), { intervals: [50] })
    .toBeGreaterThan(CHUNK);
  // The rest takes a minute: a busy machine is slow to press.
  server.limit.bytesPerSecond = CHUNK / 64;
  await row.getByRole('button', { name: 'Pause' }).click();
  await expect(row).toContainText('Paused · ');
  await expect(row.getByRole('button', { name: 'Resume' })).toBeFocused();
  await page.waitForTimeout(500);
  const sent = server.sent(address);
  await page.waitForTimeout(500);
  expect(server.sent(address)).toBe(sent);
  expect(sent).toBeLessThan(weights.length);
  await expectNoViolations(page);

  await page.reload();
  server.forget();
  server.limit.bytesPerSecond = undefined;
  await expect(page.getByText('The download of SmolLM2 135M q8_0 is unfinished.')).toBeVisible();
  const unfinished = page.getByRole('region', { name: 'Unfinished downloads' });
  await expect(unfinished).toContainText('4 MiB of 6.7 MiB are here, from an earlier visit.');
  expect(server.served).toEqual([]);
  row = await models.row('SmolLM2 135M', 'q8_0', 'llama.cpp');
  await row.getByRole('button', { name: 'Resume' }).click();
  await expect(row).toContainText('stored, 6.7 MiB');
  await expect(unfinished).toBeHidden();
  expect(server.served.filter(({ path }) => path === address).map(({ from }) => from)).toEqual([CHUNK]);

  server.forget();
  await row.getByRole('button', { name: /^Open in the playground/ }).click();
  const pocket = new PocketPage(page);
  await pocket.ask('What is a token?');
  expect((await pocket.storedAnswer()).failure).toBeUndefined();
  expect(server.served).toEqual([]);

  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const storage = page.getByRole('region', { name: 'Storage', exact: true });
  const stored = storage.getByRole('row', { name: /SmolLM2 135M q8_0/ });
  await expect(stored).toContainText('6.7 MiB');
  await stored.getByRole('button', { name: 'Pin' }).click();
  await expect(stored).toContainText('pinned');
  await stored.getByRole('button', { name: 'Unpin' }).click();
  await expect(storage.getByRole('meter', { name: 'Storage in use' })).toBeVisible();
  await expectNoViolations(page);
  await stored.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete SmolLM2 135M q8_0?' });
  await expect(dialog).toContainText('6.7 MiB');
  await expectNoViolations(page);
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(stored).toBeVisible();
  await stored.getByRole('button', { name: 'Delete' }).click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('SmolLM2 135M q8_0 was deleted. 6.7 MiB were freed.')).toBeVisible();
  await expect(storage).toContainText('No model is stored yet.');
});

test('a model for those who were let in is fetched with their token, which goes to the hub alone and is kept nowhere', async ({
  page,
  context,
}) => {
  const TOKEN = 'hf_canary_of_the_hub_0123';
  publishGguf();
  /** What came with each request to the hub itself; where it sends on to is told by the server. */
  const told: (string | undefined)[] = [];
  await context.route(`${HUB}/**`, async (route) => {
    const { authorization } = await route.request().allHeaders();
    told.push(authorization);
    if (authorization === `Bearer ${TOKEN}`) return route.fallback();
    return route.fulfill({
      status: 401,
      headers: {
        'x-error-code': 'GatedRepo',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'x-error-code',
      },
    });
  });
  const models = new ModelsPage(page);
  await models.open();
  const row = await models.row('SmolLM2 135M', 'q8_0', 'llama.cpp');
  await row.getByRole('button', { name: 'Download SmolLM2 135M q8_0' }).click();
  const failed = page.getByRole('group', { name: 'The download of SmolLM2 135M q8_0 failed' });
  await expect(failed.getByRole('alert')).toContainText('give access only to those whom they have let in');
  const field = failed.getByLabel('Access token of the Hugging Face hub', { exact: true });
  await field.fill('two words');
  await failed.getByRole('button', { name: 'Use this token and try again' }).click();
  await expect(failed.getByText('That is no token')).toBeVisible();
  await expect(field).toBeFocused();
  await expectNoViolations(page);
  expect(told.every((authorization) => authorization === undefined)).toBe(true);

  await field.fill(TOKEN);
  await field.press('Enter');
  await expect(row).toContainText('stored, 6.7 MiB');
  expect(told.at(-1)).toBe(`Bearer ${TOKEN}`);
  // The host that holds the bytes is another than the hub, and never sees it.
  expect(server.served.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  for (const { name, text } of await storedPlaces(page)) expect(text, name).not.toContain(TOKEN);

  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const storage = page.getByRole('region', { name: 'Storage', exact: true });
  await expect(storage.getByText('A token is in use.')).toBeVisible();
  await storage.getByRole('button', { name: 'Forget the token' }).click();
  const question = page.getByRole('dialog', { name: 'Forget the access token?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(storage.getByText('A token is in use.')).toBeVisible();
  await storage.getByRole('button', { name: 'Forget the token' }).click();
  await question.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(storage.getByText('A token is in use.')).toBeHidden();
  await expectNoViolations(page);
});

test('a model of many files, one of which is not there: the failure is told, tried again, and the engine finds all of it', async ({
  page,
}) => {
  const models = new ModelsPage(page);
  await models.open();
  const row = await models.row('SmolLM2 135M', 'q8', 'Transformers.js');
  await row.getByRole('button', { name: 'Download' }).click();
  const failed = page.getByRole('group', { name: 'The download of SmolLM2 135M q8 failed' });
  await expect(failed.getByRole('alert')).toContainText('A file of the model is not where it should be');
  publishOnnx();
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(row).toContainText(/stored, 3\.\d+\sMiB/);
  server.forget();
  await row.getByRole('button', { name: /^Open in the playground/ }).click();
  const pocket = new PocketPage(page);
  await pocket.ask('What is a token?');
  expect((await pocket.storedAnswer()).failure).toBeUndefined();
  expect(server.served).toEqual([]);
});

test('where the browser has no more space the failure says what to delete, and then it goes on', async ({
  page,
  baseURL,
}) => {
  publishGguf();
  const cdp = await page.context().newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  // Before anything is stored: the browser believes an answer about space for some seconds.
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 5 * 2 ** 20 });
  const models = new ModelsPage(page);
  await models.open();
  const small = await models.row('Pocket', 'q2_k', 'llama.cpp');
  await small.getByRole('button', { name: 'Download' }).click();
  await expect(small).toContainText('stored, 1.28 MiB');
  expect(server.served).toEqual([]);

  const row = await models.row('SmolLM2 135M', 'q8_0', 'llama.cpp');
  // It goes on saying that there is plenty of room.
  await expect(row).toContainText(/offers \d+\sGiB/);
  await row.getByRole('button', { name: 'Download' }).click();
  const failed = page.getByRole('group', { name: 'The download of SmolLM2 135M q8_0 failed' });
  const alert = failed.getByRole('alert');
  await expect(alert).toContainText('The browser gives this site no more space');
  await expect(alert).toContainText('Settings, under Storage');
  await expectNoViolations(page);
  await alert.getByRole('button', { name: 'Delete Pocket q2_k, 1.28 MiB' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Pocket q2_k was deleted. 1.28 MiB were freed.')).toBeVisible();
  await expect(alert).toContainText('No other model is stored here');
  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(row).toContainText('stored, 6.7 MiB');
});

test('what this machine cannot run is refused before a byte is fetched', async ({ page }) => {
  const models = new ModelsPage(page);
  await models.open();
  const row = await models.row('SmolLM2 135M', 'q0f32', 'WebLLM');
  await row.getByRole('button', { name: 'Download' }).click();
  const failed = page.getByRole('group', { name: 'The download of SmolLM2 135M q0f32 failed' });
  await expect(failed.getByRole('alert')).toContainText('no access to the GPU');
  await row.getByRole('button', { name: 'Cancel' }).click();
  await expect(row.getByRole('button', { name: 'Download' })).toBeVisible();
  expect(server.served).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`Settings without a stored model, and what the browser says to keeping it, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto('/#/settings');
    const storage = page.getByRole('region', { name: 'Storage', exact: true });
    await expect(storage).toContainText('No model is stored yet.');
    await storage.getByRole('button', { name: 'Ask it to keep everything' }).click();
    await expect(storage.getByRole('status')).toContainText(/promised|declined/);
    await expectNoViolations(page);
    expect(await widerThanWindow(page)).toEqual([]);
  });
}

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });
  const releases = new Releases();
  test.afterAll(() => releases.remove());

  test('its policy lets through what was asked for, the engine is kept with the model, and a new release waits', async ({
    page,
  }) => {
    const host = new StaticServer(await releases.first());
    await host.start();
    try {
      publishGguf();
      await page.goto(host.origin);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      // The stand-in’s own address, as the hub’s storage is one that the policy knows; the hub itself is the app’s to allow.
      await allow(page, server.url);
      await page.reload();
      const models = new ModelsPage(page);
      await page.getByRole('link', { name: 'Models' }).click();
      const row = await models.row('SmolLM2 135M', 'q8_0', 'llama.cpp');
      await row.getByRole('button', { name: 'Download' }).click();
      await expect(row).toContainText('stored, 6.7 MiB');
      await page.waitForFunction(
        async () => {
          const keys = await (await caches.open('opentab-files')).keys();
          return keys.some(({ url }) => /wllama.*\.wasm/.test(url));
        },
        undefined,
        { timeout: 30_000 },
      );

      publishOnnx();
      const next = await releases.after(host.folder);
      server.limit.bytesPerSecond = CHUNK / 16;
      const slow = await models.row('SmolLM2 135M', 'q8', 'Transformers.js');
      await slow.getByRole('button', { name: 'Download' }).click();
      await expect(slow.getByRole('progressbar')).toBeVisible();
      host.folder = next;
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
      await page.waitForFunction(
        async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting),
        undefined,
        { timeout: 30_000 },
      );
      const notice = page.getByRole('region', { name: 'New version' });
      await expect(slow.getByRole('button', { name: 'Pause' })).toBeVisible();
      await expect(notice.getByRole('button')).toHaveCount(0);
      server.limit.bytesPerSecond = undefined;
      await expect(slow).toContainText(/stored, 3\.\d+\sMiB/);
      await expect(notice).toContainText('A new version is ready');
    } finally {
      await host.stop();
    }
  });
});

/** Puts an origin into the list that the service worker makes its policy from. */
async function allow(page: Page, origin: string): Promise<void> {
  await page.evaluate(
    (entry) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('opentab-policy');
        opening.onupgradeneeded = () => void opening.result.createObjectStore('policy');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('policy', 'readwrite');
          transaction.objectStore('policy').put([entry], 'allowed-origins');
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onerror = () => reject(transaction.error ?? new Error('refused'));
        };
        opening.onerror = () => reject(opening.error ?? new Error('refused'));
      }),
    { origin, purpose: 'hub' },
  );
}
