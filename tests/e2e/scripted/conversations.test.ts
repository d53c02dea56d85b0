/** Conversations: kept over a reload, named, deleted and brought back, exported and imported. */

import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

const list = (page: Page) => page.getByRole('complementary', { name: 'Conversations' });

async function choose(page: Page, title: string, item: string): Promise<void> {
  await list(page)
    .getByRole('button', { name: `More for “${title}”` })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a reload resumes the conversation, its lanes and the draft', async ({ page }) => {
  await playground.open('greeting', 'other-greeting');
  await playground.ask('hello');
  await expect(playground.lane(2)).toContainText('Good day.');
  await playground.prompt.fill('not sent yet');
  await playground.settle();
  await page.reload();
  await expect(playground.prompt).toHaveValue('not sent yet');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await expect(playground.lane(2)).toContainText('Good day.');
});

test('a conversation is renamed in place, deleted, and brought back', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 800 });
  await playground.open('greeting');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await choose(page, 'hello', 'Rename');
  await page.getByRole('textbox', { name: 'New name of “hello”' }).fill('Greetings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Greetings');
  await choose(page, 'Greetings', 'Delete');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New conversation');
  await playground.undo();
  await expect(playground.lane(1)).toContainText('you said: hello');
});

test('a new conversation is empty, and the old one opens again', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 800 });
  await playground.open('greeting');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await list(page).getByRole('button', { name: 'New conversation' }).click();
  // The same lane, with nothing said in it.
  await expect(playground.lane(1)).toContainText('context window');
  await expect(playground.lane(1)).not.toContainText('you said: hello');
  await list(page)
    .getByRole('button', { name: /^hello/ })
    .click();
  await expect(playground.lane(1)).toContainText('you said: hello');
});

test('an export is imported again; a damaged one is refused with a sentence', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 800 });
  await playground.open('greeting');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await playground.settle();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export all' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  const picker = list(page).locator('input[type=file]');
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  await picker.setInputFiles(file('good.json', text));
  await expect(page.getByText('1 conversation imported from good.json.')).toBeVisible();
  await expect(list(page).getByRole('button', { name: /^hello/ })).toHaveCount(2);
  await picker.setInputFiles(file('cut.json', text.slice(0, text.length / 2)));
  await expect(page.getByText(/cut\.json was not imported: it is not JSON/)).toBeVisible();
  await picker.setInputFiles(file('odd.json', text.replace('"device":"auto"', '"device":"abacus"')));
  await expect(page.getByText(/odd\.json was not imported: conversation 1 is damaged/)).toBeVisible();
  await picker.setInputFiles(file('page.html', '<!doctype html>'));
  await expect(page.getByText(/page\.html was not imported/)).toBeVisible();
  await expect(playground.lane(1)).toContainText('you said: hello');
});
