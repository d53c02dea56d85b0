/** What accounts are called: by where their prompts go. */

import { originOf, type ProviderAccount, type ProviderKind } from '../domain/provider';
import { providerDefinitions } from '../providers/definitions';

/** The provider's own name at its own address; elsewhere the host that prompts go to, and whose API it speaks. */
export function usualName(kind: ProviderKind, baseUrl: string): string {
  const { name, defaultUrl } = providerDefinitions[kind];
  const { host, origin } = new URL(baseUrl);
  if (name === '') return host;
  return origin === originOf(defaultUrl) ? name : `${host} (${name})`;
}

/** Two accounts of one provider are told apart in lists by their names alone. */
export function distinctName(name: string, taken: readonly string[]): string {
  let distinct = name;
  for (let number = 2; taken.includes(distinct); number += 1) distinct = `${name} ${number}`;
  return distinct;
}

/** Earlier releases called whatever speaks a provider's API by the provider's name, wherever it is. */
export function wellNamed(accounts: readonly ProviderAccount[]): readonly ProviderAccount[] {
  const named: ProviderAccount[] = [];
  for (const account of accounts) {
    const { name } = providerDefinitions[account.kind];
    const usual = usualName(account.kind, account.baseUrl);
    const misleading = name !== '' && usual !== name && account.name.startsWith(name);
    const taken = named.map((one) => one.name);
    named.push(misleading ? { ...account, name: distinctName(usual.slice(0, 100), taken) } : account);
  }
  return named;
}
