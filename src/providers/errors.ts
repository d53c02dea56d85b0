/**
 * From what a provider answers to a failure.
 *
 * Status and machine-readable codes decide. Only where a protocol has no code for it (Anthropic and Gemini on a
 * prompt that is too long) the documented wording does.
 */

import { FailureError, type FailureCode } from '../domain/failure';

/** What is known of an error, over HTTP or inside a stream. */
export interface ProviderComplaint {
  /** Undefined for an error inside a stream that was answered with 200. */
  readonly status: number | undefined;
  /** The error's parsed JSON; anything. */
  readonly body: unknown;
  /** `Retry-After`, where the browser lets us read it. */
  readonly retryAfter?: string | undefined;
}

export interface ComplaintContext {
  /** Ms since the epoch. */
  readonly now: number;
  /** Ms to wait where nobody says how long; asked once for each refusal of this kind. */
  readonly backOffMs: () => number;
  /** Must not be told to anybody, whatever the provider repeats of it. */
  readonly key: string | undefined;
}

interface ErrorFacts {
  /** Codes, types and statuses that the error carries, in small letters. */
  readonly names: readonly string[];
  readonly message: string;
  readonly retryMs: number | undefined;
  /** What was asked was looked into and refused: OpenRouter says so beside a 403, which others have for keys. */
  readonly moderated: boolean;
  readonly parameter: string | undefined;
}

const MOST_DETAIL = 300;
/** Characters of a key that are looked for together: fewer are in other words too. */
const LEAST_PART = 8;

/** Where several apply, the first does. */
const named: readonly (readonly [FailureCode, readonly string[]])[] = [
  ['quota-exhausted', ['insufficient_quota', 'billing_error', 'billing_not_active']],
  ['context-full', ['context_length_exceeded', 'request_too_large']],
  ['answer-refused', ['content_filter', 'content_policy_violation', 'invalid_prompt']],
  ['key-rejected', ['invalid_api_key', 'authentication_error', 'unauthenticated', 'permission_error']],
  ['key-rejected', ['permission_denied', 'api_key_invalid']],
  ['model-unknown', ['model_not_found', 'not_found_error', 'not_found']],
  ['rate-limited', ['rate_limit_exceeded', 'rate_limit_error', 'resource_exhausted']],
  ['provider-error', ['overloaded_error', 'api_error', 'server_error', 'unavailable', 'internal']],
];

const tooLong = /(?:prompt|input|request)\b.{0,40}\b(?:too long|exceeds|too large)|maximum context length/i;

export function complaintFailure(complaint: ProviderComplaint, context: ComplaintContext): FailureError {
  const facts = read(complaint.body);
  const known = codeOf(complaint.status, facts);
  // Of a request that was let in and ended later nobody can say that it is not billed.
  const code = complaint.status === undefined && known === 'rate-limited' ? 'provider-error' : known;
  const parts = [
    complaint.status === undefined ? 'inside the stream' : `HTTP ${complaint.status}`,
    ...new Set(facts.names),
    // What is said of a rejected key often repeats it; its code says enough.
    code === 'key-rejected' ? '' : scrub(facts.message, context.key).slice(0, MOST_DETAIL),
  ];
  const detail = scrub(parts.filter((part) => part !== '').join(' · '), context.key);
  const unbilled = isTurnedAway(complaint.status, code);
  if (code !== 'rate-limited')
    return new FailureError(code, detail, { parameter: facts.parameter, unbilled });
  const told = seconds(complaint.retryAfter, context.now) ?? facts.retryMs;
  return new FailureError(code, detail, {
    retryAt: context.now + (told ?? context.backOffMs()),
    retryGuessed: told === undefined,
    unbilled,
  });
}

/** Statuses of 500 and above that say that the request was not taken: nothing was made of it. */
const NOT_TAKEN: ReadonlySet<number> = new Set([503, 529]);

/**
 * Whether a model never saw the request, so that no provider bills it. A server that gave up in the middle may have
 * asked its model first (408, most of what is above 499), and some bill what they refuse to answer.
 */
function isTurnedAway(status: number | undefined, code: FailureCode): boolean {
  if (status === undefined || code === 'answer-refused') return false;
  return NOT_TAKEN.has(status) || (status >= 400 && status < 500 && status !== 408);
}

function codeOf(status: number | undefined, { names, message, moderated }: ErrorFacts): FailureCode {
  if (status === 402) return 'quota-exhausted';
  if (moderated) return 'answer-refused';
  const known = named.find(([, these]) => these.some((name) => names.includes(name)))?.[0];
  // Gemini says of a wrong key that an argument is invalid.
  if (status === 400 && /api key not valid/i.test(message)) return 'key-rejected';
  if ((status === undefined || status === 400) && tooLong.test(message)) return 'context-full';
  if (known !== undefined) return known;
  switch (status) {
    case 401:
    case 403:
      return 'key-rejected';
    case 404:
      return 'not-an-api';
    case 408:
      return 'provider-error';
    case 413:
      return 'context-full';
    case 429:
      return 'rate-limited';
    case undefined:
      return 'provider-error';
    default:
      return status >= 500 ? 'provider-error' : 'request-rejected';
  }
}

/** `{ error: { code, type, status, message } }`, or the same without `error` around it, or `{ detail }`. */
function read(body: unknown): ErrorFacts {
  const outer = record(Array.isArray(body) ? body[0] : body);
  const inner = record(outer['error']);
  const error = Object.keys(inner).length > 0 ? inner : outer;
  const details = Array.isArray(error['details']) ? error['details'].map(record) : [];
  const names = [error['code'], error['type'], error['status'], ...details.map(({ reason }) => reason)]
    .filter((name) => typeof name === 'string' && name.length <= 60)
    .map((name) => String(name).toLowerCase());
  const message = [error['message'], outer['detail'], outer['error'], body].find(
    (candidate) => typeof candidate === 'string',
  );
  const delay = details.map(({ retryDelay }) => retryDelay).find((value) => typeof value === 'string');
  const metadata = record(error['metadata']);
  const retry = /^([\d.]+)s$/.exec(typeof delay === 'string' ? delay : '')?.[1];
  return {
    names,
    message: typeof message === 'string' ? message : '',
    retryMs: retry === undefined ? undefined : Number(retry) * 1000,
    parameter: typeof error['param'] === 'string' ? error['param'] : undefined,
    moderated: Array.isArray(metadata['reasons']) || typeof metadata['flagged_input'] === 'string',
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Seconds or a date, as ms from `now`. */
function seconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const number = Number(header);
  if (Number.isFinite(number)) return Math.max(0, number * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The same text without the key, parts of it, and what looks like a key. */
export function scrub(text: string, key: string | undefined): string {
  let clean = text;
  if (key !== undefined && key !== '') clean = withoutParts(clean, key);
  clean = clean.replace(/\b(?:sk|pk|gsk|xai|key|AIza)[-_A-Za-z0-9*.]{8,}/g, '[key]');
  // Providers repeat a key with its middle blotted out, so that its ends are still there to be read.
  return clean.replace(/\S*\*{3,}\S*/g, '[key]');
}

/** Without the key and any piece of it, in capital letters or small ones: providers shorten what they repeat. */
function withoutParts(text: string, key: string): string {
  const length = Math.min(LEAST_PART, key.length);
  const inText = inSmall(text);
  const inKey = inSmall(key);
  const hidden = new Set<number>();
  for (let at = 0; at + length <= inKey.length; at += 1) {
    const part = inKey.slice(at, at + length);
    for (let found = inText.indexOf(part); found >= 0; found = inText.indexOf(part, found + 1))
      for (let offset = 0; offset < length; offset += 1) hidden.add(found + offset);
  }
  let clean = '';
  for (let at = 0; at < text.length; at += 1) {
    if (!hidden.has(at)) clean += text.charAt(at);
    else if (!hidden.has(at - 1)) clean += '[key]';
  }
  return clean;
}

/** Of the same length: other alphabets' letters may grow where they are made small. */
function inSmall(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
