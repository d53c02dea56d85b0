/** Builds the service worker into the finished build, with the list of the files that the build consists of. */

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import { releaseIn } from './release-files.ts';

const SCRIPT = 'service-worker.js';
const SOURCE = fileURLToPath(new URL('../workers/service-worker.ts', import.meta.url));

export function serviceWorker(): Plugin {
  let outDir = 'dist';
  let mode = 'production';
  return {
    name: 'opentab-service-worker',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
      mode = config.mode;
    },
    async closeBundle(error) {
      // A build that failed has no files to list.
      if (error === undefined) await buildServiceWorker(outDir, mode);
    },
  };
}

/** Writes `service-worker.js` for what `folder` holds now, in place of the one that may be there. */
export async function buildServiceWorker(folder: string, mode = 'production'): Promise<void> {
  const release = await releaseIn(folder);
  await build({
    configFile: false,
    mode,
    logLevel: 'warn',
    publicDir: false,
    define: { __RELEASE__: JSON.stringify(release) },
    build: {
      target: 'es2023',
      outDir: folder,
      emptyOutDir: false,
      // One classic script: not every browser runs a service worker of modules.
      rolldownOptions: {
        input: SOURCE,
        output: { format: 'iife', entryFileNames: SCRIPT, codeSplitting: false },
      },
    },
  });
}
