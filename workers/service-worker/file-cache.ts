/**
 * The files of the app in the browser's cache storage.
 *
 * One cache for all releases. A file's key is its address and its hash, so a file that did not change is not fetched
 * again, and two releases whose files have the same names do not mix. Nothing is stored that does not have the hash
 * that the build gave it.
 */

import type { Release, ReleaseFile } from './release';

const CACHE = 'opentab-files';
/** Fetched at once when a release is installed. */
const PARALLEL = 4;
/** What the build puts between a file's name and its ending. */
const BUILD_HASH = /-[\w-]{8}(?=\.\w+$)/;

export class FileCache {
  readonly #release: Release;
  /** Absolute address of the app's folder. */
  readonly #base: string;
  readonly #files: ReadonlyMap<string, ReleaseFile>;

  constructor(release: Release, base: string) {
    this.#release = release;
    this.#base = base;
    this.#files = new Map([...release.shell, ...release.onDemand].map((file) => [file.path, file]));
  }

  /** The stored file at `path`; also one that only an earlier release had, which a page of that release asks for. */
  async find(path: string): Promise<Response | undefined> {
    const cache = await caches.open(CACHE);
    const file = this.#files.get(path);
    if (file !== undefined) return cache.match(this.#key(file));
    return cache.match(this.#base + path, { ignoreSearch: true });
  }

  /** Stores a body that was fetched for the page, if it is a file of this release and as it was built. */
  async keep(path: string, response: Response): Promise<void> {
    const file = this.#files.get(path);
    if (file === undefined) return;
    const body = await response.arrayBuffer();
    if (!(await this.#isOf(file, body))) return;
    await this.#put(file, response, body);
  }

  /** True for what `keep` would store. */
  knows(path: string): boolean {
    return this.#files.has(path);
  }

  /**
   * Fetches what is missing of the shell.
   * @throws where a file cannot be had, or is not the one that was built
   */
  async completeShell(): Promise<void> {
    await this.#fetchMissing(this.#release.shell);
  }

  /**
   * Fetches what is missing of an engine.
   * @throws as `completeShell`
   */
  async completeEngine(engine: string): Promise<void> {
    const paths = this.#release.engines[engine] ?? [];
    await this.#fetchMissing(this.#release.onDemand.filter(({ path }) => paths.includes(path)));
  }

  /** An engine or model that an earlier release had stored is fetched in its new form too, so that it still works offline. */
  async carryOver(): Promise<void> {
    const cache = await caches.open(CACHE);
    const stored = new Set((await cache.keys()).map(({ url }) => nameOf(this.#pathOf(url))));
    const used = this.#release.onDemand.filter(({ path }) => stored.has(nameOf(path)));
    // Without it the new release works with a network, which is better than none of it.
    await this.#fetchMissing(used).catch(() => undefined);
  }

  /** Deletes what this release does not consist of. */
  async tidy(): Promise<void> {
    const cache = await caches.open(CACHE);
    const own = new Set([...this.#files.values()].map((file) => this.#key(file)));
    const stale = (await cache.keys()).filter(({ url }) => !own.has(url));
    await Promise.all(stale.map((request) => cache.delete(request)));
  }

  #key({ path, sha256: hash }: ReleaseFile): string {
    return `${this.#base}${path}?sha256=${encodeURIComponent(hash)}`;
  }

  #pathOf(key: string): string {
    return key.slice(this.#base.length).split('?')[0] ?? '';
  }

  async #fetchMissing(files: readonly ReleaseFile[]): Promise<void> {
    const cache = await caches.open(CACHE);
    const stored = new Set((await cache.keys()).map(({ url }) => url));
    const missing = files.filter((file) => !stored.has(this.#key(file)));
    const next = missing.values();
    const fetchNext = async (): Promise<void> => {
      for (const file of next) await this.#fetch(file);
    };
    await Promise.all(Array.from({ length: PARALLEL }, fetchNext));
  }

  async #fetch(file: ReleaseFile): Promise<void> {
    // A name with a hash in it never changes what it holds; any other may have an older copy in the HTTP cache.
    const mode = BUILD_HASH.test(file.path) ? 'default' : 'no-cache';
    const response = await fetch(this.#base + file.path, { cache: mode });
    if (!response.ok) throw new Error(`${file.path}: HTTP ${response.status}`);
    const body = await response.arrayBuffer();
    if (!(await this.#isOf(file, body))) throw new Error(`${file.path} is not the file of this release`);
    await this.#put(file, response, body);
  }

  async #isOf(file: ReleaseFile, body: ArrayBuffer): Promise<boolean> {
    // Some hosts add a line to every page, so the page is known by the script that it names.
    if (file.path === '') return new TextDecoder().decode(body).includes(this.#release.entry);
    return (await sha256(body)) === file.sha256;
  }

  async #put(file: ReleaseFile, { headers }: Response, body: ArrayBuffer): Promise<void> {
    const cache = await caches.open(CACHE);
    const type = headers.get('content-type') ?? 'application/octet-stream';
    const stored = new Response(body, {
      headers: { 'content-type': type, 'content-length': String(body.byteLength) },
    });
    await cache.put(this.#key(file), stored);
  }
}

/** A file's name without what the build adds, the same in every release. */
function nameOf(path: string): string {
  return path.replace(BUILD_HASH, '');
}

async function sha256(body: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return btoa(String.fromCharCode(...digest));
}
