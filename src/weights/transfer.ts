/** What a download needs from the world, so that a test can give it another one, and what it tells of itself. */

import { FailureError, type FailureCode } from '../domain/failure';
import type { ChunkStore } from './chunk-store';

/** One file at one address. */
export interface RemoteFile {
  /** Name of its bytes in the store: see `blobId`. */
  readonly blob: string;
  readonly url: string;
  /** For messages and for knowing its kind. */
  readonly path: string;
  /** As its origin states them; the server's word counts where they are not stated. */
  readonly bytes?: number;
  readonly sha256?: string;
  /** True where the model does without it. */
  readonly optional?: boolean;
  /** Stated where the address names a version: what it gives never changes. */
  readonly fixedUrl?: string;
}

export interface FileProgress {
  /** Bytes that are here: committed, or arrived and on their way to the disk. Falls when a stream is cut. */
  readonly loadedBytes: number;
  /** Undefined until the server has told. */
  readonly totalBytes?: number;
}

export type Notice =
  /** A connection was lost or refused; the next try follows after `waitMs`. */
  | { readonly kind: 'retrying'; readonly path: string; readonly why: string; readonly waitMs: number }
  /** No byte has come for some seconds. */
  | { readonly kind: 'stalled'; readonly path: string }
  /** The file is another one now: its download began anew. */
  | { readonly kind: 'restarted'; readonly path: string; readonly why: string }
  /** Stored bytes were damaged; so many were fetched again. */
  | { readonly kind: 'repaired'; readonly path: string; readonly bytes: number };

export interface TransferEvents {
  readonly onProgress?: (progress: FileProgress) => void;
  readonly onNotice?: (notice: Notice) => void;
}

export interface Transfer {
  readonly store: ChunkStore;
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  readonly chunkBytes: number;
  /** Requests at once, all files together. */
  readonly slots: Slots;
  /** Ms without a byte after which a connection counts as lost. */
  readonly stallMs: number;
  /** Sent with a request; a token goes here and never into an address. */
  readonly headers?: (url: string) => Readonly<Record<string, string>>;
}

/** The connection ended, or never came to be; what is stored stays good. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly code: FailureCode;
  readonly afterMs: number | undefined;

  /** @param code what it is called if it stays so */
  constructor(why: string, code: FailureCode = 'network', afterMs?: number) {
    super(why);
    this.code = code;
    this.afterMs = afterMs;
  }
}

/** The server says that there is no such file, which for an optional one is an answer. */
export class NotThere extends FailureError {
  constructor(detail: string) {
    super('file-missing', detail);
  }
}

/** What the server has is not what was begun; what is stored of it must go. */
export class Changed extends Error {
  override readonly name = 'Changed';
}

/** How many requests may run at once. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes one if there is one. */
  tryTake(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.tryTake()) return;
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      this.#waiting.push(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

/**
 * Ms before try number `attempt` (from 1): doubling from half a second to 15, and drawn from the upper half of that, so
 * that many clients of one server do not come back together.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const most = Math.min(500 * 2 ** (attempt - 1), 15_000);
  return most * (0.5 + random() / 2);
}

export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
