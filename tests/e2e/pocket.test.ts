/**
 * The bundled model in the built app: the answers that it is known to give, and what a person does with them.
 *
 * The recorded answers are written anew, after Pocket was trained or exported again, with
 *
 *   npx playwright test -c tests/playwright.config.ts --project chromium -g recorded --update-snapshots
 */

import { expect, test } from '@playwright/test';
import type { Answer } from '../../src/domain/conversation';
import { LONG_PROMPT, PocketPage, WEBGPU_PATIENCE_MS, missing } from '../support/pocket-page';

const PROMPT = 'What is a token?';

let pocket: PocketPage;
test.beforeEach(({ page }) => {
  pocket = new PocketPage(page);
});

/** The same text in as many tokens is the same tokens: greedy, and one tokenizer. */
function record({ text, end, run }: Answer): string {
  return `${JSON.stringify({ prompt: PROMPT, text, end, tokens: run?.metrics.outputTokens }, undefined, 2)}\n`;
}

test('on a first visit one press on a suggestion gives an answer, where a software adapter would be slower than WASM', async ({
  page,
}) => {
  await page.goto('/');
  const lane = pocket.lane(1);
  await expect(lane).toContainText('On CPU (WASM): WebGPU here is only software');
  await page.getByRole('button', { name: PROMPT }).click();
  const answer = await pocket.storedAnswer();
  expect(answer).toMatchObject({ end: 'stop', run: { device: 'wasm' } });
  await expect(lane).toContainText(answer.text);
});

test('on WASM Pocket gives the recorded answer, token for token, with figures beside it', async () => {
  await pocket.openPocket('q8');
  await pocket.ask(PROMPT);
  const answer = await pocket.storedAnswer();
  expect(record(answer)).toMatchSnapshot('pocket-q8.json');
  expect(answer.run).toMatchObject({ variantId: 'pocket/onnx/q8', device: 'wasm' });
  const { metrics, timeline } = answer.run ?? missing('figure');
  expect(metrics.tokenBasis).toBe('counted');
  for (const value of [metrics.ttftMs, metrics.decodeRate, metrics.prefillRate, metrics.promptTokens]) {
    expect(value).toBeGreaterThan(0);
  }
  expect(timeline.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(metrics.outputTokens);
  const lane = pocket.lane(1);
  await expect(lane).toContainText(/TTFT\s*[\d.,]+\s*m?s/);
  await expect(lane).toContainText(/Decode\s*[\d.,]+\s*tok\/s/);
  await expect(lane).toContainText(new RegExp(`Output\\s*${metrics.outputTokens}\\s*tokens`));
});

test('the recorded answer begins the same on WASM and on WebGPU', async () => {
  test.setTimeout(2 * WEBGPU_PATIENCE_MS);
  await pocket.openPocket('q8');
  await pocket.longestAnswer(6);
  await pocket.ask(PROMPT);
  expect(record(await pocket.storedAnswer())).toMatchSnapshot('pocket-q8-beginning.json');
  await pocket.runOn('webgpu');
  await pocket.lane(1).getByRole('button', { name: 'Regenerate' }).click();
  const answer = await pocket.storedAnswer(2, WEBGPU_PATIENCE_MS);
  expect(record(answer)).toMatchSnapshot('pocket-q8-beginning.json');
  expect(answer.run?.device).toBe('webgpu');
  expect(answer.run?.metrics.ttftMs).toBeGreaterThan(0);
  expect(answer.run?.metrics.decodeRate).toBeGreaterThan(0);
});

test('two lanes at different precisions answer in turn and are compared', async ({ page }) => {
  await pocket.openPocket('q8', 'q4');
  await pocket.ask(PROMPT);
  await expect(pocket.lane(2)).toContainText('Lane 1 is answering; this lane is next.');
  await pocket.storedAnswer(2);
  const answers = await pocket.storedAnswers();
  expect(answers.map(({ run }) => run?.variantId)).toEqual(['pocket/onnx/q8', 'pocket/onnx/q4']);
  for (const { text, end, run } of answers) {
    expect(text).not.toBe('');
    expect(['stop', 'length']).toContain(end);
    expect(run?.metrics.decodeRate).toBeGreaterThan(0);
  }
  expect(pocket.engineWorkers()).toHaveLength(2);
  const table = page.getByRole('region', { name: 'Comparison of the latest answers' }).getByRole('table');
  await expect(table).toContainText('1 · Pocket q8');
  await expect(table).toContainText('2 · Pocket q4');
});

test('stop ends the answer between two tokens, keeps it, and the engine goes on living', async () => {
  await pocket.openPocket('fp32');
  await pocket.ask(LONG_PROMPT);
  const whole = await pocket.storedAnswer();
  const engine = pocket.engineWorker();
  await pocket.lane(1).getByRole('button', { name: 'Regenerate' }).click();
  await pocket.stopAtFirstWord();
  await expect(pocket.lane(1)).toContainText('Stopped by you.');
  const stopped = await pocket.storedAnswer(2);
  expect(stopped.end).toBe('stopped');
  expect(stopped.text).not.toBe('');
  expect(stopped.text.length).toBeLessThan(whole.text.length);
  expect(whole.text.startsWith(stopped.text)).toBe(true);
  await pocket.lane(1).getByRole('button', { name: 'Regenerate' }).click();
  expect((await pocket.storedAnswer(3)).text).toBe(whole.text);
  expect(pocket.engineWorker()).toBe(engine);
});

test('an edited prompt is answered anew, and a reload resumes the conversation', async ({ page }) => {
  await pocket.openPocket('q8');
  const lane = pocket.lane(1);
  await pocket.ask('What is 27 + 58?');
  const first = await pocket.storedAnswer();
  await lane.getByRole('button', { name: 'Edit the prompt' }).click();
  const editor = page.getByRole('textbox', { name: 'Edit the prompt' });
  await editor.fill(PROMPT);
  await editor.press('Enter');
  await expect(lane.getByText(PROMPT)).toBeVisible();
  await expect.poll(async () => (await pocket.storedAnswer()).text).not.toBe(first.text);
  const second = await pocket.storedAnswer();
  await pocket.prompt.fill('not sent yet');
  await pocket.settle();
  await page.reload();
  await expect(lane).toContainText(second.text);
  await expect(pocket.prompt).toHaveValue('not sent yet');
  await pocket.ask('And what is a model?');
  const third = await pocket.storedAnswer(2);
  expect(third.text).not.toBe('');
  // The conversation before it went into the model with it.
  expect(third.run?.metrics.promptTokens).toBeGreaterThan(second.run?.metrics.promptTokens ?? Infinity);
});
