/**
 * Faults 25 to 29 of the project's table, in the browser and through the interface, over every wire protocol. Of each:
 * the sentence, the prompt and the part that came, that the lane goes on afterwards, and that nothing is asked twice.
 */

import { expect, test, type Page } from '@playwright/test';
import type { Answer } from '../../src/domain/conversation';
import { PocketPage } from '../support/pocket-page';
import { openLanes, useInLane } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';

const KEY = 'Tz4+hw9/Qe2=Rb7~Gn5.Ld1';
const PROMPT = 'What is six times seven?';

interface Fault {
  readonly row: number;
  readonly model: string;
  readonly code: string;
  readonly says: string;
  /** What had come of the answer. */
  readonly part: string;
}

const REJECTED = 'The provider rejected the key';
const PROVIDER_ERROR = 'The provider had an error of its own, or is overloaded';
const CUT = 'The answer was cut off';
const MALFORMED = 'The provider’s stream could not be read from here on';

const refusals: readonly Fault[] = [
  { row: 25, model: 'unauthorized', code: 'key-rejected', says: REJECTED, part: '' },
  { row: 25, model: 'forbidden', code: 'key-rejected', says: REJECTED, part: '' },
  { row: 27, model: 'broken', code: 'provider-error', says: PROVIDER_ERROR, part: '' },
  { row: 27, model: 'gateway', code: 'provider-error', says: PROVIDER_ERROR, part: '' },
  { row: 27, model: 'overloaded', code: 'provider-error', says: PROVIDER_ERROR, part: '' },
  { row: 28, model: 'error-first', code: 'provider-error', says: PROVIDER_ERROR, part: '' },
];
const breaks: readonly Fault[] = [
  { row: 27, model: 'cut', code: 'stream-cut', says: CUT, part: 'The answer is' },
  { row: 28, model: 'clean-cut', code: 'stream-cut', says: CUT, part: 'The answer is' },
  { row: 28, model: 'malformed', code: 'stream-malformed', says: MALFORMED, part: 'The answer is' },
  { row: 28, model: 'huge-line', code: 'stream-malformed', says: MALFORMED, part: 'The answer is' },
  { row: 28, model: 'error-inside', code: 'provider-error', says: PROVIDER_ERROR, part: 'The answer is' },
];
const NOT_TAKEN = 'The provider does not take this request as it is';
/** In no row of the table: what comes is an answer of a kind, and none to the prompt. */
const others: readonly Omit<Fault, 'row'>[] = [
  { model: 'tool-call', code: 'request-rejected', says: NOT_TAKEN, part: '' },
  { model: 'bad-parameter', code: 'request-rejected', says: NOT_TAKEN, part: '' },
  { model: 'refusal', code: 'answer-refused', says: 'declined to answer this', part: 'I cannot' },
  { model: 'html', code: 'not-an-api', says: 'is not the API that was expected', part: '' },
  { model: 'unknown', code: 'model-unknown', says: 'The provider knows no model of this name', part: '' },
  { model: 'too-long', code: 'context-full', says: 'do not fit the model’s context window', part: '' },
];

let server: Awaited<ReturnType<typeof startProviderServer>>;
let playground: PocketPage;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  playground = new PocketPage(page);
});
test.afterEach(() => server.close());

/** How many answers the stand-in was asked for. */
function asked(): number {
  return server.requests.filter(({ method }) => method === 'POST').length;
}

/** The stored answers of a prompt, by the lanes' order. */
async function answersTo(prompt: string): Promise<readonly (Answer | undefined)[]> {
  const [conversation] = await playground.storedConversations();
  const exchange = conversation?.exchanges.find((one) => one.prompt === prompt);
  return conversation?.lanes.map(({ id }) => exchange?.attempts[id]?.answers.at(-1)) ?? [];
}

async function expectFaults(page: Page, faults: readonly Omit<Fault, 'row'>[]): Promise<void> {
  for (const [index, { says, part }] of faults.entries()) {
    await expect(playground.failure(index + 1)).toContainText(says);
    await expect(playground.lane(index + 1)).toContainText(PROMPT);
    if (part !== '') await expect(playground.lane(index + 1).locator('.markdown')).toHaveText(part);
  }
  await playground.storedAnswer(faults.length);
  expect((await answersTo(PROMPT)).map((one) => ({ text: one?.text, code: one?.failure?.code }))).toEqual(
    faults.map(({ part, code }) => ({ text: part, code })),
  );
  expect(await page.locator('html').innerHTML()).not.toContain(KEY);
}

for (const kind of ['openai', 'anthropic', 'gemini', 'openrouter', 'compatible'] as const) {
  for (const [what, faults] of [
    ['25, 27, 28: what is refused', refusals],
    ['27, 28: what breaks off', breaks],
    ['what is no answer', others],
  ] as const) {
    test(`${kind}: ${what}, is said once, keeps prompt and part, and the lane answers the next`, async ({
      page,
    }) => {
      const models = faults.map(({ model }) => model);
      await openLanes(page, { kind, origin: server.origin, key: KEY }, models, ['normal']);
      await playground.ask(PROMPT);
      await expectFaults(page, faults);
      expect(asked()).toBe(faults.length);

      for (const index of faults.keys()) await useInLane(playground, index + 1, 'normal');
      await playground.ask('And now?');
      await playground.storedAnswer(2 * faults.length);
      expect((await answersTo('And now?')).map((one) => one?.text)).toEqual(
        faults.map(() => 'The answer is 42.'),
      );
      expect(asked()).toBe(2 * faults.length);
      await page.reload();
      await expectFaultsStillThere(faults);
      expect(asked()).toBe(2 * faults.length);
    });
  }

  test(`28: ${kind}: a stream that is cut anywhere, ends its lines otherwise, or holds comments is read whole`, async ({
    page,
  }) => {
    const models = ['split-utf8', 'crlf', 'comments'];
    await openLanes(page, { kind, origin: server.origin, key: KEY }, models);
    await playground.ask(PROMPT);
    await playground.storedAnswer(models.length);
    expect((await answersTo(PROMPT)).map((one) => ({ text: one?.text, end: one?.end }))).toEqual([
      { text: 'naïve 日本語 🦊 ok', end: 'stop' },
      { text: 'The answer is 42.', end: 'stop' },
      { text: 'The answer is 42.', end: 'stop' },
    ]);
    expect(asked()).toBe(models.length);
  });
}

/** What a fault left is part of the conversation, and not only of the screen. */
async function expectFaultsStillThere(faults: readonly Omit<Fault, 'row'>[]): Promise<void> {
  for (const [index, { says, part }] of faults.entries()) {
    await expect(playground.failure(index + 1)).toContainText(says);
    if (part !== '')
      await expect(
        playground
          .lane(index + 1)
          .locator('.markdown')
          .first(),
      ).toHaveText(part);
  }
}

test('26: too many requests, and credit that is used up: a time to wait for the one, none for the other', async ({
  page,
}) => {
  const models = ['rate-limit', 'rate-limit-unsaid', 'quota', 'slower'];
  await openLanes(page, { kind: 'openai', origin: server.origin, key: KEY }, models);
  await playground.ask(PROMPT);
  await expect(playground.failure(1).getByRole('button', { name: /^Try again in \d+ s$/ })).toBeDisabled();
  await expect(playground.failure(2)).toContainText('This wait is a guess');
  await expect(playground.failure(3)).toContainText(
    'the credit or the spending limit of this key is used up',
  );
  await expect(playground.failure(3).getByRole('button', { name: 'Try again', exact: true })).toBeEnabled();
  await expect(playground.lane(4)).toContainText('The answer is 42.');
  await playground.storedAnswer(models.length);
  expect(asked()).toBe(models.length);
  // The person may ask before the time that is only guessed, and that is one request.
  await playground
    .failure(2)
    .getByRole('button', { name: /^Try again in/ })
    .click();
  await expect(playground.lane(2).getByRole('group', { name: 'Attempts' })).toContainText('2/2');
  expect(asked()).toBe(models.length + 1);
});

test('27: an answer that is stopped keeps its part and is not asked for again', async ({ page }) => {
  await openLanes(page, { kind: 'anthropic', origin: server.origin, key: KEY }, ['forever']);
  await playground.ask(PROMPT);
  await expect(playground.lane(1)).toContainText('on on on');
  await playground.stop.click();
  await expect(playground.lane(1)).toContainText('Stopped by you.');
  const answer = await playground.storedAnswer();
  expect(answer).toMatchObject({ end: 'stopped' });
  expect(answer.text).toMatch(/^(?:on )+$/);
  expect(asked()).toBe(1);
});

test('29: without a network the prompt is kept, and the same lane answers when it is back', async ({
  page,
}) => {
  const { port } = new URL(server.origin);
  await openLanes(page, { kind: 'gemini', origin: server.origin, key: KEY }, ['normal']);
  await server.close();
  await playground.ask(PROMPT);
  await expect(playground.failure()).toContainText('The browser got no answer that it may show to this page');
  await expect(playground.lane(1)).toContainText(PROMPT);
  server = await startProviderServer({ port: Number(port) });
  await playground.retry();
  await expect(playground.lane(1)).toContainText('The answer is 42.');
  expect(asked()).toBe(1);
});

test('29: a server that allows no pages is told apart from nothing, keeps the prompt, and another takes over', async ({
  page,
}) => {
  const settings = new SettingsPage(page);
  await settings.open();
  await settings.addAt('compatible', `${server.origin}/no-cors/compatible/v1`);
  const refused = settings.provider(new URL(server.origin).host);
  await settings.choose(refused, 'normal');
  const card = await settings.add('openai', server.origin, KEY);
  await settings.choose(card, 'slower');
  await settings.leave();
  await useInLane(playground, 1, 'normal');
  await playground.ask(PROMPT);
  await expect(playground.failure()).toContainText('does not allow web pages to call it (CORS)');
  await expect(playground.lane(1)).toContainText(PROMPT);
  await useInLane(playground, 1, 'slower');
  await playground.retry();
  await expect(playground.lane(1)).toContainText('The answer is 42.');
  expect(asked()).toBe(1);
});
