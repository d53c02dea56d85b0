/** Own models that are not one plain file: parts, several at once, eyes, rare precisions, servers and templates that misbehave. */

import { expect, test, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { startFaultServer } from '../support/fault-server.mjs';
import { splitGguf } from '../support/gguf-split';
import { PocketPage } from '../support/pocket-page';
import { pngFile } from '../support/png-file';
import { projectorFile } from '../support/projector-file';

const pocketFile = (path: string) => readFileSync(`static/models/pocket/${path}`);
const SHARED = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'generation_config.json'];
const QUESTION = 'What is a token?';

let server: Awaited<ReturnType<typeof startFaultServer>>;

test.beforeEach(async ({ page }) => {
  server = await startFaultServer();
  await page.goto('/#/models');
  await page.getByText('Add your own model', { exact: true }).click();
});
test.afterEach(() => server.close());

const adding = (page: Page) => page.getByLabel('Add your own model');

async function pick(page: Page, files: Readonly<Record<string, Buffer>>): Promise<void> {
  const all = Object.entries(files).map(([name, buffer]) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer,
  }));
  await page.locator('input[type=file][accept=".gguf"]').setInputFiles(all);
}

async function look(page: Page, address: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name on the hub, or address' }).fill(address);
  await page.getByRole('button', { name: 'Look into it', exact: true }).click();
}

async function take(page: Page, name: string): Promise<Locator> {
  await adding(page)
    .getByRole('button', { name: /^Copy into this browser|^Add to the models$/ })
    .click();
  await expect(page.getByText(`${name} is among the models.`)).toBeVisible();
  return page.getByRole('article', { name });
}

async function openInLane(page: Page, card: Locator): Promise<PocketPage> {
  await card.getByRole('button', { name: /^Open in the playground/ }).click();
  const pocket = new PocketPage(page);
  await pocket.prompt.waitFor();
  return pocket;
}

test('the parts of a GGUF are one model, and llama.cpp answers with it', async ({ page }) => {
  const [first, second] = splitGguf(pocketFile('gguf/pocket-q4_0.gguf'), 20);
  await pick(page, { 'Cut-Q4_0-00002-of-00002.gguf': second, 'Cut-Q4_0-00001-of-00002.gguf': first });
  await expect(adding(page)).toContainText(/Parameters\s*3\.5 million/);
  const card = await take(page, 'Cut-Q4_0');
  await expect(card).toContainText(/stored, [\d.]+\sMiB/);
  const pocket = await openInLane(page, card);
  await pocket.ask(QUESTION);
  const answer = await pocket.storedAnswer();
  expect([answer.failure, answer.end]).toEqual([undefined, 'stop']);
  expect(answer.run?.variantId).toMatch(/gguf\/Cut-Q4_0-00001-of-00002\.gguf$/);
});

test('a part without the others is refused by name', async ({ page }) => {
  const [, second] = splitGguf(pocketFile('gguf/pocket-q4_0.gguf'), 20);
  await pick(page, { 'Cut-Q4_0-00002-of-00002.gguf': second });
  const alert = adding(page).getByRole('alert');
  await expect(alert).toContainText('Cut-Q4_0-00001-of-00002.gguf is not there');
  await expect(alert).toContainText('Choose or drop all parts together');
});

test('several GGUFs at once are several models to choose from, and each is what it is', async ({ page }) => {
  await pick(page, {
    'One-Q4_0.gguf': pocketFile('gguf/pocket-q4_0.gguf'),
    'Two-Q2_K.gguf': pocketFile('gguf/pocket-q2_k.gguf'),
  });
  const several = adding(page).getByRole('region', { name: 'These are 2 models' });
  await expect(several.getByRole('listitem')).toHaveCount(2);
  await several.getByRole('button', { name: 'Look into it Two-Q2_K.gguf' }).click();
  await expect(adding(page)).toContainText(/Precisions\s*q2_k/);
  await take(page, 'Two-Q2_K');
  await adding(page).getByRole('button', { name: 'Look into it One-Q4_0.gguf' }).click();
  await expect(adding(page)).toContainText(/Precisions\s*q4_0/);
  const card = await take(page, 'One-Q4_0');
  const pocket = await openInLane(page, card);
  await pocket.ask(QUESTION);
  expect((await pocket.storedAnswer()).run?.variantId).toMatch(/gguf\/One-Q4_0\.gguf$/);
});

test('what turns images into tokens belongs to the one model that it comes with, and is none alone', async ({
  page,
}) => {
  const eyes = Buffer.from(await projectorFile(256).arrayBuffer());
  await pick(page, { 'mmproj-Seeing-f16.gguf': eyes });
  await expect(adding(page).getByRole('alert')).toContainText(
    'mmproj-Seeing-f16.gguf only turns images into tokens',
  );
  await pick(page, { 'Seeing.gguf': pocketFile('gguf/pocket-q4_0.gguf'), 'other name.gguf': eyes });
  await expect(adding(page)).toContainText(/Images, through\s*other name\.gguf/);
  const card = await take(page, 'Seeing');
  await expect(card).toContainText(/stored, [\d.]+\sMiB/);
  const pocket = await openInLane(page, card);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach images' }).click();
  const red = { name: 'red.png', mimeType: 'image/png', buffer: pngFile(40, 30, () => [220, 0, 0]) };
  await (await chooser).setFiles(red);
  await pocket.ask('Which colour is this?');
  const answer = await pocket.storedAnswer();
  expect([answer.failure, answer.run?.ignored]).toEqual([undefined, undefined]);
});

test('a link or a text that is dropped is answered with what can be dropped', async ({ page }) => {
  for (const [type, text] of [
    ['text/uri-list', 'https://huggingface.co/a/b'],
    ['text/plain', 'a model, please'],
  ] as const) {
    const dropped = await page.evaluateHandle(
      ([type, text]) => {
        const transfer = new DataTransfer();
        transfer.setData(type, text);
        return transfer;
      },
      [type, text] as const,
    );
    await adding(page).dispatchEvent('drop', { dataTransfer: dropped });
    const alert = adding(page).getByRole('alert');
    await expect(alert).toContainText('There is no file in what was dropped.');
    await expect(alert).toContainText('Drop GGUF files, or a folder with ONNX files.');
    await look(page, 'not an address');
    await expect(alert).toContainText('This is neither a model’s name nor an address.');
  }
});

test('a model that is removed while a lane uses it is unloaded there, and the lane says so', async ({
  page,
}) => {
  await pick(page, { 'Mine.gguf': pocketFile('gguf/pocket-q4_0.gguf') });
  const pocket = await openInLane(page, await take(page, 'Mine'));
  await pocket.ask(QUESTION);
  await pocket.storedAnswer();
  expect(pocket.engineWorkers()).toHaveLength(1);
  await page.getByRole('link', { name: 'Models' }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('Mine');
  const entry = page.getByRole('article', { name: 'Mine' });
  await entry.getByRole('button', { name: 'Remove from the list' }).click();
  const asking = page.getByRole('dialog');
  await expect(asking).toContainText('It is unloaded in the lanes that use it.');
  await asking.getByRole('button', { name: 'Remove from the list' }).click();
  await expect(page.getByText(/Mine was removed\./)).toBeVisible();
  await expect.poll(() => pocket.engineWorkers().length).toBe(0);
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await expect(pocket.lane(1)).toContainText(
    'This lane’s model is not among the models of this browser any more',
  );
  await pocket.lane(1).getByRole('combobox', { name: 'Model' }).selectOption('Pocket');
  await pocket.ask(QUESTION);
  expect((await pocket.storedAnswer(2)).failure).toBeUndefined();
});

for (const [precision, file] of [
  ['int8', 'model_quantized'],
  ['uint8', 'model_quantized'],
  ['bnb4', 'model_q4'],
] as const) {
  test(`a folder with only its ${precision} file is a model, and Transformers.js reads that file`, async ({
    page,
  }) => {
    for (const path of SHARED) server.serve(`/only/${path}`, pocketFile(path));
    server.serve(`/only/onnx/model_${precision}.onnx`, pocketFile(`onnx/${file}.onnx`));
    await look(page, `${server.url}/only`);
    await expect(adding(page)).toContainText(new RegExp(`Precisions\\s*${precision}`));
    const pocket = await openInLane(page, await take(page, 'only'));
    await pocket.ask(QUESTION);
    const answer = await pocket.storedAnswer();
    expect([answer.failure, answer.end]).toEqual([undefined, 'stop']);
    expect(answer.run?.variantId.endsWith(`/onnx/${precision}`)).toBe(true);
  });
}

test('of a server that tells no sizes it is said that the size is unknown, and its model answers', async ({
  page,
}) => {
  for (const path of [...SHARED, 'onnx/model_q4.onnx'])
    server.serve(`/quiet/${path}`, pocketFile(path), { sizeless: true });
  await look(page, `${server.url}/quiet`);
  await expect(adding(page)).toContainText(/Precisions\s*q4 · size unknown/);
  await expect(adding(page)).toContainText(/Parameters\s*not known/);
  const card = await take(page, 'quiet');
  await expect(card).toContainText('number of parameters not known');
  await expect(card).toContainText('size unknown');
  await expect(card).toContainText('The server does not say how large it is');
  await expect(card).not.toContainText(/\b0\sB\b/);
  const pocket = await openInLane(page, card);
  await pocket.ask(QUESTION);
  const answer = await pocket.storedAnswer();
  expect([answer.failure, answer.end]).toEqual([undefined, 'stop']);
});

test('a chat template that does not end in some conversation fails by name, and the lane goes on', async ({
  page,
}) => {
  const config = JSON.parse(pocketFile('tokenizer_config.json').toString()) as { chat_template: string };
  const loop = '{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}';
  config.chat_template = `{% if messages[-1].content == 'loop' %}${loop}{% endif %}${config.chat_template}`;
  for (const path of [...SHARED, 'onnx/model_q4.onnx']) server.serve(`/loops/${path}`, pocketFile(path));
  server.serve('/loops/tokenizer_config.json', Buffer.from(JSON.stringify(config)));
  await look(page, `${server.url}/loops`);
  const pocket = await openInLane(page, await take(page, 'loops'));
  await pocket.ask(QUESTION);
  expect((await pocket.storedAnswer()).failure).toBeUndefined();
  await pocket.ask('loop');
  const failed = await pocket.storedAnswer(2, 20_000);
  expect(failed.failure).toMatchObject({ code: 'template-refused' });
  await expect(pocket.failure()).toContainText('The model’s chat template cannot be used');
  await pocket.ask(QUESTION);
  const later = await pocket.storedAnswer(3);
  expect([later.failure, later.end]).toEqual([undefined, 'stop']);
});
