/** What the network ledger holds of a request, and what can be told from that. No text, key, query or header is part of it. */

/** Who made the request. `worker` is one that does not say what it is for. */
export const requestContexts = [
  'page',
  'engine',
  'provider',
  'weights',
  'markdown',
  'inspector',
  'worker',
  'service-worker',
] as const;
export type RequestContext = (typeof requestContexts)[number];

export const requestPurposes = [
  /** A prompt and its answer. */
  'answer',
  /** Which models a provider offers, and whether its key is good. */
  'provider-check',
  /** The code of a sign-in, for a key. */
  'sign-in',
  /** What a repository or mirror holds. */
  'listing',
  'model',
  /** The code of an engine. */
  'engine',
  'app',
  'update',
  'other',
] as const;
export type RequestPurpose = (typeof requestPurposes)[number];

/** `unknown`: it went elsewhere or had a body, and nobody who made it said what was in it. */
export type CarriedPrompt = 'yes' | 'no' | 'unknown';

/** `failed`: no answer was had, or it broke off. `cancelled`: ended by the app. */
export type RequestState = 'open' | 'done' | 'failed' | 'cancelled';

/** What answered: for `cache` and `service-worker` nothing was sent by this request itself. */
export type AnsweredBy = 'network' | 'cache' | 'service-worker';

/** What only the code that makes a request knows of it. */
export interface RequestNote {
  readonly purpose: RequestPurpose;
  readonly prompt: boolean;
  /** The variant that is asked. */
  readonly variantId?: string;
}

export interface NetworkEntry {
  /** Who recorded it: a page or worker in one of its lives. */
  readonly recorder: string;
  /** Counts a recorder's requests from 1. */
  readonly number: number;
  readonly context: RequestContext;
  /** Ms since the epoch. */
  readonly startedAt: number;
  /** Undefined until it has ended. */
  readonly durationMs?: number;
  readonly method: string;
  readonly origin: string;
  /** Without query and fragment. */
  readonly path: string;
  /** The origin that answered in the end, where a redirect led to another one. */
  readonly redirectedTo?: string;
  readonly purpose: RequestPurpose;
  readonly prompt: CarriedPrompt;
  readonly variantId?: string;
  /** Bytes of the request's body; undefined where it was not seen. */
  readonly bytesOut?: number;
  /** Bytes of the answer's body that came over the network; undefined where they were not seen. */
  readonly bytesIn?: number;
  /** HTTP status; undefined where there was no answer, or another origin hides it. */
  readonly status?: number;
  readonly state: RequestState;
  readonly answeredBy?: AnsweredBy;
  /** True where the call itself was seen, and not only the browser's record of it. */
  readonly called: boolean;
}

/** An address as the ledger keeps it; undefined for what is no request to a server (`blob:`, `data:`). */
export function addressParts(url: string): Pick<NetworkEntry, 'origin' | 'path'> | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, pathname } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? { origin, path: pathname } : undefined;
}

export interface RequestFacts extends Pick<NetworkEntry, 'context' | 'origin' | 'path' | 'method'> {
  readonly bytesOut: number | undefined;
  /** The app's own origin. */
  readonly here: string;
}

/** What it is for, from who made it and where it went. */
export function purposeOf({ context, origin, path, method, here }: RequestFacts): RequestPurpose {
  if (context === 'weights') return /\/api\/models\/|\/manifest\.json$/.test(path) ? 'listing' : 'model';
  if (origin !== here) return 'other';
  if (path.includes('/models/')) return 'model';
  if (context === 'page' && method === 'HEAD') return 'update';
  return context === 'engine' || context === 'worker' ? 'engine' : 'app';
}

/** What is known without the word of the code that made it: a file that is asked for carries nothing. */
export function promptOf({ context, origin, bytesOut, here }: RequestFacts): CarriedPrompt {
  // The weights' worker is never given a prompt.
  return bytesOut === 0 && (origin === here || context === 'weights') ? 'no' : 'unknown';
}

export interface NetworkTotals {
  readonly requests: number;
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** Requests that carried prompt text, and the bytes of their bodies. */
  readonly promptRequests: number;
  readonly promptBytes: number;
  /** Requests of which it is not known. */
  readonly unclearRequests: number;
}

export const noTotals: NetworkTotals = {
  requests: 0,
  bytesOut: 0,
  bytesIn: 0,
  promptRequests: 0,
  promptBytes: 0,
  unclearRequests: 0,
};

/** @param times 1 to add the entry, -1 to take back what an earlier state of it had added */
export function addEntry(totals: NetworkTotals, entry: NetworkEntry, times: 1 | -1): NetworkTotals {
  const { bytesOut = 0, bytesIn = 0, prompt } = entry;
  const carried = prompt === 'yes' ? times : 0;
  return {
    requests: totals.requests + times,
    bytesOut: totals.bytesOut + times * bytesOut,
    bytesIn: totals.bytesIn + times * bytesIn,
    promptRequests: totals.promptRequests + carried,
    promptBytes: totals.promptBytes + carried * bytesOut,
    unclearRequests: totals.unclearRequests + (prompt === 'unknown' ? times : 0),
  };
}
