/** The network ledger of this visit: what the recorders of this page, its workers and the service worker tell. */

import { addEntry, noTotals, type NetworkEntry, type NetworkTotals } from '../domain/network';
import { openChannel, type ChannelMessage } from '../network/channel';

/** Requests that are kept one by one; the totals are of all. */
export const MOST_ENTRIES = 2000;
/** By how much the clocks of page and service worker may differ, in ms. */
const CLOCK_SLACK_MS = 100;
/** Ms in which changes are collected before they are shown. */
const SHOW_EVERY_MS = 100;

/** What a `BroadcastChannel` is used for here. */
export type LedgerChannel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;

export interface LedgerServices {
  /** Undefined where the browser has none: the ledger then says that it sees nothing. */
  readonly channel: LedgerChannel | undefined;
  readonly tab: string;
  /** When this visit began, in ms since the epoch. The service worker also tells of earlier ones. */
  readonly startedAt: number;
}

/** What a variant's requests took along. */
export interface Sent {
  readonly requests: number;
  readonly bytes: number;
  /** Hosts that it went to. */
  readonly hosts: readonly string[];
}

/** `earlier`: the ledger knows nothing of it. `unclear`: something left the tab that nobody vouches for. */
interface KnownOfPrompt extends Sent {
  readonly kind: 'earlier' | 'none' | 'sent' | 'unclear';
}

/** @param startedAt as `LedgerServices.startedAt` */
export function openLedger(tab: string, startedAt: number): NetworkLedger {
  return new NetworkLedger({ channel: openChannel(), tab, startedAt });
}

export class NetworkLedger {
  readonly available: boolean;
  readonly startedAt: number;
  /** Counts what has changed: the maps themselves are not reactive, as they change too often to be shown each time. */
  #version = $state(0);
  #waiting = false;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- see #version
  readonly #entries = new Map<string, NetworkEntry>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- see #version
  readonly #byOrigin = new Map<string, NetworkTotals>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- see #version
  readonly #byVariant = new Map<string, Sent>();
  /** Highest number of each recorder that is no longer kept: what comes of it once more is not new. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- see #version
  readonly #dropped = new Map<string, number>();
  #total = noTotals;
  readonly #tab: string;

  constructor({ channel, tab, startedAt }: LedgerServices) {
    this.available = channel !== undefined;
    this.startedAt = startedAt;
    this.#tab = tab;
    channel?.addEventListener('message', ({ data }: MessageEvent<ChannelMessage>) => {
      if (data.kind === 'entry') this.#take(data.entry, data.tab);
    });
    channel?.postMessage({ kind: 'tell', tab } satisfies ChannelMessage);
  }

  /** What is kept, newest first. */
  get entries(): readonly NetworkEntry[] {
    void this.#version;
    return [...this.#entries.values()].sort((a, b) => b.startedAt - a.startedAt || b.number - a.number);
  }

  get total(): NetworkTotals {
    void this.#version;
    return this.#total;
  }

  /** Of every origin that was asked for anything, the one with the most bytes out first. */
  get byOrigin(): readonly (readonly [origin: string, totals: NetworkTotals])[] {
    void this.#version;
    return [...this.#byOrigin].sort(([, a], [, b]) => b.bytesOut - a.bytesOut || b.bytesIn - a.bytesIn);
  }

  /** Requests that are only part of the totals. */
  get left(): number {
    void this.#version;
    return this.#total.requests - this.#entries.size;
  }

  /**
   * What took prompt text of lanes with this variant out of the tab. Without a variant: what was made by nobody who
   * may take any along, which is what a lane in the tab must answer for.
   */
  sent(variantId?: string): Sent {
    void this.#version;
    return this.#byVariant.get(variantId ?? '') ?? { requests: 0, bytes: 0, hosts: [] };
  }

  /**
   * What is known of an answer's prompt. Nothing, where it was asked before this ledger began: in an earlier visit, or
   * wherever an imported conversation comes from.
   * @param variantId of the model behind an API; undefined for one in the tab
   * @param startedAt when it was asked, ms since the epoch; undefined while it is being answered
   */
  knownOf(variantId: string | undefined, startedAt: number | undefined): KnownOfPrompt {
    const sent = this.sent(variantId);
    if (startedAt !== undefined && startedAt < this.startedAt) return { kind: 'earlier', ...sent };
    // Nothing was sent for an answer that failed before it was asked for.
    if (variantId !== undefined) return { kind: sent.requests === 0 ? 'none' : 'sent', ...sent };
    return { kind: sent.requests === 0 ? 'none' : 'unclear', ...sent };
  }

  #take(entry: NetworkEntry, tab: string | undefined): void {
    if (tab !== this.#tab && (tab !== undefined || entry.startedAt < this.startedAt - CLOCK_SLACK_MS)) return;
    const key = `${entry.recorder} ${entry.number}`;
    const before = this.#entries.get(key);
    if (before !== undefined) this.#count(before, -1);
    else if (entry.number <= (this.#dropped.get(entry.recorder) ?? 0)) return;
    this.#count(entry, 1);
    this.#entries.set(key, entry);
    if (this.#entries.size > MOST_ENTRIES) this.#drop();
    this.#show();
  }

  #count(entry: NetworkEntry, times: 1 | -1): void {
    this.#total = addEntry(this.#total, entry, times);
    const { origin, prompt, variantId = '' } = entry;
    this.#byOrigin.set(origin, addEntry(this.#byOrigin.get(origin) ?? noTotals, entry, times));
    if (prompt === 'no') return;
    const { requests, bytes, hosts } = this.#byVariant.get(variantId) ?? { requests: 0, bytes: 0, hosts: [] };
    const host = origin.slice(origin.indexOf('//') + 2);
    this.#byVariant.set(variantId, {
      requests: requests + times,
      bytes: bytes + times * (entry.bytesOut ?? 0),
      hosts: hosts.includes(host) ? hosts : [...hosts, host],
    });
  }

  /** The oldest that has ended: one that goes on will change yet. */
  #drop(): void {
    for (const [key, { recorder, number, state }] of this.#entries) {
      if (state === 'open') continue;
      this.#entries.delete(key);
      this.#dropped.set(recorder, Math.max(number, this.#dropped.get(recorder) ?? 0));
      return;
    }
  }

  #show(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#version += 1;
    }, SHOW_EVERY_MS);
  }
}
