/** Where the page is opened: at an address without https, and in two tabs at once. */

import { expect, test } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';
import { tamperWithEngine } from '../../support/pocket-page';

/** What browsers hide at an address that is neither https nor this machine. */
const HIDE =
  'delete Crypto.prototype.randomUUID; delete Crypto.prototype.subtle;' +
  'delete (globalThis.Navigator ?? globalThis.WorkerNavigator).prototype.locks;';

test('an address without https: the page is there, answers, and keeps the conversation', async ({ page }) => {
  await page.addInitScript(HIDE);
  await tamperWithEngine(page, HIDE);
  const playground = new PlaygroundPage(page);
  await playground.open('greeting');
  const hidden = () => !('randomUUID' in crypto) && !('subtle' in crypto) && !('locks' in navigator);
  expect(await page.evaluate(hidden)).toBe(true);
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await playground.settle();
  await page.reload();
  await expect(playground.lane(1)).toContainText('you said: hello');
});

test('a start that fails is a sentence and not a blank page', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'matchMedia', { value: undefined });
    crypto.getRandomValues = () => {
      throw new Error('no randomness here');
    };
  });
  await page.goto('/');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('OpenTab could not start.');
  await expect(alert).toContainText('Reload the page');
});

test('a second tab does not write over the first: it begins a new conversation and says so', async ({
  page,
  context,
}) => {
  const first = new PlaygroundPage(page);
  await first.open('greeting');
  await first.ask('hello');
  await expect(first.lane(1)).toContainText('you said: hello');
  await first.settle();
  const second = new PlaygroundPage(await context.newPage());
  await second.page.setViewportSize({ width: 1400, height: 800 });
  await second.page.goto('/');
  await expect(second.page.getByText('is open in another tab of OpenTab, so this tab begins')).toBeVisible();
  await expect(second.page.getByText('you said: hello')).toHaveCount(0);
  const row = second.page.getByRole('complementary', { name: 'Conversations' });
  await row.getByRole('button', { name: 'hello', exact: false }).first().click();
  await expect(second.page.getByText('Go on in that tab')).toBeVisible();

  await page.close();
  await row.getByRole('button', { name: 'hello', exact: false }).first().click();
  await expect(second.lane(1)).toContainText('you said: hello');
});
