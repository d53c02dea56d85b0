/**
 * Signing in at a provider for a key of one's own: OAuth 2.0 with PKCE (RFC 7636, method S256).
 *
 * The person allows it at the provider's page, which sends them back with a code; the code and its verifier together
 * are exchanged for a key. Whoever has the code alone has nothing, and a code that this tab did not ask for is not used.
 */

import * as v from 'valibot';
import { addressProblem } from '../domain/provider';
import { SIGN_IN_PARAMETER, type Returned } from '../network/returned';
import type { SignInPlace } from './definitions';

/** What a tab notes before it leaves, and looks up when it is back. */
export interface PendingSignIn {
  /** Comes back in the address, unlike the verifier, which never is in one. */
  readonly state: string;
  readonly verifier: string;
  /** Address of the API that the key is for. */
  readonly baseUrl: string;
  /** The account that the key is for; undefined for a new one. */
  readonly accountId?: string | undefined;
}

const random = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const pendingSchema = v.object({
  state: random,
  verifier: random,
  baseUrl: v.pipe(
    v.string(),
    v.check((address) => addressProblem(address) === undefined),
  ),
  accountId: v.optional(v.string()),
}) satisfies v.GenericSchema<unknown, PendingSignIn>;

/** Undefined for what is no such note. */
export function readPending(text: string | undefined): PendingSignIn | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed = v.safeParse(pendingSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Not even JSON: nothing of it can be used.
    return undefined;
  }
}

/** 32 random bytes in base64url, 43 characters: what RFC 7636 (section 4.1) recommends for a verifier. */
export function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** The S256 challenge of a verifier (RFC 7636, section 4.2). */
export async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url(new Uint8Array(hash));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/**
 * The provider's page where the person allows it.
 *
 * @param baseUrl address of the API
 * @param appUrl address of this app, without query and fragment
 */
export async function signInAddress(
  { page }: SignInPlace,
  { baseUrl, state, verifier }: PendingSignIn,
  appUrl: string,
): Promise<string> {
  const back = new URL(appUrl);
  back.searchParams.set(SIGN_IN_PARAMETER, state);
  const address = new URL(page, baseUrl);
  address.searchParams.set('callback_url', back.href);
  address.searchParams.set('code_challenge', await challengeOf(verifier));
  address.searchParams.set('code_challenge_method', 'S256');
  return address.href;
}

export type Verdict =
  | { readonly kind: 'exchange'; readonly code: string; readonly pending: PendingSignIn }
  /** `foreign`: not what this tab asked for. `cancelled`: the tab is back without a code. */
  | { readonly kind: 'foreign' | 'cancelled'; readonly pending: PendingSignIn | undefined };

/** What to do about what came back to a tab that noted `pending` when it left. */
export function judgeReturn(pending: PendingSignIn | undefined, returned: Returned | undefined): Verdict {
  if (returned === undefined) return { kind: 'cancelled', pending };
  if (pending === undefined || returned.state !== pending.state) return { kind: 'foreign', pending };
  const { code = '' } = returned;
  return code === '' ? { kind: 'cancelled', pending } : { kind: 'exchange', code, pending };
}
