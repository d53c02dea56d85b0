/** Models that compute elsewhere, behind an API: accounts, addresses and names. Keys are never part of this. */

export const providerKinds = ['openai', 'anthropic', 'gemini', 'openrouter', 'compatible'] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** An API that the person set up. */
export interface ProviderAccount {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly name: string;
  /** Address of the API without a slash at its end, for example `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Names of the models that lanes can choose. */
  readonly models: readonly string[];
}

/** A model as a provider's own listing tells it. */
export interface ListedModel {
  readonly id: string;
  readonly name?: string;
  readonly contextTokens?: number;
}

/** `absent`: none was entered. `locked`: one is kept, encrypted, and waits for its passphrase. */
export type KeyState = 'absent' | 'locked' | 'ready';

const PREFIX = 'api:';
/** Longest address of an account, in UTF-16 code units. */
export const MAX_ADDRESS = 300;

/** The id under which lanes and conversations know a model of an account. */
export function remoteVariantId(accountId: string, model: string): string {
  return `${PREFIX}${accountId}/${model}`;
}

/** Undefined for the id of a model in the catalogue. A model's own name may contain slashes. */
export function parseRemoteVariantId(
  variantId: string,
): { readonly accountId: string; readonly model: string } | undefined {
  if (!variantId.startsWith(PREFIX)) return undefined;
  const slash = variantId.indexOf('/');
  if (slash < 0) return undefined;
  const accountId = variantId.slice(PREFIX.length, slash);
  const model = variantId.slice(slash + 1);
  return accountId === '' || model === '' ? undefined : { accountId, model };
}

export type AddressProblem =
  /** No `http` or `https` address. */
  | 'unreadable'
  /** `http` to another machine: key and prompt could be read on the way, and a page over TLS may not ask it. */
  | 'insecure'
  /** A user name, password, query or fragment: keys do not belong into an address. */
  | 'secret';

/** Names of the machine that an address is opened on. */
export const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What is wrong with an API's address; undefined where nothing is. */
export function addressProblem(address: string): AddressProblem | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'unreadable';
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return 'secret';
  if (url.protocol === 'http:' && !loopback.has(url.hostname)) return 'insecure';
  return undefined;
}

/** Scheme, host and port of an address that has no `addressProblem`. */
export function originOf(address: string): string {
  return new URL(address).origin;
}

/**
 * The address as it is kept: no blanks around it, no slash at its end. This machine's IPv6 address goes by its name:
 * a content security policy has no way to allow an IPv6 address (CSP3, 2.3.1, `host-part`).
 */
export function cleanAddress(address: string): string {
  return address
    .trim()
    .replace(/\/+$/, '')
    .replace(/^(https?:\/\/)\[::1\](?=[:/]|$)/i, '$1localhost');
}
