/** Lanes side by side: turns, order, precision, and the table that compares them. */

import { expect, test } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

test('two lanes answer in turn, and the waiting one says whose turn it is', async () => {
  await playground.open('long', 'greeting');
  await playground.ask('hello');
  await expect(playground.lane(2)).toContainText('Lane 1 is answering; this lane is next.');
  await playground.stop.click();
  await expect(playground.lane(2)).toContainText('Stopped by you.');
});

test('when both have answered, a table compares them and can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open('greeting', 'other-greeting');
  await playground.ask('hello');
  const table = page.getByRole('region', { name: 'Comparison of the latest answers' }).getByRole('table');
  await expect(table).toContainText('Scripted greeting q8');
  await expect(table.getByText('best:').first()).toBeAttached();
  await expect(page.getByText('These models cut text into different tokens')).toBeVisible();
  const copied = async (format: string) => {
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await page.getByRole('button', { name: format, exact: true }).click();
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).not.toBe('');
    return clipboard();
  };
  const names = ['1 · Scripted greeting q8', '2 · Scripted other-greeting q8'];
  expect(await copied('Markdown')).toContain(`| Metric | ${names.join(' | ')} |`);
  expect((await copied('CSV')).split('\r\n')[0]).toContain(names.join(','));
  const json = JSON.stringify(JSON.parse(await copied('JSON')));
  for (const name of names) expect(json).toContain(name);
});

test('lanes are added, duplicated, moved and removed, and removal can be undone', async ({ page }) => {
  await playground.open('greeting');
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await expect(page.getByRole('region', { name: /^2 · Scripted greeting fp16/ })).toBeVisible();
  await playground.choose(1, 'Duplicate at q8');
  await expect(page.getByRole('region', { name: /^3 · Scripted greeting fp16/ })).toBeVisible();
  await playground.choose(3, 'Move left');
  await expect(page.getByRole('region', { name: /^2 · Scripted greeting fp16/ })).toBeVisible();
  await playground.choose(2, 'Remove');
  await expect(page.getByRole('region', { name: /^3 · / })).toBeHidden();
  await playground.undo();
  await expect(page.getByRole('region', { name: /^2 · Scripted greeting fp16/ })).toBeVisible();
  await expect(page.getByRole('region', { name: /^3 · Scripted greeting q8/ })).toBeVisible();
});

test('one press puts another precision beside a first answer and asks it the same', async ({ page }) => {
  await playground.open('greeting');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await playground.ask('again');
  await page.getByRole('button', { name: 'Compare with q4' }).click();
  await expect(playground.lane(2)).toContainText('you said: hello');
  await expect(playground.lane(2)).toContainText('you said: again');
  const table = page.getByRole('region', { name: 'Comparison of the latest answers' }).getByRole('table');
  await expect(table).toContainText('2 · Scripted greeting q4');
  await expect(page.getByRole('button', { name: /^Compare with/ })).toBeHidden();
});

test('an answer keeps the name of what gave it, whatever its lane is set to later', async () => {
  await playground.open('greeting');
  await playground.ask('hello');
  const lane = playground.lane(1);
  await expect(lane).toContainText('you said: hello');
  await lane.getByRole('combobox', { name: 'Precision' }).selectOption('scripted/greeting/q4');
  await expect(lane).toContainText('Answered by Scripted greeting q8 on CPU (WASM)');
});

test('a seventh lane is not offered', async ({ page }) => {
  await playground.open(...Array.from({ length: 6 }, () => 'greeting'));
  await expect(page.getByRole('button', { name: 'Add a lane' })).toBeDisabled();
  await expect(playground.lane(6)).toBeAttached();
});

test('one lane can be asked alone, and another one later', async ({ page }) => {
  await playground.open('greeting', 'other-greeting');
  await playground.choose(2, 'Ask this lane alone');
  await expect(page.getByRole('button', { name: 'Send to lane 2' })).toBeVisible();
  await playground.ask('hello');
  await expect(playground.lane(2)).toContainText('Good day.');
  await expect(playground.lane(1)).toContainText('This lane was not asked this.');
  await playground.lane(1).getByRole('button', { name: 'Ask it now' }).click();
  await expect(playground.lane(1)).toContainText('you said: hello');
});

test('a precision that this adapter cannot run is refused with its reason', async () => {
  await playground.open('greeting');
  const lane = playground.lane(1);
  await lane.getByRole('combobox', { name: 'Runs on' }).selectOption('wasm');
  const fp16 = lane.getByRole('option', { name: /^fp16/ });
  await expect(fp16).toBeEnabled();
  await expect(lane).toContainText('On CPU (WASM), as you chose');
  // The software adapter of these tests has no 16-bit floats.
  await lane.getByRole('combobox', { name: 'Runs on' }).selectOption('webgpu');
  await expect(fp16).toBeDisabled();
  await expect(fp16).toHaveText(/shader-f16/);
  await expect(lane.getByRole('option', { name: /^q4 · / })).toBeEnabled();
});
