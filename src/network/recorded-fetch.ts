/**
 * `fetch` with each call recorded: what it takes along when it is made, what its answer brings as it is read. A call says
 * what it is for by `noted`.
 */

import { addressParts, type RequestNote } from '../domain/network';
import type { Change, Recorder } from './recorder';

/** Ms between two reports on a body that is arriving. */
const REPORT_EVERY_MS = 500;
const notes = new WeakMap<RequestInit, RequestNote>();

/** Says what a call of `fetch` is for: `fetch(url, noted({ … }, note))`. Without a recorder it changes nothing. */
export function noted(init: RequestInit, note: RequestNote): RequestInit {
  notes.set(init, note);
  return init;
}

/**
 * `native`, with each call recorded.
 * @param base what relative addresses count from
 */
export function recordedFetch(native: typeof fetch, recorder: Recorder, base: string): typeof fetch {
  const here = new URL(base).origin;
  return async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const url = request?.url ?? new URL(input instanceof URL ? input.href : (input as string), base).href;
    const method = (init?.method ?? request?.method ?? 'GET').toUpperCase();
    const bodiless = method === 'GET' || method === 'HEAD';
    // Not every browser shows the body of a `Request`.
    const hidden = request !== undefined && init?.body === undefined;
    const bytesOut = bodiless ? 0 : hidden ? undefined : bytesOf(init?.body);
    const number = recorder.begin(url, method, bytesOut, init && notes.get(init));
    if (number === undefined) return native(input, init);
    try {
      const response = await native(input, init);
      return observed(response, number, recorder, here);
    } catch (thrown) {
      const signal = init?.signal ?? request?.signal;
      recorder.change(number, { state: signal?.aborted === true ? 'cancelled' : 'failed' });
      throw thrown;
    }
  };
}

function bytesOf(body: BodyInit | null | undefined): number | undefined {
  if (body === undefined || body === null) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).byteLength;
  if (body instanceof URLSearchParams) return bytesOf(body.toString());
  if (body instanceof Blob) return body.size;
  return 'byteLength' in body ? body.byteLength : undefined;
}

/**
 * Of an answer from here, the browser's record says all, and its body is left alone. Other origins hide their sizes:
 * their bodies are counted as they are read.
 */
function observed(response: Response, number: number, recorder: Recorder, here: string): Response {
  const from = addressParts(response.url)?.origin;
  const change: Change = {
    ...(response.status > 0 && { status: response.status }),
    ...(response.redirected && from !== undefined && { redirectedTo: from }),
  };
  if (from === undefined || from === here || response.body === null) {
    recorder.change(number, { ...change, state: 'done' });
    return response;
  }
  recorder.change(number, { ...change, bytesIn: 0 });
  const { status, statusText, headers, url, redirected, type } = response;
  const copy = new Response(counted(response.body, number, recorder), { status, statusText, headers });
  return Object.defineProperties(copy, {
    url: { value: url },
    redirected: { value: redirected },
    type: { value: type },
  });
}

/** Pulls only when it is pulled from, so that an error never overtakes bytes that came before it. */
function counted(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  number: number,
  recorder: Recorder,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let bytesIn = 0;
  let told = performance.now();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            recorder.change(number, { bytesIn, state: 'done' });
            controller.close();
            return;
          }
          bytesIn += value.byteLength;
          if (performance.now() - told > REPORT_EVERY_MS) {
            told = performance.now();
            recorder.change(number, { bytesIn });
          }
          controller.enqueue(value);
        } catch (thrown) {
          recorder.change(number, { bytesIn, state: 'failed' });
          throw thrown;
        }
      },
      cancel(reason) {
        recorder.change(number, { bytesIn, state: 'cancelled' });
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
