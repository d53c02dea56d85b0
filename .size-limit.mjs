import { FOLLOWING, initialScripts } from './tests/support/initial-scripts.mjs';

export default [
  {
    name: "the page's own JavaScript before any engine loads",
    path: initialScripts('dist/index.html', FOLLOWING),
    limit: '100 kB',
    gzip: true,
  },
];
