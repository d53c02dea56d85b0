/**
 * Passkeys as keepers of a secret (WebAuthn Level 3, section 10.1.4: the PRF extension): an authenticator computes the
 * same 32 bytes for the same passkey and input each time, and only after it has verified the person. Nobody signs in by
 * this, and nothing is sent anywhere: challenges are random and their signatures are looked at by nobody.
 */

type Bytes = Uint8Array<ArrayBuffer>;

export type PasskeyProblem =
  /** Dismissed, too late, not verified, or no such passkey here: the browser does not say which, for privacy. */
  | 'dismissed'
  /** The authenticator has no PRF, or did not answer with it. */
  | 'no-secret'
  /** The browser allows no passkey at this address, or failed. */
  | 'refused';

export type PasskeyOutcome =
  | { readonly ok: true; readonly credentialId: Bytes; readonly secret: Bytes }
  | { readonly ok: false; readonly problem: PasskeyProblem };

/** What the secret is computed of. Another text would make another secret, and nothing kept would open again. */
const PRF_INPUT = new TextEncoder().encode('OpenTab keys kept by passkey, version 1');
const SECRET_BYTES = 32;
const TIMEOUT_MS = 120_000;

/** True where the browser has passkeys and does not say that it lacks the PRF extension. */
export async function passkeysOffered(scope: typeof globalThis = globalThis): Promise<boolean> {
  if (!('PublicKeyCredential' in scope)) return false;
  const { PublicKeyCredential } = scope;
  // Browsers of before it may have the extension: then a passkey without a secret says so.
  if (!('getClientCapabilities' in PublicKeyCredential)) return true;
  try {
    const capabilities: Readonly<Record<string, boolean>> = await PublicKeyCredential.getClientCapabilities();
    return capabilities['extension:prf'] === true;
  } catch {
    return false;
  }
}

/**
 * The app's address with a name, where it is open at this machine's number: browsers make passkeys for names alone
 * (WebAuthn Level 3, section 5.1.3: the effective domain must be a domain). Undefined where nothing stands against one.
 */
export function namedAddress({
  protocol,
  hostname,
  port,
  pathname,
}: Pick<Location, 'protocol' | 'hostname' | 'port' | 'pathname'>): string | undefined {
  if (hostname !== '127.0.0.1' && hostname !== '[::1]') return undefined;
  return `${protocol}//localhost${port === '' ? '' : `:${port}`}${pathname}`;
}

/** Makes a passkey for this site. @param name what password managers call it */
export function makePasskey(name: string): Promise<PasskeyOutcome> {
  return attempt(async () => {
    const made = await navigator.credentials.create({
      publicKey: {
        rp: { name: 'OpenTab' },
        // A known id would make password managers replace an earlier passkey, and with it what it keeps.
        user: { id: random(16), name, displayName: name },
        challenge: random(32),
        // EdDSA, ES256, RS256: the signature is not used, but one must be agreed upon.
        pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        extensions: { prf: { eval: { first: PRF_INPUT } } },
        timeout: TIMEOUT_MS,
      },
    });
    if (!(made instanceof PublicKeyCredential)) return problem('refused');
    const { prf } = made.getClientExtensionResults();
    if (prf?.enabled !== true) {
      await forget(made.id);
      return problem('no-secret');
    }
    // Many authenticators compute nothing while they make a passkey, and have to be asked again.
    const outcome = secretOf(made);
    return outcome.ok ? outcome : askPasskey([new Uint8Array(made.rawId)]);
  });
}

/** Asks one of these passkeys for its secret. */
export function askPasskey(credentialIds: readonly Bytes[]): Promise<PasskeyOutcome> {
  return attempt(async () => {
    const asked = await navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: credentialIds.map((id) => ({ type: 'public-key', id })),
        // Without verification an authenticator has another secret.
        userVerification: 'required',
        extensions: { prf: { eval: { first: PRF_INPUT } } },
        timeout: TIMEOUT_MS,
      },
    });
    return asked instanceof PublicKeyCredential ? secretOf(asked) : problem('refused');
  });
}

function secretOf(credential: PublicKeyCredential): PasskeyOutcome {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined || first.byteLength !== SECRET_BYTES) return problem('no-secret');
  const given = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
  // A buffer of its own, to be handed over whole; the browser's is wiped.
  const secret = given.slice();
  given.fill(0);
  return { ok: true, credentialId: new Uint8Array(credential.rawId), secret };
}

async function attempt(run: () => Promise<PasskeyOutcome>): Promise<PasskeyOutcome> {
  try {
    return await run();
  } catch (thrown) {
    const name = thrown instanceof DOMException ? thrown.name : '';
    return problem(name === 'NotAllowedError' || name === 'AbortError' ? 'dismissed' : 'refused');
  }
}

function problem(which: PasskeyProblem): PasskeyOutcome {
  return { ok: false, problem: which };
}

/** Tells password managers that a passkey which was just made is of no use; not all browsers can. */
async function forget(credentialId: string): Promise<void> {
  if (!('signalUnknownCredential' in PublicKeyCredential)) return;
  try {
    await PublicKeyCredential.signalUnknownCredential({ rpId: location.hostname, credentialId });
  } catch {
    // It stays where it was made, and the person can remove it there.
  }
}

function random(bytes: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(bytes));
}
