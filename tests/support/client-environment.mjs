// @ts-check
/**
 * Vitest environment of the unit tests: plain Node, but with modules compiled as for the page.
 *
 * Vitest compiles for the server in Node, and Svelte's server build has no reactivity: a state class
 * (`*.svelte.ts`) would run with frozen `$derived` fields and no effects.
 *
 * @type {import('vitest/runtime').Environment}
 */
export default {
  name: 'node-client',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};
