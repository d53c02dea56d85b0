/** Which files of a finished build the app needs to open, which belong to an engine, and which to neither. */

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Release, ReleaseFile } from '../workers/service-worker/release.ts';

/** Pages of their own, and what only a debugger asks for. */
const NOT_PART_OF_THE_APP = /^benchmarks\/|\.map$|^service-worker\.js$/;
const BUILD_HASH = /-[\w-]{8}\.\w+$/;
const WORKER = /\.worker-[\w-]{8}\.js$/;
/** The worker that loads the engines, each by a dynamic import that bears its name. */
const ENGINE_WORKER = /^assets\/engine\.worker-/;

const STATIC_IMPORT = /(?:from|import)\s*["']\.\/([\w.-]+)["']/g;
const DYNAMIC_IMPORT = /import\(\s*["'`]\.\/([\w.-]+)["'`]/g;
const MENTION = /[\w.-]+\.(?:js|mjs|css|wasm)\b/g;

export async function releaseIn(folder: string): Promise<Release> {
  const bodies = await filesIn(folder);
  const texts = new Map(
    [...bodies]
      .filter(([path]) => /\.(?:js|mjs)$/.test(path))
      .map(([path, body]) => [path, body.toString('utf8')]),
  );
  const page = (bodies.get('') ?? Buffer.of()).toString('utf8');
  const entry = /<script[^>]+src="\.\/([^"]+)"/.exec(page)?.[1];
  if (entry === undefined) throw new Error(`${folder}/index.html names no script`);

  // What a worker imports only when it is asked to is an engine or an interpreter of some service: not the shell.
  const fromShell = (path: string, text: string) =>
    namesIn(text, WORKER.test(path) ? STATIC_IMPORT : MENTION);
  const linked = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path = '']) => path);
  const shell = reachable(linked, texts, bodies, fromShell);
  for (const path of bodies.keys()) if (!path.includes('/')) shell.add(path);

  // An engine's parts name the worker that they run in, and it names every other engine.
  const beyondShell = (path: string, text: string) => (shell.has(path) ? [] : namesIn(text, MENTION));
  const engines: Record<string, readonly string[]> = {};
  for (const [path, text] of texts) {
    if (!ENGINE_WORKER.test(path)) continue;
    for (const chunk of namesIn(text, DYNAMIC_IMPORT)) {
      const own = reachable([chunk], texts, bodies, beyondShell);
      engines[chunk.slice('assets/'.length).replace(BUILD_HASH, '')] = [...own].filter(
        (one) => !shell.has(one),
      );
    }
  }

  const listed = [...bodies].sort(([one], [other]) => (one < other ? -1 : 1)).map(fileOf);
  return {
    entry,
    shell: listed.filter(({ path }) => shell.has(path)),
    onDemand: listed.filter(({ path }) => !shell.has(path)),
    engines,
  };
}

/** Every file by its path, the page by the empty one. */
async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const bodies = new Map<string, Buffer>();
  for (const found of entries.filter((one) => one.isFile())) {
    const file = join(found.parentPath, found.name);
    const path = relative(folder, file).split(sep).join('/');
    if (!NOT_PART_OF_THE_APP.test(path)) bodies.set(path === 'index.html' ? '' : path, await readFile(file));
  }
  return bodies;
}

function reachable(
  start: readonly string[],
  texts: ReadonlyMap<string, string>,
  bodies: ReadonlyMap<string, Buffer>,
  next: (path: string, text: string) => readonly string[],
): Set<string> {
  const found = new Set<string>();
  const open = [...start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path) || !bodies.has(path)) continue;
    found.add(path);
    open.push(...next(path, texts.get(path) ?? ''));
  }
  return found;
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => `assets/${match[1] ?? match[0]}`);
}

function fileOf([path, body]: [string, Buffer]): ReleaseFile {
  return { path, sha256: createHash('sha256').update(body).digest('base64') };
}
