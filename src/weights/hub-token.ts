/**
 * The person's access token for the hub, which opens what its authors give only to those whom they let in.
 * It is in the memory of this page and of its weights' workers, goes to the hub alone, and is never stored.
 */

import { HUB_URL } from './addresses';

export interface HubToken {
  readonly hubUrl: string;
  readonly value: string;
}

let current: HubToken | undefined;
const listeners = new Set<() => void>();

export function hubToken(): HubToken | undefined {
  return current;
}

/** Undefined forgets it. `hubUrl` is another's in tests alone. */
export function setHubToken(value: string | undefined, hubUrl = HUB_URL): void {
  current = value === undefined ? undefined : { hubUrl, value };
  for (const listener of listeners) listener();
}

/** @returns what ends it */
export function onHubToken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
