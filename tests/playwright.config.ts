import { fileURLToPath } from 'node:url';
import { defineConfig, devices } from '@playwright/test';
import { findChromium, TEST_FLAGS } from './support/chromium.mjs';

const PORT = 4173;
const baseURL = `http://localhost:${PORT}`;
/** The build whose models say what a script tells them (`vite build --mode test`); a release has no such models. */
const SCRIPTED_PORT = 4174;
const scriptedURL = `http://localhost:${SCRIPTED_PORT}`;
const scriptedBuild = 'node_modules/.cache/opentab-test-build';
/** Not through `npx`, which prints npm's own warnings into the report. */
const vite = 'node node_modules/vite/bin/vite.js';
const root = fileURLToPath(new URL('..', import.meta.url));
const executablePath = findChromium();

export default defineConfig({
  testDir: './e2e',
  outputDir: './results/e2e',
  // One recording for every platform: greedy answers do not depend on it.
  snapshotPathTemplate: '{testDir}/recorded/{arg}{ext}',
  // Models run on a software adapter here, and share the processor with the browser.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  // A test that passes at the second try has found a race: no second try.
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: fileURLToPath(new URL('results/e2e.json', import.meta.url)) }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    // A request that a service worker answers is out of a test's hands; offline.test.ts allows it.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
    launchOptions: { args: [...TEST_FLAGS], ...(executablePath && { executablePath }) },
  },
  projects: [
    { name: 'chromium', testIgnore: 'scripted/**' },
    { name: 'scripted', testMatch: 'scripted/**/*.test.ts', use: { baseURL: scriptedURL } },
  ],
  webServer: [
    {
      command: `${vite} preview --port ${PORT} --strictPort`,
      cwd: root,
      // CI: no browser window is opened for the person who runs the tests.
      env: { CI: '1' },
      url: baseURL,
      // A server left over from elsewhere would be tested in place of this build.
      reuseExistingServer: false,
      timeout: 60_000,
    },
    {
      command:
        `${vite} build --mode test --outDir ${scriptedBuild} --emptyOutDir --logLevel error && ` +
        `${vite} preview --outDir ${scriptedBuild} --port ${SCRIPTED_PORT} --strictPort`,
      cwd: root,
      env: { CI: '1' },
      url: scriptedURL,
      reuseExistingServer: false,
      timeout: 180_000,
    },
  ],
});
