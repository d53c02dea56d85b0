import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Connect, type Plugin } from 'vite';
import { serviceWorker } from './tools/service-worker-plugin.ts';
import { headersFor } from './workers/security-headers.ts';

/** A browser window can be opened only where there is a desktop to open it on. */
const hasDesktop =
  process.env['CI'] === undefined &&
  (process.platform === 'darwin' ||
    process.platform === 'win32' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined);

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Sends the headers of every file, as any server of the app should. Tests in a browser have a server of their own. */
function headers(): Plugin {
  const send =
    (development: boolean): Connect.NextHandleFunction =>
    (request, response, next) => {
      for (const [name, value] of Object.entries(headersFor(request.url ?? '/', { development })))
        response.setHeader(name, value);
      next();
    };
  return {
    name: 'opentab-headers',
    apply: () => process.env['VITEST'] === undefined,
    configureServer: ({ middlewares }) => void middlewares.use(send(true)),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(send(false)),
  };
}

/** Not what a page runs to begin with: in a shared piece it would run in the other pages too. */
function isPartOfPages(id: string): boolean {
  return !/\.html|\/(?:benchmarks\/|src\/main\.ts|src\/network\/install-page\.ts)/.test(id);
}

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify(version) },
  // Relative addresses, so that the build works from any folder of a static host.
  base: './',
  // 'mpa': a missing file answers 404. A single-page fallback would hand an HTML page to a model loader.
  appType: 'mpa',
  publicDir: 'static',
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/messages',
      strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
      emitTsDeclarations: true,
    }),
    svelte({ configFile: false }),
    headers(),
    serviceWorker(),
  ],
  resolve: {
    // The Markdown parser's browser build decodes `&amp;` through the page's document, which its worker does not have.
    alias: {
      'decode-named-character-reference': fileURLToPath(
        new URL('node_modules/decode-named-character-reference/index.js', import.meta.url),
      ),
    },
    // ONNX Runtime's bundles that carry no embedded copy of the wasm loader: we serve the files ourselves.
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  // An ES worker keeps each engine in a chunk of its own; the default would inline every engine into it.
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: { app: 'index.html', benchmark: 'benchmarks/index.html' },
      // A message is a module of its own without effects, so that it goes where it is used and not into every chunk.
      treeshake: { moduleSideEffects: (id: string) => !id.includes('/src/messages/') },
      // What the app begins with comes in one piece: fifty small ones pack worse and ask fifty times.
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'], test: isPartOfPages }] } },
    },
  },
  preview: { open: hasDesktop },
});
