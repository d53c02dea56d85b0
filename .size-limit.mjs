import { initialScripts } from './tests/support/initial-scripts.mjs';

export default [
  {
    name: "the page's own initial JavaScript",
    path: initialScripts('dist/index.html'),
    limit: '100 kB',
    gzip: true,
  },
];
