/** Where a key must not be. */

import type { Page } from '@playwright/test';

/** Everything that the browser has stored for this origin, as text. Buffers are read as Latin-1, so that bytes show. */
export async function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const seen: string[] = [
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
    ];
    const asText = (_name: string, value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
      return ArrayBuffer.isView(value) ? new TextDecoder('latin1').decode(value) : value;
    };
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(`no ${name}`));
      });
      for (const store of db.objectStoreNames) {
        const records = await new Promise<unknown>((resolve) => {
          const request = db.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
        });
        seen.push(store, JSON.stringify(records, asText));
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        seen.push(request.url);
        if (request.url.includes('/assets/')) continue;
        seen.push((await (await cache.match(request))?.text()) ?? '');
      }
    }
    return seen.join('\n');
  });
}
