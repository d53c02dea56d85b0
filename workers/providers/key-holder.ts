/**
 * One account's key: in this worker's memory and, where the person asked for it, encrypted in IndexedDB
 * (`key-sealing.ts`), by a passphrase or by a passkey. That protects what is stored while nobody has unlocked it, and
 * nothing else.
 */

import { del, get, set, type UseStore } from 'idb-keyval';
import { FailureError } from '../../src/domain/failure';
import type { ProviderAccount } from '../../src/domain/provider';
import { providerDefinitions } from '../../src/providers/definitions';
import type { KeyOutcome, KeyProblem } from '../provider-protocol';
import {
  openByPasskey,
  openByPassphrase,
  sealByPasskey,
  sealByPassphrase,
  type KeptKey,
  type KeyOwner,
} from './key-sealing';

export class KeyHolder {
  #key: string | undefined;
  /** As it was when it was last looked. */
  #locked = false;
  readonly #account: ProviderAccount;
  readonly #store: () => UseStore;

  constructor(account: ProviderAccount, store: () => UseStore) {
    this.#account = account;
    this.#store = store;
  }

  /** The address never changes while this lives, so the key is sent nowhere else. */
  async set(key: string): Promise<void> {
    this.#key = key;
    // What is kept of an earlier key must not come back in the place of this one.
    await attempt(async () => {
      await del(this.#account.id, this.#store());
      return undefined;
    });
  }

  /** Learns whether a key is kept that waits to be unlocked. To be called before the first `use`. */
  async look(): Promise<void> {
    if (this.#key !== undefined) return;
    const outcome = await attempt(async () => ((await this.#kept()) === undefined ? 'no-key' : undefined));
    this.#locked = outcome.ok;
  }

  /**
   * What goes with a request; undefined where the provider does without, and no key is kept for it: who keeps one
   * does not mean to ask without it.
   * @throws FailureError `key-locked` or `key-missing`
   */
  use(): string | undefined {
    if (this.#key !== undefined) return this.#key;
    if (this.#locked) throw new FailureError('key-locked', this.#account.name);
    if (providerDefinitions[this.#account.kind].needsKey)
      throw new FailureError('key-missing', this.#account.name);
    return undefined;
  }

  /** In place of what was kept before. */
  keep(passphrase: string): Promise<KeyOutcome> {
    return this.#keep((key) => sealByPassphrase(key, passphrase, this.#owner));
  }

  /** As `keep`. @param secret what the passkey gives for this app; wiped in any case */
  async keepByPasskey(
    secret: Uint8Array<ArrayBuffer>,
    credentialId: Uint8Array<ArrayBuffer>,
  ): Promise<KeyOutcome> {
    const outcome = await this.#keep((key) => sealByPasskey(key, secret, credentialId, this.#owner));
    secret.fill(0);
    return outcome;
  }

  unlock(passphrase: string): Promise<KeyOutcome> {
    return attempt(async () => {
      const kept = await this.#kept();
      if (kept?.version !== 1) return 'no-key';
      return this.#take(await openByPassphrase(kept, passphrase, this.#account.id), 'wrong-passphrase');
    });
  }

  /** @param secret as in `keepByPasskey` */
  async unlockByPasskey(secret: Uint8Array<ArrayBuffer>): Promise<KeyOutcome> {
    const outcome = await attempt(async () => {
      const kept = await this.#kept();
      if (kept?.version !== 2) return 'no-key';
      return this.#take(await openByPasskey(kept, secret, this.#account.id), 'wrong-passkey');
    });
    secret.fill(0);
    return outcome;
  }

  forget(): Promise<KeyOutcome> {
    this.#key = undefined;
    this.#locked = false;
    return attempt(async () => {
      await del(this.#account.id, this.#store());
      return undefined;
    });
  }

  #keep(seal: (key: string) => Promise<KeptKey>): Promise<KeyOutcome> {
    return attempt(async () => {
      if (this.#key === undefined) return 'no-key';
      await set(this.#account.id, await seal(this.#key), this.#store());
      return undefined;
    });
  }

  async #kept(): Promise<KeptKey | undefined> {
    const kept = await get<KeptKey>(this.#account.id, this.#store());
    // A key that was kept for another address is not this address's.
    return kept?.origin === this.#owner.origin ? kept : undefined;
  }

  #take(key: string | undefined, otherwise: KeyProblem): KeyProblem | undefined {
    if (key === undefined) return otherwise;
    this.#key = key;
    return undefined;
  }

  get #owner(): KeyOwner {
    return { accountId: this.#account.id, origin: new URL(this.#account.baseUrl).origin };
  }
}

async function attempt(run: () => Promise<KeyProblem | undefined>): Promise<KeyOutcome> {
  try {
    const problem = await run();
    return problem === undefined ? { ok: true } : { ok: false, problem };
  } catch {
    // No text of this error goes anywhere: it was thrown beside a key.
    return { ok: false, problem: 'refused' };
  }
}
