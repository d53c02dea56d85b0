import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '../../src/state/ids';
import { WeightDatabase } from '../../src/weights/database';
import { holdLock, whenLockIsFree } from '../../workers/life-lock';

afterEach(() => void vi.unstubAllGlobals());

/** What a browser offers at an address without https. */
function insecure(): void {
  const getRandomValues = crypto.getRandomValues.bind(crypto);
  vi.stubGlobal('crypto', { getRandomValues });
  vi.stubGlobal('navigator', {});
}

test('ids are random UUIDs, also at an address without https', () => {
  insecure();
  const ids = Array.from({ length: 1000 }, newId);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(1000);
});

test('a worker starts without locks too', async () => {
  insecure();
  const then = vi.fn();
  await holdLock('name', new Promise(() => undefined));
  whenLockIsFree('name', then);
  await Promise.resolve();
  expect(then).not.toHaveBeenCalled();
});

test('where nothing can be hashed, models are not stored, and it is said so', async () => {
  insecure();
  const read = new WeightDatabase().read(['blobs'], () => Promise.resolve(1));
  await expect(read).rejects.toMatchObject({ failure: { code: 'storage-unavailable', detail: /SHA-256/ } });
});
