// @ts-check
/** Builds the laboratory page once per run, into memory. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const entry = fileURLToPath(new URL('lab.ts', import.meta.url));

/** @returns {Promise<(path: string) => { body: string | Buffer, type: string } | undefined>} what a server answers */
export async function buildLab() {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: false,
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { entryFileNames: 'lab.js' } },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const files = new Map(
    outputs.map((output) => [
      `/${output.fileName}`,
      output.type === 'chunk' ? output.code : Buffer.from(output.source),
    ]),
  );
  return (path) => {
    if (path === '/') {
      return {
        type: 'text/html',
        body: '<!doctype html><title>lab</title><script type="module" src="/lab.js"></script>',
      };
    }
    const body = files.get(path);
    return body === undefined ? undefined : { body, type: 'text/javascript' };
  };
}
