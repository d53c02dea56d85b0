/** Faults around the model: a browser that stores nothing, and a conversation that outgrows the context window. */

import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { PocketPage } from '../support/pocket-page';

let pocket: PocketPage;
test.beforeEach(({ page }) => {
  pocket = new PocketPage(page);
});

test('a browser that refuses storage: it is said, and answers come all the same', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    IDBFactory.prototype.open = refuse;
    Object.defineProperty(window, 'localStorage', { get: refuse });
  });
  await pocket.openPocket('q8');
  await pocket.ask('What is a token?');
  const lane = pocket.lane(1);
  await expect(lane.locator('[data-state=done]')).toContainText(/Output\s*\d+\s*tokens/);
  await page.getByRole('status').getByRole('button', { name: 'Not saved' }).click();
  await expect(page.getByText(/refuses to store conversations.*export/)).toBeVisible();
  await page.keyboard.press('Escape');
  await pocket.ask('What is 27 + 58?');
  await expect(lane.locator('[data-state=done]').getByText('TTFT')).toHaveCount(2);
  // Nothing is lost while the page lives, and it can be taken away as a file.
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export all' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toContain('What is a token?');
  expect(text).toContain('What is 27 + 58?');
});

test('a prompt longer than the context window is kept; trimming makes room for one that fits', async ({
  page,
}) => {
  await pocket.openPocket('q8');
  await pocket.longestAnswer(8);
  const many = (count: number) => 'What is a token? '.repeat(count).trim();
  const tooLong = many(600);
  await pocket.ask(tooLong);
  const dialog = page.getByRole('dialog', { name: 'This does not fit the context window' });
  await expect(dialog).toContainText('The prompt alone is too long.');
  await dialog.getByRole('button', { name: 'Cancel, keep the prompt' }).click();
  await expect(pocket.prompt).toHaveValue(tooLong);
  expect(pocket.engineWorkers()).toHaveLength(1);

  for (const count of [1, 2]) {
    await pocket.ask(many(80));
    expect((await pocket.storedAnswer(count)).failure).toBeUndefined();
  }
  await pocket.ask(many(80));
  await dialog.getByRole('button', { name: 'Trim and send' }).click();
  const last = await pocket.storedAnswer(3);
  expect(last.failure).toBeUndefined();
  expect(last.run?.metrics.promptTokens).toBeLessThan(1024);
  await expect(pocket.lane(1).locator('[data-state=done]').getByText('TTFT')).toHaveCount(3);
});
