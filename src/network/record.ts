/** Puts a recorder into the scope that calls it. */

import type { RequestContext, RequestNote } from '../domain/network';
import { openChannel, randomId, type ChannelMessage } from './channel';
import { recordedFetch } from './recorded-fetch';
import { Recorder, setRecorder } from './recorder';

/**
 * Watches what is loaded, also what was before, and tells the ledgers of it.
 *
 * @param tab undefined in the service worker, which serves all tabs
 * @param native the scope's own `fetch`
 * @returns the `fetch` that is recorded, for the scope to use from now on
 */
export function record(
  context: RequestContext,
  tab: string | undefined,
  native: typeof fetch,
): typeof globalThis.fetch {
  const channel = openChannel();
  const post = (message: ChannelMessage) => channel?.postMessage(message);
  const recorder = new Recorder({
    id: `${context}-${randomId()}`,
    context,
    here: location.origin,
    now: () => performance.now(),
    epoch: () => Date.now() - performance.now(),
    report: (entry) => post({ kind: 'entry', tab, entry }),
  });
  setRecorder(recorder);
  channel?.addEventListener('message', ({ data }: MessageEvent<ChannelMessage>) => {
    if (data.kind !== 'tell' || (tab !== undefined && data.tab !== tab)) return;
    for (const entry of recorder.entries) post({ kind: 'entry', tab, entry });
  });

  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) recorder.timing(entry as PerformanceResourceTiming);
  });
  observer.observe({ type: 'resource', buffered: true });
  if (context === 'page') {
    observer.observe({ type: 'navigation', buffered: true });
    noteServiceWorkerScripts(recorder);
  }
  return recordedFetch(native, recorder, location.href);
}

/** The browser fetches the script of a service worker by itself, and keeps no record of it. */
function noteServiceWorkerScripts(recorder: Recorder): void {
  if (!('ServiceWorkerContainer' in globalThis)) return;
  const note: RequestNote = { purpose: 'update', prompt: false };
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its `this` below
  const { register } = ServiceWorkerContainer.prototype;
  ServiceWorkerContainer.prototype.register = function (url, options) {
    recorder.note(new URL(url, document.baseURI).href, note);
    return register.call(this, url, options);
  };
  // eslint-disable-next-line @typescript-eslint/unbound-method -- as above
  const { update } = ServiceWorkerRegistration.prototype;
  ServiceWorkerRegistration.prototype.update = function () {
    const url = (this.active ?? this.waiting ?? this.installing)?.scriptURL;
    if (url !== undefined) recorder.note(url, note);
    return update.call(this);
  };
}
