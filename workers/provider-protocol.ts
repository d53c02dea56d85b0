/** What the page may ask of the worker that holds an account's key. The key goes in; no method gives it back. */

import type { Outcome } from '../src/domain/failure';
import type { ListedModel, ProviderAccount } from '../src/domain/provider';

export type KeyProblem =
  | 'wrong-passphrase'
  /** The passkey's secret does not fit the record. */
  | 'wrong-passkey'
  /** There is no key to keep, or none kept to unlock; or it was forgotten, replaced or given up meanwhile. */
  | 'no-key'
  /** The browser refuses to store, or to encrypt (an address without TLS), or to start the worker. */
  | 'refused';

export type KeyOutcome = { readonly ok: true } | { readonly ok: false; readonly problem: KeyProblem };

/** Names a lane's connection, so that it can be ended. */
export type ConnectionId = number;

export interface ProviderWorkerApi {
  /** As `EngineWorkerApi.hello`. The account is this worker's for as long as it lives. */
  hello(lockName: string, account: ProviderAccount): Promise<void>;
  /** Gives the model an engine of its own, which then speaks `EngineWorkerApi` over `port`. */
  connect(id: ConnectionId, model: string, port: MessagePort): void;
  disconnect(id: ConnectionId): void;
  /** Takes the key at once; settles when one that was kept before it has been deleted, or could not be. */
  setKey(key: string): Promise<void>;
  /** Fetches a key for the code of a sign-in and its verifier. No text of the exchange comes back. */
  signIn(code: string, verifier: string): Promise<Outcome<true>>;
  /** Stores the key, encrypted with the passphrase. */
  keepKey(passphrase: string): Promise<KeyOutcome>;
  unlockKey(passphrase: string): Promise<KeyOutcome>;
  /** As `keepKey`, encrypted with what `secret`, 32 bytes that the passkey gives, is made into. */
  keepKeyByPasskey(
    secret: Uint8Array<ArrayBuffer>,
    credentialId: Uint8Array<ArrayBuffer>,
  ): Promise<KeyOutcome>;
  unlockKeyByPasskey(secret: Uint8Array<ArrayBuffer>): Promise<KeyOutcome>;
  /** Ends a `keepKey` or `keepKeyByPasskey` that has not stored anything yet: it answers `no-key`. */
  stopKeeping(): void;
  /** The key is gone from memory at once, whatever becomes of the stored one. */
  forgetKey(): Promise<KeyOutcome>;
  listModels(): Promise<Outcome<readonly ListedModel[]>>;
}
