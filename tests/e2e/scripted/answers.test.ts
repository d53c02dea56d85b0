/** Asking and answering in the playground: the visitor's first minute, and what can be done with an answer. */

import { expect, test } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

test('first contact: Pocket stands in a lane with suggestions, and one press gives an answer', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.getByRole('region', { name: /^1 · Pocket/ })).toBeVisible();
  await playground.open('greeting');
  await page.getByRole('button', { name: 'What is a token?' }).click();
  await expect(playground.lane(1)).toContainText('Hello there, you said: What is a token?');
  await expect(playground.lane(1)).toContainText('TTFT');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What is a token?');
});

test('an answer streams, with its figures, their definitions and its timeline beside it', async ({
  page,
}) => {
  await playground.open('long');
  await playground.ask('go on');
  await expect(playground.lane(1)).toContainText('Tokens arrive');
  const running = playground.lane(1).locator('[data-state=running]');
  await expect(running).toContainText('Answering');
  await expect(running).toContainText(/TTFT\s*[\d.,]+\s*ms/);
  await expect(running).toContainText(/Decode\s*[\d.,]+\s*tok\/s/);
  await expect(running.getByRole('img', { name: 'Arrival of each token' })).toBeVisible();
  await running.getByRole('button', { name: 'Decode' }).hover();
  await expect(page.getByText('How fast the model writes')).toBeVisible();
  await running.getByRole('button', { name: 'All metrics of this answer' }).click();
  await expect(running.getByRole('button', { name: 'ICL p95' })).toBeVisible();
  await playground.stop.click();
});

test('a block of code is copied as it is written', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open('greeting');
  const code = 'const a = "<b>";\n\tif (a) run(`${a}`);';
  await playground.ask(`this:\n\`\`\`js\n${code}\n\`\`\``);
  await playground.lane(1).getByRole('button', { name: 'Copy code' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(code);
});

test('stop keeps what has been said', async () => {
  await playground.open('long');
  await playground.ask('go on');
  await expect(playground.lane(1)).toContainText('Tokens arrive');
  await playground.prompt.press('Escape');
  await expect(playground.lane(1)).toContainText('Stopped by you.');
  await expect(playground.lane(1)).toContainText('Tokens arrive');
  await expect(playground.stop).toBeHidden();
});

test('an engine that does not listen is stopped all the same, and the lane answers again', async () => {
  await playground.open('deaf');
  await playground.ask('sing');
  await expect(playground.lane(1)).toContainText('la la');
  await playground.stop.click();
  await expect(playground.lane(1)).toContainText('Stopped by you.', { timeout: 5000 });
  await playground.lane(1).getByRole('button', { name: 'Regenerate' }).click();
  await expect(playground.lane(1)).toContainText('Answering');
  await playground.stop.click();
});

test('regenerating adds an attempt, and the first one stays', async () => {
  await playground.open('greeting');
  await playground.ask('hello');
  const lane = playground.lane(1);
  await lane.getByRole('button', { name: 'Regenerate' }).click();
  await expect(lane.getByRole('group', { name: 'Attempts' })).toContainText('2/2');
  await lane.getByRole('button', { name: 'Previous attempt' }).click();
  await expect(lane.getByRole('group', { name: 'Attempts' })).toContainText('1/2');
  await expect(lane).toContainText('Hello there');
});

test('an edited prompt is answered anew, and undo restores what the edit dropped', async ({ page }) => {
  await playground.open('greeting');
  const lane = playground.lane(1);
  await playground.ask('first');
  await expect(lane).toContainText('you said: first');
  await playground.ask('second');
  await expect(lane).toContainText('you said: second');
  await lane.getByRole('button', { name: 'Edit the prompt' }).first().click();
  await page.getByRole('textbox', { name: 'Edit the prompt' }).fill('changed');
  await page.getByRole('textbox', { name: 'Edit the prompt' }).press('Enter');
  await expect(lane).toContainText('you said: changed');
  await expect(lane).not.toContainText('second');
  await playground.undo();
  await expect(lane).toContainText('you said: first');
  await expect(lane).toContainText('you said: second');
});

test('a failure keeps the part, says what to do, and the retry works', async () => {
  await playground.open('fails');
  await playground.ask('count');
  const lane = playground.lane(1);
  await expect(lane).toContainText('one two three four five');
  await lane.getByRole('button', { name: 'Try again' }).click();
  await expect(lane.getByRole('group', { name: 'Attempts' })).toContainText('2/2');
});

test('a worker that dies is noticed within 5 seconds, and the lane is usable afterwards', async () => {
  await playground.open('dies');
  await playground.ask('count');
  const lane = playground.lane(1);
  await expect(lane.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 5000 });
  await expect(lane).toContainText('one two three');
  await lane.getByRole('combobox', { name: 'Model' }).selectOption('scripted-greeting');
  await playground.ask('hello');
  await expect(lane).toContainText('you said: hello');
});

test('a model that cannot be loaded is told in a sentence', async () => {
  await playground.open('load-fails');
  await playground.ask('hello');
  await expect(playground.lane(1).getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 5000 });
});

test('Markdown is rendered, and what is hostile in it stays inert', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', () => {
    throw new Error('model output opened a dialog');
  });
  await playground.open('markdown');
  await playground.ask('rates');
  await expect(playground.lane(1).getByRole('table')).toContainText('q8');
  await playground.lane(1).getByRole('combobox', { name: 'Model' }).selectOption('scripted-hostile');
  await playground.ask('secret');
  await expect(playground.lane(1)).toContainText('right to left');
  expect(requests.filter((url) => url.includes('example.com'))).toEqual([]);
});
