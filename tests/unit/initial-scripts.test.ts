import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { initialScripts } from '../support/initial-scripts.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'initial-scripts-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a build of these files and lists the names of its initial scripts. */
function initialScriptsOf(files: Record<string, string>, following?: readonly string[]): string[] {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return initialScripts(join(folder, 'index.html'), following).map((path) => basename(path));
}

describe('initialScripts', () => {
  test('follows static imports and re-exports, each file once', () => {
    const files = {
      'index.html': '<script type="module" crossorigin src="./entry.js"></script>',
      'entry.js': "import './a.js'; import { b } from './b.js'; b();",
      'a.js': "export * from './b.js'; import './entry.js';",
      'b.js': "export { b } from './c.js';",
      'c.js': 'export const b = () => {};',
    };
    expect(initialScriptsOf(files).sort()).toEqual(['a.js', 'b.js', 'c.js', 'entry.js']);
  });

  test('counts preloaded modules, and leaves out what is loaded on demand', () => {
    const files = {
      'index.html':
        '<link rel="modulepreload" href="/shared.js"><link rel="icon" href="./icon.svg"><script src="./entry.js"></script>',
      'entry.js': "const lazy = () => import('./lazy.js'); const word = 'import \"./text.js\"';",
      'shared.js': '',
      'lazy.js': '',
    };
    expect(initialScriptsOf(files).sort()).toEqual(['entry.js', 'shared.js']);
  });

  test('counts the pieces that are named, and what they import', () => {
    mkdirSync(join(folder, 'assets'));
    const files = {
      'index.html': '<script type="module" src="./entry.js"></script>',
      'entry.js': "void import('./assets/list-12345678.js');",
      'assets/list-12345678.js': "import './icon-12345678.js';",
      'assets/list-of-all-12345678.js': '',
      'assets/icon-12345678.js': '',
    };
    expect(initialScriptsOf(files, ['list']).sort()).toEqual([
      'entry.js',
      'icon-12345678.js',
      'list-12345678.js',
    ]);
    expect(() => initialScriptsOf(files, ['menu'])).toThrow(/no piece "menu"/);
  });

  test('refuses a page without scripts, and a script from elsewhere', () => {
    expect(() => initialScriptsOf({ 'index.html': '<p>No script</p>' })).toThrow(/loads no script/);
    const foreign = { 'index.html': '<script src="https://example.com/x.js"></script>' };
    expect(() => initialScriptsOf(foreign)).toThrow(/from elsewhere/);
  });
});
