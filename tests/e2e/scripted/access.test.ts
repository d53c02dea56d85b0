/** The playground for everyone: no axe violation in any state, a small phone, the keyboard alone, both languages. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';
import { widerThanWindow } from '../../support/sideways';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no violation in any state, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.emulateMedia({ colorScheme });
    await playground.open('long', 'greeting', 'fails');
    await expectNoViolations(page);
    await playground.ask('hello');
    await expect(playground.lane(1)).toContainText('Answering');
    await expectNoViolations(page);
    await playground.stop.click();
    await expect(playground.lane(1)).toContainText('Stopped by you.');
    await playground.lane(2).getByRole('button', { name: 'Regenerate' }).click();
    await playground.lane(3).getByRole('button', { name: 'Regenerate' }).click();
    await expect(playground.lane(3).getByRole('button', { name: 'Try again' })).toBeVisible();
    await playground.lane(1).getByRole('button', { name: 'All metrics of this answer' }).click();
    await page.getByRole('button', { name: 'Parameters' }).click();
    await expect(page.getByRole('textbox', { name: 'Seed' })).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press('Control+/');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectNoViolations(page);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no violation with six lanes while one loads, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1600, height: 900 });
    await page.emulateMedia({ colorScheme });
    await playground.open('slow-load', 'greeting', 'long', 'fails', 'other-greeting', 'small-context');
    await expectNoViolations(page);
    await playground.ask('hello');
    await expect(playground.lane(1).locator('[data-state=loading]')).toBeVisible();
    await expectNoViolations(page);
    await playground.stop.click();
    await expect(playground.lane(1)).toContainText('Stopped by you.');
    await expectNoViolations(page);
  });

  test(`no violation on a phone, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.emulateMedia({ colorScheme });
    await playground.open('long', 'fails');
    await expectNoViolations(page);
    await playground.ask('hello');
    await expect(playground.lane(1).locator('[data-state=running]')).toContainText('Tokens arrive');
    await expectNoViolations(page);
    await playground.stop.click();
    await expect(playground.lane(1)).toContainText('Stopped by you.');
    await page.getByRole('button', { name: /^2 · Scripted/ }).click();
    await playground
      .lane(2)
      .getByRole('button', { name: 'Ask it now' })
      .or(playground.lane(2).getByRole('button', { name: 'Regenerate' }))
      .click();
    await expect(playground.lane(2).getByRole('button', { name: 'Try again' })).toBeVisible();
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Parameters' }).click();
    await expect(page.getByRole('dialog', { name: 'Parameters' })).toBeVisible();
    await expectNoViolations(page);
  });
}

test('a long prompt is read by keyboard, in its place', async ({ page }) => {
  await playground.open('greeting');
  await playground.ask(Array.from({ length: 80 }, (_, line) => `line ${line}`).join('\n'));
  const prompt = playground.lane(1).getByText('line 79', { exact: false }).first();
  await expect(prompt).toHaveAttribute('tabindex', '0');
  await prompt.focus();
  await page.keyboard.press('End');
  await expect.poll(() => prompt.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  await expectNoViolations(page);
});

test('usable at 360 px: everything can be reached and nothing sticks out', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await playground.open('greeting', 'other-greeting');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await page.getByRole('button', { name: /^2 · Scripted/ }).click();
  await expect(playground.lane(2)).toBeInViewport({ ratio: 0.5 });
  await expect(playground.lane(2)).toContainText('Good day.');
  expect(await widerThanWindow(page)).toEqual([]);
  await expectNoViolations(page);
  await page.getByRole('button', { name: 'Conversations' }).click();
  await expect(
    page.getByRole('dialog', { name: 'Conversations' }).getByRole('button', { name: 'Export all' }),
  ).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Parameters' }).click();
  await expect(
    page.getByRole('dialog', { name: 'Parameters' }).getByRole('textbox', { name: 'Seed' }),
  ).toBeVisible();
});

test('by keyboard alone: from the first key to an answer, a second lane and back', async ({ page }) => {
  await playground.open('greeting');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the playground' })).toBeFocused();
  await playground.prompt.focus();
  await page.keyboard.type('hello');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('again');
  await expect(playground.prompt).toHaveValue('hello\nagain');
  await page.keyboard.press('Enter');
  await expect(playground.lane(1)).toContainText('you said: hello again');
  await page.getByRole('button', { name: 'More for lane 1' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Duplicate at q4' }).press('Enter');
  await expect(playground.lane(2)).toContainText('you said: hello again');
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the language changes and the conversation stays', async ({ page }) => {
  await playground.open('greeting');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('简体中文').click();
  await expect(page.getByRole('textbox', { name: '您的提示词' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByText('you said: hello')).toBeVisible();
});

test('without WebGPU a calm notice says what works, and asking is not blocked', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'gpu', { value: undefined }));
  await playground.open('greeting');
  await page.getByText('No GPU in use').click();
  await expect(page.getByText('No WebGPU in this browser.')).toBeVisible();
  await expect(page.getByText('Everything on this page')).toBeVisible();
  await expect(playground.lane(1)).toContainText('On CPU (WASM): no WebGPU in this browser');
  await page.keyboard.press('Escape');
  await expect(page.getByText('Everything on this page')).toBeHidden();
  await expect(playground.lane(1).getByRole('combobox', { name: 'Runs on' })).toHaveValue('auto');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await expectNoViolations(page);
});
