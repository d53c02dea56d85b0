/**
 * The worker that holds an account's key and asks its provider: one for each account. Each lane has a port and an
 * engine of its own, measured as every other engine is. It is the only script that may reach providers.
 */

import '../src/network/install';
import * as Comlink from 'comlink';
import { fail, FailureError, failureOf, succeed } from '../src/domain/failure';
import type { ProviderAccount } from '../src/domain/provider';
import { providerDefinitions } from '../src/providers/definitions';
import { hostEngine, type EngineHost } from './engine-host';
import { keyStore } from './key-store';
import { holdLock } from './life-lock';
import type { ConnectionId, ProviderWorkerApi } from './provider-protocol';
import { guardedFetch } from './providers/guarded-fetch';
import { fetchKey } from './providers/key-exchange';
import { KeyHolder } from './providers/key-holder';
import { listModels } from './providers/model-listing';
import { ProviderEngine } from './providers/provider-engine';

/** Where a provider does not say how long to wait: this, doubled with each refusal in a row. */
const FIRST_BACK_OFF_MS = 10_000;
const MOST_BACK_OFF_MS = 160_000;
/** Longer than for a question that can be asked again: a code is good once. */
const EXCHANGE_DEADLINE_MS = 20_000;

let own: { readonly account: ProviderAccount; readonly key: KeyHolder } | undefined;
const connections = new Map<ConnectionId, EngineHost>();
/** "Too many requests" in a row. */
let refusals = 0;

function mine(): { readonly account: ProviderAccount; readonly key: KeyHolder } {
  if (own === undefined) throw new FailureError('engine-error', 'the worker was not greeted');
  return own;
}

function backOff(): number {
  refusals += 1;
  return Math.min(FIRST_BACK_OFF_MS * 2 ** (refusals - 1), MOST_BACK_OFF_MS);
}

const api: ProviderWorkerApi = {
  hello(lockName, account) {
    own = { account, key: new KeyHolder(account, keyStore) };
    // Never settles, so the lock is held until the worker ends.
    return holdLock(lockName, new Promise<void>(() => undefined));
  },

  connect(id, model, port) {
    const { account, key } = mine();
    const host = hostEngine(async () => {
      await key.look();
      return new ProviderEngine({
        account,
        model,
        key: () => key.use(),
        backOffMs: backOff,
        onSuccess: () => {
          refusals = 0;
        },
      });
    });
    connections.set(id, host);
    Comlink.expose(host.api, port);
  },

  disconnect(id) {
    connections.get(id)?.end();
    connections.delete(id);
  },

  setKey: (key) => mine().key.set(key),
  keepKey: (passphrase) => mine().key.keep(passphrase),
  unlockKey: (passphrase) => mine().key.unlock(passphrase),
  keepKeyByPasskey: (secret, credentialId) => mine().key.keepByPasskey(secret, credentialId),
  unlockKeyByPasskey: (secret) => mine().key.unlockByPasskey(secret),
  stopKeeping: () => mine().key.stopKeeping(),
  forgetKey: () => mine().key.forget(),

  async signIn(code, verifier) {
    try {
      const { account, key } = mine();
      const fetch = guardedFetch({
        protocol: providerDefinitions[account.kind].protocol,
        key: undefined,
        note: { purpose: 'sign-in', prompt: false },
        backOffMs: () => FIRST_BACK_OFF_MS,
        mostRequests: 1,
        firstByteMs: EXCHANGE_DEADLINE_MS,
      });
      await key.set(await fetchKey(account, code, verifier, fetch));
      return succeed(true);
    } catch (thrown) {
      // What the provider says of a code may repeat it, or hold a key: only what kind of failure it is leaves this worker.
      return fail(failureOf(thrown).code, 'the exchange of a sign-in’s code');
    }
  },

  async listModels() {
    try {
      const { account, key } = mine();
      await key.look();
      const fetch = guardedFetch({
        protocol: providerDefinitions[account.kind].protocol,
        key: key.use(),
        note: { purpose: 'provider-check', prompt: false },
        backOffMs: backOff,
        mostRequests: 2,
      });
      return succeed(await listModels(account, fetch, new AbortController().signal));
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown) };
    }
  },
};

Comlink.expose(api);
