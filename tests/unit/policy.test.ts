/** Which origins a worker may reach: the list, and the policy that is made of it. */

import 'fake-indexeddb/auto';
import { createStore, set } from 'idb-keyval';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowOrigin, forbidOrigin, readAllowedOrigins } from '../../workers/policy-store';
import { headersFor, isOrigin, type AllowedOrigin } from '../../workers/security-headers';

function connect(path: string, allowed?: readonly AllowedOrigin[]): string {
  const policy = headersFor(path, allowed && { allowed })['Content-Security-Policy'] ?? '';
  return /connect-src ([^;]*)/.exec(policy)?.[1] ?? '';
}

const list: readonly AllowedOrigin[] = [
  { origin: 'https://api.example.com', purpose: 'provider' },
  { origin: 'http://127.0.0.1:11434', purpose: 'provider' },
  { origin: 'https://huggingface.co', purpose: 'hub' },
  { origin: 'https://mirror.example.org:8443', purpose: 'mirror' },
];

test('pages, engines and everything else reach this origin alone, whatever was allowed', () => {
  for (const path of [
    '/',
    '/index.html',
    '/assets/engine.worker-abcdefgh.js',
    '/assets/provider-list-abcdefgh.js',
  ])
    expect(connect(path, list)).toBe("'self'");
});

test('a worker reaches what was allowed for its purpose, and the hub with its storage', () => {
  expect(connect('/assets/provider.worker-abcdefgh.js', list)).toBe(
    "'self' https://api.example.com http://127.0.0.1:11434",
  );
  expect(connect('/app/assets/weights.worker-abcdefgh.js?x#y', list)).toBe(
    "'self' https://huggingface.co https://*.huggingface.co https://*.hf.co https://mirror.example.org:8443",
  );
  expect(connect('/assets/provider.worker-abcdefgh.js', [])).toBe("'self'");
});

test('a server, which knows no list, opens only the scripts that may reach out', () => {
  expect(connect('/')).toBe("'self'");
  expect(connect('/workers/provider.worker.ts')).toBe("'self' https: http://localhost:* http://127.0.0.1:*");
});

test('nothing that is listed can add a directive or a wildcard of its own', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((end) => `https://a.example${end}`),
        fc.constantFrom('https:', '*', 'https://*', 'data:', "'unsafe-inline'", 'https://a.b; script-src *'),
      ),
      (origin) => {
        const reach = connect('/assets/provider.worker-abcdefgh.js', [{ origin, purpose: 'provider' }]);
        expect(isOrigin(origin) ? reach : "'self'").toBe(reach);
        expect(
          reach
            .split(' ')
            .slice(1)
            .every((source) => /^https?:\/\/[^\s;,'*]+$/.test(source)),
        ).toBe(true);
      },
    ),
  );
  for (const origin of [
    'https://a.example:99999999',
    'https://user@a.example',
    'https://a.example/path',
    'ws://a.b',
  ])
    expect(isOrigin(origin)).toBe(false);
});

test('allowing keeps the origin of an address once for each purpose, and forbidding takes it back', async () => {
  expect(await readAllowedOrigins()).toEqual([]);
  await allowOrigin('https://api.example.com/v1/chat?x=1', 'provider');
  await allowOrigin('https://api.example.com', 'provider');
  await allowOrigin('https://api.example.com', 'mirror');
  await allowOrigin('http://localhost:8080/', 'provider');
  expect(await readAllowedOrigins()).toEqual([
    { origin: 'https://api.example.com', purpose: 'provider' },
    { origin: 'https://api.example.com', purpose: 'mirror' },
    { origin: 'http://localhost:8080', purpose: 'provider' },
  ]);
  await forbidOrigin('https://api.example.com/other', 'provider');
  await forbidOrigin('https://never.example.com', 'hub');
  expect(await readAllowedOrigins()).toEqual([
    { origin: 'https://api.example.com', purpose: 'mirror' },
    { origin: 'http://localhost:8080', purpose: 'provider' },
  ]);
});

test.each(['', 'api.example.com', 'file:///etc/passwd', 'javascript:alert(1)', 'https://*'])(
  '%j is no origin and is not allowed',
  async (address) => {
    const before = await readAllowedOrigins();
    await expect(allowOrigin(address, 'provider')).rejects.toThrow(TypeError);
    expect(await readAllowedOrigins()).toEqual(before);
  },
);

test('what someone else wrote into the database is not believed', async () => {
  const damaged = [
    null,
    7,
    { origin: 7 },
    { origin: 'https://a.example; script-src *', purpose: 'provider' },
  ];
  const store = createStore('opentab-policy', 'policy');
  await set('allowed-origins', [...damaged, { origin: 'https://a.example', purpose: 'everything' }], store);
  expect(await readAllowedOrigins()).toEqual([]);
  await set('allowed-origins', 'https://a.example', store);
  expect(await readAllowedOrigins()).toEqual([]);
});
