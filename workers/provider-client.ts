/** The page half of the worker that holds an account's key: started when it is first needed, and anew where it died. */

import * as Comlink from 'comlink';
import { fail, type Outcome } from '../src/domain/failure';
import type { ListedModel, ProviderAccount } from '../src/domain/provider';
import type { EngineEndpoint } from './engine-client';
import { whenLockIsFree } from './life-lock';
import type { ConnectionId, KeyOutcome, ProviderWorkerApi } from './provider-protocol';

export interface ProviderClientOptions {
  readonly account: ProviderAccount;
  readonly spawn?: () => Worker;
  /** Told when the worker is no more: the key that was in its memory is gone with it. */
  readonly onGone: () => void;
}

interface Running {
  readonly worker: Worker;
  readonly api: Comlink.Remote<ProviderWorkerApi>;
  /** Settles when the worker has ended. */
  readonly gone: Promise<void>;
  /** Settles when the worker has said hello; false where it never did. */
  readonly ready: Promise<boolean>;
  end(): void;
}

const START_DEADLINE_MS = 5000;
const blocked = fail('worker-blocked', 'the worker for this provider could not be started, or ended');

function spawnProviderWorker(): Worker {
  return new Worker(new URL('./provider.worker.ts', import.meta.url), { type: 'module', name: 'provider' });
}

export class ProviderClient {
  #running: Running | undefined;
  #nextId: ConnectionId = 1;
  readonly #options: ProviderClientOptions;

  constructor(options: ProviderClientOptions) {
    this.#options = options;
  }

  /** A connection to an engine for this model, for an `EngineClient`. Ending it ends nothing else. */
  open(model: string): EngineEndpoint {
    const { worker, api } = this.#start();
    const { port1, port2 } = new MessageChannel();
    const id = this.#nextId;
    this.#nextId += 1;
    void api.connect(id, model, Comlink.transfer(port2, [port2]));
    return {
      postMessage: (message: unknown, transfer: Transferable[] = []) => port1.postMessage(message, transfer),
      start: () => port1.start(),
      // An error is the worker's; messages are the port's.
      addEventListener: (type, listener, options) =>
        (type === 'error' ? worker : port1).addEventListener(type, listener, options),
      removeEventListener: (type, listener, options) =>
        (type === 'error' ? worker : port1).removeEventListener(type, listener, options),
      terminate() {
        void api.disconnect(id);
        port1.close();
      },
    };
  }

  /** False where the worker cannot be started. */
  async setKey(key: string): Promise<boolean> {
    return (await this.#call((api) => api.setKey(key).then(() => true))) ?? false;
  }

  /** The key that is fetched for the code stays in the worker. */
  async signIn(code: string, verifier: string): Promise<Outcome<true>> {
    const outcome = await this.#call<Outcome<true>>((api) => api.signIn(code, verifier));
    return outcome ?? blocked;
  }

  keepKey(passphrase: string): Promise<KeyOutcome> {
    return this.#key((api) => api.keepKey(passphrase));
  }

  unlockKey(passphrase: string): Promise<KeyOutcome> {
    return this.#key((api) => api.unlockKey(passphrase));
  }

  /** The secret is handed over: this side has nothing of it left, unless the worker cannot be started. */
  keepKeyByPasskey(
    secret: Uint8Array<ArrayBuffer>,
    credentialId: Uint8Array<ArrayBuffer>,
  ): Promise<KeyOutcome> {
    return this.#key((api) => api.keepKeyByPasskey(Comlink.transfer(secret, [secret.buffer]), credentialId));
  }

  /** As `keepKeyByPasskey`. */
  unlockKeyByPasskey(secret: Uint8Array<ArrayBuffer>): Promise<KeyOutcome> {
    return this.#key((api) => api.unlockKeyByPasskey(Comlink.transfer(secret, [secret.buffer])));
  }

  /** What is being kept is not to be kept after all. Its outcome tells whether this came too late. */
  stopKeeping(): void {
    // By the way of every call, so that it comes after the keeping that it ends. Where no worker runs there is none.
    if (this.#running !== undefined) void this.#call((api) => api.stopKeeping());
  }

  forgetKey(): Promise<KeyOutcome> {
    return this.#key((api) => api.forgetKey());
  }

  async listModels(): Promise<Outcome<readonly ListedModel[]>> {
    const outcome = await this.#call<Outcome<readonly ListedModel[]>>((api) => api.listModels());
    return outcome ?? blocked;
  }

  /** Ends the worker, and with it what is in its memory. */
  end(): void {
    this.#running?.end();
  }

  async #key(invoke: (api: Comlink.Remote<ProviderWorkerApi>) => Promise<KeyOutcome>): Promise<KeyOutcome> {
    return (await this.#call(invoke)) ?? { ok: false, problem: 'refused' };
  }

  /** Undefined where the worker cannot be started, or ends meanwhile. */
  async #call<T>(invoke: (api: Comlink.Remote<ProviderWorkerApi>) => Promise<T>): Promise<T | undefined> {
    const { api, gone, ready } = this.#start();
    if (!(await ready)) return undefined;
    return Promise.race([invoke(api), gone.then(() => undefined)]);
  }

  #start(): Running {
    if (this.#running !== undefined) return this.#running;
    const { account, spawn = spawnProviderWorker, onGone } = this.#options;
    const worker = spawn();
    const api = Comlink.wrap<ProviderWorkerApi>(worker);
    let settle: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const end = () => {
      settle();
      if (this.#running?.worker !== worker) return;
      this.#running = undefined;
      worker.terminate();
      onGone();
    };
    worker.addEventListener('error', end);
    // Not `randomUUID`, which an insecure address lacks.
    const lockName = `opentab-provider-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    const ready = Promise.race([
      api.hello(lockName, account).then(
        () => true,
        () => false,
      ),
      gone.then(() => false),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), START_DEADLINE_MS)),
    ]).then((said) => {
      // The lock falls to us when the worker has ended, however it ended.
      if (said) whenLockIsFree(lockName, end);
      else end();
      return said;
    });
    this.#running = { worker, api, gone, ready, end };
    return this.#running;
  }
}
