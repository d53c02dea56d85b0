/** The last step of a sign-in: its code, for a key. The key stays in the worker that asks. */

import * as v from 'valibot';
import { FailureError } from '../../src/domain/failure';
import type { ProviderAccount } from '../../src/domain/provider';
import { providerDefinitions } from '../../src/providers/definitions';
import { readJson } from './read-json';

/** What can be sent in a header. */
const answerSchema = v.object({ key: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,1000}$/)) });

/**
 * @param verifier what the code's challenge was made of (RFC 7636)
 * @throws FailureError what a request can fail of, and `not-an-api` where there is no key in the answer
 */
export async function fetchKey(
  account: ProviderAccount,
  code: string,
  verifier: string,
  fetch: typeof globalThis.fetch,
): Promise<string> {
  const { signIn } = providerDefinitions[account.kind];
  if (signIn === undefined) throw new FailureError('request-rejected', 'nobody signs in there');
  const response = await fetch(`${account.baseUrl}${signIn.exchange}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, code_verifier: verifier, code_challenge_method: 'S256' }),
  });
  const parsed = v.safeParse(answerSchema, await readJson(response));
  if (!parsed.success) throw new FailureError('not-an-api', 'the answer holds no key');
  return parsed.output.key;
}
