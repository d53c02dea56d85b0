/**
 * The network ledger against the browser's log of its own network stack, over a visit with everything in it: what
 * reached the network, whoever asked for it, is in the exported ledger.
 */

import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { screenNames } from '../../src/ui/screen-names';
import { startFaultServer } from '../support/fault-server.mjs';
import { loggedRequests } from '../support/net-log';
import { PocketPage } from '../support/pocket-page';
import { useInLane } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { Releases } from '../support/releases';
import { SettingsPage } from '../support/settings-page';
import { StaticServer } from '../support/static-server.mjs';

const KEY = 'Hy3+vn8/Zs5=Jt6~Qa1.Wm9';
const MODEL_FILES = [
  ...['manifest.json', 'generation_config.json', 'config.json', 'tokenizer.json', 'tokenizer_config.json'],
  'onnx/model_q4.onnx',
];

interface LedgerRow {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly state: string;
  readonly answeredBy: string | null;
}

const releases = new Releases();
test.afterAll(() => releases.remove());

async function show(page: Page, screen: string): Promise<void> {
  await page.locator(`nav a[href="#/${screen}"]`).click();
  await expect(page.locator(`nav a[href="#/${screen}"]`)).toHaveAttribute('aria-current', 'page');
}

async function saved(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

/** What the ledger holds once nothing is under way and nothing more comes. */
async function settledLedger(page: Page): Promise<readonly LedgerRow[]> {
  await show(page, 'network');
  let rows: readonly LedgerRow[] = [];
  const settled = async () => {
    const before = rows.length;
    rows = (JSON.parse(await saved(page, 'Save as JSON')) as { requests: LedgerRow[] }).requests;
    return rows.length === before && rows.every(({ state }) => state !== 'open');
  };
  await expect.poll(settled, { timeout: 60_000, intervals: [1000] }).toBe(true);
  return rows;
}

/** Asks all lanes and waits until they have answered. */
async function ask(pocket: PocketPage, prompt: string): Promise<void> {
  const before = (await pocket.storedAnswers()).length;
  await pocket.ask(prompt);
  await expect.poll(async () => (await pocket.storedAnswers()).length).toBeGreaterThan(before);
  await expect(pocket.stop).toBeHidden({ timeout: 60_000 });
  expect((await pocket.storedAnswers()).filter(({ failure }) => failure !== undefined)).toEqual([]);
}

/** What of `asked` is not in the ledger, each as often as it was asked for. */
function missingFrom(rows: readonly LedgerRow[], asked: readonly string[]): string[] {
  // What a service worker answers does not reach the network; what it asks for itself has a row of its own.
  const reached = rows.filter(({ answeredBy }) => answeredBy !== 'service-worker');
  const left = reached.map(({ method, origin, path }) => `${method} ${origin}${path}`);
  return asked.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

test('a model of here, one of another server, answers of an API, an update, exports: the log has no request that the ledger has not', async ({
  playwright,
  launchOptions,
}, info) => {
  test.setTimeout(300_000);
  const app = new StaticServer(await releases.first());
  await app.start();
  const folder = await startFaultServer();
  for (const path of MODEL_FILES)
    folder.serve(`/mirrors/classroom/${path}`, await readFile(`static/models/pocket/${path}`));
  const api = await startProviderServer();
  const log = info.outputPath('net-log.json');
  const args = [...(launchOptions.args ?? []), `--log-net-log=${log}`];
  const browser = await playwright.chromium.launch({ ...launchOptions, args });
  const page = await browser.newPage({ serviceWorkers: 'allow' });
  const pocket = new PocketPage(page);
  const settings = new SettingsPage(page);
  const ledgers: LedgerRow[] = [];
  try {
    // Two engines, one of which works in a library's own worker.
    await page.goto(`${app.origin}/?variant=pocket/onnx/q8&variant=pocket/gguf/q8_0`);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await pocket.longestAnswer(8);
    await ask(pocket, 'What is a token?');

    await show(page, 'models');
    await page.getByText('Add your own model', { exact: true }).click();
    await page
      .getByRole('textbox', { name: 'Name on the hub, or address' })
      .fill(`${folder.url}/mirrors/classroom`);
    await page.getByRole('button', { name: 'Look into it' }).click();
    await page.getByRole('button', { name: /^Add to the models$/ }).click();
    const card = page.getByRole('article', { name: 'classroom' });
    await card.getByText('All files of classroom').click();
    await card.getByRole('button', { name: 'Open in the playground q4', exact: true }).click();
    await ask(pocket, 'And what is a model?');

    await settings.enter();
    await settings.choose(await settings.add('compatible', api.origin, KEY), 'normal');
    await settings.leave();
    await useInLane(pocket, 1, 'normal');
    await ask(pocket, 'What is six times seven?');
    for (const screen of screenNames) await show(page, screen);
    await settings.leave();
    await saved(page, 'Export all');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await saved(page, 'Save as HTML');
    await page.keyboard.press('Escape');

    const script = () => page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src]')?.src);
    const before = await script();
    app.folder = await releases.after(app.folder);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    const notice = page.getByRole('region', { name: 'New version' });
    await expect(notice).toContainText('A new version is ready', { timeout: 60_000 });
    ledgers.push(...(await settledLedger(page)));
    await notice.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => script().catch(() => before)).not.toBe(before);
    ledgers.push(...(await settledLedger(page)));
  } finally {
    await browser.close();
    await Promise.all([app.stop(), folder.close(), api.close()]);
  }

  const logged = (await loggedRequests(log)).filter(({ urls: [url = ''] }) => /^https?:/.test(url));
  const here = [app.origin, folder.url, api.origin];
  const isHere = (url: string) => here.includes(new URL(url).origin);
  const byApp = logged.filter(({ initiator }) => initiator === app.origin);
  expect(byApp.length).toBeGreaterThan(10);
  expect(byApp.filter(({ urls }) => !urls.every(isHere))).toEqual([]);
  const asked = logged
    // What the browser asks its maker for is not the app's.
    .filter(({ urls: [url = ''] }) => isHere(url))
    // Whether a server may be asked at all, the browser asks by itself.
    .filter(({ method }) => method !== 'OPTIONS')
    .map(({ method, urls: [url = ''] }) => `${method} ${new URL(url).origin}${new URL(url).pathname}`);
  // Whether there is a new version of the service worker, too, and no page is told of it: the screen says so.
  const ofVersions = `GET ${app.origin}/service-worker.js`;
  expect(ledgers.some(({ path }) => path === '/service-worker.js')).toBe(true);
  const unsaid = missingFrom(ledgers, asked).filter((one) => one !== ofVersions);
  expect(unsaid).toEqual([]);
  // The log is worth something only where every kind of scope had something to ask for.
  for (const part of [
    `GET ${app.origin}/models/pocket/onnx/`,
    `GET ${app.origin}/models/pocket/gguf/`,
    ofVersions,
    `GET ${folder.url}/mirrors/classroom/onnx/model_q4.onnx`,
    `POST ${api.origin}/compatible/v1/`,
  ])
    expect(asked.filter((one) => one.startsWith(part)).length).toBeGreaterThan(0);
});
