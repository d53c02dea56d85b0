/** What does not fit: impossible parameters, empty and enormous prompts, a full context window. */

import { expect, test } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

test('a parameter outside its range is refused where it stands, and reset brings the defaults back', async ({
  page,
}) => {
  await playground.open('greeting');
  await page.getByRole('button', { name: 'Parameters' }).click();
  const temperature = page.getByRole('textbox', { name: 'Temperature' });
  await temperature.fill('3');
  await expect(page.getByText('Not used: the value before stays. Enter a number from 0 to 2.')).toBeVisible();
  await temperature.fill('0.7');
  await expect(page.getByText('Not used')).toBeHidden();
  await page.getByRole('textbox', { name: 'Longest answer' }).fill('1.5');
  await expect(page.getByText('Enter a whole number')).toBeVisible();
  await page.getByRole('textbox', { name: 'Longest answer' }).fill('2');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('Cut off at the longest answer');
  await page.getByRole('button', { name: 'Reset all sampling parameters' }).click();
  await expect(temperature).toHaveValue('0');
});

test('an empty prompt is not sent', async ({ page }) => {
  await playground.open('greeting');
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await playground.ask('   ');
  await expect(page.getByRole('alert')).toContainText('There is no prompt to answer.');
  await expect(page.getByRole('alert')).toContainText('Type a question or a task first.');
  await expect(playground.prompt).toHaveValue('   ');
});

test('an enormous prompt is refused with a sentence and stays in the field', async ({ page }) => {
  await playground.open('greeting');
  await playground.prompt.evaluate((field: HTMLTextAreaElement) => {
    field.value = 'word '.repeat(240_000);
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await expect(page.getByText('at most 1,000,000 can be sent')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  expect(await playground.prompt.evaluate((field: HTMLTextAreaElement) => field.value.length)).toBe(
    1_200_000,
  );
});

test('a full context window asks: cancel keeps the prompt, trim sends without the oldest', async ({
  page,
}) => {
  await playground.open('small-context');
  const words = (count: number, word: string) => `${word} `.repeat(count).trim();
  for (const word of ['first', 'second']) {
    await playground.ask(words(20, word));
    await expect(playground.lane(1).getByText('short answer')).toHaveCount(word === 'first' ? 1 : 2);
  }
  await expect(page.getByText(/of 64 tokens/)).toBeVisible();
  await playground.ask(words(20, 'third'));
  const dialog = page.getByRole('dialog', { name: 'This does not fit the context window' });
  await dialog.getByRole('button', { name: 'Cancel, keep the prompt' }).click();
  await expect(dialog).toBeHidden();
  await expect(playground.prompt).toHaveValue(/third/);
  await playground.prompt.press('Enter');
  await dialog.getByRole('button', { name: 'Trim and send' }).click();
  await expect(playground.lane(1).getByText('short answer')).toHaveCount(3);
  await playground.ask(words(80, 'long'));
  await expect(dialog).toContainText('The prompt alone is too long.');
  await expect(dialog.getByRole('button', { name: 'Trim and send' })).toBeHidden();
});
