/** Models behind an API, through the interface, against a stand-in that speaks their protocols. */

import { expect, test } from '@playwright/test';
import type { ProviderKind } from '../../src/domain/provider';
import { PocketPage } from '../support/pocket-page';
import { openLanes, useInLane } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';

const KEY = 'sk-canary-7d41e09a5c';

let server: Awaited<ReturnType<typeof startProviderServer>>;
let settings: SettingsPage;
let playground: PocketPage;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  settings = new SettingsPage(page);
  playground = new PocketPage(page);
});
test.afterEach(() => server.close());

function account(kind: ProviderKind) {
  return { kind, origin: server.origin, key: KEY };
}

test('a lane behind an API answers beside a lane in the tab, and both are measured', async ({ page }) => {
  await settings.open();
  const card = await settings.add('compatible', server.origin);
  await expect(card).toContainText(/Works: \d+ models are offered/);
  await settings.choose(card, 'slower');
  await settings.leave();
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await useInLane(playground, 2, 'slower');
  await expect(playground.lane(2)).toContainText('leave this tab and go to');
  await playground.ask('What is a token?');
  await expect(playground.lane(2)).toContainText('The answer is 42.');
  await expect(playground.lane(2).getByText('5 tokens').first()).toBeVisible();
  await playground.storedAnswer(2);
  const answers = await playground.storedAnswers();
  const local = answers.find(({ run }) => run?.device === 'wasm');
  const remote = answers.find(({ run }) => run?.device === 'remote');
  expect(local?.run).toMatchObject({ metrics: { tokenBasis: 'counted' } });
  expect(remote?.run).toMatchObject({ metrics: { tokenBasis: 'reported', outputTokens: 5 } });
  await page.reload();
  await expect(playground.lane(2)).toContainText('The answer is 42.');
});

for (const kind of ['openai', 'anthropic', 'gemini', 'openrouter', 'compatible'] as const) {
  test(`${kind}: answers, thinks apart, and tells what went wrong, with the part that came`, async ({
    page,
  }) => {
    await openLanes(page, account(kind), ['thinking', 'cut', 'rate-limit', 'unauthorized']);
    await playground.ask('What is six times seven?');
    await expect(playground.lane(1)).toContainText('The answer is 42.');
    await expect(playground.lane(1).getByText('Thinking · 7 tokens')).toBeVisible();
    await expect(playground.failure(2)).toContainText('The answer was cut off');
    await expect(playground.lane(2)).toContainText('The answer is');
    await expect(playground.failure(3)).toContainText(/Try again in \d+ s/);
    await expect(playground.failure(4)).toContainText('The provider rejected the key');
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(4);
    expect(await page.locator('body').innerHTML()).not.toContain(KEY);
  });
}

test('a server that allows no pages, and one that is not there, are explained; the prompt is kept', async ({
  page,
}) => {
  await settings.open();
  await settings.addAt('compatible', `${server.origin}/no-cors/compatible/v1`);
  const card = settings.provider(new URL(server.origin).host);
  await expect(card.getByRole('alert')).toContainText('does not allow web pages to call it (CORS)');
  await settings.choose(card, 'normal');
  await settings.leave();
  await useInLane(playground, 1, 'normal');
  await playground.ask('Keep this prompt.');
  await expect(playground.failure()).toContainText('The browser got no answer that it may show to this page');
  await expect(page.getByText('Keep this prompt.').first()).toBeVisible();
  await server.close();
  await playground.retry();
  await expect(playground.failure()).toContainText('The browser got no answer that it may show to this page');
});

test('an address without TLS on another machine, or with a key in it, is refused before anything is sent', async ({
  page,
}) => {
  await settings.open();
  const form = page.getByRole('form', { name: 'Add a provider' });
  await settings.addAt('compatible', 'http://192.168.1.20:8000/v1');
  await expect(form).toContainText('This address has no TLS and is not on this machine');
  await settings.addAt('compatible', `${server.origin}/compatible/v1?key=${KEY}`);
  await expect(form).toContainText('Leave user names, passwords, queries and fragments out');
  await expect(page.getByRole('article')).toHaveCount(0);
  expect(server.requests).toEqual([]);
});

test('a provider that needs a key is not added without one, and the field says so until one is typed', async ({
  page,
}) => {
  await settings.open();
  await settings.addAt('openai', `${server.origin}/openai/v1`);
  const key = page.getByRole('form', { name: 'Add a provider' }).getByLabel(/^API key/);
  await expect(key).toBeFocused();
  await expect(key).toHaveAttribute('aria-invalid', 'true');
  await expect(key).toHaveAccessibleDescription(/Enter a key: OpenAI needs one\. .*platform\.openai\.com/);
  await expect(page.getByRole('article')).toHaveCount(0);
  await key.fill(KEY);
  await expect(key).not.toHaveAttribute('aria-invalid');
  await expect(key).toHaveAccessibleDescription(/^Keys are made at/);
});

test('an address that was typed for one provider is not kept for another, whose key would go there', async ({
  page,
}) => {
  await settings.open();
  const form = page.getByRole('form', { name: 'Add a provider' });
  const kind = form.getByRole('combobox', { name: 'Provider' });
  const address = form.getByRole('textbox', { name: 'Address' });
  await kind.selectOption('compatible');
  await address.fill(`${server.origin}/compatible/v1`);
  await form.getByRole('textbox', { name: 'Name' }).fill('Mine');
  await kind.selectOption('openai');
  await expect(address).toBeHidden();
  await form.getByText('Another address').click();
  await expect(address).toHaveValue('');
  // One that was typed on purpose is shown where its field is closed, too.
  await address.fill(`${server.origin}/openai/v1`);
  await form.getByText('Another address').click();
  await expect(form).toContainText(`${server.origin}/openai/v1`);
  await form.getByLabel(/^API key/).fill(KEY);
  await form.getByRole('button', { name: 'Add and test' }).dblclick();
  await expect(settings.at('openai', server.origin)).toContainText(/Works: \d+ models/);
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('a page in place of an API is called that', async () => {
  await settings.open();
  await settings.addAt('compatible', `${server.origin}/login`);
  const card = settings.provider(new URL(server.origin).host);
  await expect(card.getByRole('alert')).toContainText('is not the API that was expected');
});

test('too many requests: a countdown where it can be read, a guess where not, and other lanes go on', async ({
  page,
}) => {
  await openLanes(page, account('compatible'), ['rate-limit', 'rate-limit-hidden', 'slower']);
  await playground.ask('hello');
  await expect(playground.failure(1).getByRole('button', { name: /^Try again in \d+ s$/ })).toBeDisabled();
  await expect(playground.failure(2)).toContainText('This wait is a guess');
  await expect(playground.failure(2).getByRole('button', { name: /^Try again in/ })).toBeEnabled();
  await expect(playground.lane(3)).toContainText('The answer is 42.');
  const asked = server.requests.filter(({ method }) => method === 'POST').length;
  await expect(playground.failure(1).getByRole('button', { name: 'Try again', exact: true })).toBeEnabled();
  // Nothing was sent again by itself.
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(asked);
});

test('a lane here answers while one behind an API is silent, which is stopped at a press and keeps its part', async ({
  page,
}) => {
  await openLanes(page, account('compatible'), ['stall']);
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await playground.lane(2).getByRole('combobox', { name: 'Model' }).selectOption('pocket');
  await playground.longestAnswer(8);
  await playground.ask('What is a token?');
  await expect(playground.lane(1)).toContainText('The answer is');
  await expect
    .poll(async () => (await playground.storedAnswers()).map(({ run }) => run?.device))
    .toContain('wasm');
  await expect(playground.lane(1).locator('[data-state="running"]')).toHaveCount(1);
  await playground.stop.click();
  await expect(playground.lane(1)).toContainText('Stopped by you.');
  await expect(playground.lane(1).locator('.markdown')).toHaveText('The answer is');
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('what an API does not take over, and what its time to first token holds, is said under the answer', async ({
  page,
}) => {
  await openLanes(page, account('anthropic'), ['slow-start']);
  await page.getByRole('button', { name: 'Parameters', exact: true }).click();
  await page.getByRole('textbox', { name: 'Repetition penalty' }).fill('1.2');
  await playground.ask('What is six times seven?');
  const { run } = await playground.storedAnswer();
  expect(run?.metrics.ttftMs).toBeGreaterThan(1400);
  const left = playground.lane(1).getByRole('button', { name: 'Not applied: Repetition penalty' });
  await expect(left).toBeVisible();
  await left.press('Enter');
  await expect(page.getByText('The provider’s API takes no such setting for this model')).toBeVisible();
  await page.keyboard.press('Escape');
  await playground.lane(1).getByRole('button', { name: 'All metrics of this answer' }).click();
  const details = playground.lane(1).getByRole('region', { name: 'All metrics of this answer' });
  await expect(details).toContainText('TTFT holds the connection and the provider’s queue');
  await expect(details).toContainText('not taken over by the provider: Repetition penalty');
});

test('beside a lane that sends to an API, nothing says that what is typed stays here', async ({ page }) => {
  await openLanes(page, account('compatible'), ['normal']);
  await expect(playground.lane(1).getByRole('heading', { name: 'normal', level: 3 })).toBeVisible();
  await expect(page.getByText(/inside this tab|nothing you type leaves/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Add a lane' }).click();
  await useInLane(playground, 2, 'Pocket');
  await expect(playground.lane(1)).toContainText('leave this tab and go to');
  await expect(playground.lane(2)).toContainText('This lane answers in this tab and sends nothing you type');
  await expect(page.getByText(/inside this tab|nothing you type leaves/)).toHaveCount(0);
});

test('500 tokens a second: every one is counted', async ({ page }) => {
  await openLanes(page, account('compatible'), ['rate-500']);
  await playground.ask('hello');
  await playground.storedAnswer();
  await playground.ask('again');
  await playground.storedAnswer(2);
  const answers = await playground.storedAnswers();
  expect(answers.map(({ run }) => run?.metrics.outputTokens)).toEqual([2500, 2500]);
});

test('a conversation with a provider’s answers is exported and read again, without the key', async ({
  page,
}) => {
  await openLanes(page, account('anthropic'), ['thinking']);
  await playground.ask('What is six times seven?');
  await expect(playground.lane(1)).toContainText('The answer is 42.');
  await playground.settle();
  const [conversation] = await playground.storedConversations();
  expect(JSON.stringify(conversation)).not.toContain(KEY);
  const answer = Object.values(conversation?.exchanges[0]?.attempts ?? {})[0]?.answers[0];
  expect(answer).toMatchObject({
    text: 'The answer is 42.',
    thinking: 'Six times seven…',
    run: { device: 'remote', usage: { input: 20, output: 5, thinking: 7 } },
  });
  await page.reload();
  await expect(playground.lane(1)).toContainText('The answer is 42.');
  await expect(playground.lane(1).getByText('Thinking · 7 tokens')).toBeVisible();
});
