/** Keeps what a stranger's file says off the page: no header and no template, however hostile, can freeze it. */

import '../../network/install';
import * as Comlink from 'comlink';
import { failureOf, succeed, type Outcome } from '../../domain/failure';
import { inspectGguf, tryTemplate } from './inspect';
import type { InspectorApi } from './inspector';

const api: InspectorApi = {
  gguf: (bytes, read) => outcomeOf(() => inspectGguf(bytes, read)),
  template: (input) => outcomeOf(() => tryTemplate(input)),
};

async function outcomeOf<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return succeed(await work());
  } catch (thrown) {
    return { ok: false, failure: failureOf(thrown) };
  }
}

Comlink.expose(api);
