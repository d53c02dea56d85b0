/** Ms without a byte after which a connection counts as dead, and after which the wait is made visible. */
const STALL_MS = 10_000;
const TELL_AFTER_MS = 4000;
const STEP_MS = 1000;

/** Ends a request through which nothing comes any more. One that is slow but moves is left alone. */
export class StallWatch {
  /** Aborts with the caller's reason, or with `stalled`. */
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #silentMs = 0;

  /** @param options.stalled what the request fails with; `tell` is called once per silence that may become a stall */
  constructor(signal: AbortSignal, options: { readonly stalled: Error; tell(): void }) {
    this.signal = AbortSignal.any([signal, this.#controller.signal]);
    this.#timer = setInterval(() => {
      // Counted in steps, so that a machine that slept does not wake up to a stall.
      this.#silentMs += STEP_MS;
      if (this.#silentMs === TELL_AFTER_MS) options.tell();
      if (this.#silentMs >= STALL_MS) this.#controller.abort(options.stalled);
    }, STEP_MS);
  }

  moved(): void {
    this.#silentMs = 0;
  }

  /** Settles as `work` does, or rejects when the signal aborts: a body may not notice that by itself. */
  async guard<T>(work: Promise<T>): Promise<T> {
    let leave: () => void = () => undefined;
    const aborted = new Promise<never>((_, reject) => {
      leave = () => reject(this.signal.reason);
    });
    if (this.signal.aborted) leave();
    else this.signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([work, aborted]);
    } finally {
      this.signal.removeEventListener('abort', leave);
    }
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
