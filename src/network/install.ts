/**
 * Importing this records the worker that imports it. It is the first import of every worker, so that no code there has
 * a `fetch` that is not recorded.
 */

import { nameWorkers, parseWorkerName } from './channel';
import { record } from './record';

const native = globalThis.fetch.bind(globalThis);
if ('ServiceWorkerGlobalScope' in globalThis) {
  globalThis.fetch = record('service-worker', undefined, native);
} else {
  const { own, tab } = parseWorkerName(String(Reflect.get(globalThis, 'name') ?? ''));
  globalThis.fetch = record(own ?? 'worker', tab, native);
  nameWorkers(tab);
}
