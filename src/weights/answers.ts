/** What a server's answer to `Range: bytes=N-` means for a download. Pure. */

import type { FailureCode } from '../domain/failure';

export interface Asked {
  /** First byte that was asked for. */
  readonly from: number;
  /** What is known of the file from earlier answers or from its origin. */
  readonly bytes?: number;
  readonly etag?: string;
  /** True once an answer of this file was good: a 403 is then an address that has expired. */
  readonly begun: boolean;
}

export interface Answered {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
}

export type Verdict =
  /** The body begins at the byte asked for. `bytes` is the whole file's size, where the answer tells it. */
  | { readonly kind: 'body'; readonly bytes?: number; readonly etag?: string; readonly wholeOnly: boolean }
  /** Not the file that was begun: what is stored of it must go. */
  | { readonly kind: 'changed'; readonly why: string }
  /** Worth another try, not before `afterMs` where the server said so. */
  | { readonly kind: 'later'; readonly why: string; readonly afterMs?: number }
  | { readonly kind: 'refused'; readonly code: FailureCode; readonly why: string };

export function judge(asked: Asked, { status, headers }: Answered): Verdict {
  // A login page in between answers for every address: what is stored of the file is as good as before.
  if ((status === 200 || status === 206) && headers.get('content-type')?.includes('text/html') === true)
    return { kind: 'refused', code: 'not-a-model-file', why: 'the server answered with a web page' };
  switch (status) {
    case 206:
      return judgePart(asked, headers);
    case 200:
      return judgeWhole(asked, headers);
    case 416:
      return { kind: 'changed', why: 'the file is shorter now' };
    case 401:
    case 403:
      if (asked.begun) return { kind: 'later', why: `HTTP ${status}` };
      return { kind: 'refused', code: 'access-denied', why: `HTTP ${status}` };
    default: {
      const afterMs = retryAfterMs(headers.get('retry-after'));
      if (status === 408 || status === 425 || status === 429 || status >= 500)
        return { kind: 'later', why: `HTTP ${status}`, ...(afterMs !== undefined && { afterMs }) };
      return { kind: 'refused', code: 'file-missing', why: `HTTP ${status}` };
    }
  }
}

function judgePart(asked: Asked, headers: Answered['headers']): Verdict {
  const range = parseContentRange(headers.get('content-range'));
  if (range === 'malformed') return { kind: 'changed', why: 'an unreadable Content-Range' };
  if (range !== undefined && range.first !== asked.from)
    return { kind: 'changed', why: `asked for byte ${asked.from}, got ${range.first}` };
  // A server of another origin may keep Content-Range to itself; the length of the rest is never kept.
  const rest = wholeNumber(headers.get('content-length'));
  const bytes = range?.total ?? (rest === undefined ? undefined : asked.from + rest);
  return compare(asked, headers, bytes, false);
}

function judgeWhole(asked: Asked, headers: Answered['headers']): Verdict {
  if (asked.from > 0) return { kind: 'changed', why: 'the server sent the file from its beginning' };
  // A compressed body has another length than the file.
  const encoded = headers.get('content-encoding') !== null;
  return compare(asked, headers, encoded ? undefined : wholeNumber(headers.get('content-length')), true);
}

function compare(
  asked: Asked,
  headers: Answered['headers'],
  bytes: number | undefined,
  wholeOnly: boolean,
): Verdict {
  if (bytes !== undefined && asked.bytes !== undefined && bytes !== asked.bytes)
    return { kind: 'changed', why: `${bytes} bytes and not ${asked.bytes}` };
  const etag = strongEtag(headers.get('etag'));
  if (etag !== undefined && asked.etag !== undefined && etag !== asked.etag)
    return { kind: 'changed', why: 'the server calls it another version' };
  return {
    kind: 'body',
    wholeOnly,
    ...(bytes !== undefined && { bytes }),
    ...(etag !== undefined && { etag }),
  };
}

/** `W/` says that a proxy may have touched the bytes; the tag inside still names the version. */
function strongEtag(value: string | null): string | undefined {
  const tag = value?.replace(/^W\//, '').trim();
  return tag === undefined || tag === '' ? undefined : tag;
}

export function parseContentRange(
  value: string | null,
): { readonly first: number; readonly total?: number } | 'malformed' | undefined {
  if (value === null) return undefined;
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/.exec(value.trim());
  if (match === null) return 'malformed';
  const [first, last] = [Number(match[1]), Number(match[2])];
  if (match[3] === '*') return first <= last ? { first } : 'malformed';
  const total = Number(match[3]);
  return first <= last && last < total ? { first, total } : 'malformed';
}

/** Seconds only: a date would need the server's clock. At most five minutes; a longer wait is a refusal. */
function retryAfterMs(value: string | null): number | undefined {
  const seconds = wholeNumber(value);
  return seconds === undefined ? undefined : Math.min(seconds, 300) * 1000;
}

function wholeNumber(value: string | null): number | undefined {
  return value !== null && /^\d{1,16}$/.test(value.trim()) ? Number(value) : undefined;
}
