/** Which models an account offers. Asking costs nothing, so it also shows whether the key is good. */

import { FailureError } from '../../src/domain/failure';
import type { ListedModel, ProviderAccount } from '../../src/domain/provider';
import { providerDefinitions } from '../../src/providers/definitions';
import { readListing } from '../../src/providers/listing';

/** @throws FailureError what a request can fail of, and `not-an-api` where the answer is no list */
export async function listModels(
  account: ProviderAccount,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<ListedModel[]> {
  const { protocol } = providerDefinitions[account.kind];
  // OpenRouter shows its list to anybody; what it tells of a key needs a good one.
  if (account.kind === 'openrouter') await fetch(`${account.baseUrl}/key`, { signal });
  const query = { messages: '?limit=1000', 'generate-content': '?pageSize=1000', responses: '', chat: '' }[
    protocol
  ];
  const response = await fetch(`${account.baseUrl}/models${query}`, { signal });
  return readListing(await json(response));
}

/**
 * What the provider says of this model; undefined where it says nothing of single models.
 * @throws FailureError `model-unknown` where the provider says that there is none
 */
export async function modelIsThere(
  account: ProviderAccount,
  model: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<ListedModel | undefined> {
  const { protocol } = providerDefinitions[account.kind];
  if (protocol === 'chat') return inList(account, model, fetch, signal);
  try {
    const answer = await json(
      await fetch(`${account.baseUrl}/models/${encodeURIComponent(model)}`, { signal }),
    );
    return readModel(answer);
  } catch (thrown) {
    if (isFailure(thrown, 'not-an-api')) throw new FailureError('model-unknown', `no model "${model}"`);
    throw thrown;
  }
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

/** Compatible servers know aliases that their list does not show, and some have no list: absence proves nothing. */
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
    if (isFailure(thrown, 'not-an-api') || isFailure(thrown, 'model-unknown')) return undefined;
    throw thrown;
  }
}

function isFailure(thrown: unknown, code: FailureError['failure']['code']): boolean {
  return thrown instanceof FailureError && thrown.failure.code === code;
}

async function json(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    throw new FailureError('not-an-api', 'the answer is no JSON', { cause: thrown });
  }
}
