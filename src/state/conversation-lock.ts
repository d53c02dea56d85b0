/**
 * Who has a conversation open: each tab holds a Web Lock for the one on its screen. A conversation is written as a
 * whole, so two tabs with the same one would erase each other's changes.
 */

/** A tab that is being reloaded may take this long, in ms, to let go of what it had. */
const WAIT_MS = 800;

/** Undefined where the browser has no locks, at an address without https: then every conversation can be had. */
export type Locks = Pick<LockManager, 'request'> | undefined;

export class ConversationLocks {
  readonly #locks: Locks;
  /** Whether each lock that was asked for is held, by the conversation's id. */
  readonly #taken = new Map<string, Promise<boolean>>();
  /** Ends each hold. */
  readonly #releases = new Map<string, () => void>();

  constructor(locks: Locks) {
    this.#locks = locks;
  }

  /** Resolves with false where another tab has the conversation open. */
  async take(id: string): Promise<boolean> {
    // Asked for again while it is held or waited for, it is the same one.
    const taken = this.#taken.get(id) ?? this.#request(id);
    this.#taken.set(id, taken);
    const held = await taken;
    if (!held && this.#taken.get(id) === taken) this.#taken.delete(id);
    return held;
  }

  release(id: string): void {
    this.#releases.get(id)?.();
    this.#releases.delete(id);
    this.#taken.delete(id);
  }

  /** Lets all others go. */
  async keepOnly(id: string): Promise<void> {
    for (const other of [...this.#releases.keys()]) if (other !== id) this.release(other);
    await this.take(id);
  }

  async #request(id: string): Promise<boolean> {
    const locks = this.#locks;
    if (locks === undefined) return true;
    return new Promise((resolve) => {
      const hold = () => {
        resolve(true);
        return new Promise<void>((release) => this.#releases.set(id, release));
      };
      const signal = AbortSignal.timeout(WAIT_MS);
      locks.request(`opentab-conversation-${id}`, { signal }, hold).catch((thrown: unknown) => {
        // A browser that refuses locks as such must not refuse conversations with them.
        resolve(!(thrown instanceof DOMException && thrown.name === 'TimeoutError'));
      });
    });
  }
}
