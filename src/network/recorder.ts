/**
 * Records the requests of one global scope (a page, a worker, a service worker) and tells the page of them.
 *
 * Two witnesses: the call of `fetch`, which alone knows method, body and purpose, and the browser's own record of what
 * was loaded, which also has scripts, styles, images, imports and workers. What both saw is one entry.
 */

import {
  addressParts,
  promptOf,
  purposeOf,
  type AnsweredBy,
  type NetworkEntry,
  type RequestContext,
  type RequestNote,
} from '../domain/network';

/** What is told again to a page that asks, newest last. */
const KEPT = 400;
/** By how much the clocks of call and record may differ, in ms. */
const CLOCK_STEP_MS = 1;

/** What a recorder uses of a `PerformanceResourceTiming` or `PerformanceNavigationTiming`. */
export type Timing = Pick<
  PerformanceResourceTiming,
  | 'name'
  | 'initiatorType'
  | 'startTime'
  | 'responseEnd'
  | 'responseStatus'
  | 'transferSize'
  | 'encodedBodySize'
  | 'workerStart'
>;

/** These send a body, or may, that their record does not show. */
const bodiesUnseen = new Set(['fetch', 'xmlhttprequest', 'beacon', 'ping']);

export interface RecorderOptions {
  /** Unlike every other recorder's. */
  readonly id: string;
  readonly context: RequestContext;
  /** The app's own origin. */
  readonly here: string;
  /** Ms, on the clock of timings. */
  readonly now: () => number;
  /** The zero of that clock in ms since 1970: asked each time, because the clock stands still while a machine sleeps. */
  readonly epoch: () => number;
  /** Told each time that an entry is new or has changed. */
  readonly report: (entry: NetworkEntry) => void;
}

interface Call {
  /** The whole address; it stays here and only serves to find the browser's record. */
  readonly url: string;
  readonly startTime: number;
  timed: boolean;
}

export type Change = Partial<
  Pick<NetworkEntry, 'durationMs' | 'bytesIn' | 'status' | 'state' | 'answeredBy' | 'redirectedTo'>
>;

export class Recorder {
  #entries = new Map<number, NetworkEntry>();
  readonly #calls = new Map<number, Call>();
  #last = 0;
  /** The page's own load: its record comes once when it begins, and once when it is complete. */
  #navigation: number | undefined;
  readonly #options: RecorderOptions;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** What is kept, in the order in which it began to be known. */
  get entries(): readonly NetworkEntry[] {
    return [...this.#entries.values()];
  }

  /** A call that is about to be made; its number, or undefined where it is no request to a server. */
  begin(
    url: string,
    method: string,
    bytesOut: number | undefined,
    note: RequestNote | undefined,
  ): number | undefined {
    const startTime = this.#options.now();
    const number = this.#add(url, method, bytesOut, startTime, true, note);
    if (number !== undefined) this.#calls.set(number, { url: bare(url), startTime, timed: false });
    return number;
  }

  /** A request that the browser makes when it is asked to, and keeps no record of. */
  note(url: string, note: RequestNote): void {
    this.#add(url, 'GET', 0, this.#options.now(), true, note, { state: 'done' });
  }

  change(number: number, change: Change): void {
    const entry = this.#entries.get(number);
    if (entry === undefined) return;
    const ended = change.state !== undefined && change.state !== 'open' && change.durationMs === undefined;
    const begun = this.#calls.get(number)?.startTime;
    const durationMs = begun === undefined || !ended ? {} : { durationMs: this.#options.now() - begun };
    this.#put({ ...entry, ...durationMs, ...change });
  }

  /** The browser's record of what has been loaded. */
  timing(timing: Timing): void {
    const { transferSize, encodedBodySize, responseStatus } = timing;
    const known = transferSize > 0 || encodedBodySize > 0;
    const sameOrigin = addressParts(timing.name)?.origin === this.#options.here;
    const answeredBy = sourceOf(timing, known || sameOrigin);
    const change: Change = {
      // Of some that a service worker answered, the browser does not tell the end.
      ...(timing.responseEnd >= timing.startTime && { durationMs: timing.responseEnd - timing.startTime }),
      ...(responseStatus > 0 && { status: responseStatus }),
      ...(answeredBy && { answeredBy }),
      // Another origin hides the sizes unless it allows them; what was counted then stands.
      ...((known || sameOrigin) && { bytesIn: answeredBy === 'network' ? encodedBodySize : 0 }),
    };
    const navigation = timing.initiatorType === 'navigation';
    const number = navigation ? this.#navigation : this.#callOf(timing);
    if (number !== undefined) {
      const state = this.#entries.get(number)?.state;
      this.change(number, { ...change, ...(state === 'open' && { state: 'done' }) });
      return;
    }
    const bytesOut = bodiesUnseen.has(timing.initiatorType) ? undefined : 0;
    // Another origin's status may be hidden, which looks the same.
    const state = sameOrigin && responseStatus === 0 ? 'failed' : 'done';
    const added = this.#add(timing.name, 'GET', bytesOut, timing.startTime, false, undefined, {
      ...change,
      state,
    });
    if (navigation) this.#navigation = added;
  }

  /** The call that this is the record of: of those to the same address, the one that began at that time. */
  #callOf(timing: Timing): number | undefined {
    if (timing.initiatorType !== 'fetch') return undefined;
    const url = bare(timing.name);
    let best: { readonly number: number; readonly call: Call } | undefined;
    for (const [number, call] of this.#calls) {
      if (call.timed || call.url !== url || call.startTime > timing.startTime + CLOCK_STEP_MS) continue;
      if (best === undefined || call.startTime > best.call.startTime) best = { number, call };
    }
    if (best !== undefined) best.call.timed = true;
    return best?.number;
  }

  #add(
    url: string,
    method: string,
    bytesOut: number | undefined,
    startTime: number,
    called: boolean,
    note: RequestNote | undefined,
    change: Change = {},
  ): number | undefined {
    const { id, context, here, epoch } = this.#options;
    const parts = addressParts(url);
    if (parts === undefined) return undefined;
    const facts = { ...parts, context, method, bytesOut, here };
    this.#last += 1;
    this.#put({
      recorder: id,
      number: this.#last,
      context,
      startedAt: epoch() + startTime,
      method,
      ...parts,
      purpose: note?.purpose ?? purposeOf(facts),
      prompt: note === undefined ? promptOf(facts) : note.prompt ? 'yes' : 'no',
      ...(note?.variantId !== undefined && { variantId: note.variantId }),
      ...(bytesOut !== undefined && { bytesOut }),
      state: 'open',
      called,
      ...change,
    });
    return this.#last;
  }

  #put(entry: NetworkEntry): void {
    this.#entries.set(entry.number, entry);
    if (this.#entries.size > KEPT) {
      const oldest = [...this.#entries.values()].find(({ state }) => state !== 'open');
      if (oldest !== undefined) {
        this.#entries.delete(oldest.number);
        this.#calls.delete(oldest.number);
      }
    }
    this.#options.report(entry);
  }
}

function bare(url: string): string {
  return url.split('#')[0] ?? url;
}

function sourceOf(timing: Timing, known: boolean): AnsweredBy | undefined {
  if (!known) return undefined;
  if (timing.transferSize > 0) return 'network';
  if (timing.workerStart > 0) return 'service-worker';
  return timing.encodedBodySize > 0 ? 'cache' : 'network';
}

let installed: Recorder | undefined;

/** Makes this the scope's recorder, for `noteRequest`. */
export function setRecorder(recorder: Recorder): void {
  installed = recorder;
}

/**
 * For a request that is made where nothing of ours runs, in a worker of a library: told in its place.
 * @param url absolute
 */
export function noteRequest(url: string, note: RequestNote): void {
  installed?.note(url, note);
}
