/**
 * Which other origins the person allowed, and what for.
 *
 * The page writes the list; the service worker reads it whenever it hands out the script of a worker that may reach
 * beyond this origin, and puts it into that script's policy. A policy is fixed when a worker starts: a worker that
 * was running already learns of a change when it is started anew.
 */

import { createStore, get, update, type UseStore } from 'idb-keyval';
import { isOrigin, type AllowedOrigin, type OriginPurpose } from './security-headers';

const KEY = 'allowed-origins';
const purposes: readonly OriginPurpose[] = ['provider', 'hub', 'mirror'];

let opened: UseStore | undefined;

function store(): UseStore {
  return (opened ??= createStore('opentab-policy', 'policy'));
}

/** The list, without whatever in it is not an origin. Empty where the browser refuses storage. */
export async function readAllowedOrigins(): Promise<readonly AllowedOrigin[]> {
  try {
    return cleaned(await get(KEY, store()));
  } catch {
    // Nothing allowed is the answer that is safe.
    return [];
  }
}

/**
 * Allows `purpose` to reach `origin` (`https://host`, with a port if it is not the usual one; any path is dropped).
 * @throws TypeError where it is no address of a web server
 * @throws DOMException where the browser refuses storage: it is then not allowed
 */
export async function allowOrigin(origin: string, purpose: OriginPurpose): Promise<void> {
  const entry: AllowedOrigin = { origin: originOf(origin), purpose };
  await update<unknown>(KEY, (list) => [...without(cleaned(list), entry), entry], store());
}

/** Takes back what `allowOrigin` allowed; what was not allowed stays so. */
export async function forbidOrigin(origin: string, purpose: OriginPurpose): Promise<void> {
  const entry: AllowedOrigin = { origin: originOf(origin), purpose };
  await update<unknown>(KEY, (list) => without(cleaned(list), entry), store());
}

function originOf(address: string): string {
  const { origin } = new URL(address);
  if (!isOrigin(origin)) throw new TypeError(`not an address of a web server: ${address}`);
  return origin;
}

function without(list: readonly AllowedOrigin[], entry: AllowedOrigin): readonly AllowedOrigin[] {
  return list.filter(({ origin, purpose }) => origin !== entry.origin || purpose !== entry.purpose);
}

/** What stands in a database was written by some version of this app, or by whoever could write there. */
function cleaned(list: unknown): readonly AllowedOrigin[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: Partial<AllowedOrigin> | null) => {
    const origin = entry?.origin;
    const purpose = purposes.find((known) => known === entry?.purpose);
    return typeof origin === 'string' && isOrigin(origin) && purpose !== undefined
      ? [{ origin, purpose }]
      : [];
  });
}
