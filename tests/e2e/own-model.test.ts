/**
 * A model of one's own in the built app: dropped, from a repository and from another server's folder, answering in a
 * lane, remembered and removed again; and what is refused, in a sentence, before anything of it is stored.
 */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startFaultServer } from '../support/fault-server.mjs';
import { ggufFile } from '../support/gguf-file';
import { PocketPage } from '../support/pocket-page';
import { widerThanWindow } from '../support/sideways';

const COMMIT = 'd'.repeat(40);
const HUB = 'https://huggingface.co';
const pocketFile = (path: string) => readFileSync(`static/models/pocket/${path}`);
const ONNX = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_q4.onnx'];

let server: Awaited<ReturnType<typeof startFaultServer>>;

test.beforeEach(async ({ context, page }) => {
  server = await startFaultServer();
  await context.route(`${HUB}/**`, (route) => {
    const { pathname, search } = new URL(route.request().url());
    return route.fulfill({
      status: 302,
      headers: { location: server.url + pathname + search, 'access-control-allow-origin': '*' },
    });
  });
  await page.goto('/#/models');
  await page.getByText('Add your own model', { exact: true }).click();
});
test.afterEach(() => server.close());

function publish(repository: string, files: Readonly<Record<string, Buffer>>): void {
  const list = Object.entries(files).map(([path, bytes]) => ({ path, lfs: bytes.length > 10_000 }));
  server.repositories.set(repository, { sha: COMMIT, files: list, licence: 'apache-2.0' });
  for (const [path, bytes] of Object.entries(files))
    server.serve(`/${repository}/resolve/${COMMIT}/${path}`, bytes);
}

const adding = (page: Page) => page.getByLabel('Add your own model');

async function look(page: Page, address: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name on the hub, or address' }).fill(address);
  await page.getByRole('button', { name: 'Look into it' }).click();
}

async function pick(page: Page, name: string, buffer: Buffer): Promise<void> {
  const file = { name, mimeType: 'application/octet-stream', buffer };
  await page.locator('input[type=file][accept=".gguf"]').setInputFiles(file);
}

/** The card that the model became, which is the only one then in the list. */
async function take(page: Page, button: RegExp, name: string): Promise<Locator> {
  await adding(page).getByRole('button', { name: button }).click();
  await expect(page.getByText(`${name} is among the models.`)).toBeVisible();
  const card = page.getByRole('article', { name });
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(card).toContainText('your own');
  return card;
}

async function drop(page: Page): Promise<void> {
  const dropped = await page.evaluateHandle(async (path) => {
    const bytes = await (await fetch(path)).arrayBuffer();
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'My model.gguf'));
    return transfer;
  }, '/models/pocket/gguf/pocket-q4_0.gguf');
  await adding(page).dispatchEvent('drop', { dataTransfer: dropped });
}

async function expectNoViolations(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

test('a dropped GGUF is shown as what it says of itself before it is copied', async ({ page }) => {
  await drop(page);
  const found = page.getByRole('region', { name: 'What My model says of itself' });
  await expect(found).toContainText(/Architecture\s*llama/);
  await expect(found).toContainText(/Parameters\s*3\.5 million/);
  await expect(found).toContainText(/Context\s*1,024 tokens/);
  await expect(found).toContainText(/Licence\s*apache-2\.0/);
  await expect(found).toContainText(/Precisions\s*q4_0/);
  await found.getByText('Chat template').first().click();
  await expect(found.getByRole('region')).toContainText('<|im_start|>');
  await expectNoViolations(page);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await widerThanWindow(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoViolations(page);
  const card = await take(page, /^Copy into this browser/, 'My model');
  await expect(card).toContainText(/stored, [\d.]+\sMiB/);
  expect(await widerThanWindow(page)).toEqual([]);
  await expectNoViolations(page);
});

test('a dropped GGUF answers through llama.cpp, is remembered, and is removed again', async ({ page }) => {
  await drop(page);
  const card = await take(page, /^Copy into this browser/, 'My model');
  await card.getByRole('button', { name: /^Open in the playground/ }).click();
  const pocket = new PocketPage(page);
  await pocket.ask('What is a token?');
  const answer = await pocket.storedAnswer();
  expect(answer.failure).toBeUndefined();
  expect(answer.run).toMatchObject({ device: 'wasm' });
  expect(answer.run?.variantId).toMatch(/^own\/local\/My-model\.gguf-[0-9a-f]{12}\/gguf\/My model\.gguf$/);
  expect(answer.text.length).toBeGreaterThan(10);

  await page.reload();
  await expect(pocket.lane(1).getByRole('combobox', { name: 'Model' }).locator(':checked')).toHaveText(
    'My model',
  );
  await pocket.ask('What is a token?');
  const later = await pocket.storedAnswer(2);
  expect([later.failure, later.run?.variantId]).toEqual([undefined, answer.run?.variantId]);

  await page.getByRole('link', { name: 'Models' }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('My model');
  const entry = page.getByRole('article', { name: 'My model' });
  await entry.getByRole('button', { name: 'Remove from the list' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove from the list' }).click();
  await expect(page.getByText(/My model was removed\. [\d.]+\sMiB were freed\./)).toBeVisible();
  await expect(page.getByRole('article', { name: 'My model' })).toBeHidden();
  await page.reload();
  await page.getByRole('searchbox', { name: 'Search' }).fill('My model');
  await expect(page.getByText('No model matches.')).toBeVisible();
  expect(server.served).toEqual([]);
});

test('ONNX files of another server’s folder answer through Transformers.js', async ({ page }) => {
  for (const path of ['manifest.json', 'generation_config.json', ...ONNX])
    server.serve(`/mirrors/classroom/${path}`, pocketFile(path));
  await look(page, `${server.url}/mirrors/classroom`);
  await expect(page.getByRole('region', { name: 'What classroom says of itself' })).toContainText('llama');
  expect(server.served.filter(({ path }) => /\.(?:onnx|gguf)$/.test(path)).length).toBeLessThanOrEqual(1);
  const card = await take(page, /^Add to the models$/, 'classroom');
  await card.getByText('All files of classroom').click();
  await card.getByRole('button', { name: 'Open in the playground q4', exact: true }).click();
  const pocket = new PocketPage(page);
  await pocket.ask('What is a token?');
  const answer = await pocket.storedAnswer();
  expect(answer.failure).toBeUndefined();
  expect(answer.run?.variantId).toMatch(/^own\/url\/localhost:\d+\/mirrors\/classroom\/onnx\/q4$/);
  expect(answer.text.length).toBeGreaterThan(10);
});

test('a repository of the hub is added by its name, downloaded, and works without a request afterwards', async ({
  page,
}) => {
  publish('someone/Small-GGUF', { 'Small-Q2_K.gguf': pocketFile('gguf/pocket-q2_k.gguf') });
  await look(page, 'someone/Small-GGUF');
  const found = page.getByRole('region', { name: 'What Small-GGUF says of itself' });
  await expect(found).toContainText(/Precisions\s*q2_k/);
  const card = await take(page, /^Add to the models$/, 'Small-GGUF');
  await card.getByText('How open it is').click();
  await expect(card).toContainText(/Licence permits any use\s*yes/);
  await expect(card).toContainText(/Training data is published\s*not known/);
  await card.getByRole('button', { name: 'Download Small-GGUF q2_k' }).click();
  await expect(card).toContainText(/stored, [\d.]+\sMiB/);
  await page.reload();
  server.forget();
  const pocket = new PocketPage(page);
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await pocket.lane(1).getByRole('combobox', { name: 'Model' }).selectOption('Small-GGUF');
  await pocket.ask('What is a token?');
  const answer = await pocket.storedAnswer();
  expect([answer.failure, answer.run?.variantId]).toEqual([
    undefined,
    'own/hub/someone/Small-GGUF/gguf/Small-Q2_K.gguf',
  ]);
  expect(server.served).toEqual([]);
});

test('an ONNX folder of this machine is copied and answers', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'opentab-own-'));
  try {
    for (const path of ONNX) {
      const target = join(folder, 'My folder', path);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(`static/models/pocket/${path}`, target);
    }
    await page.locator('input[type=file][webkitdirectory]').setInputFiles(join(folder, 'My folder'));
    const card = await take(page, /^Copy into this browser/, 'My folder');
    await card.getByRole('button', { name: /^Open in the playground/ }).click();
    const pocket = new PocketPage(page);
    await pocket.ask('What is a token?');
    const answer = await pocket.storedAnswer();
    expect([answer.failure, answer.end]).toEqual([undefined, 'stop']);
    expect(answer.run?.variantId).toMatch(/^own\/local\/My-folder-[0-9a-f]{12}\/onnx\/q4$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Pocket's file with another architecture's name in the place of its own. */
function renamed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.write('zebra', copy.indexOf('llama', copy.indexOf('general.architecture')));
  return copy;
}

async function endless(): Promise<Buffer> {
  const template = '{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}';
  return Buffer.from(await ggufFile({ 'tokenizer.chat_template': template }).arrayBuffer());
}

const refusals: readonly [string, (page: Page) => Promise<void>, RegExp, RegExp][] = [
  [
    'a GGUF with a broken header',
    (page) =>
      pick(page, 'broken.gguf', Buffer.from('GGUF\u0003\0\0\0 and nothing that makes sense'.repeat(50))),
    /broken\.gguf is no whole model file/,
    /Fetch it anew/,
  ],
  [
    'an unknown architecture',
    (page) => pick(page, 'zebra.gguf', renamed(pocketFile('gguf/pocket-q2_k.gguf'))),
    /architecture is “zebra”, which llama\.cpp \(GGUF\) does not know/,
    /Choose another model/,
  ],
  [
    'a chat template that does not end',
    async (page) => pick(page, 'endless.gguf', await endless()),
    /chat template cannot be used/,
    /another file or conversion/,
  ],
  [
    'a name that the hub does not know',
    (page) => look(page, 'nobody/nothing'),
    /The hub shows no repository nobody\/nothing/,
    /Copy the name from the model’s page/,
  ],
  [
    'a gated repository',
    (page) => {
      publish('someone/closed', { 'a-Q2_K.gguf': pocketFile('gguf/pocket-q2_k.gguf') });
      const repository = server.repositories.get('someone/closed');
      if (repository !== undefined) repository.gated = true;
      return look(page, `${HUB}/someone/closed`);
    },
    /gives its files only to those whom its authors have let in/,
    /give your access token below/,
  ],
  [
    'a repository without a model that runs here',
    (page) => {
      publish('someone/torch', {
        'config.json': pocketFile('config.json'),
        'model.safetensors': Buffer.alloc(9),
      });
      return look(page, 'someone/torch');
    },
    /someone\/torch holds no model that runs here/,
    /onnx-community/,
  ],
];

for (const [what, ask, sentence, next] of refusals) {
  test(`${what} is refused in a sentence, with what to do next, and leaves nothing behind`, async ({
    page,
  }) => {
    await ask(page);
    const alert = adding(page).getByRole('alert');
    await expect(alert).toContainText(sentence);
    await expect(alert).toContainText(next);
    await expectNoViolations(page);
    expect(server.served.filter(({ path }) => path.endsWith('.gguf'))).toEqual([]);
    await page.getByRole('searchbox', { name: 'Search' }).fill('someone');
    await expect(page.getByText('No model matches.')).toBeVisible();
    const stored = await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      return databases.some(({ name }) => name === 'opentab-weights')
        ? new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open('opentab-weights');
            opening.onerror = () => reject(opening.error ?? new Error('not opened'));
            opening.onsuccess = () => {
              const counting = opening.result.transaction('blobs').objectStore('blobs').count();
              counting.onsuccess = () => resolve(counting.result);
              counting.onerror = () => reject(counting.error ?? new Error('not counted'));
            };
          })
        : 0;
    });
    expect(stored).toBe(0);
  });
}
