/** Adding and removing accounts: few visits do, so this loads with the screen where it is done. */

import {
  MAX_ADDRESS,
  addressProblem,
  cleanAddress,
  originOf,
  type ProviderAccount,
  type ProviderKind,
} from '../domain/provider';
import { isSamePlace, type ProviderPlace } from '../domain/provider-place';
import { forbidOrigin } from '../../workers/policy-store';
import type { KeyOutcome } from '../../workers/provider-protocol';
import { MAX_ACCOUNTS } from './provider-memory';
import { distinctName, usualName } from './provider-names';
import type { Providers } from './providers.svelte';

/** @returns the account, or undefined where the address cannot be used (`addressProblem` says why) */
export async function addProvider(
  providers: Providers,
  kind: ProviderKind,
  name: string,
  address: string,
): Promise<ProviderAccount | undefined> {
  const baseUrl = cleanAddress(address);
  if (addressProblem(baseUrl) !== undefined || baseUrl.length > MAX_ADDRESS) return undefined;
  providers.readAnew();
  if (providers.accounts.length >= MAX_ACCOUNTS) return undefined;
  const account: ProviderAccount = {
    id: formerId(providers, { kind, baseUrl }) ?? providers.newId(),
    kind,
    name: distinctName(
      (name.trim() === '' ? usualName(kind, baseUrl) : name.trim()).slice(0, 100),
      providers.accounts.map(({ name: taken }) => taken),
    ),
    baseUrl,
    models: [],
  };
  await providers.allow([account]);
  // Another tab may have brought it back meanwhile. More could be stored, and none of them read again.
  providers.change((accounts) =>
    accounts.some(({ id }) => id === account.id) ? accounts : [...accounts, account].slice(0, MAX_ACCOUNTS),
  );
  return providers.accounts.find(({ id }) => id === account.id);
}

/** The account, its key and its kept key. Answers that it gave stay in their conversations. */
export async function removeProvider(providers: Providers, accountId: string): Promise<KeyOutcome> {
  const account = providers.accounts.find(({ id }) => id === accountId);
  if (account === undefined) return { ok: true };
  const outcome = await providers.keys.forget(accountId);
  providers.end(accountId);
  remember(providers, account);
  providers.change((accounts) => accounts.filter(({ id }) => id !== accountId));
  const origin = originOf(account.baseUrl);
  if (!providers.accounts.some(({ baseUrl }) => originOf(baseUrl) === origin))
    await forbidOrigin(origin, 'provider').catch(() => undefined);
  return outcome;
}

/** The account that was removed last at this place: what was made with it is the new one's. */
function formerId({ accounts, former }: Providers, place: ProviderPlace): string | undefined {
  const here = new Set(accounts.map(({ id }) => id));
  return former.find((one) => !here.has(one.id) && isSamePlace(one, place))?.id;
}

/** Before it goes: what another tab removes meanwhile stays known too. */
function remember(providers: Providers, account: ProviderAccount): void {
  providers.readAnew();
  const others = providers.former.filter(({ id }) => id !== account.id);
  providers.former = [{ ...account, models: [] }, ...others].slice(0, MAX_ACCOUNTS);
}
