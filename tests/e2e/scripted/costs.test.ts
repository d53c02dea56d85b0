/** What computing here costs: an estimate once the person has set a wattage, and when it pays against an API. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';
import { widerThanWindow } from '../../support/sideways';

const number = (page: Page, name: string) => page.getByRole('spinbutton', { name });

async function setPower(page: Page): Promise<void> {
  await number(page, 'Draw while answering').fill('200');
  await number(page, 'US dollars per kilowatt-hour').fill('0.3');
  await number(page, 'US dollars per kilowatt-hour').press('Tab');
}

test('an answer shows its energy once wattage and tariff are set, and they are kept', async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open('greeting');
  await playground.ask('hello');
  await expect(playground.lane(1)).toContainText('you said: hello');
  await playground.lane(1).getByRole('button', { name: 'All metrics of this answer' }).click();
  const metrics = playground.lane(1).getByRole('region', { name: 'All metrics of this answer' });
  await expect(metrics).toContainText('TTFT');
  await expect(metrics).not.toContainText('Energy here');
  await playground.settle();

  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await setPower(page);
  await page.reload();
  await expect(number(page, 'Draw while answering')).toHaveValue('200');
  await number(page, 'Draw while answering').fill('-5');
  await number(page, 'Draw while answering').press('Tab');
  await expect(page.getByRole('alert')).toContainText('from 1 to 5000 watts');

  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await playground.lane(1).getByRole('button', { name: 'All metrics of this answer' }).click();
  await expect(metrics).toContainText(/Energy here\s+about [\d.,]+ Wh, .+ an estimate/);
});

test('break-even: what is missing is said, and the answer is the one by hand', async ({ page }) => {
  await page.goto('/#/settings');
  const section = page.getByRole('region', { name: 'When does running open pay?' });
  await expect(section).toContainText('Set the wattage and the tariff above first.');
  await setPower(page);
  await expect(section).toContainText('Fill in every number');
  for (const [name, value] of [
    ['Requests a day', '1000'],
    ['Prompt tokens in each', '1000'],
    ['Output tokens in each', '500'],
    ['Dollars per million prompt tokens', '1'],
    ['Dollars per million output tokens', '4'],
    ['Prefill, tokens per second', '1000'],
    ['Decode, tokens per second', '50'],
  ] as const)
    await number(page, name).fill(value);
  // The API is 3 dollars a day; 11,000 s at 200 W are 0.611 kWh, which is 18 cents.
  await expect(section).toContainText(/It pays at once: \$2\.8\d* less a day\./);
  await number(page, 'To be spent first').fill('1000');
  await expect(section).toContainText('It pays after 356 days.');
  await number(page, 'Decode, tokens per second').fill('5');
  await expect(section).toContainText('This machine cannot keep up');
  for (const width of [360, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await widerThanWindow(page)).toEqual([]);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  }
});
