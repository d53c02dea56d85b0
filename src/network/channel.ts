/** How recorders and the page's ledger find each other: one channel of this origin, on which nothing leaves it. */

import type { NetworkEntry } from '../domain/network';

const CHANNEL = 'opentab-network';

/** Undefined where the browser refuses channels along with storage. */
export function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return undefined;
  }
}

export type ChannelMessage =
  /** `tab` is undefined from the service worker, which serves all tabs. */
  | { readonly kind: 'entry'; readonly tab: string | undefined; readonly entry: NetworkEntry }
  /** A ledger has started: recorders of its tab, and the service worker's, tell again what they keep. */
  | { readonly kind: 'tell'; readonly tab: string };

/** What stands between a worker's name and the tab that it belongs to. */
const MARK = '@';
const ownNames = ['engine', 'provider', 'weights', 'markdown', 'inspector'] as const;
type OwnName = (typeof ownNames)[number];

/** The name for a worker of this app, so that it knows its tab; others keep theirs, which may mean something to them. */
export function nameForTab(name: string | undefined, tab: string): string | undefined {
  return ownNames.some((own) => own === name) ? `${name}${MARK}${tab}` : name;
}

/** Gives the workers of this app that are started from here on the name of their tab. */
export function nameWorkers(tab: string): void {
  // Some browsers have no workers within workers.
  if (typeof Worker === 'undefined') return;
  const Native = Worker;
  globalThis.Worker = class extends Native {
    constructor(url: string | URL, options?: WorkerOptions) {
      const name = nameForTab(options?.name, tab);
      super(url, name === undefined ? options : { ...options, name });
    }
  };
}

export function parseWorkerName(name: string): { readonly own: OwnName | undefined; readonly tab: string } {
  const [own, tab = ''] = name.split(MARK);
  return { own: ownNames.find((known) => known === own), tab };
}

let tab = '';

/** Names this page among those that share the channel; the same for as long as the page lives. */
export function tabId(): string {
  return (tab ||= randomId());
}

/** Tells tabs and recorders apart, and keeps nothing secret: it must not be what stops the page from starting. */
export function randomId(): string {
  return `${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;
}
