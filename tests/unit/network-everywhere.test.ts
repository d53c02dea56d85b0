/** Every script that the app starts is recorded from its first line on: a worker that forgot it would not be seen. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** TypeScript files of the app, relative to the repository's root, from which the tests are run. */
function sources(): string[] {
  return ['src', 'workers'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => join(folder, path)),
  );
}

const scripts = [
  'src/main.ts',
  ...sources().filter((path) => /\.worker\.ts$|^workers\/service-worker\.ts$/.test(path)),
];

test('the page and all workers are found', () => {
  expect(scripts).toEqual(
    expect.arrayContaining([
      'src/main.ts',
      'src/catalog/own/inspector.worker.ts',
      'src/weights/weights.worker.ts',
      'src/ui/shared/markdown/parser.worker.ts',
      'workers/engine.worker.ts',
      'workers/provider.worker.ts',
      'workers/service-worker.ts',
    ]),
  );
});

test.each(scripts)('%s imports the recorder first', (path) => {
  const [first] = /^import .*$/m.exec(readFileSync(path, 'utf8')) ?? [];
  const recorder = path === 'src/main.ts' ? 'install-page' : 'install';
  expect(first).toMatch(new RegExp(`network/${recorder}';$`));
});

test('every worker of the app is started under a name that its tab can be told by', () => {
  const starts = sources().flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/new Worker\(\s*new URL\('[^']+\.worker\.ts'[^;]+;/g)].map(
      ([call]) => call,
    ),
  );
  expect(starts.length).toBeGreaterThanOrEqual(4);
  for (const call of starts) expect(call).toMatch(/name: '(engine|provider|weights|markdown|inspector)'/);
});
