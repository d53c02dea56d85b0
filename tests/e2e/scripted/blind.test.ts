/** Blind comparison, votes, the ranking that follows, differences and the reading view. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { PlaygroundPage } from '../../support/playground-page';
import { widerThanWindow } from '../../support/sideways';

let playground: PlaygroundPage;
test.beforeEach(({ page }) => {
  playground = new PlaygroundPage(page);
});

async function expectNoViolations(page: Page, within = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(within).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Everything in the page that could name a model, a precision, a device or a figure of a lane. */
async function expectNoNames(page: Page): Promise<void> {
  const markup = await page.evaluate(() => document.querySelector('main')?.outerHTML ?? '');
  // Scoped class names are made of letters and digits by chance.
  expect(markup.replace(/ class="[^"]*"/g, '')).not.toMatch(
    /scripted|greeting|q8|q4|wasm|webgpu|TTFT|tok\/s/i,
  );
  // Around the lanes, too: toasts, dialogs, what is only spoken, titles, the name of the tab.
  const around = await page.evaluate(() => document.title + document.body.outerHTML);
  expect(around).not.toMatch(/scripted|greeting/i);
  await expect(page.getByRole('region', { name: /^\d · / })).toHaveCount(0);
}

const stageOf = (page: Page): Locator => page.getByRole('region', { name: 'Blind comparison' });

async function askBlind(page: Page, prompt = 'Which?'): Promise<Locator> {
  await page.getByRole('button', { name: 'Blind', exact: true }).click();
  await playground.ask(prompt);
  const stage = stageOf(page);
  await expect(stage.getByRole('group', { name: 'Which answer is better?' })).toBeVisible();
  return stage;
}

/** The letter of the answer that says this. */
async function letterOf(stage: Locator, text: string): Promise<string> {
  const headings = stage.page().getByRole('heading', { level: 3 });
  // The innermost of the elements that hold both.
  const column = stage.locator('div', { hasText: text, has: headings }).last();
  return (await column.locator('h3').innerText()).replace('Answer ', '');
}

/** Scrolls to so many px from the top, and waits until whoever listens has been told. */
async function scrolled(text: Locator, top: number): Promise<void> {
  await text.evaluate(
    (element, to) =>
      new Promise((resolve) => {
        const told = () => requestAnimationFrame(() => requestAnimationFrame(resolve));
        element.addEventListener('scroll', told, { once: true });
        element.scrollTo(0, to);
      }),
    top,
  );
}

async function openVotes(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Votes and ranking' }).click();
  return page.getByRole('dialog', { name: 'Votes' });
}

test('answers have no names until the vote, which a key casts, and which lasts', async ({ page }) => {
  await playground.open('greeting', 'other-greeting');
  const stage = await askBlind(page);
  await expect(stage.getByRole('heading', { level: 3 })).toHaveText(['Answer A', 'Answer B']);
  await expectNoNames(page);
  await expectNoViolations(page);

  // Typed, these are letters of the next prompt.
  await playground.prompt.pressSequentially('tb12');
  await expect(playground.prompt).toHaveValue('tb12');
  await expectNoNames(page);

  // Names wait for the vote, whatever happens to the page.
  await playground.settle();
  await page.reload();
  await expect(stage.getByRole('group', { name: 'Which answer is better?' })).toBeVisible();
  await expectNoNames(page);

  const letter = await letterOf(stage, 'Good day.');
  await playground.prompt.focus();
  await page.keyboard.press('Escape');
  // By its letter; the numbers of the places do as well.
  await page.keyboard.press(letter.toLowerCase());
  await expect(stage.getByText(`You voted: ${letter} · Scripted other-greeting q8 is better.`)).toBeVisible();
  await expect(stage.getByRole('heading', { level: 3 })).toContainText([/^A · Scripted/, /^B · Scripted/]);
  await expect(stage.getByText('TTFT').first()).toBeVisible();
  await expectNoViolations(page);

  const dialog = await openVotes(page);
  const rows = dialog.getByRole('table', { name: 'Ranking' }).locator('tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('Scripted other-greeting q8');
  // One win and the imaginary tie: 1000 ± 200 · log₁₀(1.5 ÷ 0.5), and ± 1.96 · √(1 ÷ 1.5 + 1 ÷ 0.5) of half its points.
  await expect(rows.nth(0).getByRole('cell')).toHaveText(['1,095', /817 – 1,373/, '1', '0', '0']);
  await expect(rows.nth(1).getByRole('cell')).toHaveText(['905', /627 – 1,183/, '0', '0', '1']);
  await expectNoViolations(page);

  await page.reload();
  await expect(playground.lane(1)).toContainText('in the blind comparison');
  await openVotes(page);
  await expect(rows.nth(0)).toContainText('Scripted other-greeting q8');
});

test('keys vote outside of fields and dialogs alone, and votes against each other level the ranking', async ({
  page,
}) => {
  await playground.open('greeting', 'other-greeting');
  const stage = await askBlind(page);
  const question = stage.getByRole('group', { name: 'Which answer is better?' });
  const leave = async () => {
    await playground.prompt.focus();
    await page.keyboard.press('Escape');
    await expect(question).toBeFocused();
  };
  await leave();
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('t');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectNoNames(page);
  await leave();
  await page.keyboard.press('Control+b');
  await expectNoNames(page);
  await page.keyboard.press('t');
  await expect(stage).toContainText('You voted: a tie.');

  for (const [round, said] of ['Good day.', 'you said: Again?'].entries()) {
    await playground.ask(round === 0 ? 'And now?' : 'Again?');
    await expect(question).toBeVisible();
    await expectNoNames(page);
    const letter = await letterOf(stage, said);
    await leave();
    await page.keyboard.press(letter === 'A' ? '1' : '2');
    await expect(stage).toContainText(`You voted: ${letter} · Scripted`);
  }
  await playground.ask('And at last?');
  await expect(question).toBeVisible();
  await leave();
  await page.keyboard.press('0');
  await expect(stage).toContainText('You voted: none is good.');

  const dialog = await openVotes(page);
  const rows = dialog.getByRole('table', { name: 'Ranking' }).locator('tbody tr');
  for (const row of [0, 1])
    await expect(rows.nth(row).getByRole('cell')).toHaveText(['1,000', / – /, '1', '1', '1']);
  await expect(dialog).toContainText('3 of 4 votes count.');
});

test('while answers are made, nothing tells how far which one is', async ({ page }) => {
  await playground.open('long', 'greeting');
  await page.getByRole('button', { name: 'Blind', exact: true }).click();
  await playground.ask('Which?');
  const stage = stageOf(page);
  await expect(stage).toContainText('0 of 2 answers are there.');
  await expect(stage).toContainText('Answering');
  await expect(stage).not.toContainText('Tokens arrive');
  await expectNoNames(page);
  await expectNoViolations(page);
  await playground.stop.click();
  await expect(stage).toContainText('Fewer than two answers are whole');
  await stage.getByRole('button', { name: 'Show the names without a vote' }).click();
  await expect(stage).toContainText('Shown without a vote.');
  await stage.getByRole('button', { name: 'Back to the lanes' }).click();
  await expect(playground.lane(1)).toContainText('Stopped by you.');
  const dialog = await openVotes(page);
  await expect(dialog).toContainText('No votes yet.');
  await expectNoViolations(page);
});

test('of three answers the best is chosen, and one that failed cannot be', async ({ page }) => {
  await playground.open('greeting', 'fails', 'other-greeting', 'small-context');
  await page.getByRole('button', { name: 'Blind', exact: true }).click();
  await playground.ask('Which?');
  const stage = stageOf(page);
  const group = stage.getByRole('group', { name: 'Which answer is best?' });
  await expect(group.getByRole('button')).toHaveCount(5);
  await expect(stage).toContainText('This answer failed. The reason is shown with the names.');
  await expectNoNames(page);
  const failed = await letterOf(stage, 'This answer failed');
  await expect(group.getByRole('button', { name: `${failed} is best` })).toHaveCount(0);
  await group.getByRole('button', { name: 'Tie' }).click();
  await expect(stage).toContainText('You voted: a tie.');

  // Deleted, and brought back.
  await stage.getByRole('button', { name: 'Delete this vote' }).click();
  await expect(stage).toContainText('Shown without a vote.');
  await playground.undo();
  await expect(stage).toContainText('You voted: a tie.');
  const dialog = await openVotes(page);
  await expect(dialog.getByRole('table', { name: 'Ranking' }).locator('tbody tr')).toHaveCount(3);
});

test('votes with the names in view count only where one asks for it; all are exported and deleted', async ({
  page,
}) => {
  await playground.open('greeting', 'other-greeting');
  await playground.ask('Which?');
  await expect(playground.lane(2)).toContainText('Good day.');
  await playground.lane(1).getByRole('button', { name: 'Read the answers side by side' }).click();
  const reading = page.getByRole('dialog', { name: 'Answers side by side' });
  await expect(reading.getByRole('group', { name: 'Which answer is better?' })).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press('1');
  await expect(reading).toContainText('You voted: 1 · Scripted greeting q8 is better.');
  await page.keyboard.press('Escape');

  const dialog = await openVotes(page);
  await expect(dialog).toContainText('No blind votes yet.');
  await dialog.getByRole('checkbox').check();
  await expect(dialog.getByRole('table', { name: 'Ranking' })).toContainText('Scripted greeting q8');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.split('\r\n')[1]).toMatch(
    /,false,1,[^,]+,scripted\/greeting,Scripted greeting q8,(wasm|webgpu),win$/,
  );
  await dialog.getByRole('button', { name: 'Delete all votes' }).click();
  await expect(dialog).toContainText('No votes yet.');
});

test('two answers are read side by side, scrolled together, and compared word by word', async ({ page }) => {
  await playground.open('greeting', 'other-greeting', 'greeting/q4');
  await playground.ask('one two three four five six seven eight nine ten. '.repeat(40));
  await expect(playground.lane(3)).toContainText('you said');
  await playground.lane(1).getByRole('button', { name: 'Read the answers side by side' }).click();
  const reading = page.getByRole('dialog', { name: 'Answers side by side' });
  const first = reading.getByRole('group', { name: '1 · Scripted greeting q8' });
  const third = reading.getByRole('group', { name: '3 · Scripted greeting q4' });
  await expect(third).toContainText('seven');
  const share = (text: Locator) =>
    text.evaluate((element) => element.scrollTop / (element.scrollHeight - element.clientHeight));
  await first.evaluate((element) => element.scrollTo(0, (element.scrollHeight - element.clientHeight) / 2));
  await expect.poll(() => share(third)).toBeCloseTo(0.5, 1);
  await reading.getByRole('checkbox', { name: 'Scroll together' }).uncheck();
  await scrolled(third, 0);
  expect(await share(first)).toBeCloseTo(0.5, 1);
  await reading.getByRole('checkbox', { name: 'Scroll together' }).check();
  // Whichever is moved leads, by keys as well.
  await third.focus();
  await page.keyboard.press('End');
  await expect.poll(() => share(first)).toBeCloseTo(1, 1);

  await reading.getByRole('checkbox', { name: 'Show differences' }).check();
  await expect(reading.locator('del').nth(1)).toContainText('only in 1 · Scripted greeting q8: Hello');
  await expect(reading.locator('ins').nth(1)).toContainText('only in 2 · Scripted other-greeting q8:');
  await expectNoViolations(page, '[role="dialog"]');
  await reading.getByRole('combobox', { name: 'Second answer' }).selectOption('3 · Scripted greeting q4');
  await expect(reading).toContainText('The two answers are the same, word for word.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`on a phone nothing overflows and nothing is amiss, ${colorScheme}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.emulateMedia({ colorScheme });
    await playground.open('greeting', 'other-greeting');
    const stage = await askBlind(page);
    expect(await widerThanWindow(page)).toEqual([]);
    await expectNoViolations(page);
    await stage.getByRole('button', { name: 'Both bad' }).click();
    await expect(stage).toContainText('You voted: none is good.');
    await expectNoViolations(page);
    const dialog = await openVotes(page);
    await expect(dialog).toContainText('Your votes so far say nothing');
    await expectNoViolations(page);
    expect(await widerThanWindow(page)).toEqual([]);
  });
}
