/** What is known of the accounts' keys: which are at hand, which are kept and by what. The keys are in the workers. */

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { fail, type Outcome } from '../domain/failure';
import type { KeyState, ProviderAccount } from '../domain/provider';
import { keptAccounts } from '../../workers/key-store';
import type { ProviderClient } from '../../workers/provider-client';
import type { KeyOutcome } from '../../workers/provider-protocol';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a passkey gave: which one it is, and its secret for this app. */
export interface PasskeySecret {
  readonly credentialId: Bytes;
  /** 32 bytes; used up by the call that it is handed to. */
  readonly secret: Bytes;
}

export interface ProviderKeysServices {
  readonly accounts: () => readonly ProviderAccount[];
  /** The page half of an account's worker; undefined where there is no such account. */
  readonly client: (accountId: string) => ProviderClient | undefined;
  /** Told when the account's key is another one, or none. */
  readonly onchange: (accountId: string) => void;
  /** Has other tabs forget the account's key too. */
  readonly tellForgotten: (accountId: string) => void;
}

export class ProviderKeys {
  readonly #ready = new SvelteSet<string>();
  /** The accounts whose key is kept; by which passkey, where it is not by a passphrase. */
  readonly #kept = new SvelteMap<string, Bytes | undefined>();
  readonly #services: ProviderKeysServices;

  constructor(services: ProviderKeysServices) {
    this.#services = services;
  }

  /** Learns which keys are kept, each time anew. They stay locked until their passphrase or passkey is given. */
  async start(): Promise<void> {
    const kept = await keptAccounts();
    this.#kept.clear();
    for (const { id, passkey } of kept) this.#kept.set(id, passkey);
  }

  /** True where any key is at hand or kept. */
  get any(): boolean {
    return this.#ready.size + this.#kept.size > 0;
  }

  /** True where a key would be gone with this page: at hand, and not kept. */
  get anyUnkept(): boolean {
    return [...this.#ready].some((id) => !this.#kept.has(id));
  }

  /** True where a locked key waits for a passphrase. */
  get waitForPassphrase(): boolean {
    return this.#locked.some(({ id }) => this.#kept.get(id) === undefined);
  }

  /** Ids of the passkeys that locked keys wait for. */
  get lockedPasskeys(): readonly Bytes[] {
    return distinct(this.#locked.map(({ id }) => this.#kept.get(id)));
  }

  /** Ids of the passkeys that any key is kept by. */
  get passkeys(): readonly Bytes[] {
    return distinct([...this.#kept.values()]);
  }

  state(accountId: string): KeyState {
    if (this.#ready.has(accountId)) return 'ready';
    return this.#kept.has(accountId) ? 'locked' : 'absent';
  }

  /** What the account's key is kept by; undefined where it is not kept. */
  keptBy(accountId: string): 'passphrase' | 'passkey' | undefined {
    if (!this.#kept.has(accountId)) return undefined;
    return this.#kept.get(accountId) === undefined ? 'passphrase' : 'passkey';
  }

  /** Hands the key to the account's worker; this page keeps nothing of it. */
  async enter(accountId: string, key: string): Promise<boolean> {
    const trimmed = key.trim();
    const client = this.#services.client(accountId);
    if (trimmed === '' || client === undefined || !(await client.setKey(trimmed))) return false;
    this.#changed(accountId);
    return true;
  }

  /** Has the account's worker fetch a key for the code of a sign-in; that key never is on this page. */
  async signIn(accountId: string, code: string, verifier: string): Promise<Outcome<true>> {
    const client = this.#services.client(accountId);
    const outcome = (await client?.signIn(code, verifier)) ?? fail('key-missing', 'no such account');
    if (outcome.ok) this.#changed(accountId);
    return outcome;
  }

  async keep(accountId: string, passphrase: string): Promise<KeyOutcome> {
    const outcome = (await this.#services.client(accountId)?.keepKey(passphrase)) ?? refused;
    return this.#afterKeeping(accountId, outcome, undefined);
  }

  async keepByPasskey(accountId: string, { credentialId, secret }: PasskeySecret): Promise<KeyOutcome> {
    const client = this.#services.client(accountId);
    const outcome = (await client?.keepKeyByPasskey(secret, credentialId)) ?? refused;
    wipe(secret);
    return this.#afterKeeping(accountId, outcome, credentialId);
  }

  /** Tries the passphrase on every locked key that is kept by one. */
  unlock(passphrase: string): Promise<KeyOutcome> {
    return this.#unlock(
      (passkey) => passkey === undefined,
      (client) => client.unlockKey(passphrase),
    );
  }

  /** Unlocks every key that is kept by this passkey. */
  async unlockByPasskey({ credentialId, secret }: PasskeySecret): Promise<KeyOutcome> {
    const outcome = await this.#unlock(
      (passkey) => passkey !== undefined && same(passkey, credentialId),
      (client) => client.unlockKeyByPasskey(secret.slice()),
    );
    wipe(secret);
    return outcome;
  }

  /** Ends the keeping of a key that is under way. Its outcome tells whether this came too late. */
  stopKeeping(accountId: string): void {
    this.#services.client(accountId)?.stopKeeping();
  }

  async forget(accountId: string): Promise<KeyOutcome> {
    this.#services.tellForgotten(accountId);
    const outcome = (await this.#services.client(accountId)?.forgetKey()) ?? refused;
    this.lost(accountId);
    if (outcome.ok) this.#kept.delete(accountId);
    this.#services.onchange(accountId);
    return outcome;
  }

  /** The account's key, or every key where none is named, is neither at hand nor kept any more. */
  drop(accountId?: string): void {
    for (const id of accountId === undefined ? [...this.#ready, ...this.#kept.keys()] : [accountId]) {
      this.#ready.delete(id);
      this.#kept.delete(id);
    }
  }

  /** The worker has ended, and with it what was in its memory. */
  lost(accountId: string): void {
    this.#ready.delete(accountId);
  }

  get #locked(): readonly ProviderAccount[] {
    return this.#services.accounts().filter(({ id }) => this.state(id) === 'locked');
  }

  /** Another key is at hand: what was kept of the one before went with it. */
  #changed(accountId: string): void {
    this.#ready.add(accountId);
    this.#kept.delete(accountId);
    this.#services.onchange(accountId);
  }

  /** Meanwhile the key may have been forgotten, and its worker with it. */
  #afterKeeping(accountId: string, outcome: KeyOutcome, passkey: Bytes | undefined): KeyOutcome {
    if (!this.#ready.has(accountId)) return { ok: false, problem: 'no-key' };
    if (outcome.ok) this.#kept.set(accountId, passkey);
    return outcome;
  }

  async #unlock(
    isMeant: (passkey: Bytes | undefined) => boolean,
    unlock: (client: ProviderClient) => Promise<KeyOutcome>,
  ): Promise<KeyOutcome> {
    const meant = this.#locked.filter(({ id }) => isMeant(this.#kept.get(id)));
    const outcomes = await Promise.all(
      meant.map(async ({ id }) => {
        const client = this.#services.client(id);
        const outcome = client === undefined ? refused : await unlock(client);
        if (outcome.ok) {
          this.#ready.add(id);
          this.#services.onchange(id);
        }
        return outcome;
      }),
    );
    return outcomes.find(({ ok }) => ok) ?? outcomes[0] ?? { ok: true };
  }
}

const refused: KeyOutcome = { ok: false, problem: 'refused' };

function same(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function distinct(ids: readonly (Bytes | undefined)[]): readonly Bytes[] {
  const known = ids.filter((id) => id !== undefined);
  return known.filter((id, at) => known.findIndex((other) => same(id, other)) === at);
}

/** What was handed over to a worker is no longer here, and cannot be written to. */
function wipe(secret: Bytes): void {
  if (secret.byteLength > 0) secret.fill(0);
}
