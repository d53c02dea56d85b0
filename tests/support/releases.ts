/** Releases of the app in folders of their own, as they follow one another on a server. */

import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildServiceWorker } from '../../tools/service-worker-plugin';

const BUILD = fileURLToPath(new URL('../../dist/', import.meta.url));
/** Scripts and styles: what the build names after its content. */
const NAMED_BY_CONTENT = /^(.+-)([\w-]{8})(\.(?:js|css))$/;

export class Releases {
  readonly #folders: string[] = [];

  /** A copy of the build. */
  async first(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'opentab-release-'));
    this.#folders.push(folder);
    await cp(BUILD, folder, { recursive: true });
    return folder;
  }

  /** What a release looks like in which every script and style has changed: none of the earlier ones is there. */
  async after(earlier: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'opentab-release-'));
    this.#folders.push(folder);
    await cp(earlier, folder, { recursive: true });
    const assets = join(folder, 'assets');
    const renamed = new Map<string, string>();
    for (const name of await readdir(assets)) {
      const [, stem, hash, ending] = NAMED_BY_CONTENT.exec(name) ?? [];
      if (stem === undefined || hash === undefined || ending === undefined) continue;
      renamed.set(name, `${stem}${[...hash].reverse().join('')}${ending}`);
    }
    for (const [name, next] of renamed) await rename(join(assets, name), join(assets, next));
    const texts = [join(folder, 'index.html'), ...[...renamed.values()].map((name) => join(assets, name))];
    for (const file of texts) {
      let text = await readFile(file, 'utf8');
      for (const [name, next] of renamed) text = text.replaceAll(name, next);
      await writeFile(file, text);
    }
    await buildServiceWorker(folder);
    return folder;
  }

  async remove(): Promise<void> {
    // Emptied: the hooks around a file's tests run once more where a worker comes back to the file.
    await Promise.all(this.#folders.splice(0).map((folder) => rm(folder, { recursive: true })));
  }
}
