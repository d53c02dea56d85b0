// @ts-check
/** Which scripts a visitor's browser loads before an engine is asked for: the ones that a size budget is for. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseAst } from 'vite';

/** The app's pieces that follow its first screen by themselves, on a wide screen; a test sees that there are no more. */
export const FOLLOWING = [
  ...['record', 'network-ledger.svelte', 'cards', 'estimate', 'own-list.svelte'],
  'ConversationList',
];

/**
 * The page's scripts and everything they import statically. What is loaded on demand (`import()`, workers, engines) is
 * left out, but for the pieces that are named.
 *
 * @param {string} pagePath of the built HTML page
 * @param {readonly string[]} [following] names of such pieces, which lie in `assets`
 * @returns {string[]} paths relative to the working directory
 */
export function initialScripts(pagePath, following = []) {
  const html = readFileSync(pagePath, 'utf8');
  const folder = dirname(pagePath);
  const pending = [...scriptAddresses(html)].map((address) => localPath(folder, folder, address));
  if (pending.length === 0) throw new Error(`${pagePath} loads no script: its module graph is unknown`);
  for (const name of following) pending.push(...piecesOf(join(folder, 'assets'), name));
  /** @type {Set<string>} */
  const found = new Set();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const here = dirname(path);
    pending.push(...staticImports(path).map((address) => localPath(folder, here, address)));
  }
  return [...found].map((path) => relative(process.cwd(), path)).sort();
}

/**
 * @param {string} folder
 * @param {string} name
 */
function piecesOf(folder, name) {
  const pieces = readdirSync(folder).filter((file) => file.replace(/-.{8}\.js$/, '') === name);
  if (pieces.length === 0) throw new Error(`${folder} has no piece "${name}"`);
  return pieces.map((file) => resolve(folder, file));
}

/** @param {string} html */
function* scriptAddresses(html) {
  for (const [tag] of html.matchAll(/<(?:script|link)\s[^>]*>/g)) {
    const preload = /\srel=["']?modulepreload\b/.test(tag);
    const address = /\s(?:src|href)=["']([^"']+)["']/.exec(tag)?.[1];
    if (address !== undefined && (tag.startsWith('<script') || preload)) yield address;
  }
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function staticImports(path) {
  const { body } = parseAst(readFileSync(path, 'utf8'));
  return body.flatMap((node) =>
    (node.type === 'ImportDeclaration' ||
      node.type === 'ExportAllDeclaration' ||
      node.type === 'ExportNamedDeclaration') &&
    node.source
      ? [node.source.value]
      : [],
  );
}

/**
 * @param {string} root folder that an address starting with a slash counts from
 * @param {string} here folder that a relative address counts from
 * @param {string} address
 */
function localPath(root, here, address) {
  if (/^[a-z]+:|^\/\//i.test(address)) throw new Error(`the build loads a script from elsewhere: ${address}`);
  const [path = ''] = address.split(/[?#]/, 1);
  return path.startsWith('/') ? join(root, path) : resolve(here, path);
}
