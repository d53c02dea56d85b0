/** Where a key must not be: what the browser has stored, and what a page holds and shows. */

import type { Page } from '@playwright/test';

export interface Place {
  readonly name: string;
  readonly text: string;
}

/** Everything that the browser has stored for this origin, place by place. Bytes are read as Latin-1, so that they show. */
export async function storedPlaces(page: Page): Promise<Place[]> {
  const cookies = await page.context().cookies();
  const stored = await page.evaluate(async () => {
    const places: { name: string; text: string }[] = [
      { name: 'localStorage', text: JSON.stringify({ ...localStorage }) },
      { name: 'sessionStorage', text: JSON.stringify({ ...sessionStorage }) },
    ];
    const latin1 = (bytes: AllowSharedBufferSource): string => new TextDecoder('latin1').decode(bytes);
    /** What JSON would leave out is made into what it does not. */
    const plain = async (value: unknown): Promise<unknown> => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return latin1(value);
      if (value instanceof Blob) return [value.type, latin1(await value.arrayBuffer())];
      if (value instanceof Map || value instanceof Set) return plain(Array.from<unknown>(value));
      if (Array.isArray(value)) return Promise.all(value.map((one) => plain(one)));
      if (typeof value === 'bigint') return String(value);
      if (typeof value !== 'object' || value === null || value instanceof Date) return value;
      const parts = Object.entries(value).map(async ([key, one]) => [key, await plain(one)] as const);
      return Object.fromEntries(await Promise.all(parts));
    };
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the database refused'));
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const storeName of database.objectStoreNames) {
        const store = () => database.transaction(storeName).objectStore(storeName);
        const keys: unknown = await settled(store().getAllKeys());
        const values: unknown = await settled(store().getAll());
        places.push(
          { name: 'IndexedDB keys', text: JSON.stringify([name, storeName, await plain(keys)]) },
          { name: 'IndexedDB values', text: JSON.stringify([name, storeName, await plain(values)]) },
        );
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request, { ignoreVary: true });
        const head = [name, request.url, [...request.headers], [...(response?.headers ?? [])]];
        const body = (await response?.arrayBuffer()) ?? new ArrayBuffer();
        places.push(
          { name: 'cache entries', text: JSON.stringify(head) },
          { name: 'cache bodies', text: latin1(body) },
        );
      }
    }
    return places;
  });
  return [...stored, { name: 'cookies', text: JSON.stringify(cookies) }];
}

/** The same as one text. */
export async function everythingStored(page: Page): Promise<string> {
  return (await storedPlaces(page)).map(({ text }) => text).join('\n');
}

/** What a page holds and shows now, and the addresses that it has been at. */
export async function shownPlaces(page: Page): Promise<Place[]> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  await session.detach();
  const shown = await page.evaluate(() => {
    const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    return [
      { name: 'history state', text: JSON.stringify(history.state ?? null) },
      { name: 'window name', text: window.name },
      { name: 'document', text: document.documentElement.outerHTML },
      { name: 'fields', text: JSON.stringify([...fields].map(({ value }) => value)) },
      { name: 'timings', text: JSON.stringify(performance.getEntries().map(({ name }) => name)) },
    ];
  });
  return [...shown, { name: 'addresses', text: JSON.stringify(entries) }];
}
