/**
 * The bundled model on two engines at once: its ONNX file through Transformers.js, its GGUF file through llama.cpp.
 *
 * The recorded answers are written anew, after Pocket was trained or exported again, with
 *
 *   npx playwright test -c tests/playwright.config.ts --project chromium -g recorded --update-snapshots
 */

import { expect, test } from '@playwright/test';
import { statSync } from 'node:fs';
import type { Answer } from '../../src/domain/conversation';
import { PocketPage, missing, tamperWithEngine } from '../support/pocket-page';

const PROMPT = 'What is a token?';

test('two engines give the recorded answers, side by side, each with its figures', async ({ page }) => {
  const pocket = new PocketPage(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/?variant=pocket/onnx/q8&variant=pocket/gguf/q8_0');
  await pocket.prompt.waitFor();
  await pocket.ask(PROMPT);
  await pocket.storedAnswer(2);
  const answers = await pocket.storedAnswers();
  expect(answers.map(record).join('')).toMatchSnapshot('pocket-two-engines.json');
  expect(answers.map(({ run }) => run?.variantId)).toEqual(['pocket/onnx/q8', 'pocket/gguf/q8_0']);
  expect(answers.map(({ run }) => run?.engine.split(' ')[0])).toEqual(['Transformers.js', 'wllama']);
  for (const { run } of answers) {
    const { metrics } = run ?? missing('figure');
    expect(metrics.tokenBasis).toBe('counted');
    // The same template and the same vocabulary: the same prompt.
    expect(metrics.promptTokens).toBe(answers[0]?.run?.metrics.promptTokens);
    for (const value of [metrics.ttftMs, metrics.decodeRate, metrics.prefillRate]) {
      expect(value).toBeGreaterThan(0);
    }
  }
  expect(pocket.engineWorkers()).toHaveLength(2);
  const origin = new URL(page.url()).origin;
  expect(asked.filter((url) => new URL(url).origin !== origin && !url.startsWith('blob:'))).toEqual([]);
});

test('llama.cpp stops between two tokens, and goes on living', async ({ page }) => {
  const pocket = new PocketPage(page);
  await page.goto('/?variant=pocket/gguf/q4_0');
  await pocket.prompt.waitFor();
  await pocket.ask('Tell me a story about a fox and a lighthouse.');
  await pocket.stopAtFirstWord();
  const answer = await pocket.storedAnswer();
  expect(answer.end).toBe('stopped');
  expect(answer.text).not.toBe('');
  await pocket.ask(PROMPT);
  expect((await pocket.storedAnswer(2)).end).toBe('stop');
});

/** The same text in as many tokens is the same tokens: greedy, and one tokenizer. */
function record({ text, end, run }: Answer): string {
  const { engine = '', metrics } = run ?? missing('run');
  const facts = { engine: engine.split(' ')[0], prompt: PROMPT, text, end, tokens: metrics.outputTokens };
  return `${JSON.stringify(facts, undefined, 2)}\n`;
}

test('llama.cpp answers the same on several threads', async ({ page }) => {
  const pocket = new PocketPage(page);
  await tamperWithEngine(
    page,
    "Object.defineProperty(WorkerNavigator.prototype, 'hardwareConcurrency', { get: () => 4 });",
  );
  await page.goto('/?variant=pocket/gguf/q8_0');
  await pocket.prompt.waitFor();
  await pocket.ask(PROMPT);
  const answer = await pocket.storedAnswer();
  expect(answer.end).toBe('stop');
  expect(answer.text).toContain('token');
});

test('llama.cpp answers in a browser without JSPI, with the build made for it', async ({ page }) => {
  const pocket = new PocketPage(page);
  const sizes = new Set<number>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/wllama.*\.wasm$/.test(pathname)) sizes.add(Number(response.headers()['content-length']));
  });
  await tamperWithEngine(page, 'delete WebAssembly.Suspending; delete WebAssembly.promising;');
  await page.goto('/?variant=pocket/gguf/q8_0');
  await pocket.prompt.waitFor();
  await pocket.ask(PROMPT);
  expect((await pocket.storedAnswer()).text).toContain('token');
  // That build, and not the usual one beside it.
  const built = statSync('node_modules/@wllama/wllama-compat/wasm/wllama.wasm').size;
  expect([...sizes]).toEqual([built]);
});
