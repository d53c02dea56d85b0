/** The way to the stored models, and what the browser is asked and answers. */

import { expect, test, vi } from 'vitest';
import type { CatalogVariant } from '../../src/domain/model';
import { overwriteGetLocale } from '../../src/messages/runtime.js';
import type { ModelStorage } from '../../src/state/model-storage.svelte';
import { permitSources } from '../../src/state/permit-sources';
import { StorageDoor } from '../../src/state/storage-door.svelte';
import { StoredModels } from '../../src/state/stored-models.svelte';
import { preflightText } from '../../src/ui/models/storage-text';
import * as policy from '../../workers/policy-store';

test('its code is loaded once, when it is first needed, and looked into anew each time', async () => {
  const refresh = vi.fn(() => Promise.resolve());
  const storage = { refresh, downloads: { busy: true } } as unknown as ModelStorage;
  const load = vi
    .fn<() => Promise<ModelStorage>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'))
    .mockResolvedValue(storage);
  const door = new StorageDoor(load);
  expect([door.busy, door.opened, load.mock.calls.length]).toEqual([false, undefined, 0]);
  expect(await door.open()).toBeUndefined();
  expect(door.failure?.code).toBe('network');
  await Promise.all([door.open(), door.open()]);
  expect(door.opened).toBe(storage);
  expect([door.failure, door.busy]).toEqual([undefined, true]);
  expect([load.mock.calls.length, refresh.mock.calls.length]).toEqual([2, 2]);
});

test.each([
  ['promised', () => Promise.resolve(true), true],
  ['declined', () => Promise.resolve(false), false],
  ['refused to be asked', () => Promise.reject(new TypeError('insecure')), undefined],
])('the browser, asked to keep what is stored, %s', async (_, persist, told) => {
  const manager = {
    persist,
    persisted: () => Promise.resolve(told === true),
    estimate: () => Promise.resolve({ usage: 1, quota: 10 }),
  } as unknown as StorageManager;
  const store = {
    list: () => Promise.resolve([]),
    remove: () => Promise.resolve(0),
    pin: () => Promise.resolve(),
  };
  const stored = new StoredModels(store, manager);
  expect(stored.known).toBe(false);
  expect(await stored.persist()).toBe(told);
  expect([stored.known, stored.space?.persisted]).toEqual([true, told === true]);
});

test('what a download takes is held against what the browser says, which is not believed', () => {
  overwriteGetLocale(() => 'en');
  const variant = { bytes: 100 * 2 ** 20, bytesFrom: 'published' } as CatalogVariant;
  expect(preflightText(variant, 0, undefined)).toContain('does not say');
  expect(preflightText(variant, 0, 2 ** 30)).toMatch(/^Takes 100\sMiB; .+ offers 1\sGiB\.$/);
  expect(preflightText(variant, 0, 2 ** 20)).toMatch(/only 1\sMiB\. That may be wrong/);
  expect(preflightText(variant, 99 * 2 ** 20, 2 ** 30)).toMatch(/^Another ≈ 1\sMiB/);
  expect(preflightText(variant, 4 * 2 ** 20, 2 ** 30, 6 * 2 ** 20)).toMatch(/^Another 2\sMiB/);
});

test('only the origins of a hub’s model are permitted, each once, and a browser without storage does not stop it', async () => {
  const allow = vi
    .spyOn(policy, 'allowOrigin')
    .mockRejectedValue(new DOMException('denied', 'SecurityError'));
  const complain = vi.spyOn(console, 'warn').mockReturnValue();
  const files = [{ path: 'a.wasm', fixedUrl: 'https://code.test/v1/a.wasm' }, { path: 'config.json' }];
  const app = { origin: { kind: 'app', path: 'models/pocket/' }, files } as const;
  expect(await permitSources({ baseUrl: 'models/pocket/', artifact: app })).toBe(false);
  const hub = { origin: { kind: 'hub', repository: 'a/b', revision: 'main' }, files } as const;
  const baseUrl = 'https://hub.test/a/b/resolve/main/';
  expect(await permitSources({ baseUrl, artifact: hub })).toBe(true);
  expect(await permitSources({ baseUrl, artifact: hub })).toBe(false);
  expect(allow.mock.calls).toEqual([
    ['https://hub.test', 'hub'],
    ['https://code.test', 'hub'],
  ]);
  expect(complain).toHaveBeenCalledTimes(2);
});
