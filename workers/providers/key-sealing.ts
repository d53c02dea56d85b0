/**
 * How a key is encrypted where it is kept: AES-256-GCM, with a fresh salt and nonce each time. Account and origin are
 * authenticated with the key, so that a record cannot be moved to another address.
 *
 * What encrypts it comes from a passphrase by PBKDF2-HMAC-SHA-256 with 1,000,000 rounds (OWASP's Password Storage Cheat
 * Sheet asks for 600,000), or from the secret that a passkey gives for this app (WebAuthn's PRF extension, 32 random
 * bytes) by HKDF-SHA-256 (RFC 5869), which names purpose, account and origin, so that one passkey makes another cipher
 * for each account.
 */

type Bytes = Uint8Array<ArrayBuffer>;

interface Sealed {
  readonly origin: string;
  readonly salt: Bytes;
  readonly nonce: Bytes;
  readonly sealed: ArrayBuffer;
}

export interface KeptByPassphrase extends Sealed {
  readonly version: 1;
  readonly rounds: number;
}

export interface KeptByPasskey extends Sealed {
  readonly version: 2;
  readonly credentialId: Bytes;
}

export type KeptKey = KeptByPassphrase | KeptByPasskey;

/** Whose key it is, and where it may be sent. */
export interface KeyOwner {
  readonly accountId: string;
  readonly origin: string;
}

const ROUNDS = 1_000_000;
const PASSKEY_PURPOSE = 'OpenTab kept key by passkey, version 1';

export async function sealByPassphrase(
  key: string,
  passphrase: string,
  owner: KeyOwner,
): Promise<KeptByPassphrase> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const cipher = await passphraseCipher(passphrase, salt, ROUNDS);
  return { version: 1, rounds: ROUNDS, salt, ...(await encrypt(key, cipher, owner)) };
}

/** @param secret is not kept, nor wiped */
export async function sealByPasskey(
  key: string,
  secret: Bytes,
  credentialId: Bytes,
  owner: KeyOwner,
): Promise<KeptByPasskey> {
  const salt = crypto.getRandomValues(new Uint8Array(32));
  const cipher = await passkeyCipher(secret, salt, owner);
  return { version: 2, credentialId, salt, ...(await encrypt(key, cipher, owner)) };
}

/** Undefined where the passphrase does not fit. */
export async function openByPassphrase(
  kept: KeptByPassphrase,
  passphrase: string,
  accountId: string,
): Promise<string | undefined> {
  const cipher = await passphraseCipher(passphrase, kept.salt, kept.rounds);
  return decrypt(kept, cipher, accountId);
}

/** Undefined where the secret does not fit. */
export async function openByPasskey(
  kept: KeptByPasskey,
  secret: Bytes,
  accountId: string,
): Promise<string | undefined> {
  const cipher = await passkeyCipher(secret, kept.salt, { accountId, origin: kept.origin });
  return decrypt(kept, cipher, accountId);
}

async function passphraseCipher(passphrase: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
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

async function passkeyCipher(secret: Bytes, salt: Bytes, owner: KeyOwner): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(JSON.stringify([PASSKEY_PURPOSE, owner.accountId, owner.origin]));
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** What is authenticated along with the key, without being secret. */
function label({ accountId, origin }: KeyOwner): Bytes {
  return new TextEncoder().encode(JSON.stringify([accountId, origin]));
}

async function encrypt(key: string, cipher: CryptoKey, owner: KeyOwner): Promise<Omit<Sealed, 'salt'>> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: label(owner) },
    cipher,
    new TextEncoder().encode(key),
  );
  return { origin: owner.origin, nonce, sealed };
}

async function decrypt(
  { origin, nonce, sealed }: Sealed,
  cipher: CryptoKey,
  accountId: string,
): Promise<string | undefined> {
  try {
    const bytes = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: label({ accountId, origin }) },
      cipher,
      sealed,
    );
    return new TextDecoder().decode(bytes);
  } catch {
    // AES-GCM says no more than that it does not fit.
    return undefined;
  }
}
