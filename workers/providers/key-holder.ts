/**
 * One account's key: in this worker's memory and, where the person asked for it, encrypted in IndexedDB
 * (`key-sealing.ts`), by a passphrase or by a passkey. That protects what is stored while nobody has unlocked it, and
 * nothing else.
 *
 * Encrypting and decrypting take their time. What was forgotten or replaced meanwhile, here or in another tab, does not
 * come back by it.
 */

import type { UseStore } from 'idb-keyval';
import { FailureError } from '../../src/domain/failure';
import type { ProviderAccount } from '../../src/domain/provider';
import { providerDefinitions } from '../../src/providers/definitions';
import { dropKept, forgetKept, putKept, readKept, type Notes } from '../key-store';
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
  /** Raised by what makes keeping and unlocking void that have begun: another key, and forgetting. */
  #turn = 0;
  /** What was noted of forgetting when the key was taken. */
  #notes: Promise<Notes> | undefined;
  readonly #account: ProviderAccount;
  readonly #store: () => UseStore;

  constructor(account: ProviderAccount, store: () => UseStore) {
    this.#account = account;
    this.#store = store;
  }

  /** The address never changes while this lives, so the key is sent nowhere else. */
  async set(key: string): Promise<void> {
    this.#key = key;
    this.#turn += 1;
    // What is kept of an earlier key must not come back in the place of this one.
    const notes = this.#drop();
    this.#notes = notes;
    await attempt(async () => {
      await notes;
      return undefined;
    });
  }

  /** Learns whether a key is kept that waits to be unlocked. To be called before the first `use`. */
  async look(): Promise<void> {
    if (this.#key !== undefined) return;
    const turn = this.#turn;
    const outcome = await attempt(async () => {
      const { kept } = await this.#read();
      return kept === undefined ? 'no-key' : undefined;
    });
    if (turn === this.#turn) this.#locked = outcome.ok;
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

  /** What is being kept is not to be kept after all. Its outcome tells whether this came too late. */
  stopKeeping(): void {
    this.#turn += 1;
  }

  unlock(passphrase: string): Promise<KeyOutcome> {
    return this.#unlock('wrong-passphrase', (kept) =>
      kept.version === 1 ? openByPassphrase(kept, passphrase, this.#account.id) : undefined,
    );
  }

  /** @param secret as in `keepByPasskey` */
  async unlockByPasskey(secret: Uint8Array<ArrayBuffer>): Promise<KeyOutcome> {
    const outcome = await this.#unlock('wrong-passkey', (kept) =>
      kept.version === 2 ? openByPasskey(kept, secret, this.#account.id) : undefined,
    );
    secret.fill(0);
    return outcome;
  }

  forget(): Promise<KeyOutcome> {
    this.#lose();
    return attempt(async () => {
      await forgetKept(this.#account.id, this.#store());
      return undefined;
    });
  }

  #keep(seal: (key: string) => Promise<KeptKey>): Promise<KeyOutcome> {
    return attempt(async () => {
      const key = this.#key;
      const turn = this.#turn;
      const notes = await this.#notes;
      if (key === undefined || notes === undefined) return 'no-key';
      const record = await seal(key);
      if (turn !== this.#turn) return 'no-key';
      // Whatever is done to the record from here on comes after this, as the store takes writers one by one.
      if (await putKept(this.#account.id, record, notes, this.#store())) return undefined;
      // Forgotten in another tab, of which this one has not heard yet.
      if (turn === this.#turn) this.#lose();
      return 'no-key';
    });
  }

  /** @param open undefined for a record of the other kind: for this way of unlocking none is kept */
  #unlock(
    otherwise: KeyProblem,
    open: (kept: KeptKey) => Promise<string | undefined> | undefined,
  ): Promise<KeyOutcome> {
    return attempt(async () => {
      const turn = this.#turn;
      const { kept, notes } = await this.#read();
      const opening = kept && open(kept);
      if (opening === undefined) return 'no-key';
      const key = await opening;
      if (key === undefined) return otherwise;
      const now = await this.#read();
      if (turn !== this.#turn || now.notes !== notes) return 'no-key';
      this.#key = key;
      this.#notes = Promise.resolve(notes);
      return undefined;
    });
  }

  #lose(): void {
    this.#key = undefined;
    this.#locked = false;
    this.#turn += 1;
  }

  /** Asynchronous as a whole: where there is no storage, naming the store throws. */
  async #drop(): Promise<Notes> {
    return dropKept(this.#account.id, this.#store());
  }

  async #read(): Promise<{ readonly kept: KeptKey | undefined; readonly notes: Notes }> {
    const { record, notes } = await readKept(this.#account.id, this.#store());
    const kept = record as KeptKey | undefined;
    // A key that was kept for another address is not this address's.
    return { kept: kept?.origin === this.#owner.origin ? kept : undefined, notes };
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
