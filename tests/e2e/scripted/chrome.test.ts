/** What stands around the lanes: a control that is off says why, the start leads on, and a phone has room for it all. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';
import { widerThanWindow } from '../../support/sideways';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

test('Blind is off with one lane, can be reached all the same, and says why when it is pressed', async ({
  page,
}) => {
  await playground.open('greeting');
  const blind = page.getByRole('button', { name: 'Blind', exact: true });
  await expect(blind).toHaveAttribute('aria-disabled', 'true');
  await expect(blind).toHaveAccessibleDescription(/^A blind comparison needs two lanes/);
  await blind.focus();
  await expect(blind).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('A blind comparison needs two lanes with different models')).toBeVisible();
  await expect(blind).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await expect(blind).toHaveAttribute('aria-disabled', 'false');
  await blind.click();
  await expect(blind).toHaveAttribute('aria-pressed', 'true');
});

test('the start says that closed models can stand beside, and leads to adding one', async ({ page }) => {
  await playground.open('greeting');
  await expect(playground.lane(1)).toContainText('A closed model can stand beside it too');
  await playground.lane(1).getByRole('link', { name: 'Add a provider' }).click();
  await expect(page.getByRole('form', { name: 'Add a provider' })).toBeVisible();
});

test('the system prompt is said to go with every request, as it does', async ({ page }) => {
  await playground.open('greeting');
  await page.getByRole('button', { name: 'Parameters' }).click();
  const system = page.getByRole('textbox', { name: 'System prompt' });
  await expect(system).toHaveAccessibleDescription(/^Goes with every request/);
});

test('on a phone the title can be read, two lanes are compared in one view, and stacked answers scroll alone', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await playground.open('greeting', 'greeting/q4');
  await playground.ask('one two three four five six seven eight nine ten. '.repeat(40));
  await expect(playground.lane(2)).toContainText('you said');
  const title = page.getByRole('heading', { level: 1 });
  expect((await title.boundingBox())?.width).toBeGreaterThan(250);

  const comparison = page.getByRole('region', { name: 'Comparison of the latest answers' });
  await comparison.getByRole('button', { name: 'Comparison of the latest answers' }).click();
  const frame = await comparison.getByRole('group').boundingBox();
  const right = (box: typeof frame) => (box === null ? Number.NaN : box.x + box.width);
  const headers = comparison.getByRole('columnheader');
  await expect(headers).toHaveCount(3);
  expect(right(await headers.nth(2).boundingBox())).toBeLessThanOrEqual(right(frame) + 1);
  expect(await widerThanWindow(page)).toEqual([]);

  await playground.lane(1).getByRole('button', { name: 'Read the answers side by side' }).click();
  const reading = page.getByRole('dialog', { name: 'Answers side by side' });
  const first = reading.getByRole('group', { name: '1 · Scripted greeting q8' });
  const second = reading.getByRole('group', { name: '2 · Scripted greeting q4' });
  const together = reading.getByRole('checkbox', { name: 'Scroll together' });
  await expect(second).toContainText('seven');
  await expect(together).toBeHidden();
  await first.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect.poll(() => first.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  await page.waitForTimeout(200);
  expect(await second.evaluate((element) => element.scrollTop)).toBe(0);
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.setViewportSize({ width: 1200, height: 740 });
  await expect(together).toBeVisible();
  await first.evaluate((element) => element.scrollTo(0, 0));
  await first.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect.poll(() => second.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
});
