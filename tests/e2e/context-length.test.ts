/** How long a lane's context is, in the built app: chosen, kept, shared, told by the meter, and too long for the memory. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { defaultSampling } from '../../src/domain/conversation';
import { linkOf } from '../../src/state/setup-link';
import { PocketPage } from '../support/pocket-page';
import { widerThanWindow } from '../support/sideways';

const GGUF = 'pocket/gguf/q4_0';
const QUESTION = 'What is a token?';

const meter = (page: Page) => page.locator('.context').filter({ hasText: 'Context' });
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Context length of/ });

async function choose(pocket: PocketPage, tokens: number, position = 1): Promise<void> {
  await pocket.choose(position, 'Context length');
  await dialog(pocket.page).getByRole('combobox').selectOption(String(tokens));
  await dialog(pocket.page).getByRole('button', { name: 'Use this length' }).click();
  await expect(dialog(pocket.page)).toBeHidden();
}

async function open(page: Page, ...variants: readonly string[]): Promise<PocketPage> {
  const pocket = new PocketPage(page);
  await page.goto(`/?${variants.map((id) => `variant=${id}`).join('&')}`);
  await pocket.prompt.waitFor();
  return pocket;
}

test('a length that is chosen is what llama.cpp makes room for, and is there again after a reload', async ({
  page,
}) => {
  const pocket = await open(page, GGUF);
  await pocket.ask(QUESTION);
  expect((await pocket.storedAnswer()).failure).toBeUndefined();
  await expect(meter(page)).toContainText(/\d+ of 1,024 tokens/);
  await choose(pocket, 512);
  await pocket.ask(QUESTION);
  expect((await pocket.storedAnswer(2)).failure).toBeUndefined();
  await expect(meter(page)).toContainText(/\d+ of 512 tokens/);
  await pocket.settle();
  await page.reload();
  await pocket.ask(QUESTION);
  expect((await pocket.storedAnswer(3)).failure).toBeUndefined();
  await expect(meter(page)).toContainText(/\d+ of 512 tokens/);
  const [conversation] = await pocket.storedConversations();
  expect(conversation?.lanes).toMatchObject([{ variantId: GGUF, contextTokens: 512 }]);
});

test('lanes on one file share an engine at the same length, and have one each at different ones', async ({
  page,
}) => {
  const pocket = await open(page, GGUF, GGUF);
  await pocket.ask(QUESTION);
  await pocket.storedAnswer(2);
  expect(pocket.engineWorkers()).toHaveLength(1);
  await choose(pocket, 512, 2);
  await pocket.ask(QUESTION);
  await pocket.storedAnswer(4);
  expect(pocket.engineWorkers()).toHaveLength(2);
  // What the engine takes without a choice is no choice.
  await choose(pocket, 1024, 2);
  await expect.poll(() => pocket.engineWorkers().length).toBe(1);
});

test('a link carries the length of each lane', async ({ page, baseURL }) => {
  const lanes = [{ variantId: GGUF, device: 'auto', contextTokens: 512 }] as const;
  const setup = { version: 1, lanes, system: '', sampling: defaultSampling, prompts: [QUESTION] } as const;
  const link = await linkOf(setup, new URL(baseURL ?? ''));
  if (link === undefined) throw new Error('the setup is too long for a link');
  await page.goto(link);
  const pocket = new PocketPage(page);
  await expect(pocket.prompt).toHaveValue(QUESTION);
  await pocket.prompt.press('Enter');
  expect((await pocket.storedAnswer()).failure).toBeUndefined();
  await expect(meter(page)).toContainText(/\d+ of 512 tokens/);
});

test('where an engine takes what the model has, that is said, and there is nothing to choose', async ({
  page,
}) => {
  const pocket = await open(page, 'pocket/onnx/q8');
  await pocket.choose(1, 'Context length');
  await expect(dialog(page)).toContainText(
    /Transformers\.js.* takes the window that the model has, 1,024 tokens/,
  );
  await expect(dialog(page).getByRole('combobox')).toBeHidden();
  await expect(dialog(page).getByRole('button', { name: 'Use this length' })).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the choice has no accessibility violation and fits 360 px, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 800 });
    const pocket = await open(page, GGUF);
    await pocket.choose(1, 'Context length');
    await expect(dialog(page).getByRole('combobox')).toContainText(/1,024 tokens · ≈ [\d.]+\sMiB of memory/);
    expect(await widerThanWindow(page)).toEqual([]);
    expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
  });
}

test('the length that is tried on the Models screen is taken over by a lane, and refuses nothing', async ({
  page,
}) => {
  await page.goto('/#/models');
  const slider = page.getByRole('slider', { name: /Room for prompt and answer/ });
  await page.getByRole('searchbox', { name: 'Search' }).fill('Llama 3.2 1B');
  const llama = page.getByRole('article', { name: 'Llama 3.2 1B' });
  await slider.focus();
  await slider.press('End');
  await llama.getByText('All files of Llama 3.2 1B').click();
  const row = llama.getByRole('row', { name: /^q8_0/ });
  await expect(row).toContainText(/fits with a context of up to [\d,]+ tokens/);
  await expect(row.getByRole('button', { name: 'Download' })).toBeEnabled();
  await llama.getByRole('button', { name: /^Look at [\d,]+ tokens/ }).click();
  await expect(slider).not.toHaveAttribute('aria-valuetext', '131,072 tokens');

  await slider.focus();
  await slider.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', '512 tokens');
  await page.getByRole('searchbox', { name: 'Search' }).fill('Pocket');
  const entry = page.getByRole('article', { name: 'Pocket' });
  await entry.getByText('All files of Pocket').click();
  await entry.getByRole('button', { name: 'Open in the playground q4_0' }).click();
  await expect(page.getByText(/with a context length of 512 tokens/)).toBeVisible();
  const pocket = new PocketPage(page);
  await pocket.ask(QUESTION);
  expect((await pocket.storedAnswer()).failure).toBeUndefined();
  await expect(meter(page)).toContainText(/\d+ of 512 tokens/);
});

/** Pocket's file with a window of 2^22 tokens in its header: as long, so that nothing else moves. */
function withLongWindow(): Buffer {
  const bytes = readFileSync('static/models/pocket/gguf/pocket-q4_0.gguf');
  const key = 'llama.context_length';
  bytes.writeUInt32LE(2 ** 22, bytes.indexOf(key) + key.length + 4);
  return bytes;
}

async function addOwn(page: Page): Promise<Locator> {
  await page.goto('/#/models');
  await page.getByText('Add your own model', { exact: true }).click();
  const file = { name: 'Long.gguf', mimeType: 'application/octet-stream', buffer: withLongWindow() };
  await page.locator('input[type=file][accept=".gguf"]').setInputFiles(file);
  await page.getByRole('button', { name: /^Copy into this browser/ }).click();
  return page.getByRole('article', { name: 'Long' });
}

test('a length that the memory does not hold is said to be too long, and a shorter one is offered', async ({
  page,
}) => {
  // A machine with so little memory that what fits is soon found, and soon loaded.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 0.25 });
  });
  const card = await addOwn(page);
  await card.getByRole('button', { name: /^Open in the playground/ }).click();
  const pocket = new PocketPage(page);
  await pocket.choose(1, 'Context length');
  const longest = dialog(page).getByRole('option', { name: /^4,194,304 tokens/ });
  await expect(longest).toHaveText(/more than is free here$/);
  await dialog(page)
    .getByRole('combobox')
    .selectOption(String(2 ** 22));
  await dialog(page).getByRole('button', { name: 'Use this length' }).click();
  await pocket.ask(QUESTION);
  const alert = pocket.failure();
  await expect(alert).toContainText(/At this lane’s context length the model needs more memory/);
  await alert.getByRole('button', { name: 'Use a context of 16,384 tokens' }).click();
  const answer = await pocket.storedAnswer(2);
  expect([answer.failure, answer.text.length > 10]).toEqual([undefined, true]);
  await expect(meter(page)).toContainText(/\d+ of 16,384 tokens/);
});
