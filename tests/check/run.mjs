// @ts-check
/**
 * The whole contract of an engine, with a real model on this machine:
 *
 *   npm run check:engine -- web-llm Llama-3.2-1B-Instruct-q4f16_1-MLC
 *   npm run check:engine -- transformers-js smollm2-135m/onnx/q4f16
 *   npm run check:engine -- wllama path/to/model.gguf
 *
 * The model is a variant of the catalogue, a name of WebLLM's list, or a GGUF file; all but the last come from the
 * network. `--wasm` runs it on the CPU, as GGUF files always do, `--software` on WebGPU's software adapter.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { tool } from '../support/command.mjs';
import { ensureChromium } from '../support/chromium.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    wasm: { type: 'boolean', default: false },
    software: { type: 'boolean', default: false },
  },
});
const [engine, named] = positionals;
if (engine === undefined || named === undefined) {
  console.error('npm run check:engine -- ENGINE MODEL [--wasm | --software]');
  process.exit(2);
}
const wanted = {
  engine,
  model: named.endsWith('.gguf') && existsSync(named) ? resolve(named) : named,
  device: values.wasm || engine === 'wllama' ? 'wasm' : 'webgpu',
  software: values.software,
};
await ensureChromium();
const [command = '', ...args] = [...tool('vitest'), 'run', '--config', 'tests/check/vitest.config.ts'];
const { status } = spawnSync(command, args, {
  cwd: resolve(import.meta.dirname, '../..'),
  env: { ...process.env, OPENTAB_CHECK: JSON.stringify(wanted) },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
