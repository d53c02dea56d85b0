/**
 * Where a provider is, for somebody else: no account, no key. Lanes that were handed on name their model by it until
 * their provider is set up here too.
 */

import {
  MAX_ADDRESS,
  addressProblem,
  cleanAddress,
  loopback,
  parseRemoteVariantId,
  providerKinds,
  remoteVariantId,
  type ProviderAccount,
} from './provider';

export type ProviderPlace = Pick<ProviderAccount, 'kind' | 'baseUrl'>;

/** A model of a provider that is not set up here. */
export interface MissingProvider {
  /** Undefined where nothing but the model's name is known: it was an account that nobody remembers. */
  readonly place: ProviderPlace | undefined;
  readonly model: string;
  /** True where it was set up here once, and was removed. */
  readonly removed: boolean;
}

/**
 * What stands for an account where a model is named to somebody who has accounts of their own. It is the id of none:
 * those have no `@`.
 */
export function placeId({ kind, baseUrl }: ProviderPlace): string {
  return `${kind}@${encodeURIComponent(baseUrl)}`;
}

/** The place that stands for an account; undefined for an account's id, and for an address that must not be asked. */
export function parsePlaceId(accountId: string): ProviderPlace | undefined {
  const [name, encoded, ...more] = accountId.split('@');
  const kind = providerKinds.find((one) => one === name);
  if (kind === undefined || encoded === undefined || more.length > 0) return undefined;
  const address = decoded(encoded);
  if (address === undefined || address.length > MAX_ADDRESS || addressProblem(address) !== undefined)
    return undefined;
  return { kind, baseUrl: plainAddress(address) };
}

/** True where both are the same API, however its address is written. */
export function isSamePlace(one: ProviderPlace, other: ProviderPlace): boolean {
  return one.kind === other.kind && plainAddress(one.baseUrl) === plainAddress(other.baseUrl);
}

/** True where an address is on the machine of whoever opens it. */
export function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && loopback.has(new URL(address).hostname);
}

/**
 * What is missing for a lane; undefined where its provider is among the accounts, and for lanes in the tab.
 * @param former accounts that were removed
 */
export function missingProvider(
  variantId: string,
  accounts: readonly ProviderAccount[],
  former: readonly ProviderAccount[] = [],
): MissingProvider | undefined {
  const parsed = parseRemoteVariantId(variantId);
  if (parsed === undefined || accounts.some(({ id }) => id === parsed.accountId)) return undefined;
  const { accountId, model } = parsed;
  const known = former.find(({ id }) => id === accountId);
  const place = known ? { kind: known.kind, baseUrl: known.baseUrl } : parsePlaceId(accountId);
  return { place, model, removed: known !== undefined };
}

/**
 * A model that a link names by its provider's place, or that was a removed account's, as that of an account at this
 * place, where there is one.
 */
export function variantHere(
  variantId: string,
  accounts: readonly ProviderAccount[],
  former: readonly ProviderAccount[] = [],
): string {
  const missing = missingProvider(variantId, accounts, former);
  const place = missing?.place;
  const account = place && accounts.find((one) => isSamePlace(one, place));
  return account === undefined ? variantId : remoteVariantId(account.id, missing?.model ?? '');
}

/** The same model under one name, whichever account at its place it was asked by, where no such account is left. */
export function variantByPlace(
  variantId: string,
  accounts: readonly ProviderAccount[],
  former: readonly ProviderAccount[],
): string {
  const here = variantHere(variantId, accounts, former);
  const missing = missingProvider(here, accounts, former);
  return missing?.place === undefined ? here : remoteVariantId(placeId(missing.place), missing.model);
}

/** As the browser will ask it: a name in another alphabet, that looks like a known one, shows here that it is none. */
function plainAddress(address: string): string {
  return cleanAddress(new URL(address).href);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
