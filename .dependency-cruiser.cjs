/**
 * The direction of dependencies (ARCHITECTURE.md):
 *
 *   main.ts → ui → state → (catalog, weights, providers, hardware, quality, workers/engine-client) → domain
 *
 * The recorder of requests (network/) stands below all code that runs, so any room may import it.
 * Worker-side code (engine.worker.ts and engines/) stands beside the page and shares with it the domain,
 * the rooms below state, and the protocol.
 */

const ROOMS = '(?:catalog|weights|providers|hardware|quality|network)';
const ENGINE_PACKAGES = '(?:@huggingface/transformers|@mlc-ai/web-llm|@wllama/wllama|onnxruntime-web)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or one of them is in the wrong place.',
      severity: 'error',
      // A component that draws a tree imports itself: that is recursion within one file.
      from: { path: '^(.+)$' },
      to: { circular: true, pathNot: '^$1$' },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be followed cannot be checked either.',
      severity: 'error',
      from: {},
      // An asset of a package (`?url`) is named through the package's exports, which the resolver cannot read
      // with a query behind it; the build fails if it is not there.
      to: { couldNotResolve: true, pathNot: '^virtual:|^[^.].*\\?url$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'The rules of the domain import nothing outside themselves: no package, no other room.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'rooms-know-only-the-domain',
      comment: 'What two rooms share belongs to the domain; what joins them belongs to the state.',
      severity: 'error',
      from: { path: `^src/(${ROOMS})/` },
      to: { path: '^(?:src|workers)/', pathNot: '^src/(?:$1|domain|network)/' },
    },
    {
      name: 'engine-client-knows-only-the-domain',
      comment: 'The page half of the worker boundary knows the protocol and the domain.',
      severity: 'error',
      from: { path: '^workers/(?:engine-client|provider-client|protocol|provider-protocol)\\.ts$' },
      to: {
        path: '^(?:src|workers)/',
        pathNot: '^src/domain/|^workers/(?:engine-client|life-lock|protocol|provider-protocol)\\.ts$',
      },
    },
    {
      name: 'state-does-not-know-the-ui',
      comment: 'State reaches rooms and the domain; screens reach it.',
      severity: 'error',
      from: { path: '^src/state/' },
      to: {
        path: '^(?:src|workers)/',
        pathNot: `^src/(?:state|domain|messages|${ROOMS})/|^workers/(?:engine-client|provider-client|protocol|provider-protocol|key-store|policy-store|service-worker/release)\\.ts$`,
      },
    },
    {
      name: 'ui-goes-through-state',
      comment: 'A component shows state and calls its methods. It may know the types below, not the code.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: {
        path: '^(?:src|workers)/',
        pathNot: '^src/(?:ui|state|domain|messages)/|^src/network/install\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-main-wires',
      comment: 'main.ts is the composition root: nothing imports it.',
      severity: 'error',
      from: {},
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'engines-only-in-the-worker',
      comment:
        'Engines are loaded inside the worker, each in its own chunk; a page that imports one carries it. What the benchmarks compare the app with runs in such workers too.',
      severity: 'error',
      from: {
        pathNot:
          '^workers/engine\\.worker\\.ts$|^workers/engines/|^tests/|^benchmarks/[a-z-]+\\.worker\\.ts$',
      },
      to: { path: '^workers/engines/' },
    },
    {
      name: 'engine-packages-only-in-engines',
      comment:
        'One engine, one adapter file. A benchmark may load what the app is compared with, in its own worker.',
      severity: 'error',
      from: {
        path: '^(?:src|workers|benchmarks)/',
        pathNot: '^workers/engines/|^benchmarks/[a-z-]+\\.worker\\.ts$',
      },
      to: { path: `(?:^|node_modules/)${ENGINE_PACKAGES}(?:/|$)`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'provider-packages-only-in-the-provider-worker',
      comment: 'What speaks to an API runs where the keys are, and nowhere else.',
      severity: 'error',
      from: { path: '^(?:src|workers|benchmarks)/', pathNot: '^workers/providers/' },
      to: { path: '(?:^|node_modules/)(?:@ai-sdk/|zod)(?:/|$)' },
    },
    {
      name: 'providers-only-in-their-worker',
      comment: 'The room where keys are: the page reaches it through provider-client.ts alone.',
      severity: 'error',
      from: {
        path: '^(?:src|workers|benchmarks)/',
        pathNot: '^workers/provider\\.worker\\.ts$|^workers/providers/',
      },
      to: { path: '^workers/providers/' },
    },
    {
      name: 'workers-do-not-know-the-page',
      comment: 'Worker code runs without a page: it has neither screens nor state.',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '^src/(?:ui|state|messages)/' },
    },
    {
      name: 'app-does-not-know-its-tests',
      comment: 'The app imports neither tests nor benchmarks.',
      severity: 'error',
      from: { path: '^(?:src|workers)/' },
      to: { path: '^(?:tests|benchmarks)/' },
    },
    {
      name: 'benchmarks-do-not-know-the-tests',
      comment: 'Except for finding a browser, and for the stand-in of the APIs, which both need.',
      severity: 'error',
      from: { path: '^benchmarks/' },
      to: { path: '^tests/', pathNot: '^tests/support/(?:chromium|provider-server)\\.mjs$' },
    },
    {
      name: 'no-test-tools-in-the-app',
      comment: 'What the visitor loads is made of dependencies, not of test tools.',
      severity: 'error',
      from: { path: '^(?:src|workers)/' },
      to: { path: 'node_modules/(?:vitest|@vitest|playwright|@playwright|fake-indexeddb|fast-check)(?:/|$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^src/messages/' },
    exclude: { path: '^(?:dist|tests/results)/' },
    // Types count too: a type from the wrong room is a dependency in the wrong direction.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte.ts', '.js', '.mjs', '.svelte', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'module', 'types', 'default'],
      mainFields: ['svelte', 'browser', 'module', 'main', 'types'],
    },
  },
};
