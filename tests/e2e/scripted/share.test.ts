/** A comparison handed on: its setup as a link, its answers as a report. */

import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';
import { widerThanWindow } from '../../support/sideways';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click();
  return page.getByRole('textbox', { name: 'Link to the setup' }).inputValue();
}

test('a link opens the same lanes, prompt and parameters in another browser, and asks nothing by itself', async ({
  page,
  browser,
}) => {
  await playground.open('greeting', 'other-greeting');
  await page.getByRole('button', { name: 'Parameters' }).click();
  await page.getByRole('textbox', { name: 'Seed' }).fill('77');
  await page.keyboard.press('Escape');
  await playground.ask('the first prompt');
  await expect(playground.lane(1)).toContainText('you said: the first prompt');
  const link = await linkOf(page);
  const dialog = page.getByRole('dialog', { name: 'Share this comparison' });
  await expect(dialog).toContainText('lanes 2, prompts 1');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  const context = await browser.newContext();
  const other = await context.newPage();
  const requests: string[] = [];
  other.on('request', (request) => requests.push(request.url()));
  await other.goto(link);
  const theirs = new PlaygroundPage(other);
  await expect(theirs.prompt).toHaveValue('the first prompt');
  await expect(theirs.lane(1)).toContainText('Scripted greeting');
  await expect(theirs.lane(2)).toContainText('Scripted other-greeting');
  await expect(other.getByText('Nothing was asked yet')).toBeVisible();
  expect(other.url()).not.toContain('setup=');
  expect(requests.filter((url) => url.includes('setup='))).toEqual([]);
  await theirs.prompt.press('Enter');
  await expect(theirs.lane(2)).toContainText('Good day.');
  await other.getByRole('button', { name: 'Parameters' }).click();
  await expect(other.getByRole('textbox', { name: 'Seed' })).toHaveValue('77');
  await context.close();
});

test('several prompts open unasked, each lane can be asked each; a reload keeps them', async ({ page }) => {
  await playground.open('greeting');
  await playground.ask('one');
  await expect(playground.lane(1)).toContainText('you said: one');
  await playground.ask('two');
  await expect(playground.lane(1)).toContainText('you said: two');
  const link = await linkOf(page);
  await page.keyboard.press('Escape');
  await page.goto('about:blank');
  await page.goto(link);
  await expect(playground.lane(1).getByRole('button', { name: 'Ask it now' })).toHaveCount(2);
  await playground.settle();
  await page.reload();
  await playground.lane(1).getByRole('button', { name: 'Ask it now' }).first().click();
  await expect(playground.lane(1)).toContainText('you said: one');
  await expect(playground.lane(1).getByRole('button', { name: 'Ask it now' })).toHaveCount(1);
});

test('the prompts of a link are asked by one press each, or all of them in turn', async ({ page }) => {
  const prompts = ['one', 'two', 'three'];
  await playground.open('greeting', 'other-greeting');
  for (const [index, prompt] of prompts.entries()) {
    await playground.ask(prompt);
    await expect(playground.lane(1)).toContainText(`you said: ${prompt}`);
    await expect(playground.lane(2).getByText('Good day.')).toHaveCount(index + 1);
  }
  const link = await linkOf(page);
  await page.keyboard.press('Escape');
  await page.goto('about:blank');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(link);
  const bar = page.getByRole('group', { name: 'Prompts that wait to be asked' });
  await expect(bar).toContainText('3 prompts wait to be asked.');
  await expect(bar).toContainText('Nothing of them leaves this tab.');
  await expect(bar.getByRole('button', { name: 'Run all prompts' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('one');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  expect(await widerThanWindow(page)).toEqual([]);
  await page.setViewportSize({ width: 1200, height: 800 });

  await playground.lane(1).getByRole('button', { name: 'Ask 2 lanes' }).first().click();
  await expect(playground.lane(1)).toContainText('you said: one');
  await expect(playground.lane(2).getByText('Good day.')).toHaveCount(1);
  await bar.getByRole('button', { name: 'Run the other 2' }).click();
  for (const prompt of prompts) await expect(playground.lane(1)).toContainText(`you said: ${prompt}`);
  await expect(playground.lane(2).getByText('Good day.')).toHaveCount(3);
  await expect(bar).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Ask (?:it now|2 lanes)$/ })).toHaveCount(0);
});

test('a run of prompts says where it stands, and stops', async ({ page }) => {
  await playground.open('long');
  for (const [index, prompt] of ['one', 'two', 'three'].entries()) {
    await playground.ask(prompt);
    await expect(playground.lane(1).locator('[data-state=running]')).toContainText('Tokens');
    await playground.stop.click();
    await expect(playground.lane(1).getByText('Stopped by you.')).toHaveCount(index + 1);
  }
  const link = await linkOf(page);
  await page.keyboard.press('Escape');
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('button', { name: 'Run all prompts' }).click();
  await expect(page.getByText('Prompt 1 of 3')).toBeVisible();
  const running = playground.lane(1).locator('[data-state=running]');
  await expect(running).toContainText('Tokens');
  await expect(running).toBeInViewport();
  const stop = page.getByRole('button', { name: 'Stop the run' });
  await expect(stop).toBeFocused();
  await stop.press('Enter');
  await expect(playground.lane(1).getByText('Stopped by you.')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Run the other 2' })).toBeVisible();
  await expect(playground.lane(1).getByRole('button', { name: 'Ask it now' })).toHaveCount(2);
  await expect(playground.prompt).toBeFocused();
});

test('a damaged link says so and changes nothing', async ({ page }) => {
  await playground.open('greeting');
  await playground.ask('mine');
  await expect(playground.lane(1)).toContainText('you said: mine');
  const link = await linkOf(page);
  await page.keyboard.press('Escape');
  await playground.settle();
  await page.goto(link.slice(0, -10));
  await expect(page.getByText('The link’s setup could not be read')).toBeVisible();
  await expect(playground.lane(1)).toContainText('you said: mine');
});

test('a report holds prompts, answers, figures and parameters, as text that runs nothing', async ({
  page,
}) => {
  await playground.open('hostile', 'greeting');
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('button', { name: 'Save as HTML' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await playground.ask('<b>bold</b> ``` fence');
  await expect(playground.lane(2)).toContainText('you said:');
  await page.getByRole('button', { name: 'Share' }).click();
  const saved = async (name: string) => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const download = await downloading;
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const markdown = await saved('Save as Markdown');
  expect(markdown.name).toBe('opentab-report.md');
  expect(markdown.text).toContain('````text\n<b>bold</b> ``` fence\n````');
  expect(markdown.text).toMatch(/\| .*Decode rate.*\|/);
  expect(markdown.text).toContain('"seed" 1'.replaceAll('"', ''));

  const html = await saved('Save as HTML');
  const reader = await page.context().newPage();
  const events: string[] = [];
  reader.on('dialog', (dialog) => void dialog.dismiss().then(() => events.push('dialog')));
  reader.on('request', (request) => events.push(request.url()));
  await reader.setContent(html.text);
  await expect(reader.getByRole('heading', { name: 'Prompt 1' })).toBeVisible();
  await expect(reader.getByText('<img src=x onerror=alert(1)>').first()).toBeVisible();
  await expect(reader.getByRole('table')).toContainText('tok/s');
  expect(await reader.locator('img, a, iframe, script').count()).toBe(0);
  expect(events).toEqual([]);
  expect((await new AxeBuilder({ page: reader }).analyze()).violations.map(({ id }) => id)).toEqual([]);
});

test('a report says what each answer was made with, whatever the panel says by then', async ({ page }) => {
  await playground.open('greeting');
  await playground.ask('one');
  await expect(playground.lane(1)).toContainText('you said: one');
  await page.getByRole('button', { name: 'Parameters' }).click();
  const temperature = page.getByRole('textbox', { name: 'Temperature' });
  await temperature.fill('1.5');
  await playground.ask('two');
  await expect(playground.lane(1)).toContainText('you said: two');
  await temperature.fill('0.3');
  await page.getByRole('button', { name: 'Share' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as Markdown' }).click();
  const report = await readFile(await (await downloading).path(), 'utf8');
  expect(report.match(/temperature [\d.]+/g)).toEqual(['temperature 0', 'temperature 1.5']);
});
