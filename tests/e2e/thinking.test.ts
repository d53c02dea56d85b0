/**
 * Models that think, run by the real engines in the built app: their thinking is folded away, counted apart, copied by
 * nobody and sent back to nobody, and the choice how much to think reaches their templates.
 */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chainModel, type Chain } from '../support/chain-model';
import { PocketPage } from '../support/pocket-page';
import { widerThanWindow } from '../support/sideways';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const thought = ['\nSix times', ' seven is', ' forty-two.', '\n</th', 'ink>'];
const answer = ['\n\nThe answer', ' is 42', '.'];
const turns = '{% for message in messages %}[{{ message.role }}]{{ message.content }}{% endfor %}[assistant]';

/** Thinks of itself, and not behind an empty thought, as Qwen 3 is told not to think. */
const thinker: Chain = {
  pieces: ['<think>', ...thought, ...answer],
  jumps: { '>': 1 + thought.length },
  template: `${turns}{% if enable_thinking is defined and not enable_thinking %}<think></think>{% endif %}`,
};
/** Begins inside the thinking, as DeepSeek R1 does. */
const opened: Chain = { pieces: [...thought, ...answer], template: `${turns}<think>\n` };

async function open(page: Page, chain: Chain): Promise<PocketPage> {
  await page.goto('/#/models');
  await page.getByText('Add your own model', { exact: true }).click();
  const file = { name: 'Chain.gguf', mimeType: 'application/octet-stream', buffer: chainModel(chain) };
  await page.locator('input[type=file][accept=".gguf"]').setInputFiles(file);
  return openCopied(page, 'Chain');
}

async function openCopied(page: Page, name: string): Promise<PocketPage> {
  const adding = page.getByLabel('Add your own model');
  await adding.getByRole('button', { name: /^Copy into this browser/ }).click();
  const card = page.getByRole('article', { name });
  await card.getByRole('button', { name: /^Open in the playground/ }).click();
  return new PocketPage(page);
}

async function choose(page: Page, effort: string): Promise<void> {
  const panel = page.getByRole('button', { name: 'Parameters', exact: true });
  await panel.click();
  await page.getByRole('combobox', { name: 'Thinking' }).selectOption(effort);
  await panel.click();
}

test('thinking is folded, has a count of its own, and is neither copied nor sent back', async ({ page }) => {
  const pocket = await open(page, thinker);
  await pocket.ask('Six times seven?');
  const first = await pocket.storedAnswer();
  expect(first).toMatchObject({
    end: 'stop',
    text: 'The answer is 42.',
    thinking: 'Six times seven is forty-two.\n',
    // A token a piece, the tags among those of the thinking.
    run: { metrics: { tokenBasis: 'counted', outputTokens: 9, thinkingTokens: 6, characters: 17 } },
  });
  expect(first.run?.ignored).toBeUndefined();
  expect(first.run?.metrics.promptTokens).toBe('[user]Six times seven?[assistant]'.length);

  const lane = pocket.lane(1);
  const summary = lane.getByText('Thinking · 6 tokens');
  await expect(summary).toBeVisible();
  await expect(lane.getByText('forty-two')).toBeHidden();
  await summary.click();
  await expect(lane.getByText('Six times seven is forty-two.')).toBeVisible();
  await expect(lane.getByText('think>')).toHaveCount(0);
  await lane.getByRole('button', { name: 'Copy the answer' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('The answer is 42.');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await pocket.ask('Again?');
  const second = await pocket.storedAnswer(2);
  const prompt = '[user]Six times seven?[assistant]The answer is 42.[user]Again?[assistant]';
  // Every character is a token there: the prompt held these and no other.
  expect(second.run?.metrics.promptTokens).toBe(prompt.length);
});

test('the choice how much to think reaches the template, stays, and what it cannot do is said', async ({
  page,
}) => {
  const pocket = await open(page, thinker);
  await choose(page, 'Off');
  await pocket.ask('Six times seven?');
  const off = await pocket.storedAnswer();
  expect(off.run?.sampling.thinking).toBe('off');
  expect([off.text.trim(), off.thinking, off.run?.ignored]).toEqual([
    'The answer is 42.',
    undefined,
    undefined,
  ]);
  expect(off.run?.metrics.promptTokens).toBe('[user]Six times seven?[assistant]<think></think>'.length);

  await page.reload();
  await choose(page, 'Low');
  await pocket.ask('Again?');
  const low = await pocket.storedAnswer(2);
  expect([low.text, low.run?.ignored]).toEqual(['The answer is 42.', ['thinking.low']]);
  expect(low.thinking).toContain('forty-two');
  await pocket.lane(1).getByRole('button', { name: 'All metrics of this answer' }).last().click();
  await expect(pocket.lane(1).getByText('not taken over: Thinking (Low)')).toBeVisible();

  await page.getByRole('button', { name: 'Parameters', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Thinking' })).toHaveValue('low');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await widerThanWindow(page)).toEqual([]);
});

test('an answer that begins inside the thinking is one, and one that ends inside it shows what there is', async ({
  page,
}) => {
  const pocket = await open(page, opened);
  await pocket.ask('Six times seven?');
  expect(await pocket.storedAnswer()).toMatchObject({
    text: 'The answer is 42.',
    thinking: 'Six times seven is forty-two.\n',
    run: { metrics: { outputTokens: 8, thinkingTokens: 5 } },
  });
  await pocket.longestAnswer(2);
  await pocket.ask('Again?');
  expect(await pocket.storedAnswer(2)).toMatchObject({
    end: 'length',
    text: '',
    thinking: 'Six times seven is',
    run: { metrics: { outputTokens: 2, thinkingTokens: 2, characters: 0 } },
  });
  await expect(pocket.lane(1).getByText('Thinking · 2 tokens')).toBeVisible();
  await expect(pocket.lane(1).getByText(/Cut off at the longest answer/)).toBeVisible();
});

test('Transformers.js tells thinking apart by the template of its model', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'opentab-thinking-'));
  const target = (path: string) => join(folder, 'My thinker', path);
  try {
    for (const path of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_q4.onnx']) {
      mkdirSync(dirname(target(path)), { recursive: true });
      cpSync(`static/models/pocket/${path}`, target(path));
    }
    const config = JSON.parse(readFileSync(target('tokenizer_config.json'), 'utf8')) as Record<
      string,
      string
    >;
    const template = `${config['chat_template']}{% if enable_thinking is not false %}<think>\n{% endif %}`;
    writeFileSync(target('tokenizer_config.json'), JSON.stringify({ ...config, chat_template: template }));
    await page.goto('/#/models');
    await page.getByText('Add your own model', { exact: true }).click();
    await page.locator('input[type=file][webkitdirectory]').setInputFiles(join(folder, 'My thinker'));
    const pocket = await openCopied(page, 'My thinker');
    await pocket.ask('What is a token?');
    // Pocket was never taught to close it.
    const thinking = await pocket.storedAnswer();
    expect([thinking.failure, thinking.text]).toEqual([undefined, '']);
    expect(thinking.thinking?.length).toBeGreaterThan(0);
    const { outputTokens, thinkingTokens } = thinking.run?.metrics ?? {};
    expect([outputTokens, (thinkingTokens ?? 0) > 0]).toEqual([thinkingTokens, true]);
    await choose(page, 'Off');
    await pocket.ask('What is a token?');
    const plain = await pocket.storedAnswer(2);
    expect([plain.thinking, plain.run?.ignored]).toEqual([undefined, undefined]);
    expect(plain.text.length).toBeGreaterThan(10);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
