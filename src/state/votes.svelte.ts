/** The person's votes, kept on this machine alone. */

import type { Vote } from '../domain/votes';
import { VoteStore } from './vote-store';

export class Votes {
  #all = $state.raw<readonly Vote[]>([]);
  #saved = $state.raw(true);
  #unread = $state.raw(0);
  readonly #store: VoteStore;

  constructor(store = new VoteStore()) {
    this.#store = store;
  }

  /** Newest first. */
  get all(): readonly Vote[] {
    return this.#all;
  }

  /** False where the browser refuses to store: the votes are in memory and are lost with the page. */
  get saved(): boolean {
    return this.#saved;
  }

  /** How many stored votes this release cannot read. */
  get unread(): number {
    return this.#unread;
  }

  /** The vote on this exchange. */
  of(exchangeId: string): Vote | undefined {
    return this.#all.find((vote) => vote.exchangeId === exchangeId);
  }

  /** Reads what is stored, anew each time: another tab may have voted. Never rejects. */
  async load(): Promise<void> {
    const stored = await this.#store.read();
    this.#saved = stored !== undefined && this.#store.saved;
    if (stored === undefined) return;
    this.#unread = stored.unread;
    this.#show(stored.votes);
  }

  /** There at once; resolves when it is stored, or when the browser refused it. A second vote replaces the first. */
  async cast(vote: Vote): Promise<void> {
    this.#show([...this.#without(vote.exchangeId), vote]);
    this.#saved = await this.#store.write(vote.exchangeId, vote);
  }

  async remove(exchangeId: string): Promise<void> {
    this.#show(this.#without(exchangeId));
    this.#saved = await this.#store.write(exchangeId, undefined);
  }

  /** Deletes every vote, those that cannot be read included. False where the browser refused: all are still there. */
  async clear(): Promise<boolean> {
    if (!(await this.#store.clear())) return false;
    this.#show([]);
    this.#saved = true;
    this.#unread = 0;
    return true;
  }

  #without(exchangeId: string): readonly Vote[] {
    return this.#all.filter((vote) => vote.exchangeId !== exchangeId);
  }

  #show(votes: readonly Vote[]): void {
    this.#all = votes.toSorted((a, b) => b.votedAt - a.votedAt);
  }
}
