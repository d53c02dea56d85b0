/** One request for a file from a byte on: opened, judged, and read piece by piece with an eye on the clock. */

import { FailureError } from '../domain/failure';
import { judge, type Asked, type Verdict } from './answers';
import {
  Changed,
  Interrupted,
  NotThere,
  type RemoteFile,
  type Transfer,
  type TransferEvents,
} from './transfer';

/** Silence for this long, in ms, is told to the person. */
const TELL_AFTER_MS = 4000;

export class RangeBody {
  readonly verdict: Extract<Verdict, { kind: 'body' }>;
  readonly contentType: string;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #watch: Watch;
  #peeked: Uint8Array | undefined;

  private constructor(
    verdict: Extract<Verdict, { kind: 'body' }>,
    contentType: string,
    reader: ReadableStreamDefaultReader<Uint8Array>,
    watch: Watch,
  ) {
    this.verdict = verdict;
    this.contentType = contentType;
    this.#reader = reader;
    this.#watch = watch;
  }

  /** @throws Interrupted, Changed, FailureError, or the signal's reason */
  static async open(
    file: RemoteFile,
    asked: Asked,
    transfer: Transfer,
    signal: AbortSignal,
    events: TransferEvents,
  ): Promise<RangeBody> {
    const watch = new Watch(transfer.stallMs, signal, () =>
      events.onNotice?.({ kind: 'stalled', path: file.path }),
    );
    try {
      const response = await watch.guard(
        transfer.fetch(file.url, {
          headers: { ...transfer.headers?.(file.url), Range: `bytes=${asked.from}-` },
          // What is stored here need not lie in the browser's cache as well.
          cache: 'no-store',
          signal: watch.signal,
        }),
      );
      const verdict = judge(asked, response);
      if (verdict.kind !== 'body') {
        watch.end();
        await response.body?.cancel();
      }
      switch (verdict.kind) {
        case 'body': {
          const reader = (response.body ?? new Blob().stream()).getReader();
          return new RangeBody(verdict, response.headers.get('content-type') ?? '', reader, watch);
        }
        case 'changed':
          throw new Changed(verdict.why);
        case 'later': {
          const code = asked.begun ? 'network' : 'file-missing';
          throw new Interrupted(`${file.path}: ${verdict.why}`, code, verdict.afterMs);
        }
        case 'refused':
          if (response.status === 404) throw new NotThere(`${file.path}: ${verdict.why}`);
          throw new FailureError(verdict.code, `${file.path}: ${verdict.why}`);
      }
    } catch (thrown) {
      watch.end();
      throw explain(thrown, signal, file);
    }
  }

  /** The body's first `bytes` bytes, or all of a shorter one. `read` gives them too. */
  async peek(bytes: number, file: RemoteFile, signal: AbortSignal): Promise<Uint8Array> {
    let start = new Uint8Array(0);
    while (start.length < bytes) {
      const piece = await this.read(file, signal);
      if (piece === undefined) break;
      const longer = new Uint8Array(start.length + piece.length);
      longer.set(start);
      longer.set(piece, start.length);
      start = longer;
    }
    this.#peeked = start.length === 0 ? undefined : start;
    return start.subarray(0, bytes);
  }

  /** The next piece; undefined at the body's end. */
  async read(file: RemoteFile, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const peeked = this.#peeked;
    this.#peeked = undefined;
    if (peeked !== undefined) return peeked;
    try {
      const { value } = await this.#watch.guard(this.#reader.read());
      return value;
    } catch (thrown) {
      throw explain(thrown, signal, file);
    }
  }

  /** Ends the request, wherever it is. */
  async close(): Promise<void> {
    this.#watch.end();
    // A body that had broken off rejects here once more; that was told when it was read.
    await this.#reader.cancel().catch(() => undefined);
  }
}

function explain(thrown: unknown, signal: AbortSignal, file: RemoteFile): unknown {
  if (signal.aborted) return signal.reason;
  if (thrown instanceof FailureError || thrown instanceof Interrupted || thrown instanceof Changed)
    return thrown;
  return new Interrupted(`${hostOf(file.url)}: ${file.path}: ${String(thrown)}`);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Ends a request through which nothing has come for too long. */
class Watch {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #silentMs = 0;
  #waiting = false;

  constructor(stallMs: number, signal: AbortSignal, tell: () => void) {
    this.signal = AbortSignal.any([signal, this.#controller.signal]);
    const step = Math.min(stallMs, TELL_AFTER_MS) / 4;
    this.#timer = setInterval(() => {
      // The network is not to blame for the time in which nobody reads.
      if (!this.#waiting) return;
      // Counted in steps, so that a machine that slept does not wake up to a stall.
      this.#silentMs += step;
      if (this.#silentMs === 4 * step && this.#silentMs < stallMs) tell();
      if (this.#silentMs >= stallMs) this.#controller.abort(new Interrupted(`no byte for ${stallMs} ms`));
    }, step);
  }

  /** Begins the wait for `work` anew. */
  async guard<T>(work: Promise<T>): Promise<T> {
    this.#silentMs = 0;
    this.#waiting = true;
    try {
      return await work;
    } finally {
      this.#waiting = false;
    }
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
