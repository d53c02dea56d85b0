// @ts-check
/**
 * Writes `src/catalog/pocket-bytes.ts` and `pocket-hashes.ts`: size and SHA-256 of each file of Pocket, from the files.
 *
 *   node tools/pocket-files.mjs
 *
 * Run it after each training; a test compares what it writes with what is there.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const folder = fileURLToPath(new URL('../static/models/pocket/', import.meta.url));
const catalog = fileURLToPath(new URL('../src/catalog/', import.meta.url));

/** The modules by their names: sizes are part of the page's first code, hashes load where files are read. */
export async function pocketModules() {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
    // It describes the others; nobody loads it.
    .filter((path) => path !== 'manifest.json')
    .sort();
  /** @type {Record<string, number>} */
  const bytes = {};
  /** @type {Record<string, string>} */
  const hashes = {};
  for (const path of paths) {
    const body = await readFile(join(folder, path));
    bytes[path] = body.byteLength;
    hashes[path] = createHash('sha256').update(body).digest('hex');
  }
  return {
    'pocket-bytes.ts': await module('Bytes', 'pocketBytes', bytes),
    'pocket-hashes.ts': await module('SHA-256', 'pocketHashes', hashes),
  };
}

/**
 * @param {string} what
 * @param {string} name
 * @param {unknown} value
 */
async function module(what, name, value) {
  const text = `/** ${what} of each file of \`static/models/pocket\`. Written by \`node tools/pocket-files.mjs\`, which a test runs again. */
export const ${name} = ${JSON.stringify(value)} as const;
`;
  return format(text, { ...(await resolveConfig(join(catalog, 'pocket.ts'))), parser: 'typescript' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(await pocketModules()))
    await writeFile(join(catalog, name), text);
}
