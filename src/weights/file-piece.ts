/** A piece of a file that nobody has decided to fetch yet: to see what it is. Nothing of it is stored. */

import { FailureError } from '../domain/failure';
import { judge } from './answers';
import type { Transfer } from './transfer';

export interface FilePiece {
  /** Shorter than what was asked for where the file ends before. */
  readonly bytes: ArrayBuffer;
  /** Bytes of the whole file; undefined where the server does not tell. */
  readonly totalBytes?: number;
}

/** No answer, or no further byte, for this long, in ms. */
const SILENCE_MS = 15_000;

/**
 * Bytes of a file from `from` up to but not including `to`. The request is an open range that is ended when these have
 * come; a server that does not know ranges sends what is before them too.
 *
 * @throws FailureError `file-missing`, `access-denied`, `not-a-model-file` for a web page, `network`; the signal's reason
 */
export async function fetchPiece(
  url: string,
  from: number,
  to: number,
  { fetch, headers }: Pick<Transfer, 'fetch' | 'headers'>,
  signal: AbortSignal,
): Promise<FilePiece> {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(new Error(`no byte for ${SILENCE_MS} ms`)), SILENCE_MS);
  };
  const { pathname, host } = new URL(url);
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    listen();
    const response = await fetch(url, {
      headers: { ...headers?.(url), Range: `bytes=${from}-` },
      cache: 'no-store',
      signal: AbortSignal.any([signal, silence.signal]),
    });
    reader = response.body?.getReader();
    // Behind the end of a file there is nothing.
    if (response.status === 416) return { bytes: new ArrayBuffer(0) };
    const skip = response.status === 200 ? from : 0;
    const verdict = judge({ from: from - skip, begun: false }, response);
    if (verdict.kind !== 'body') {
      const code = verdict.kind === 'refused' ? verdict.code : 'network';
      throw new FailureError(code, `${pathname}: ${verdict.why}`);
    }
    const bytes = await readUpTo(reader, skip, to - from, listen);
    return { bytes, ...(verdict.bytes !== undefined && { totalBytes: verdict.bytes }) };
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof FailureError) throw thrown;
    throw new FailureError('network', `${host}: ${String(thrown)}`, { cause: thrown });
  } finally {
    clearTimeout(timer);
    // What had broken off rejects here once more; that was told when it was read.
    await reader?.cancel().catch(() => undefined);
  }
}

/** `length` bytes, or fewer where the body ends, after `skip` others. */
async function readUpTo(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  skip: number,
  length: number,
  heard: () => void,
): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let [left, filled] = [skip, 0];
  while (filled < length) {
    const { value } = (await reader?.read()) ?? {};
    if (value === undefined) break;
    heard();
    const useful = value.subarray(Math.min(left, value.length), left + length - filled);
    left = Math.max(0, left - value.length);
    bytes.set(useful, filled);
    filled += useful.length;
  }
  return bytes.buffer.slice(0, filled);
}
