/** Faults of an engine's worker and of a model's files: each is told within seconds, and the lane works afterwards. */

import { expect, test } from '@playwright/test';
import {
  LONG_PROMPT,
  PocketPage,
  TOLD_WITHIN_MS,
  blockEngine,
  leaveEngineAlone,
  missing,
  tamperWithEngine,
} from '../support/pocket-page';

const PROMPT = 'What is a token?';
/** Ms of silence after which a request counts as failed; what is told within the promise is told after that. */
const STALL_MS = 10_000;

/** Tells how long ago the first fault happened: loading what comes before it is no part of the promise. */
function clock() {
  let first: number | undefined;
  return {
    happens: () => {
      first ??= performance.now();
    },
    sinceMs: () => (first === undefined ? missing('fault') : performance.now() - first),
  };
}

let pocket: PocketPage;
test.beforeEach(({ page }) => {
  pocket = new PocketPage(page);
});

for (const [how, act] of [
  ['ends itself', 'close()'],
  ['throws', 'setTimeout(() => { throw new Error("tampered") })'],
] as const) {
  test(`a worker that ${how} mid-answer: told in time, the part is kept, trying again works`, async ({
    page,
  }) => {
    await tamperWithEngine(page, `whenItSpeaks(() => { ${act} });`);
    await pocket.openPocket('fp32');
    await pocket.ask(LONG_PROMPT);
    expect(await pocket.failureAfterFault()).toBeLessThan(TOLD_WITHIN_MS);
    await expect(pocket.failure()).toContainText('The engine stopped unexpectedly.');
    const part = await pocket.storedAnswer();
    expect(part).toMatchObject({ end: 'failed', failure: { code: 'worker-died' } });
    expect(part.text).not.toBe('');
    await leaveEngineAlone(page);
    await pocket.retry();
    const whole = await pocket.storedAnswer(2);
    expect(whole.end).toBe('stop');
    expect(whole.text.startsWith(part.text)).toBe(true);
    expect((await pocket.storedAnswers())[0]).toEqual(part);
  });
}

/** Every export of the engine's WebAssembly traps once the answer has begun, as after an exhausted memory. */
const TRAP_WHEN_IT_SPEAKS = `
  let trapped = false;
  whenItSpeaks(() => { trapped = true; });
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...args) => {
    const made = await instantiate.apply(WebAssembly, args);
    // From compiled code, as the hashing of files makes it: not the engine's.
    if (made instanceof WebAssembly.Instance) return made;
    const { instance, module } = made;
    const trapping = (run) => (...values) => {
      if (trapped) throw new WebAssembly.RuntimeError('unreachable');
      return run(...values);
    };
    const exports = Object.entries(instance.exports).map(([name, value]) => [
      name,
      typeof value === 'function' ? trapping(value) : value,
    ]);
    return { instance: { exports: Object.fromEntries(exports) }, module };
  };`;

test('WebAssembly that traps mid-answer: told in time, the part is kept, trying again works', async ({
  page,
}) => {
  await tamperWithEngine(page, TRAP_WHEN_IT_SPEAKS);
  await pocket.openPocket('q8');
  await pocket.ask(LONG_PROMPT);
  expect(await pocket.failureAfterFault()).toBeLessThan(TOLD_WITHIN_MS);
  const part = await pocket.storedAnswer();
  expect(part).toMatchObject({ end: 'failed', failure: { code: 'engine-error' } });
  expect(part.failure?.detail).toContain('unreachable');
  expect(part.text).not.toBe('');
  await leaveEngineAlone(page);
  await pocket.retry();
  const whole = await pocket.storedAnswer(2);
  expect(whole.end).toBe('stop');
  expect(whole.text.startsWith(part.text)).toBe(true);
});

test('a worker that is blocked: told in time, the page stays usable, trying again works', async ({
  page,
}) => {
  await blockEngine(page);
  await pocket.openPocket('q8');
  await pocket.ask(PROMPT);
  await expect(pocket.failure()).toContainText('The engine could not be started.', {
    timeout: TOLD_WITHIN_MS,
  });
  await pocket.prompt.fill('still usable');
  await leaveEngineAlone(page);
  await pocket.retry();
  expect((await pocket.storedAnswer(2)).end).toBe('stop');
  await expect(pocket.prompt).toHaveValue('still usable');
});

test('a worker that never answers is given up after its deadline', async ({ page }) => {
  await tamperWithEngine(page, 'addEventListener("message", (event) => event.stopImmediatePropagation());');
  await pocket.openPocket('q8');
  await pocket.ask(PROMPT);
  await expect(pocket.failure()).toContainText('Starting took too long', { timeout: TOLD_WITHIN_MS });
  expect(pocket.engineWorkers()).toEqual([]);
  await leaveEngineAlone(page);
  await pocket.retry();
  expect((await pocket.storedAnswer(2)).end).toBe('stop');
});

const WEB_PAGE = { status: 200, contentType: 'text/html', body: '<!doctype html><title>Sign in</title>' };

for (const { name, file, answer, code, sentence } of [
  {
    name: 'a missing model file',
    file: '**/model_quantized.onnx',
    answer: { status: 404 },
    code: 'file-missing',
    sentence: 'A file of the model is not where it should be',
  },
  {
    name: 'a web page in place of the weights',
    file: '**/model_quantized.onnx',
    answer: WEB_PAGE,
    code: 'not-a-model-file',
    sentence: 'A file arrived that is not a model: a web page',
  },
  {
    name: 'a web page in place of the configuration',
    file: '**/pocket/config.json',
    answer: WEB_PAGE,
    code: 'not-a-model-file',
    sentence: 'A file arrived that is not a model: a web page',
  },
  {
    name: 'a truncated model file',
    file: '**/model_quantized.onnx',
    answer: { status: 200, contentType: 'application/octet-stream', body: '\x08\x08' },
    code: 'file-incomplete',
    sentence: 'A file of the model could not be fetched whole',
  },
]) {
  test(`${name} is told in a sentence, and the lane is usable afterwards`, async ({ page }) => {
    const fault = clock();
    await page.route(file, (route) => {
      fault.happens();
      return route.fulfill(answer);
    });
    await pocket.openPocket('q8');
    await pocket.ask(PROMPT);
    await expect(pocket.failure()).toContainText(sentence);
    expect(fault.sinceMs()).toBeLessThan(TOLD_WITHIN_MS);
    expect(await pocket.storedAnswer()).toMatchObject({ text: '', end: 'failed', failure: { code } });
    await page.unroute(file);
    await pocket.retry();
    expect((await pocket.storedAnswer(2)).end).toBe('stop');
    await pocket.ask(PROMPT);
    expect((await pocket.storedAnswer(3)).end).toBe('stop');
  });
}

test('a server that cannot be reached is told, and trying again works when it is back', async ({ page }) => {
  const fault = clock();
  await page.route('**/models/**', (route) => {
    fault.happens();
    return route.abort('connectionrefused');
  });
  await pocket.openPocket('q8');
  await pocket.ask(PROMPT);
  await expect(pocket.failure()).toContainText('The server could not be reached.');
  expect(fault.sinceMs()).toBeLessThan(TOLD_WITHIN_MS);
  await page.unroute('**/models/**');
  await pocket.retry();
  expect((await pocket.storedAnswer(2)).end).toBe('stop');
});

test("an engine's file that a server never sends: told as a failure that names it, and trying again works", async ({
  page,
}) => {
  const file = '**/ort-wasm-*.wasm';
  const fault = clock();
  // A handler that does not answer is a server that accepts and sends nothing.
  await page.route(file, () => fault.happens());
  await pocket.openPocket('q8');
  await pocket.ask(PROMPT);
  await expect(pocket.failure()).toContainText('The server could not be reached.', {
    timeout: STALL_MS + 2 * TOLD_WITHIN_MS,
  });
  expect(fault.sinceMs()).toBeLessThan(STALL_MS + TOLD_WITHIN_MS);
  const answer = await pocket.storedAnswer();
  expect(answer).toMatchObject({ text: '', end: 'failed', failure: { code: 'network' } });
  expect(answer.failure?.detail).toMatch(/ort-wasm-\S+\.wasm: stalled/);
  await page.unroute(file);
  await pocket.retry();
  expect((await pocket.storedAnswer(2)).end).toBe('stop');
});
