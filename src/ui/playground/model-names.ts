/**
 * What a model is called wherever several are named: in the comparison, the report, votes and their ranking, the diff,
 * and what is exported. No two alike, and as short as that allows.
 */

import type { CatalogEntry } from '../../catalog/catalog';
import { parseRemoteVariantId, type ProviderAccount } from '../../domain/provider';
import { isSamePlace, parsePlaceId } from '../../domain/provider-place';
import { m } from '../../messages/messages.js';
import { distinctName, usualName } from '../../state/provider-names';
import type { App } from '../context';
import { engineName } from '../shared/engine-name';
import { entryName } from './lane-text';

export type Naming = Pick<App, 'cards' | 'models' | 'providers'>;

/** Undefined for what this release does not know any more. */
export function entryOf({ cards, models, providers }: Naming, variantId: string): CatalogEntry | undefined {
  const entry = providers.entry(variantId) ?? models.entry(variantId);
  if (entry !== undefined) return entry;
  for (const card of cards) {
    const variant = card.variants.find(({ id }) => id === variantId);
    if (variant !== undefined) return { card, variant };
  }
  return undefined;
}

/** "Pocket q8", or "gpt-6 · OpenAI" for what computes elsewhere. */
export function modelName(app: Naming, variantId: string): string {
  const remote = parseRemoteVariantId(variantId);
  if (remote !== undefined) return `${remote.model} · ${providerName(app, remote.accountId)}`;
  const entry = entryOf(app, variantId);
  return entry === undefined ? variantId : entryName(entry);
}

/** The name of each of these variants, by its id: with the engine where precisions alone do not tell them apart. */
export function distinctNames(app: Naming, variantIds: readonly string[]): ReadonlyMap<string, string> {
  const ids = [...new Set(variantIds)];
  const short = new Map(ids.map((id) => [id, modelName(app, id)]));
  const named = new Map<string, string>();
  for (const id of ids) {
    const name = isShared(short, id) ? withEngine(app, id) : (short.get(id) ?? id);
    named.set(id, distinctName(name, [...named.values()]));
  }
  return named;
}

function isShared(names: ReadonlyMap<string, string>, id: string): boolean {
  const name = names.get(id);
  return [...names.values()].filter((other) => other === name).length > 1;
}

function withEngine(app: Naming, variantId: string): string {
  const name = modelName(app, variantId);
  const engine = entryOf(app, variantId)?.variant.engine;
  return engine === undefined || engine === 'provider' ? name : `${name} · ${engineName(engine)}`;
}

/** As Settings has it; of an account that was removed, what it was called, or where a link says that it is. */
function providerName({ providers }: Naming, accountId: string): string {
  const place = parsePlaceId(accountId);
  const fits = (one: ProviderAccount) =>
    one.id === accountId || (place !== undefined && isSamePlace(one, place));
  const here = providers.accounts.find(fits);
  if (here !== undefined) return here.name;
  const removed = providers.former.find(fits);
  if (removed !== undefined) return m.provider_removed({ name: removed.name });
  return place === undefined ? m.provider_forgotten() : usualName(place.kind, place.baseUrl);
}

/**
 * The fewest words that tell these models apart, for where there is little room: precisions, else names, else whose
 * they are, else all of it.
 */
export function shortNames(app: Naming, variantIds: readonly string[]): readonly string[] {
  const names = distinctNames(app, variantIds);
  const parts = variantIds.map((id) => {
    const entry = entryOf(app, id);
    const whole = names.get(id) ?? id;
    if (entry === undefined) return [whole, whole, whole, whole];
    const { card, variant } = entry;
    const remote = parseRemoteVariantId(id);
    return remote === undefined
      ? [variant.precision, card.name, whole, whole]
      : [m.provider_precision(), remote.model, providerName(app, remote.accountId), whole];
  });
  // Two lanes of one model are told apart by their numbers alone.
  const different = new Set(variantIds).size;
  const level = [0, 1, 2, 3].find((at) => new Set(parts.map((words) => words[at])).size >= different) ?? 3;
  return parts.map((words) => words[level] ?? '');
}
