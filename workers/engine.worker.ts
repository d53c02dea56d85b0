/** The script of the worker that owns one local engine. */

import '../src/network/install';
import * as Comlink from 'comlink';
import { FailureError } from '../src/domain/failure';
import { hostEngine } from './engine-host';
import { engines } from './engines/registry';

const { api } = hostEngine(async (id) => {
  const open = engines[id];
  if (open === undefined) throw new FailureError('engine-error', `this build has no engine "${id}"`);
  return open().catch((thrown: unknown) => {
    throw new FailureError('network', `the code of "${id}" did not load: ${String(thrown)}`, {
      cause: thrown,
    });
  });
});

Comlink.expose(api);
