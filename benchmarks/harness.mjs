// @ts-check
/** What every measurement starts with: a build of the app, a server for it, and a headless Chromium. */
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { HARDWARE_FLAGS, TEST_FLAGS, ensureChromium } from '../tests/support/chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {object} Stage
 * @property {import('playwright').Browser} browser
 * @property {string} address of the served app, with a slash at its end
 */

/**
 * @typedef {object} StageOptions
 * @property {boolean} [software] use the software adapter
 * @property {boolean} [rebuild] build even where a build exists
 * @property {boolean} [scripted] a build of its own that also has the scripted engine
 */

/**
 * Runs `measure` against the served build, and tidies up whatever becomes of it.
 *
 * @template T
 * @param {StageOptions} options
 * @param {(stage: Stage) => Promise<T>} measure
 * @returns {Promise<T>}
 */
export async function onStage({ software = false, rebuild = false, scripted = false }, measure) {
  const outDir = scripted ? `${root}node_modules/.cache/opentab-scripted-build` : `${root}dist`;
  if (rebuild || !(await exists(`${outDir}/index.html`))) {
    console.error('Building the app …');
    await build({
      root,
      logLevel: 'warn',
      build: { outDir, emptyOutDir: true },
      ...(scripted && { mode: 'test' }),
    });
  }
  const server = await preview({
    root,
    build: { outDir },
    preview: { open: false, port: 0 },
    logLevel: 'warn',
  });
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...(software ? TEST_FLAGS : HARDWARE_FLAGS)],
  });
  try {
    const address = server.resolvedUrls?.local[0];
    if (address === undefined) throw new Error('the preview server has no local address');
    return await measure({ browser, address });
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {string} path */
async function exists(path) {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

export { median } from './figures.mjs';
export { wholeNumber } from './options.mjs';
