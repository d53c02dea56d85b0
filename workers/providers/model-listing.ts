/** Which models an account offers. Asking costs nothing, so it also shows whether the key is good. */

import { FailureError } from '../../src/domain/failure';
import type { ListedModel, ProviderAccount } from '../../src/domain/provider';
import { providerDefinitions } from '../../src/providers/definitions';
import { readListing } from '../../src/providers/listing';
import { readJson } from './read-json';

/** @throws FailureError what a request can fail of, and `not-an-api` where the answer is no list */
export async function listModels(
  account: ProviderAccount,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<ListedModel[]> {
  const { protocol } = providerDefinitions[account.kind];
  // OpenRouter shows its list to anybody; what it tells of a key needs a good one.
  if (account.kind === 'openrouter') await readJson(await fetch(`${account.baseUrl}/key`, { signal }));
  const query = { messages: '?limit=1000', 'generate-content': '?pageSize=1000', responses: '', chat: '' }[
    protocol
  ];
  const response = await fetch(`${account.baseUrl}/models${query}`, { signal });
  return readListing(await readJson(response));
}

/**
 * What the provider says of this model; undefined where it says nothing of single models.
 * @throws FailureError `model-unknown` where the provider itself says that there is none, and `not-an-api` where
 *   something else answers in its place
 */
export async function modelIsThere(
  account: ProviderAccount,
  model: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<ListedModel | undefined> {
  const { protocol } = providerDefinitions[account.kind];
  if (protocol === 'chat') return inList(account, model, fetch, signal);
  const response = await fetch(`${account.baseUrl}/models/${encodeURIComponent(model)}`, { signal });
  return readModel(await readJson(response));
}

/** One model's own page is an entry of the list. What cannot be read says only that the model is there. */
function readModel(answer: unknown): ListedModel | undefined {
  for (const list of [{ data: [answer] }, { models: [answer] }]) {
    try {
      return readListing(list)[0];
    } catch (thrown) {
      if (!isFailure(thrown, 'not-an-api')) throw thrown;
    }
  }
  return undefined;
}

/**
 * Compatible servers know aliases that their list does not show, and some have no list: there absence proves nothing.
 * OpenRouter has one, so what is none is something else in its place.
 */
async function inList(
  account: ProviderAccount,
  model: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<ListedModel | undefined> {
  try {
    const models = await listModels(account, fetch, signal);
    return models.find(({ id }) => id === model);
  } catch (thrown) {
    const listless = isFailure(thrown, 'not-an-api') || isFailure(thrown, 'model-unknown');
    if (account.kind === 'compatible' && listless) return undefined;
    throw thrown;
  }
}

function isFailure(thrown: unknown, code: FailureError['failure']['code']): boolean {
  return thrown instanceof FailureError && thrown.failure.code === code;
}
