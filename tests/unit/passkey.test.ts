/** Where keeping a key by passkey is offered. */

import { expect, test } from 'vitest';
import { namedAddress, passkeysOffered } from '../../src/hardware/passkey';

function scopeWith(PublicKeyCredential: unknown): typeof globalThis {
  return { PublicKeyCredential } as unknown as typeof globalThis;
}

test('it takes passkeys, and a browser that does not deny the PRF extension', async () => {
  expect(await passkeysOffered({} as typeof globalThis)).toBe(false);
  expect(await passkeysOffered(scopeWith({}))).toBe(true);
  const telling = (capabilities: Record<string, boolean>) =>
    scopeWith({ getClientCapabilities: () => Promise.resolve(capabilities) });
  expect(await passkeysOffered(telling({ 'extension:prf': true }))).toBe(true);
  expect(await passkeysOffered(telling({ 'extension:prf': false }))).toBe(false);
  expect(await passkeysOffered(telling({ passkeyPlatformAuthenticator: true }))).toBe(false);
});

test('a browser that will not say what it can is taken to lack it', async () => {
  const refusing = scopeWith({ getClientCapabilities: () => Promise.reject(new DOMException('no')) });
  expect(await passkeysOffered(refusing)).toBe(false);
});

test('where the app is open at this machine’s number, the address with a name is told', () => {
  const at = (address: string) => namedAddress(new URL(address));
  expect(at('http://127.0.0.1:4173/app/')).toBe('http://localhost:4173/app/');
  expect(at('http://[::1]/')).toBe('http://localhost/');
  expect(at('http://localhost:4173/')).toBeUndefined();
  expect(at('https://opentab.test/')).toBeUndefined();
});
