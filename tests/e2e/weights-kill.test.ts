/** Fault 4: the browser is killed at random points of a download, and what it had acknowledged is there afterwards. */

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { findChromium, TEST_FLAGS } from '../support/chromium.mjs';
import { modelBytes, sha256Of, startFaultServer } from '../support/fault-server.mjs';
import { buildLab } from '../support/weights-lab/build.mjs';

const CHUNK = 1 << 20;
const POINTS = 20;

/** A browser with a profile of its own, in a process group that can be killed as one. */
async function launch(
  profile: string,
): Promise<{ readonly browser: Browser; readonly kill: () => Promise<void> }> {
  const portFile = join(profile, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  const flags = [...TEST_FLAGS, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'];
  const process_ = spawn(findChromium() ?? chromium.executablePath(), flags, {
    detached: true,
    stdio: 'ignore',
  });
  const port = await expectPort(portFile);
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  return { browser, kill: () => kill(process_) };
}

async function expectPort(portFile: string): Promise<string> {
  let port: string | undefined;
  await expect
    .poll(
      async () => {
        port = (await readFile(portFile, 'utf8').catch(() => '')).split('\n')[0];
        return port;
      },
      { timeout: 30_000 },
    )
    .toMatch(/^\d+$/);
  return port ?? '';
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await gone;
}

async function open(browser: Browser, url: string): Promise<Page> {
  const context = browser.contexts()[0] ?? (await browser.newContext());
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'lab' in window);
  return page;
}

test('4: a browser that is killed loses no acknowledged chunk, and is never ahead of its data', async () => {
  test.setTimeout(300_000);
  const server = await startFaultServer({ pages: await buildLab() });
  const bytes = modelBytes(40 * CHUNK + 999);
  const sha256 = sha256Of(bytes);
  server.serve('/model.onnx', bytes);
  const known = { path: 'model.onnx', url: `${server.url}/model.onnx`, bytes: bytes.length, sha256 };
  const file = { ...known, blob: `sha256:${sha256}` };
  const profile = await mkdtemp(join(tmpdir(), 'opentab-kill-'));
  server.limit.bytesPerSecond = 12 * CHUNK;
  let acknowledged: readonly number[] = [];
  try {
    for (let point = 0; point < POINTS; point += 1) {
      const { browser, kill: end } = await launch(profile);
      const page = await open(browser, server.url);
      const state = await page.evaluate((blob) => window.lab.stored(blob), file.blob);
      if (!state.complete) expect(state.chunks).toEqual(expect.arrayContaining([...acknowledged]));
      await page.evaluate((asked) => void window.lab.bring(asked), file);
      await page.waitForTimeout(Math.random() * 400);
      const now = await page.evaluate((blob) => window.lab.stored(blob), file.blob);
      acknowledged = now.complete ? acknowledged : now.chunks;
      await end();
    }
    server.limit.bytesPerSecond = undefined;
    const { browser, kill: end } = await launch(profile);
    const page = await open(browser, server.url);
    const outcome = await page.evaluate((asked) => window.lab.bring(asked), file);
    expect(outcome.failure).toBeUndefined();
    expect(await page.evaluate((asked) => window.lab.read(asked), file)).toMatchObject({
      sha256,
      notices: [],
    });
    await end();
    // Each kill costs at most the chunks that were under way on its streams, and what the network held.
    expect(server.sent('/model.onnx')).toBeLessThan(bytes.length + POINTS * 6 * CHUNK);
  } finally {
    await server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
