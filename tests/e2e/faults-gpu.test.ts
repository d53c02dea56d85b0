/** Faults of the GPU, on the software adapter: the device is lost, its process crashes, there is no adapter left. */

import { expect, test, type Browser } from '@playwright/test';
import {
  LONG_PROMPT,
  PocketPage,
  TOLD_WITHIN_MS,
  WEBGPU_PATIENCE_MS,
  leaveEngineAlone,
  missing,
  tamperWithEngine,
} from '../support/pocket-page';

let pocket: PocketPage;
test.beforeEach(({ page }) => {
  test.setTimeout(2 * WEBGPU_PATIENCE_MS);
  pocket = new PocketPage(page);
});

/** Runs in the engine's worker: every device is destroyed as soon as the answer has begun. */
const DESTROY_DEVICE = `
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await request.apply(this, args);
    whenItSpeaks(() => device.destroy());
    return device;
  };`;

async function crashGpuProcess(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess');
  await session.detach();
}

test('a device that is destroyed mid-answer: told, the part is kept, trying again works', async ({
  page,
}) => {
  await tamperWithEngine(page, DESTROY_DEVICE);
  await pocket.openPocket('q8');
  await pocket.runOn('webgpu');
  await pocket.ask(LONG_PROMPT);
  expect(await pocket.failureAfterFault(WEBGPU_PATIENCE_MS)).toBeLessThan(TOLD_WITHIN_MS);
  await expect(pocket.failure()).toContainText('The GPU was reset');
  const part = await pocket.storedAnswer();
  expect(part).toMatchObject({ end: 'failed', failure: { code: 'device-lost' } });
  expect(part.text).not.toBe('');
  await expect(pocket.lane(1).locator('.markdown')).toContainText(part.text);
  await leaveEngineAlone(page);
  await pocket.longestAnswer(3);
  await pocket.retry();
  expect(await pocket.storedAnswer(2, WEBGPU_PATIENCE_MS)).toMatchObject({
    end: 'length',
    run: { device: 'webgpu' },
  });
  expect((await pocket.storedAnswers())[0]).toEqual(part);
});

test('a crash of the GPU process between two answers: the next one comes, without a byte from the network', async ({
  playwright,
  launchOptions,
  baseURL,
}) => {
  const browser = await playwright.chromium.launch(launchOptions);
  const page = await browser.newPage({ baseURL: baseURL ?? missing('address of the app') });
  pocket = new PocketPage(page);
  await pocket.openPocket('q4');
  await pocket.runOn('webgpu');
  await pocket.longestAnswer(3);
  await pocket.ask('What is a token?');
  expect(await pocket.storedAnswer(1, WEBGPU_PATIENCE_MS)).toMatchObject({ end: 'length' });
  await crashGpuProcess(browser);
  const fetched: string[] = [];
  page.on('response', (response) => {
    // Whether the stored file is still the server's is asked with HEAD, which brings no byte of it.
    if (response.url().endsWith('.onnx') && response.request().method() !== 'HEAD')
      fetched.push(response.url());
  });
  await pocket.ask('What is a token?');
  expect(await pocket.storedAnswer(2, WEBGPU_PATIENCE_MS)).toMatchObject({
    end: 'length',
    run: { device: 'webgpu' },
  });
  await expect(pocket.failure()).toHaveCount(0);
  expect(fetched).toEqual([]);
  await browser.close();
});

test('a crash of the GPU process: told, and trying again works; after a second one WASM takes over', async ({
  playwright,
  launchOptions,
  baseURL,
}) => {
  // A browser of its own: one whose GPU process has crashed gives up on WebGPU before long.
  const browser = await playwright.chromium.launch(launchOptions);
  pocket = new PocketPage(await browser.newPage({ baseURL: baseURL ?? missing('address of the app') }));
  await pocket.openPocket('q8');
  await pocket.runOn('webgpu');
  await pocket.ask(LONG_PROMPT);
  await pocket.answering();
  await crashGpuProcess(browser);
  await expect(pocket.failure()).toContainText('The GPU was reset', { timeout: TOLD_WITHIN_MS });
  const part = await pocket.storedAnswer();
  expect(part.text).not.toBe('');

  await pocket.retry();
  await pocket.answering();
  await crashGpuProcess(browser);
  await expect(pocket.failure()).toContainText('The GPU was reset', { timeout: TOLD_WITHIN_MS });
  await pocket.storedAnswer(2);

  await pocket.failure().getByRole('button', { name: 'Run on CPU (WASM) instead' }).click();
  await expect(pocket.lane(1).getByRole('combobox', { name: 'Runs on' })).toHaveValue('wasm');
  expect(await pocket.storedAnswer(3)).toMatchObject({ end: 'stop', run: { device: 'wasm' } });
  expect((await pocket.storedAnswers())[0]).toEqual(part);
  await expect(pocket.failure()).toHaveCount(0);
  await browser.close();
});

test('an adapter that is gone: a lane on WebGPU offers WASM, and an automatic one runs there by itself', async ({
  page,
}) => {
  await tamperWithEngine(page, 'GPU.prototype.requestAdapter = async () => null;');
  await pocket.openPocket('q8');
  await pocket.runOn('webgpu');
  await pocket.ask('What is a token?');
  await expect(pocket.failure()).toContainText('This browser gives no access to the GPU.');
  expect(await pocket.storedAnswer()).toMatchObject({
    end: 'failed',
    failure: { code: 'webgpu-unavailable' },
  });
  await pocket.failure().getByRole('button', { name: 'Run on CPU (WASM) instead' }).click();
  expect(await pocket.storedAnswer(2)).toMatchObject({ end: 'stop', run: { device: 'wasm' } });

  await page.addInitScript(() => {
    GPU.prototype.requestAdapter = () => Promise.resolve(null);
  });
  await pocket.openPocket('q8');
  await page.getByRole('button', { name: 'New conversation' }).first().click();
  await pocket.runOn('auto');
  await expect(pocket.lane(1)).toContainText('On CPU (WASM): no WebGPU in this browser');
  await pocket.ask('What is a token?');
  expect(await pocket.storedAnswer(3)).toMatchObject({ end: 'stop', run: { device: 'wasm' } });
});
