/** The service worker on a host that sends no headers and goes away: offline, isolation, policy, and new releases. */

import { expect, test, type Page } from '@playwright/test';
import { missing, PocketPage } from '../support/pocket-page';
import { Releases } from '../support/releases';
import { StaticServer } from '../support/static-server.mjs';

const releases = new Releases();
let server: StaticServer;
let pocket: PocketPage;

test.use({ serviceWorkers: 'allow' });
test.beforeEach(async ({ page }) => {
  server = new StaticServer(await releases.first());
  await server.start();
  pocket = new PocketPage(page);
});
test.afterEach(() => server.stop());
test.afterAll(() => releases.remove());

/** Opens the app and waits until the service worker has the page, and all that the app needs to open. */
async function visit(page: Page): Promise<void> {
  await page.goto(server.origin);
  await pocket.prompt.waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await stored(page, /manifest\.webmanifest/);
}

/** Waits until the browser keeps a file whose address matches; the manifest is the last of the shell. */
async function stored(page: Page, file: RegExp): Promise<void> {
  await page.waitForFunction(
    async (source) => {
      const keys = await (await caches.open('opentab-files')).keys();
      return keys.some(({ url }) => new RegExp(source).test(url));
    },
    file.source,
    { timeout: 30_000 },
  );
}

async function release(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src]')?.src ?? '');
}

function notice(page: Page) {
  return page.getByRole('region', { name: 'New version' });
}

test('a first visit fetches neither an engine nor a model, and then the app opens and answers without a server', async ({
  page,
}) => {
  await visit(page);
  expect(server.requests.filter((path) => /\.wasm$|\/models\//.test(path))).toEqual([]);
  await pocket.longestAnswer(8);
  await pocket.ask('What is a token?');
  const answer = await pocket.storedAnswer();
  await stored(page, /\.wasm/);
  await stored(page, /model_quantized\.onnx/);
  await server.stop();
  const asked = server.requests.length;
  await page.reload();
  await pocket.prompt.waitFor();
  await pocket.ask('What is a token?');
  const offline = await pocket.storedAnswer(2);
  expect(offline.failure).toBeUndefined();
  expect(offline.text).toBe(answer.text);
  expect(server.requests).toHaveLength(asked);
});

test('an engine is kept for a model that was stored without being run', async ({ page }) => {
  await visit(page);
  await page.evaluate(() =>
    navigator.serviceWorker.controller?.postMessage({ kind: 'keep-engine', engine: 'transformers-js' }),
  );
  for (const part of [/transformers-js-/, /ort-wasm-.*\.mjs/, /ort-wasm-.*\.wasm/]) await stored(page, part);
  expect(server.requests.filter((path) => path.includes('/models/'))).toEqual([]);
});

test('without a network it is said so, and the app can be installed', async ({ page, context }) => {
  await visit(page);
  const session = await context.newCDPSession(page);
  expect((await session.send('Page.getAppManifest')).errors).toEqual([]);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A private window, which every test has, installs nothing; there is no other objection.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  await expect(page.getByText('Offline', { exact: true })).toHaveCount(0);
  await context.setOffline(true);
  await expect(page.getByText('Offline', { exact: true })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('Offline', { exact: true })).toHaveCount(0);
});

test('on a host without headers, isolation and policy hold from the second load on, in every worker too', async ({
  page,
}) => {
  await visit(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(notice(page)).toContainText('Reload once for full speed');
  await notice(page).getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => crossOriginIsolated);
  await expect(notice(page).getByRole('button')).toHaveCount(0);
  await pocket.longestAnswer(4);
  await pocket.ask('What is a token?');
  await pocket.storedAnswer();
  const reach = () =>
    fetch('https://example.com/').then(
      () => 'reached',
      () => (crossOriginIsolated ? 'refused' : 'refused, not isolated'),
    );
  const violation = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      }),
  );
  expect(await page.evaluate(reach)).toBe('refused');
  expect(await violation).toBe('connect-src');
  const workers = page.workers().filter((worker) => worker.url().includes('.worker-'));
  expect(workers.length).toBeGreaterThanOrEqual(2);
  for (const worker of workers) expect(await worker.evaluate(reach)).toBe('refused');
});

test('a new release is offered, not during an answer, and taken when the person says so', async ({
  page,
}) => {
  await visit(page);
  const before = await release(page);
  await pocket.longestAnswer(4);
  server.hold = /\.onnx$/;
  await pocket.ask('What is a token?');
  await expect.poll(() => server.requests.some((path) => path.endsWith('.onnx'))).toBe(true);
  server.folder = await releases.after(server.folder);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await page.waitForFunction(
    async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting),
    undefined,
    { timeout: 30_000 },
  );
  await expect(pocket.stop).toBeVisible();
  await expect(notice(page).getByRole('button')).toHaveCount(0);
  server.hold = undefined;
  await pocket.storedAnswer();
  await expect(notice(page)).toContainText('A new version is ready');
  // The parts of this release that were not loaded yet are gone from the server, and here all the same.
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await pocket.prompt.fill('half a sentence');
  expect(await release(page)).toBe(before);
  await notice(page).getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => release(page).catch(() => before)).not.toBe(before);
  await expect(pocket.prompt).toHaveValue('half a sentence');
  await expect(notice(page).getByRole('button')).toHaveCount(0);
  // Of the earlier release nothing is kept once no window runs it.
  const name = before.split('/').at(-1) ?? missing('script');
  await expect
    .poll(() =>
      page.evaluate(async () => (await (await caches.open('opentab-files')).keys()).map(({ url }) => url)),
    )
    .not.toContainEqual(expect.stringContaining(name));
});

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('files that a new release removed under an open tab: it is said, and a reload is offered', async ({
    page,
  }) => {
    await page.goto(server.origin);
    await pocket.prompt.waitFor();
    const before = await release(page);
    server.folder = await releases.after(server.folder);
    await page.keyboard.press('Control+/');
    await expect(notice(page)).toContainText('A part of the app did not load');
    await expect(pocket.prompt).toBeVisible();
    await notice(page).getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => release(page).catch(() => before)).not.toBe(before);
    await pocket.prompt.waitFor();
    await page.keyboard.press('Control+/');
    await expect(page.getByRole('dialog')).toBeVisible();
  });

  test('an engine that a new release removed under an open tab: the answer fails, and a reload is offered', async ({
    page,
  }) => {
    await page.goto(server.origin);
    await pocket.prompt.waitFor();
    server.folder = await releases.after(server.folder);
    await pocket.ask('What is a token?');
    await expect(pocket.failure()).toBeVisible();
    await expect(notice(page)).toContainText('a new version has been published');
  });

  test('a part that cannot be loaded because the server is gone: it is said, and no reload is offered', async ({
    page,
  }) => {
    await page.goto(server.origin);
    await pocket.prompt.waitFor();
    await server.stop();
    await page.keyboard.press('Control+/');
    await expect(notice(page)).toContainText('the server cannot be reached');
    await expect(notice(page).getByRole('button', { name: 'Reload' })).toHaveCount(0);
    await notice(page).getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice(page).getByRole('button')).toHaveCount(0);
  });
});
