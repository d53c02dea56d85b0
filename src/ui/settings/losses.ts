/** What will be lost with a key or a provider, for the questions that are asked before. */

import { parseRemoteVariantId, type ProviderAccount } from '../../domain/provider';
import { isSamePlace } from '../../domain/provider-place';
import { m } from '../../messages/messages.js';
import { getLocale } from '../../messages/runtime.js';
import type { Lane } from '../../state/lane.svelte';
import type { Providers } from '../../state/providers.svelte';

type Known = Pick<Providers, 'accounts' | 'keys' | 'definition'>;
/** Of the conversation on screen, left to right. */
type Lanes = readonly Pick<Lane, 'setup'>[];

/** Of the key alone: the account stays. */
export function keyLosses(known: Known, account: ProviderAccount, lanes: Lanes): readonly string[] {
  return [...ofKey(known, account), lanesWithoutKey(known, account, lanes)];
}

/** Of the account, and its key where it has one. */
export function accountLosses(known: Known, account: ProviderAccount, lanes: Lanes): readonly string[] {
  return [
    m.keys_lost_account(),
    ...(known.keys.state(account.id) === 'absent' ? [] : ofKey(known, account)),
    lanesWithoutAccount(known, account, lanes),
  ];
}

/** @param token whether the hub's token is among them */
export function allLosses(
  { keys }: Known,
  accounts: readonly ProviderAccount[],
  token: boolean,
): readonly string[] {
  const having = accounts.filter(({ id }) => keys.state(id) !== 'absent');
  const names = having.map(({ id, name }) =>
    keys.keptBy(id) === undefined ? name : m.keys_lost_name_kept({ name }),
  );
  return [
    ...(names.length === 0 ? [] : [m.keys_lost_all({ names: names.join(', ') })]),
    ...(keys.any ? [m.keys_lost_all_kept(), m.keys_lost_all_valid()] : []),
    ...(token ? [m.keys_lost_token()] : []),
  ];
}

function ofKey({ keys }: Known, { id }: ProviderAccount): readonly string[] {
  return [
    m.keys_lost_memory(),
    ...(keys.keptBy(id) === undefined ? [] : [m.keys_lost_kept()]),
    m.keys_lost_valid(),
  ];
}

function lanesWithoutKey(known: Known, account: ProviderAccount, lanes: Lanes): string {
  if (!known.definition(account.kind).needsKey) return m.keys_lost_lanes_ask();
  const { count, numbers } = lanesOf(account, lanes);
  if (count === 0) return m.keys_lost_lanes_elsewhere();
  return count === 1 ? m.keys_lost_lane({ lane: numbers }) : m.keys_lost_lanes({ lanes: numbers });
}

/** A lane of this account offers another one at its place, where there is one (`MissingProvider`). */
function lanesWithoutAccount({ accounts }: Known, account: ProviderAccount, lanes: Lanes): string {
  const heir = accounts.find((other) => other.id !== account.id && isSamePlace(other, account));
  if (heir !== undefined) return m.keys_gone_lanes_heir({ name: heir.name });
  const { count, numbers } = lanesOf(account, lanes);
  if (count === 0) return m.keys_gone_lanes_elsewhere();
  return count === 1 ? m.keys_gone_lane({ lane: numbers }) : m.keys_gone_lanes({ lanes: numbers });
}

/** The lanes whose model is the account's: how many, and their numbers in words ("1 and 3"). */
function lanesOf(
  { id }: ProviderAccount,
  lanes: Lanes,
): { readonly count: number; readonly numbers: string } {
  const using = lanes.flatMap(({ setup }, at) =>
    parseRemoteVariantId(setup.variantId)?.accountId === id ? [String(at + 1)] : [],
  );
  return { count: using.length, numbers: new Intl.ListFormat(getLocale()).format(using) };
}
