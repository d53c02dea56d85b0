/**
 * The numerics self-check and "Find the fastest here" in the built app, with Pocket.
 *
 * The tests have a software adapter, of which the app says that there is no GPU to check. Where a GPU is needed, the
 * browser is made to say nothing of its adapter, as many browsers do: the app takes it for a GPU then, and all that
 * follows is computed by the real engines.
 */

import { expect, test, type Locator, type Page } from '@playwright/test';
import { PocketPage, WEBGPU_PATIENCE_MS, tamperWithEngine } from '../support/pocket-page';

const badge = (lane: Locator) => lane.getByRole('button', { name: /does this device compute correctly\?/ });
const details = (page: Page) => page.getByRole('dialog', { name: 'Does this device compute correctly?' });

/** A browser that hides what its adapter is. */
const HIDE_ADAPTER = `
  Object.defineProperty(GPUAdapter.prototype, 'info', {
    get: () => ({ vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false }),
  });
  Object.defineProperty(GPUAdapter.prototype, 'isFallbackAdapter', { get: () => false });`;

/** A driver that computes one function wrongly: all else works, and nothing is reported. */
const BREAK_SHADERS = `
  const create = GPUDevice.prototype.createShaderModule;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    const code = descriptor.code.replace(/\\bexp\\(/g, 'cos(');
    return create.call(this, { ...descriptor, code });
  };`;

test('with a software adapter nothing is checked, and the lane says why', async ({ page }) => {
  const pocket = new PocketPage(page);
  await pocket.openPocket('q8');
  const lane = pocket.lane(1);
  await expect(badge(lane)).toHaveCount(0);
  await pocket.ask('What is a token?');
  await expect(badge(lane)).toContainText('Not checked');
  await badge(lane).click();
  await expect(details(page)).toContainText('The only WebGPU adapter of this browser is software');
  await expect(details(page).getByRole('button')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(badge(lane)).toBeFocused();
  await pocket.runOn('webgpu');
  await badge(lane).click();
  await expect(details(page)).toContainText('There is no GPU to check');
});

test('a GPU that computes wrongly is suspect, and the lane goes to WASM at a press', async ({ page }) => {
  test.setTimeout(3 * WEBGPU_PATIENCE_MS);
  await page.addInitScript(HIDE_ADAPTER);
  await tamperWithEngine(page, BREAK_SHADERS);
  const pocket = new PocketPage(page);
  await pocket.openPocket('q8');
  const lane = pocket.lane(1);
  await pocket.longestAnswer(1);
  await pocket.ask('What is a token?');
  await expect(badge(lane)).toContainText('Suspect', { timeout: 2 * WEBGPU_PATIENCE_MS });
  await badge(lane).click();
  await expect(details(page)).toContainText('are not to be trusted');
  await expect(details(page)).toContainText(/Same choice\s*[\d.]+%/);
  // It was found once: the next visit knows it before anything is loaded.
  await page.reload();
  await expect(badge(lane)).toContainText('Suspect');
  expect(pocket.engineWorkers()).toHaveLength(0);
  await badge(lane).click();
  await details(page).getByRole('button', { name: 'Use WASM in this lane' }).click();
  await expect(lane.getByRole('combobox', { name: 'Runs on' })).toHaveValue('wasm');
  await expect(badge(lane)).toContainText('Not checked');
});

test('the fastest is found among what is stored, and new conversations begin with it', async ({ page }) => {
  test.setTimeout(2 * WEBGPU_PATIENCE_MS);
  const pocket = new PocketPage(page);
  await pocket.openPocket('q8');
  await pocket.choose(1, 'Find the fastest here');
  const dialog = page.getByRole('dialog', { name: 'Find the fastest way to run Pocket here' });
  await expect(dialog).toContainText('software, for correctness only');
  await dialog.getByText(/^Not measured: \d+$/).click();
  await expect(dialog.getByRole('listitem').first()).toContainText('software adapter: for correctness only');
  await dialog.getByRole('button', { name: 'Measure' }).click();
  const rows = dialog.getByRole('table').locator('tbody tr');
  await expect(rows.filter({ hasText: '±' }).first()).toBeVisible({ timeout: WEBGPU_PATIENCE_MS });
  await expect(rows.filter({ hasText: 'WebGPU' })).toHaveCount(0);
  await dialog.getByRole('button', { name: /^Use / }).click({ timeout: WEBGPU_PATIENCE_MS });
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/New lanes with Pocket now begin with .*WASM.* in this browser/)).toBeVisible();
  const precision = pocket.lane(1).getByRole('combobox', { name: 'Precision' });
  const kept = await precision.inputValue();
  await expect(pocket.lane(1).getByRole('combobox', { name: 'Runs on' })).toHaveValue('wasm');
  expect(await page.evaluate(() => localStorage.getItem('opentab.fastest'))).toContain(kept);
  await pocket.ask('What is a token?');
  expect((await pocket.storedAnswer()).run?.variantId).toBe(kept);
  await page.getByRole('button', { name: 'New conversation' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New conversation');
  await expect(precision).toHaveValue(kept);
  await expect(pocket.lane(1).getByRole('combobox', { name: 'Runs on' })).toHaveValue('wasm');
});

test('a measurement is stopped at a press, and leaves nothing running', async ({ page }) => {
  const pocket = new PocketPage(page);
  await pocket.openPocket('q8');
  await pocket.choose(1, 'Find the fastest here');
  const dialog = page.getByRole('dialog', { name: 'Find the fastest way to run Pocket here' });
  await dialog.getByRole('button', { name: 'Measure' }).click();
  await expect.poll(() => pocket.engineWorkers().length).toBeGreaterThan(0);
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(dialog).toContainText('Stopped. What was measured to the end stays.');
  await expect.poll(() => pocket.engineWorkers().length).toBe(0);
  await page.keyboard.press('Escape');
  await pocket.ask('What is a token?');
  expect((await pocket.storedAnswer()).end).toBe('stop');
});
