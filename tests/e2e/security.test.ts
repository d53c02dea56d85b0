/** The release build keeps to its own origin: policy, isolation and what is requested, in the page and in its workers. */

import { expect, test } from '@playwright/test';
import { LONG_PROMPT, PocketPage } from '../support/pocket-page';

let pocket: PocketPage;
test.beforeEach(({ page }) => {
  pocket = new PocketPage(page);
});

/** Runs in the page or in a worker: tries what the policy forbids, and tells what became of it. */
async function misbehave(): Promise<{
  fetched: boolean;
  evaluated: boolean;
  isolated: boolean;
  violations: string[];
}> {
  const violations: string[] = [];
  addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
    violations.push(effectiveDirective),
  );
  const fetched = await fetch('https://example.com/').then(
    () => true,
    () => false,
  );
  // In a task of its own: what the debugging protocol evaluates is exempt from the policy.
  const evaluated = await new Promise<boolean>((resolve) => {
    setTimeout(() => {
      try {
        resolve((Reflect.get(globalThis, 'eval') as (code: string) => boolean)('true'));
      } catch {
        resolve(false);
      }
    });
  });
  // The event of a violation is a task too.
  while (violations.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  return { fetched, evaluated, isolated: crossOriginIsolated, violations: violations.sort() };
}

const refused = {
  fetched: false,
  evaluated: false,
  isolated: true,
  violations: ['connect-src', 'script-src'],
};

test('in the page and in every worker, other origins and eval are refused by policy', async ({ page }) => {
  await pocket.openPocket('q8');
  await pocket.ask('What is a token?');
  await pocket.storedAnswer();
  expect(await page.evaluate(misbehave)).toEqual(refused);
  // Threads of an engine's own have no loop that could run this.
  const workers = page.workers().filter((worker) => worker.url().includes('.worker-'));
  expect(workers.map((worker) => /\/([a-z]+)\.worker-/.exec(worker.url())?.[1]).sort()).toEqual([
    'engine',
    'parser',
  ]);
  for (const worker of workers) expect(await worker.evaluate(misbehave)).toEqual(refused);
});

test('a whole conversation makes no request to any other origin and breaks no policy', async ({
  page,
  baseURL,
}) => {
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await pocket.openPocket('q8', 'q4');
  await pocket.ask(LONG_PROMPT);
  await pocket.storedAnswer(2);
  await pocket.lane(1).getByRole('button', { name: 'All metrics of this answer' }).click();
  await expect(pocket.lane(1)).toContainText('ICL p50');
  await page.reload();
  await expect(pocket.lane(2)).toContainText('TTFT');
  expect([...origins]).toEqual([new URL(baseURL ?? '').origin]);
  expect(complaints).toEqual([]);
});

test('every answer of the server carries the policy and isolates, and a missing file is a 404', async ({
  request,
}) => {
  for (const path of ['/', '/models/pocket/config.json', '/models/pocket/onnx/model_quantized.onnx']) {
    const response = await request.get(path);
    expect(response.status()).toBe(200);
    const headers = response.headers();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain("'unsafe-eval'");
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  }
  for (const path of [
    '/models/pocket/onnx/no-such-file.onnx',
    '/no-such-page',
    '/assets/no-such-script.js',
  ]) {
    expect((await request.get(path)).status()).toBe(404);
  }
});
