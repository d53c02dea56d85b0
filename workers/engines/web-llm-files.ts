/** Files for WebLLM: it asks the browser's cache for them, and here the cache is the app's own weight store. */

import { FailureError } from '../../src/domain/failure';

/**
 * A stand-in for `CacheStorage`, of which WebLLM uses `open`, and of what that gives `match`, `add`, `keys` and
 * `delete`. Whatever is asked for is fetched through `fetchFile`, which stores, verifies, counts and gives up when asked.
 */
export function cachesOver(fetchFile: typeof fetch): Pick<CacheStorage, 'open'> {
  /** Fetched by `add` and not yet read: most files are read once, right after that. */
  const waiting = new Map<string, Response>();
  const added = new Set<string>();
  const cache = {
    async match(request: RequestInfo | URL): Promise<Response | undefined> {
      const url = urlOf(request);
      const response = waiting.get(url);
      waiting.delete(url);
      if (response !== undefined) return response;
      // Asked before it was added, to know whether it is there: then it is to be added.
      return added.has(url) ? fetchFile(url) : undefined;
    },
    async add(request: RequestInfo | URL): Promise<void> {
      const url = urlOf(request);
      const response = await fetchFile(url);
      if (!response.ok) {
        const name = new URL(url).pathname.split('/').at(-1) ?? url;
        throw new FailureError('file-missing', `${name}: HTTP ${response.status}`);
      }
      waiting.set(url, response);
      added.add(url);
    },
    keys: () => Promise.resolve([...added].map((url) => new Request(url))),
    delete: (request: RequestInfo | URL) => Promise.resolve(added.delete(urlOf(request))),
  };
  return { open: () => Promise.resolve(cache as unknown as Cache) };
}

/**
 * The same, and `tell` is told of what goes wrong, also while a body is read: to its reader the browser says of a broken
 * body only that it is.
 */
export function tellingFailures(fetchFile: typeof fetch, tell: (thrown: unknown) => void): typeof fetch {
  const telling = (thrown: unknown): never => {
    tell(thrown);
    throw thrown;
  };
  return async (...asked) => {
    const response = await fetchFile(...asked).catch(telling);
    const { body, status, headers } = response;
    if (body === null) return response;
    const reader = body.getReader();
    const told = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await reader.read().catch(telling);
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
    return new Response(told, { status, headers });
  };
}

function urlOf(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : String(request);
}
