/** One engine with one model in Chromium, as `tests/check/run.mjs` asks for it. */

import { playwright } from '@vitest/browser-playwright';
import { dirname, resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import viteConfig from '../../vite.config.ts';
import { findChromium, HARDWARE_FLAGS, TEST_FLAGS } from '../support/chromium.mjs';

const root = resolve(import.meta.dirname, '../..');
const wanted = JSON.parse(process.env['OPENTAB_CHECK'] ?? '{}') as {
  readonly engine: string;
  readonly model: string;
  readonly device: 'webgpu' | 'wasm';
  readonly software: boolean;
};
const executablePath = findChromium();

export default defineConfig({
  root,
  appType: viteConfig.appType ?? 'mpa',
  publicDir: viteConfig.publicDir ?? 'static',
  plugins: viteConfig.plugins ?? [],
  resolve: viteConfig.resolve ?? {},
  worker: viteConfig.worker ?? {},
  server: {
    // A model file may lie anywhere on this machine.
    fs: { allow: [root, ...(wanted.model.endsWith('.gguf') ? [dirname(wanted.model)] : [])] },
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  },
  optimizeDeps: { include: ['comlink', '@huggingface/transformers'] },
  test: {
    include: ['tests/check/*.test.ts'],
    provide: { wanted },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          args: [...(wanted.software ? TEST_FLAGS : HARDWARE_FLAGS)],
          ...(executablePath && { executablePath }),
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
