import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium, TEST_FLAGS } from './tests/support/chromium.mjs';
import viteConfig from './vite.config.ts';

const executablePath = findChromium();

export default defineConfig({
  // As the app: what it serves, and 404 for what is missing.
  appType: viteConfig.appType ?? 'mpa',
  publicDir: viteConfig.publicDir ?? 'static',
  // The same transforms as the app, but not its headers: its content policy would block the test runner.
  plugins: viteConfig.plugins ?? [],
  resolve: viteConfig.resolve ?? {},
  worker: viteConfig.worker ?? {},
  test: {
    // A test that waits on the real clock or network is found by this, not by a hung run.
    testTimeout: 20_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: './tests/support/client-environment.mjs',
        },
      },
      {
        extends: true,
        // Cross-origin isolation as in the app: WASM threads and the fine clock depend on it.
        server: {
          headers: {
            'Cross-Origin-Opener-Policy': 'same-origin',
            'Cross-Origin-Embedder-Policy': 'require-corp',
            'Cross-Origin-Resource-Policy': 'same-origin',
          },
        },
        // Found in advance: a dependency that is found during a run makes the page load anew, and its tests fail.
        optimizeDeps: {
          include: [
            'comlink',
            'fast-check',
            'mdast-util-from-markdown',
            'mdast-util-gfm',
            'micromark-extension-gfm',
            '@cfworker/json-schema',
            '@huggingface/jinja',
            '@huggingface/tokenizers',
            '@huggingface/transformers',
            '@mlc-ai/web-llm',
            '@wllama/wllama/esm/index.js',
            'hash-wasm',
            'idb-keyval',
            'valibot',
            '@lucide/svelte/icons/check',
            '@lucide/svelte/icons/copy',
            '@lucide/svelte/icons/image-off',
          ],
        },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            // One page at a time: software WebGPU on two pages at once runs into timeouts.
            fileParallelism: false,
            provider: playwright({
              launchOptions: { args: [...TEST_FLAGS], ...(executablePath && { executablePath }) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
