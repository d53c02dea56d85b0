/** The code of a sign-in, for a key: what is sent, and what is taken for a key. */

import { expect, test } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import type { ProviderAccount } from '../../src/domain/provider';
import { fetchKey } from '../../workers/providers/key-exchange';

const account: ProviderAccount = {
  id: 'one',
  kind: 'openrouter',
  name: 'One',
  baseUrl: 'https://api.example.com/v1',
  models: [],
};

function answering(body: string): { fetch: typeof fetch; sent: Request[] } {
  const sent: Request[] = [];
  return {
    sent,
    fetch: (input, init) => {
      sent.push(new Request(input, init));
      return Promise.resolve(new Response(body));
    },
  };
}

test('code and verifier go to the account’s address, and the key comes back', async () => {
  const { fetch, sent } = answering('{"key":"sk-or-v1-abc","user_id":"u"}');
  expect(await fetchKey(account, 'the code', 'the verifier', fetch)).toBe('sk-or-v1-abc');
  const [request] = sent;
  expect(sent).toHaveLength(1);
  expect(request?.url).toBe('https://api.example.com/v1/auth/keys');
  expect(request?.method).toBe('POST');
  expect(await request?.json()).toEqual({
    code: 'the code',
    code_verifier: 'the verifier',
    code_challenge_method: 'S256',
  });
});

test.each([
  'no JSON',
  'null',
  '{}',
  '{"key":""}',
  '{"key":7}',
  '{"key":"with\\nnewline"}',
  '{"key":"schlüssel"}',
  JSON.stringify({ key: 'k'.repeat(1001) }),
])('%j holds no key that could be sent', async (body) => {
  const outcome = await fetchKey(account, 'c', 'v', answering(body).fetch).catch((thrown: unknown) => thrown);
  expect(outcome).toBeInstanceOf(FailureError);
  expect((outcome as FailureError).failure.code).toBe('not-an-api');
});

test('nothing is sent where nobody signs in', async () => {
  const { fetch, sent } = answering('{"key":"k"}');
  await expect(fetchKey({ ...account, kind: 'openai' }, 'c', 'v', fetch)).rejects.toBeInstanceOf(
    FailureError,
  );
  expect(sent).toEqual([]);
});
