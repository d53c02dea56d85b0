/** What a model says is untrusted: nothing of it runs, leaves this origin, or hides what it is. */

import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Conversation } from '../../../src/domain/conversation';
import { PlaygroundPage } from '../../support/playground-page';

test('hostile output: inert text, no dialog, no request, no violation; a link asks where it goes', async ({
  page,
  baseURL,
}) => {
  const events: string[] = [];
  page.on('dialog', (dialog) => events.push(`dialog ${dialog.message()}`));
  page.on('popup', (popup) => events.push(`popup ${popup.url()}`));
  page.on('pageerror', (error) => events.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) events.push(message.text());
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== baseURL) events.push(request.url());
  });
  const playground = new PlaygroundPage(page);
  await playground.open('hostile');
  await playground.ask('secret');
  const answer = playground.lane(1).locator('[data-state=done] .markdown');

  // Markup is text, and a script is one that nobody runs.
  await expect(answer).toContainText('<img src=x onerror=alert(1)>');
  await expect(answer).toContainText('<script>alert(3)</script>');
  await expect(answer.locator('img, script, iframe, [onerror]')).toHaveCount(0);
  await expect(answer.locator('[href^="javascript:" i]')).toHaveCount(0);
  // An image that would carry the prompt out is a placeholder that says where it would have gone.
  await expect(answer).toContainText('leak from example.com');
  // Characters that turn the direction of text are shown as what they are.
  await expect(answer).toContainText('U+202E');

  await answer.getByText('out', { exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Open this link?' });
  await expect(dialog).toContainText('https://example.com/?q=secret');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(events).toEqual([]);
});

test('an answer of ten million characters in one line is shown in parts, stays usable, and is stored whole', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const playground = new PlaygroundPage(page);
  await playground.open('enormous');
  await playground.ask('everything');
  const lane = playground.lane(1);
  await expect(lane).toContainText('characters are shown with formatting', { timeout: 120_000 });
  await expect(lane.locator('[data-state=done]')).toBeVisible({ timeout: 120_000 });
  await lane.getByRole('combobox', { name: 'Model' }).selectOption('scripted-greeting');
  await playground.prompt.fill('still usable');
  await expect(playground.prompt).toHaveValue('still usable');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export all' }).click();
  const file = await readFile(await (await downloading).path(), 'utf8');
  const { conversations } = JSON.parse(file) as { conversations: readonly Conversation[] };
  const texts = conversations
    .flatMap(({ exchanges }) => exchanges.flatMap(({ attempts }) => Object.values(attempts)))
    .flatMap(({ answers }) => answers.map(({ text }) => text));
  expect(texts.map(({ length }) => length)).toEqual([10_000_000]);
  expect(texts[0]?.replaceAll('x', '')).toBe('');
});
