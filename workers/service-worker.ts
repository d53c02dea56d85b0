/**
 * The service worker: the app opens without a network, and has its isolation and policy on hosts that send no headers.
 *
 * - The first install waits for nothing, so that what the first visit uses is stored as it is used. The shell follows
 *   when the page says that it has nothing urgent to do.
 * - A later release is installed whole beside the one that runs, and waits until the person asks for it.
 * - A request with `cache: 'no-store'` is passed on and not kept: whoever stores a file elsewhere asks so.
 */

import '../src/network/install';
import { readAllowedOrigins } from './policy-store';
import { headersFor, reachesOut } from './security-headers';
import { partOf, withHeaders } from './service-worker/answer';
import { FileCache } from './service-worker/file-cache';
import type { PageMessage, Release } from './service-worker/release';
import type { ServiceWorkerScope } from './service-worker/scope';

/** Written by the build. */
declare const __RELEASE__: Release;

const scope = globalThis as unknown as ServiceWorkerScope;
const base = scope.registration.scope;
const files = new FileCache(__RELEASE__, base);

scope.addEventListener('install', (event) => {
  if (scope.registration.active !== null) event.waitUntil(installUpdate());
});

scope.addEventListener('activate', (event) => {
  // At the first visit too, what is used from now on is stored.
  event.waitUntil(scope.clients.claim());
});

scope.addEventListener('message', (event) => {
  const message = event.data as PageMessage;
  if (message.kind === 'activate') event.waitUntil(scope.skipWaiting());
  else if (message.kind === 'keep-engine') event.waitUntil(files.completeEngine(message.engine));
  else event.waitUntil(complete());
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(base)) return;
  event.respondWith(
    answer(request, (storing) => {
      event.waitUntil(storing);
    }),
  );
});

async function installUpdate(): Promise<void> {
  await files.completeShell();
  await files.carryOver();
}

async function complete(): Promise<void> {
  await files.completeShell();
  const { installing, waiting } = scope.registration;
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // Another window may still run the earlier release, and a release that waits has its files in the same place.
  if (windows.length <= 1 && installing === null && waiting === null) await files.tidy();
}

/** @param inBackground keeps the service worker alive until what it is given has settled */
async function answer(request: Request, inBackground: (work: Promise<void>) => void): Promise<Response> {
  const path = pathOf(request);
  const allowed = reachesOut(path) ? await readAllowedOrigins() : [];
  const response = await bodyFor(path, request, inBackground);
  return withHeaders(response, headersFor(`/${path}`, { allowed }));
}

async function bodyFor(
  path: string,
  request: Request,
  inBackground: (work: Promise<void>) => void,
): Promise<Response> {
  const range = request.headers.get('range');
  // Where the browser refuses storage, the network is all there is.
  const stored = request.cache === 'reload' ? undefined : await files.find(path).catch(() => undefined);
  if (stored !== undefined) return range === null ? stored : partOf(stored, range);
  const response = await fetch(request);
  if (response.status === 200 && request.cache !== 'no-store' && files.knows(path)) {
    // A body that breaks off cannot be stored; the page is told by its own half.
    inBackground(files.keep(path, response.clone()).catch(() => undefined));
  }
  return response;
}

/** The address within the app's folder. The page is the same whatever its query says. */
function pathOf({ url, mode }: Request): string {
  const [path = ''] = url.slice(base.length).split('#');
  if (mode !== 'navigate') return path;
  const [page = ''] = path.split('?');
  return page === 'index.html' ? '' : page;
}
