/**
 * One account's key: in this worker's memory and, where the person asked for it, encrypted in IndexedDB.
 *
 * PBKDF2-HMAC-SHA-256 with 1,000,000 rounds (OWASP's Password Storage Cheat Sheet asks for 600,000), then AES-256-GCM
 * with a fresh salt and nonce each time. Account and origin are authenticated with the key, so that a record cannot be
 * moved to another address. It protects what is stored while nobody has unlocked it, and nothing else.
 */

import { del, get, set, type UseStore } from 'idb-keyval';
import { FailureError } from '../../src/domain/failure';
import type { ProviderAccount } from '../../src/domain/provider';
import { providerDefinitions } from '../../src/providers/definitions';
import type { KeyOutcome, KeyProblem } from '../provider-protocol';

const ROUNDS = 1_000_000;

interface KeptKey {
  readonly version: 1;
  readonly origin: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

export class KeyHolder {
  #key: string | undefined;
  readonly #account: ProviderAccount;
  readonly #store: () => UseStore;

  constructor(account: ProviderAccount, store: () => UseStore) {
    this.#account = account;
    this.#store = store;
  }

  /** The address never changes while this lives, so the key is sent nowhere else. */
  set(key: string): void {
    this.#key = key;
  }

  /**
   * What goes with a request; undefined where the provider does without.
   * @throws FailureError `key-missing`
   */
  use(): string | undefined {
    if (this.#key === undefined && providerDefinitions[this.#account.kind].needsKey)
      throw new FailureError('key-missing', this.#account.name);
    return this.#key;
  }

  keep(passphrase: string): Promise<KeyOutcome> {
    return attempt(async () => {
      if (this.#key === undefined) return 'no-key';
      const { id } = this.#account;
      await set(id, await seal(this.#key, passphrase, id, this.#origin), this.#store());
      return undefined;
    });
  }

  unlock(passphrase: string): Promise<KeyOutcome> {
    return attempt(async () => {
      const kept = await get<KeptKey>(this.#account.id, this.#store());
      // A key that was kept for another address is not this address's.
      if (kept?.version !== 1 || kept.origin !== this.#origin) return 'no-key';
      const key = await open(kept, passphrase, this.#account.id);
      if (key === undefined) return 'wrong-passphrase';
      this.#key = key;
      return undefined;
    });
  }

  forget(): Promise<KeyOutcome> {
    this.#key = undefined;
    return attempt(async () => {
      await del(this.#account.id, this.#store());
      return undefined;
    });
  }

  get #origin(): string {
    return new URL(this.#account.baseUrl).origin;
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

async function cipherOf(
  passphrase: string,
  { salt, rounds }: Pick<KeptKey, 'salt' | 'rounds'>,
): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** What is authenticated along with the key, without being secret. */
function label(accountId: string, origin: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify([accountId, origin]));
}

async function seal(key: string, passphrase: string, accountId: string, origin: string): Promise<KeptKey> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const cipher = await cipherOf(passphrase, { salt, rounds: ROUNDS });
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: label(accountId, origin) },
    cipher,
    new TextEncoder().encode(key),
  );
  return { version: 1, origin, salt, rounds: ROUNDS, nonce, sealed };
}

async function open(kept: KeptKey, passphrase: string, accountId: string): Promise<string | undefined> {
  const cipher = await cipherOf(passphrase, kept);
  try {
    const bytes = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: kept.nonce, additionalData: label(accountId, kept.origin) },
      cipher,
      kept.sealed,
    );
    return new TextDecoder().decode(bytes);
  } catch {
    // AES-GCM says no more than that it does not fit.
    return undefined;
  }
}
