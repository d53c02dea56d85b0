/** What answers cost, through the interface: prices entered and kept, every kind of token, and what is not known said. */

import { expect, test, type Locator, type Page } from '@playwright/test';
import { missing, PocketPage } from '../support/pocket-page';
import { openLanes } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage, nameAt } from '../support/settings-page';

const KEY = 'Rk6+pd3/Xw8=Mt2~Hb9.Ce4';

const columns = {
  input: 'Prompt',
  cacheRead: 'Prompt, read from cache',
  cacheWrite: 'Prompt, written to cache',
  output: 'Answer and thinking',
} as const;

let server: Awaited<ReturnType<typeof startProviderServer>>;
let settings: SettingsPage;
let playground: PocketPage;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  settings = new SettingsPage(page);
  playground = new PocketPage(page);
});
test.afterEach(() => server.close());

function priceField(page: Page, column: keyof typeof columns, model: string): Locator {
  return page.getByRole('spinbutton', { name: `${columns[column]}: price of ${model}`, exact: true });
}

/** @param price dollars per million tokens */
async function setPrice(
  page: Page,
  model: string,
  price: Partial<Record<keyof typeof columns, string>>,
): Promise<void> {
  for (const column of Object.keys(price) as (keyof typeof columns)[]) {
    const field = priceField(page, column, model);
    await field.fill(price[column] ?? '');
    await field.press('Tab');
  }
}

/** Opens the figures of the lane's newest answer, if they are not open. */
async function details(position = 1): Promise<Locator> {
  const lane = playground.lane(position);
  const button = lane.getByRole('button', { name: 'All metrics of this answer' }).last();
  if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
  return lane.getByRole('region', { name: 'All metrics of this answer' }).last();
}

const ofLane = (position: number) =>
  playground.lane(position).getByRole('button', { name: /^What this lane cost up to now/ });
const ofConversation = (page: Page) =>
  page.getByRole('button', { name: /^What the APIs of this conversation cost up to now/ });

test('a price of one’s own: nothing is said before it is whole, then every kind of token counts, and it is kept', async ({
  page,
}) => {
  await openLanes(page, { kind: 'anthropic', origin: server.origin, key: KEY }, ['priced']);
  await playground.ask('What is six times seven?');
  await playground.storedAnswer();
  await expect(await details()).toContainText('this model has no price yet');
  await expect(ofLane(1)).toContainText('+ ?');
  await expect(ofConversation(page)).toContainText('+ ?');

  await settings.enter();
  await setPrice(page, 'priced', { input: '4' });
  await expect(page.getByRole('row', { name: /priced/ })).toContainText('Not complete');
  await settings.leave();
  // Nothing is free because nobody has said what it costs.
  await expect(ofLane(1)).toContainText('$0 + ?');
  await expect(await details()).toContainText('the price of this model is not complete');

  await settings.enter();
  await setPrice(page, 'priced', { output: '20' });
  await settings.leave();
  // Prompt tokens cost what others do where no price is named for a cache: 50,000 and 50,000 at 4, 2,500 at 20 dollars.
  await expect(await details()).toContainText('$0.45');

  await settings.enter();
  await setPrice(page, 'priced', { cacheRead: '0.4', cacheWrite: '5' });
  await expect(page.getByRole('row', { name: /priced/ })).toContainText(/Yours, of \d{4}-\d{2}-\d{2}/);
  await settings.leave();
  const cost = await details();
  await expect(cost).toContainText('Cost $0.316');
  await expect(cost).toContainText('prompt: 50,000 tok, $0.2');
  // 40,000 read at 0.4 and 10,000 written at 5 dollars.
  await expect(cost).toContainText('cached prompt: 50,000 tok, $0.066');
  await expect(cost).toContainText('thinking: 500 tok, $0.01');
  await expect(cost).toContainText('answer: 2,000 tok, $0.04');
  for (const badge of [ofLane(1), ofConversation(page)]) {
    await expect(badge).toContainText('$0.316');
    await expect(badge).not.toContainText('?');
  }

  // Every attempt was billed, whichever is shown.
  await playground.lane(1).getByRole('button', { name: 'Regenerate' }).click();
  await playground.storedAnswer(2);
  for (const badge of [ofLane(1), ofConversation(page)]) await expect(badge).toContainText('$0.632');

  await settings.enter();
  await page.reload();
  for (const [column, value] of [
    ['input', '4'],
    ['cacheRead', '0.4'],
    ['cacheWrite', '5'],
    ['output', '20'],
  ] as const)
    await expect(priceField(page, column, 'priced')).toHaveValue(value);
  await settings.leave();
  await expect(ofConversation(page)).toContainText('$0.632');
  await settings.enter();
  // There is no list price to go back to.
  await expect(page.getByRole('button', { name: 'Back to the list price' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove my price' }).click();
  await expect(page.getByRole('row', { name: /priced/ })).toContainText('No price is known');
  await expect(priceField(page, 'input', 'priced')).toHaveValue('');
  await settings.leave();
  await expect(ofConversation(page)).toContainText('+ ?');
});

for (const kind of ['openai', 'gemini', 'openrouter', 'compatible'] as const) {
  test(`${kind}: what it tells of cached and thinking tokens is what they are priced by`, async ({
    page,
  }) => {
    await settings.open();
    const card = await settings.add(kind, server.origin, KEY);
    await settings.choose(card, 'priced');
    await setPrice(page, 'priced', { input: '1', cacheRead: '0.1', output: '4' });
    await settings.leave();
    await playground.lane(1).getByRole('combobox', { name: 'Model' }).selectOption({ label: 'priced' });
    await playground.ask('What is six times seven?');
    await playground.storedAnswer();
    const cost = await details();
    await expect(cost).toContainText('Cost $0.074');
    await expect(cost).toContainText('prompt: 60,000 tok, $0.06');
    await expect(cost).toContainText('cached prompt: 40,000 tok, $0.004');
    await expect(cost).toContainText('thinking: 500 tok, $0.002');
    await expect(cost).toContainText('answer: 2,000 tok, $0.008');
  });
}

test('a list price has its source and date, and a long prompt costs what the list asks for long ones', async ({
  page,
}) => {
  await openLanes(page, { kind: 'openai', origin: server.origin, key: KEY }, [
    'gpt-6.1-sol',
    'missing-usage',
  ]);
  await playground.ask('What is six times seven?');
  await playground.storedAnswer(2);
  const cost = await details(1);
  // 300,000 tokens of prompt are above 272,000: 200,000 at 4, 100,000 read at 0.2, 3,000 at 15 dollars.
  await expect(cost).toContainText('Cost $0.865');
  await expect(cost).toContainText(/at the price of \d{4}-\d{2}-\d{2}/);
  await expect(await details(2)).toContainText('the provider reported no tokens');
  await expect(ofLane(1)).toContainText('$0.865');
  await expect(ofLane(1)).not.toContainText('?');
  await expect(ofLane(2)).toContainText('$0 + ?');
  await expect(ofConversation(page)).toContainText('$0.865 + ?');
  await expect(ofConversation(page)).toContainText('1 answer is not in this sum');

  await settings.enter();
  const row = page.getByRole('row', { name: /gpt-6\.1-sol/ });
  await expect(row.getByRole('link', { name: /developers\.openai\.com, \d{4}-\d{2}-\d{2}/ })).toBeVisible();
  await expect(row).toContainText('Long prompts cost more, and are counted so.');
  await expect(priceField(page, 'input', 'gpt-6.1-sol')).toHaveValue('2');
  // What is no price is not taken: it stays where it was typed, marked, with the reason, and the list price counts on.
  const input = priceField(page, 'input', 'gpt-6.1-sol');
  for (const [typed, reason] of [
    ['-3', 'This is below 0, so it is not taken. 2 still counts.'],
    ['1000001', 'This is above 1,000,000, so it is not taken. 2 still counts.'],
  ] as const) {
    await input.fill(typed);
    await input.press('Tab');
    await expect(input).toHaveValue(typed);
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(input).toHaveAccessibleDescription(reason);
    await expect(row.getByRole('link')).toBeVisible();
  }
  // A price beside it is taken, and does not make this one good.
  await priceField(page, 'output', 'gpt-6.1-sol').fill('20');
  await priceField(page, 'output', 'gpt-6.1-sol').press('Tab');
  await expect(row).toContainText('Yours, of');
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  // Going back to the list price empties it of what was never taken.
  await row.getByRole('button', { name: 'Back to the list price' }).click();
  await expect(input).toHaveValue('2');
  await expect(input).not.toHaveAttribute('aria-invalid');
  await expect(row.getByRole('link')).toBeVisible();
});

test('on a phone the models’ names stay in view where the prices scroll sideways', async ({ page }) => {
  await settings.open();
  const card = await settings.add('openai', server.origin, KEY);
  await settings.choose(card, 'gpt-6.1-sol');
  await page.setViewportSize({ width: 360, height: 740 });
  const table = page.getByRole('region', { name: 'Prices, in US dollars per million tokens' });
  const name = table.getByRole('rowheader', { name: /gpt-6\.1-sol/ });
  await priceField(page, 'output', 'gpt-6.1-sol').scrollIntoViewIfNeeded();
  await table.evaluate((one) => one.scrollTo({ left: one.scrollWidth }));
  const box = async (one: Locator) => (await one.boundingBox()) ?? missing('box');
  expect(await table.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(100);
  expect((await box(name)).x).toBeCloseTo((await box(table)).x, -1);
  // It leaves room for what is beside it.
  expect((await box(name)).width).toBeLessThan((await box(table)).width / 2);
});

test('of a list price one rate can be changed: long prompts keep their own, which can be changed, and dropped', async ({
  page,
}) => {
  await openLanes(page, { kind: 'openai', origin: server.origin, key: KEY }, ['gpt-6.1-sol']);
  await playground.ask('What is six times seven?');
  await playground.storedAnswer();
  const row = page.getByRole('row', { name: /gpt-6\.1-sol/ });
  await settings.enter();
  await setPrice(page, 'gpt-6.1-sol', { output: '20' });
  await expect(row).toContainText('Yours, of');
  await expect(row).toContainText('Long prompts cost more, and are counted so.');
  await settings.leave();
  await expect(ofLane(1)).toContainText('$0.865');

  await settings.enter();
  await row.getByText('Prices of long prompts').click();
  const answers = row.getByRole('spinbutton', {
    name: 'Answer and thinking: for long prompts of gpt-6.1-sol',
  });
  await answers.fill('30');
  await answers.press('Tab');
  await settings.leave();
  // The 3,000 tokens of answer and thinking at 30 dollars in place of 15.
  await expect(ofLane(1)).toContainText('$0.91');

  await settings.enter();
  await row.getByText('Prices of long prompts').click();
  await row.getByRole('button', { name: 'One price for all prompts' }).click();
  await settings.leave();
  // 200,000 at 2, 100,000 read at 0.1, 3,000 at 20 dollars.
  await expect(ofLane(1)).toContainText('$0.47');
  await settings.enter();
  await row.getByRole('button', { name: 'Back to the list price' }).click();
  await expect(row.getByRole('link', { name: /developers\.openai\.com/ })).toBeVisible();
  await settings.leave();
  await expect(ofLane(1)).toContainText('$0.865');
});

test('an answer of this tab costs its energy, by the time that it took; an answer of an API does not', async ({
  page,
}) => {
  await openLanes(page, { kind: 'openai', origin: server.origin, key: KEY }, ['normal']);
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await playground.lane(2).getByRole('combobox', { name: 'Model' }).selectOption('pocket');
  await settings.enter();
  await page.getByRole('spinbutton', { name: 'Draw while answering' }).fill('5000');
  await page.getByRole('spinbutton', { name: 'US dollars per kilowatt-hour' }).fill('10');
  await page.getByRole('spinbutton', { name: 'US dollars per kilowatt-hour' }).press('Tab');
  await settings.leave();
  await playground.longestAnswer(8);
  await playground.ask('What is a token?');
  await playground.storedAnswer(2);
  const answers = await playground.storedAnswers();
  const ms = answers.find(({ run }) => run?.device === 'wasm')?.run?.metrics.e2elMs ?? missing('time');
  const wattHours = (5000 * ms) / 3_600_000;
  const shown = (value: number) => new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value);
  await expect(await details(2)).toContainText(
    `about ${shown(wattHours)} Wh, $${shown((wattHours / 1000) * 10)}: an estimate`,
  );
  await expect(await details(1)).not.toContainText('Energy here');
});

test('when running open pays: with the price of a list, the rates of an answer, and all that is taken for granted', async ({
  page,
}) => {
  await openLanes(page, { kind: 'openai', origin: server.origin, key: KEY }, ['gpt-6.1-sol']);
  await playground.lane(1).getByRole('combobox', { name: 'Model' }).selectOption('pocket');
  await playground.ask('What is a token?');
  const { run } = await playground.storedAnswer();
  await settings.enter();
  const section = page.getByRole('region', { name: 'When does running open pay?' });
  for (const assumption of ['no prompt is cached', 'one request at a time', 'prices and rates constant'])
    await expect(section).toContainText(assumption);
  const label = `gpt-6.1-sol · ${nameAt('openai', server.origin)}`;
  await section.getByRole('combobox', { name: 'Price of' }).selectOption({ label });
  await expect(section.getByRole('spinbutton', { name: 'Dollars per million prompt tokens' })).toHaveValue(
    '2',
  );
  await expect(section.getByRole('spinbutton', { name: 'Dollars per million output tokens' })).toHaveValue(
    '10',
  );
  await section.getByRole('button', { name: /Take the rates of the last answer \(Pocket/ }).click();
  const rate = Math.round((run?.metrics.decodeRate ?? missing('rate')) * 10) / 10;
  await expect(section.getByRole('spinbutton', { name: 'Decode, tokens per second' })).toHaveValue(
    String(rate),
  );
  await section.getByRole('spinbutton', { name: 'Prefill, tokens per second' }).fill('500');
  await expect(section).toContainText('Set the wattage and the tariff above first.');
  await page.getByRole('spinbutton', { name: 'Draw while answering' }).fill('200');
  await page.getByRole('spinbutton', { name: 'US dollars per kilowatt-hour' }).fill('0.3');
  await page.getByRole('spinbutton', { name: 'US dollars per kilowatt-hour' }).press('Tab');
  // 200 requests a day of 800 and 300 tokens: 0.32 and 0.6 dollars.
  await expect(section).toContainText('A day: API $0.92, here ');
});

test('two accounts of one provider with the same model: each has a line, with the rates for so long a prompt', async ({
  page,
}) => {
  await settings.open();
  for (const position of [0, 1]) {
    await settings.add('openai', server.origin, KEY);
    await settings.choose(page.getByRole('article').nth(position), 'gpt-6.1-sol');
  }
  const section = page.getByRole('region', { name: 'When does running open pay?' });
  const priceOf = section.getByRole('combobox', { name: 'Price of' });
  const name = `gpt-6.1-sol · ${nameAt('openai', server.origin)}`;
  await expect(priceOf.locator('option')).toHaveText([/own/, name, `${name} 2`]);
  const input = section.getByRole('spinbutton', { name: 'Dollars per million prompt tokens' });
  await priceOf.selectOption({ index: 2 });
  await expect(input).toHaveValue('2');
  // Above 272,000 tokens of prompt this model costs more.
  const promptTokens = section.getByRole('spinbutton', { name: 'Prompt tokens in each' });
  await promptTokens.fill('300000');
  await expect(input).toHaveValue('4');
  await promptTokens.fill('800');
  await expect(input).toHaveValue('2');
  await promptTokens.fill('300000');
  await priceOf.selectOption({ index: 1 });
  await expect(input).toHaveValue('4');
  // Two cards, with all that they hide from sight: the screen scrolls, and never the page around it.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  // What stands in the fields outlives the visit, and is still that model's price.
  await page.reload();
  await expect(priceOf.locator('option')).toHaveCount(3);
  await expect(input).toHaveValue('4');
  await expect(section.getByRole('spinbutton', { name: 'Prompt tokens in each' })).toHaveValue('300000');
  await expect(priceOf.locator('option:checked')).toHaveText(name);
  await input.fill('5');
  await expect(priceOf.locator('option:checked')).toHaveText(/own/);
});

test('what is not known of a sum is said in words, with the way to the prices; a refused request cost nothing', async ({
  page,
}) => {
  await openLanes(page, { kind: 'compatible', origin: server.origin, key: KEY }, ['normal', 'rate-limit']);
  await playground.ask('What is six times seven?');
  await playground.storedAnswer(2);
  await expect(ofLane(2)).toContainText('$0');
  await expect(ofLane(2)).not.toContainText('?');
  await ofConversation(page).click();
  await expect(page.getByText('1 answer: its model has no price yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Enter prices in Settings' }).click();
  await setPrice(page, 'normal', { input: '1', output: '4' });
  await settings.leave();
  // 12 tokens of prompt at 1 dollar and 5 of the answer at 4, by the million.
  await expect(ofConversation(page)).toContainText('$0.000032');
  await expect(ofConversation(page)).not.toContainText('?');

  // Kept, and read again, it still cost nothing.
  await playground.settle();
  await page.reload();
  await expect(ofLane(2)).toContainText('$0');
  await expect(ofLane(2)).not.toContainText('?');

  const table = page.getByRole('region', { name: 'Comparison of the latest answers' });
  const cost = table.getByRole('row', { name: /^Cost/ });
  await expect(cost.getByRole('cell')).toHaveText([/0\.000032/, /^\s*0\s*$/]);
});

test('thinking that is shown in part: what the API reports is there, and why its rates are not', async ({
  page,
}) => {
  await openLanes(page, { kind: 'anthropic', origin: server.origin, key: KEY }, ['thinking']);
  await playground.ask('What is six times seven?');
  const { run } = await playground.storedAnswer();
  expect(run?.metrics.outputTokens).toBeUndefined();
  const figures = await details();
  await expect(figures).toContainText(/Output \(reported\)\s*12\s*tokens/);
  await expect(figures).toContainText(/Thinking\s*7\s*tokens/);
  await expect(figures).toContainText(
    'Not known: Decode rate, Time per output token, Tokens per delivery. The API reports its tokens',
  );
  await expect(figures).toContainText('Not known: Prefill rate. An API does not tell');
});

test('with and without requests, idle draw counted or not, the break-even view stays honest, and keeps its numbers', async ({
  page,
}) => {
  await settings.open();
  const section = page.getByRole('region', { name: 'When does running open pay?' });
  const field = (name: string) => section.getByRole('spinbutton', { name });
  await page.getByRole('spinbutton', { name: 'Draw while answering' }).fill('200');
  await page.getByRole('spinbutton', { name: 'US dollars per kilowatt-hour' }).fill('0.3');
  await page.getByRole('spinbutton', { name: 'US dollars per kilowatt-hour' }).press('Tab');
  for (const [name, value] of [
    ['Requests a day', '0'],
    ['Dollars per million prompt tokens', '1'],
    ['Dollars per million output tokens', '4'],
    ['Prefill, tokens per second', '1000'],
    ['Decode, tokens per second', '50'],
  ] as const)
    await field(name).fill(value);
  await expect(section).toContainText('Without requests there is nothing to compare');
  await expect(section).toContainText('What the machine draws while it idles is not counted');
  await field('Idle draw to count').fill('50');
  // 50 W for 24 hours are 1.2 kWh.
  await expect(section).toContainText('here the idle draw alone costs $0.36 a day');
  await expect(section).toContainText('The idle draw of 50 W is counted around the clock');
  await expect(section).not.toContainText(/NaN|∞|Infinity/);
  await settings.leave();
  await settings.enter();
  await expect(field('Idle draw to count')).toHaveValue('50');
  await page.reload();
  await expect(field('Requests a day')).toHaveValue('0');
  await expect(field('Decode, tokens per second')).toHaveValue('50');
});
