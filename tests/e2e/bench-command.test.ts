/** `npm run bench`, as a person runs it: the command, its own browser, the built app, the file that it writes. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { BenchmarkResult } from '../../benchmarks/result';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function bench(...options: readonly string[]): Promise<Ending> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, 'benchmarks/run.mjs'), ...options],
      { cwd: root },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

let folder = '';
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opentab-bench-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

test('it measures the bundled model and writes down on what', async () => {
  test.setTimeout(240_000);
  const file = join(folder, 'result.json');
  const { code, stdout, stderr } = await bench(
    ...['--device', 'wasm', '--variant', 'q8', '--workload', 'pp128', '--reps', '2', '--pause', '0'],
    ...['--note', 'a test', '--json', file],
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/\| Pocket +\| q8 +\| [\d.]+ MiB \| wasm +\| pp128 \| [\d.]+ ± [\d.]+/);

  const result = JSON.parse(await readFile(file, 'utf8')) as BenchmarkResult;
  const schema = JSON.parse(await readFile(join(root, 'benchmarks/result.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ validateFormats: false }).compile(schema);
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
  expect(result).toMatchObject({ note: 'a test', repetitions: 2, machine: { crossOriginIsolated: true } });

  const [variant, ...others] = result.measured;
  expect(others).toEqual([]);
  const [row] = variant?.rows ?? [];
  expect(row).toMatchObject({
    kind: 'measured',
    workload: { name: 'pp128' },
    selfCheck: { state: 'reference' },
  });
  const samples = row?.kind === 'measured' ? row.samples : [];
  expect(samples).toHaveLength(2);
  for (const rate of samples) expect(rate).toBeGreaterThan(0);

  // The hashes that it names are those of the files as they lie there.
  expect(variant?.files.map(({ path }) => path)).toContain('onnx/model_quantized.onnx');
  for (const { path, bytes, sha256 } of variant?.files ?? []) {
    const content = await readFile(join(root, 'static/models/pocket', path));
    expect(content.length).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  }
});

test('what it does not know it names, with what it knows', async () => {
  const { code, stderr } = await bench('--variant', 'q9');
  expect(code).toBe(2);
  expect(stderr).toContain('--variant knows no "q9"; it knows');
  expect(stderr).toContain('--help lists the options');
});
