/** The Models screen in the built app: what is found, what fits, and a model of it that answers in a lane. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { PocketPage } from '../support/pocket-page';
import { widerThanWindow } from '../support/sideways';

test.beforeEach(async ({ page }) => {
  await page.goto('/#/models');
  await expect(page.getByRole('article').first()).toBeVisible();
});

test('models are searched and filtered, and the list says how many there are', async ({ page }) => {
  const status = page.getByRole('status').filter({ hasText: 'models' });
  await expect(status).toHaveText(/^(\d+) of \1 models$/);
  await page.getByRole('searchbox', { name: 'Search' }).fill('smollm2 135');
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page.getByRole('article', { name: 'SmolLM2 135M' })).toContainText('Apache-2.0');
  await page.getByRole('combobox', { name: 'Size' }).selectOption('large');
  await expect(page.getByText('No model matches.')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await expect(page.getByRole('article').first()).toBeVisible();
});

test('more room for prompt and answer needs more memory, and less fits', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Search' }).fill('Llama 3.2 1B');
  const entry = page.getByRole('article', { name: 'Llama 3.2 1B' });
  const before = await entry.innerText();
  const slider = page.getByRole('slider', { name: /Room for prompt and answer/ });
  await slider.focus();
  await slider.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', '8,192 tokens');
  expect(await entry.innerText()).not.toBe(before);
  await page.getByRole('checkbox', { name: 'Fits this machine' }).check();
  await expect(entry).toBeVisible();
  await slider.press('End');
  await expect(entry).toBeHidden();
});

test('a model is opened in a lane, answers there, and is still there after a reload', async ({ page }) => {
  const pocket = new PocketPage(page);
  await page.getByRole('searchbox', { name: 'Search' }).fill('Pocket');
  const entry = page.getByRole('article', { name: 'Pocket' });
  await entry.getByText('All files of Pocket').click();
  await entry.getByRole('button', { name: 'Open in the playground q4_0' }).click();
  await pocket.ask('What is a token?');
  const answer = await pocket.storedAnswer();
  expect(answer.run?.variantId).toBe('pocket/gguf/q4_0');
  expect(answer.end).toBe('stop');
  await page.reload();
  await expect(pocket.lane(1)).toContainText(answer.text.slice(0, 20));
});

test('a model of the hub keeps its lane over a reload', async ({ page }) => {
  const pocket = new PocketPage(page);
  await page.goto('/?variant=smollm2-135m/gguf/q8_0');
  await pocket.prompt.waitFor();
  await expect(pocket.lane(1).getByRole('combobox', { name: 'Model' })).toHaveValue('smollm2-135m');
  await expect(pocket.lane(1).getByRole('combobox', { name: 'Precision' })).toHaveValue(
    'smollm2-135m/gguf/q8_0',
  );
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it has no accessibility violation and fits 360 px, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.getByRole('searchbox', { name: 'Search' }).fill('qwen 3');
    const entry = page.getByRole('article').first();
    await entry.getByText(/^All files of/).click();
    await entry.getByText('How open it is').click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await widerThanWindow(page)).toEqual([]);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
