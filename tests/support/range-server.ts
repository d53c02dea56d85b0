/** A server in memory, for unit tests: a stand-in for `fetch` that answers ranges and can misbehave as told. */

export type Fault =
  /** The body breaks off after so many bytes, with an error or, `clean`, as if that were all. */
  | { readonly kind: 'cut'; readonly after: number; readonly clean: boolean }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: 'unreachable' }
  /** The whole file with status 200, whatever was asked for. */
  | { readonly kind: 'whole' }
  /** The file is another one from now on. */
  | { readonly kind: 'replaced'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'web-page' };

export class RangeServer {
  /** The first byte that each request asked for. */
  readonly asked: number[] = [];
  #file: Uint8Array<ArrayBuffer>;
  #version = 1;
  /** Taken by the requests in turn; undefined is a good answer. */
  readonly #faults: (Fault | undefined)[];

  constructor(file: Uint8Array<ArrayBuffer>, faults: readonly (Fault | undefined)[] = []) {
    this.#file = file;
    this.#faults = [...faults];
  }

  get file(): Uint8Array<ArrayBuffer> {
    return this.#file;
  }

  /** From now on it answers well, with this file. */
  heal(file: Uint8Array<ArrayBuffer>): void {
    this.#faults.length = 0;
    if (file !== this.#file) this.#version += 1;
    this.#file = file;
  }

  readonly fetch: typeof fetch = async (_, init) => {
    await Promise.resolve();
    init?.signal?.throwIfAborted();
    const range = new Headers(init?.headers).get('range') ?? '';
    const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1]);
    if (Number.isNaN(from)) throw new Error(`not an open range: "${range}"`);
    this.asked.push(from);
    const fault = this.#faults.shift();
    switch (fault?.kind) {
      case 'unreachable':
        throw new TypeError('Failed to fetch');
      case 'status':
        return new Response('', { status: fault.status, ...(fault.headers && { headers: fault.headers }) });
      case 'web-page':
        return new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
      case 'replaced':
        this.#file = fault.bytes;
        this.#version += 1;
        return this.#part(from, undefined, init?.signal);
      case 'whole':
        return new Response(this.#file, {
          headers: { 'content-length': String(this.#file.length), etag: this.#etag() },
        });
      case 'cut':
        return this.#part(from, fault, init?.signal);
      case undefined:
        return this.#part(from, undefined, init?.signal);
    }
  };

  #etag(): string {
    return `"${this.#version}"`;
  }

  #part(
    from: number,
    cut: Extract<Fault, { kind: 'cut' }> | undefined,
    signal: AbortSignal | null | undefined,
  ): Response {
    const { length } = this.#file;
    if (from >= length) return new Response('', { status: 416 });
    const rest = this.#file.subarray(from, cut === undefined ? length : Math.min(length, from + cut.after));
    let at = 0;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        if (signal?.aborted === true) {
          controller.error(signal.reason);
        } else if (at < rest.length) {
          controller.enqueue(rest.slice(at, at + 700));
          at += 700;
        } else if (cut?.clean === false && from + cut.after < length) {
          controller.error(new TypeError('network error'));
        } else {
          controller.close();
        }
      },
    });
    return new Response(body, {
      status: 206,
      headers: {
        'content-range': `bytes ${from}-${length - 1}/${length}`,
        'content-length': String(length - from),
        etag: this.#etag(),
      },
    });
  }
}
