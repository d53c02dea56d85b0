/** Where keeping a key by passkey is offered. */

import { expect, test } from 'vitest';
import { passkeysOffered } from '../../src/hardware/passkey';

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
