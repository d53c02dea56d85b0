/**
 * The one place from which a provider is asked anything.
 *
 * It adds the key, refuses addresses that must not see it, reads error answers, and watches the stream: silence,
 * a line without an end, an end that came too soon. Nothing is ever sent twice.
 */

import { addressProblem } from '../../src/domain/provider';
import { FailureError, type FailureCode } from '../../src/domain/failure';
import type { RequestNote } from '../../src/domain/network';
import { noted } from '../../src/network/recorded-fetch';
import { complaintFailure, type ComplaintContext } from '../../src/providers/errors';
import type { Protocol } from '../../src/providers/definitions';

export interface GuardOptions {
  readonly protocol: Protocol;
  readonly key: string | undefined;
  /** What the network ledger is told of these requests. */
  readonly note: RequestNote;
  readonly backOffMs: () => number;
  /**
   * Told when a stream breaks off. The stream itself then ends as if it were complete: an error would throw away
   * what has arrived and was not read yet, and that is part of the answer.
   */
  readonly onBroken?: (failure: FailureError) => void;
  /** Most requests that are let through; a library that wants to repeat one is refused. */
  readonly mostRequests: number;
  /** Ms without a byte, once an answer has begun, after which it counts as cut off. */
  readonly silenceMs?: number;
  /** Ms until an answer begins. */
  readonly firstByteMs?: number;
  /** Ms until all of it is there. */
  readonly wholeMs?: number;
}

type Limits = Required<Pick<GuardOptions, 'silenceMs' | 'firstByteMs' | 'wholeMs'>>;

/** Models that think for long are silent for minutes, and no answer is too long. */
const answerLimits: Limits = { silenceMs: 120_000, firstByteMs: 600_000, wholeMs: Infinity };
/** What computes nothing is there within seconds, or the server hangs: a lane that starts must not hang with it. */
const checkLimits: Limits = { silenceMs: 8_000, firstByteMs: 8_000, wholeMs: 60_000 };

/** Longest line of an event stream, and longest error answer, in bytes. */
const MAX_LINE = 4 * 1024 * 1024;
const MAX_ERROR = 64 * 1024;
/** How long the text of an error answer is waited for, in ms. */
const ERROR_MS = 2_000;

/** Anything else that a library adds would make the browser ask the server for leave, and be refused. */
const allowedHeaders = new Set([
  'accept',
  'content-type',
  'anthropic-version',
  'anthropic-beta',
  'anthropic-dangerous-direct-browser-access',
]);

export function guardedFetch(options: GuardOptions): typeof fetch {
  const answering = options.note.purpose === 'answer';
  const usual = answering ? answerLimits : checkLimits;
  const {
    silenceMs = usual.silenceMs,
    firstByteMs = usual.firstByteMs,
    wholeMs = usual.wholeMs,
    onBroken,
  } = options;
  const silent = answering ? 'stream-cut' : 'provider-silent';
  let sent = 0;
  return async (input, init = {}) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    if (sent >= options.mostRequests)
      throw new FailureError(
        'provider-error',
        'a second request was not sent, because it could be billed too',
      );
    sent += 1;
    if (addressProblem(url.split('?')[0] ?? '') !== undefined)
      throw new FailureError('address-insecure', new URL(url).host, { unbilled: true });
    const headers = headersFor(options, init.headers);
    const endsAt = performance.now() + wholeMs;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), firstByteMs);
    const signal =
      init.signal === null || init.signal === undefined
        ? late.signal
        : AbortSignal.any([init.signal, late.signal]);
    let response: Response;
    try {
      const request: RequestInit = {
        method: init.method ?? 'GET',
        ...(init.body !== undefined && { body: init.body }),
        headers,
        signal,
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        // A redirect would carry the key to wherever it points.
        redirect: 'error',
      };
      response = await fetch(url, noted(request, options.note));
    } catch (thrown) {
      if (init.signal?.aborted === true) throw thrown;
      if (late.signal.aborted) throw new FailureError(silent, `no answer within ${firstByteMs / 1000} s`);
      // How far a prompt came before that, the browser does not say: its model may have answered it.
      throw new FailureError('api-unreachable', `no readable answer from ${new URL(url).origin}`, {
        unbilled: !answering,
      });
    } finally {
      clearTimeout(timer);
    }
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok)
      throw await refusal(response, { now: Date.now(), backOffMs: options.backOffMs, key: options.key });
    if (!/json|event-stream/i.test(type) || response.body === null) {
      await response.body?.cancel();
      throw new FailureError(
        'not-an-api',
        `HTTP ${response.status} with content type "${type.slice(0, 60)}"`,
      );
    }
    const limits = { firstByteMs, silenceMs, endsAt, silent, onBroken } as const;
    return new Response(watched(response.body, limits), {
      status: response.status,
      headers: response.headers,
    });
  };
}

function headersFor({ protocol, key }: GuardOptions, given: HeadersInit | undefined): Headers {
  const headers = new Headers();
  new Headers(given).forEach((value, name) => {
    if (allowedHeaders.has(name)) headers.set(name, value);
  });
  if (protocol === 'messages') {
    headers.set('anthropic-dangerous-direct-browser-access', 'true');
    headers.set('anthropic-version', headers.get('anthropic-version') ?? '2023-06-01');
  }
  if (key === undefined) return headers;
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new FailureError(
      'key-rejected',
      'the key holds characters that no key has: it was not copied whole',
      { unbilled: true },
    );
  if (protocol === 'messages') headers.set('x-api-key', key);
  else if (protocol === 'generate-content') headers.set('x-goog-api-key', key);
  else headers.set('authorization', `Bearer ${key}`);
  return headers;
}

async function refusal(response: Response, context: ComplaintContext): Promise<FailureError> {
  const text = await firstPart(response);
  const page = /html/i.test(response.headers.get('content-type') ?? '') || /^\s*</.test(text);
  // A gateway's page about trouble behind it is still trouble of the provider.
  if (page && response.status < 500)
    return new FailureError('not-an-api', `HTTP ${response.status} with a web page`, { unbilled: true });
  return complaintFailure(
    {
      status: response.status,
      body: page ? {} : parsed(text),
      retryAfter: response.headers.get('retry-after') ?? undefined,
    },
    context,
  );
}

async function firstPart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const endsAt = performance.now() + ERROR_MS;
  try {
    while (reader !== undefined && text.length < MAX_ERROR) {
      const { done, value } = await inTime(reader, Math.max(0, endsAt - performance.now()), 'stream-cut');
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The status says most of it: what is missing of an error's text is no second error.
  }
  void reader?.cancel().catch(() => undefined);
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

interface WatchOptions {
  readonly firstByteMs: number;
  readonly silenceMs: number;
  /** On the clock of `performance.now`. */
  readonly endsAt: number;
  /** What it is called where nothing comes any more. */
  readonly silent: FailureCode;
  readonly onBroken: GuardOptions['onBroken'];
}

/** Passes bytes through as they come; ends where they stop coming, or where a line has no end. */
function watched(body: ReadableStream<Uint8Array>, options: WatchOptions): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let line = 0;
  let patienceMs = options.firstByteMs;
  return new ReadableStream({
    async pull(controller) {
      try {
        const left = Math.max(0, options.endsAt - performance.now());
        const { done, value } = await inTime(reader, Math.min(patienceMs, left), options.silent);
        patienceMs = options.silenceMs;
        if (done) {
          controller.close();
          return;
        }
        const lastEnd = value.lastIndexOf(10);
        line = lastEnd < 0 ? line + value.length : value.length - lastEnd - 1;
        if (line > MAX_LINE)
          throw new FailureError('stream-malformed', `a line longer than ${MAX_LINE} bytes`);
        controller.enqueue(value);
      } catch (thrown) {
        void reader.cancel().catch(() => undefined);
        const failure =
          thrown instanceof FailureError
            ? thrown
            : new FailureError('stream-cut', 'the connection broke', { cause: thrown });
        if (options.onBroken === undefined) throw failure;
        options.onBroken(failure);
        controller.close();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function inTime(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  patienceMs: number,
  silent: FailureCode,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new FailureError(silent, `not complete, and waited for ${Math.round(patienceMs) / 1000} s`));
    }, patienceMs);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}
