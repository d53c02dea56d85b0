/** The rules of signing in for a key: what is asked, what comes back, and which of it is believed. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitReturn } from '../../src/network/returned';
import { providerDefinitions } from '../../src/providers/definitions';
import {
  challengeOf,
  judgeReturn,
  randomText,
  readPending,
  signInAddress,
  type PendingSignIn,
} from '../../src/providers/sign-in';

const STATE = 'S'.repeat(43);
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const pending: PendingSignIn = {
  state: STATE,
  verifier: VERIFIER,
  baseUrl: providerDefinitions.openrouter.defaultUrl,
};

test('the challenge is that of RFC 7636, appendix B', async () => {
  expect(await challengeOf(VERIFIER)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

test('a verifier is 43 characters that an address may hold, and never the same', () => {
  const made = Array.from({ length: 200 }, randomText);
  for (const text of made) expect(text).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(made).size).toBe(made.length);
});

test('the provider’s page is told where to come back to and the challenge, and not the verifier', async () => {
  const place = providerDefinitions.openrouter.signIn;
  if (place === undefined) throw new Error('no sign-in');
  const address = new URL(await signInAddress(place, pending, 'https://opentab.test/app/'));
  expect(address.origin + address.pathname).toBe('https://openrouter.ai/auth');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    callback_url: `https://opentab.test/app/?sign-in=${STATE}`,
    code_challenge: await challengeOf(VERIFIER),
    code_challenge_method: 'S256',
  });
  expect(address.href).not.toContain(VERIFIER);
  const elsewhere = { ...pending, baseUrl: 'http://127.0.0.1:8080/compatible/v1' };
  expect(await signInAddress(place, elsewhere, 'https://opentab.test/')).toMatch(
    /^http:\/\/127\.0\.0\.1:8080\/auth\?/,
  );
});

test('what comes back is taken out of the address whole, and the rest of it stays', () => {
  const at = 'https://opentab.test/app/';
  const cases = [
    [`${at}?sign-in=${STATE}&code=c%2F1`, STATE, 'c/1', `${at}#/settings`],
    [`${at}?variant=a&sign-in=${STATE}&code=c#/models`, STATE, 'c', `${at}?variant=a#/settings`],
    [`${at}?sign-in=${STATE}&error=access_denied&error_description=no`, STATE, undefined, `${at}#/settings`],
    [`${at}?code=c&state=x`, undefined, 'c', `${at}#/settings`],
    [`${at}?code=one&code=two`, undefined, 'one', `${at}#/settings`],
  ] as const;
  for (const [address, state, code, rest] of cases)
    expect(splitReturn(address)).toEqual({ returned: { state, code }, rest });
});

test('other addresses are left as they are', () => {
  for (const address of ['', '?variant=a%2Fb', '#/settings', '?error=1&state=2', '#/?code=c'])
    expect(splitReturn(`https://opentab.test/${address}`)).toBeUndefined();
});

test('no code is ever left in an address, whatever else is in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('code', 'sign-in', 'state', 'error', 'variant', 'x'), fc.string())),
      fc.string(),
      (pairs, hash) => {
        const url = new URL('https://opentab.test/');
        for (const [name, value] of pairs) url.searchParams.append(name, value);
        url.hash = hash;
        const split = splitReturn(url.href);
        const left = new URL(split?.rest ?? url.href).searchParams;
        expect(left.has('code')).toBe(false);
        expect(left.has('sign-in')).toBe(false);
        expect(left.getAll('variant')).toEqual(url.searchParams.getAll('variant'));
        if (split !== undefined) expect(splitReturn(split.rest)).toBeUndefined();
      },
    ),
  );
});

test('only the answer to what this tab asked is exchanged', () => {
  const good = { state: STATE, code: 'c' };
  expect(judgeReturn(pending, good)).toEqual({ kind: 'exchange', code: 'c', pending });
  expect(judgeReturn(pending, { state: STATE, code: undefined }).kind).toBe('cancelled');
  expect(judgeReturn(pending, { state: STATE, code: '' }).kind).toBe('cancelled');
  expect(judgeReturn(pending, undefined)).toEqual({ kind: 'cancelled', pending });
  expect(judgeReturn(pending, { state: 'T'.repeat(43), code: 'c' }).kind).toBe('foreign');
  expect(judgeReturn(pending, { state: undefined, code: 'c' }).kind).toBe('foreign');
  expect(judgeReturn(undefined, good)).toEqual({ kind: 'foreign', pending: undefined });
  expect(judgeReturn(undefined, { state: undefined, code: 'c' }).kind).toBe('foreign');
});

test('a note is read as it was written, and no other is', () => {
  expect(readPending(JSON.stringify(pending))).toEqual(pending);
  const ofAccount = { ...pending, accountId: 'one' };
  expect(readPending(JSON.stringify(ofAccount))).toEqual(ofAccount);
  for (const damaged of [
    undefined,
    '',
    'null',
    '{',
    JSON.stringify({ ...pending, state: '' }),
    JSON.stringify({ ...pending, verifier: 'short' }),
    JSON.stringify({ ...pending, baseUrl: 'http://evil.example/v1' }),
    JSON.stringify({ ...pending, baseUrl: 'javascript:alert(1)' }),
    JSON.stringify({ ...pending, accountId: 7 }),
  ])
    expect(readPending(damaged)).toBeUndefined();
});
