/** Asks the lanes, in order, what stands in a conversation and they were not asked yet: as turns of that conversation. */

import { shownAnswer, type AnswerEnd, type Exchange, type LaneId } from '../domain/conversation';
import type { Lane } from './lane.svelte';
import type { Playground, SendResult } from './playground.svelte';

export type PromptRunEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  /** An answer of these lanes failed: they were not asked what came after it. */
  | { readonly kind: 'left-out'; readonly lanes: readonly LaneId[] }
  /** A prompt could not be asked, nor what came after it. */
  | { readonly kind: 'not-asked'; readonly result: SendResult };

/** The lanes that were not asked the prompt of `exchange`, and are not being asked it. */
export function unaskedLanes(playground: Playground, { id, attempts }: Exchange): readonly Lane[] {
  return playground.lanes.filter(
    (lane) => attempts[lane.id] === undefined && playground.runningExchange(lane.id) !== id,
  );
}

const runs = new WeakMap<Playground, PromptRun>();

/** The one run of a playground: it goes on while the person looks at another screen. */
export function promptRunOf(playground: Playground): PromptRun {
  const run = runs.get(playground) ?? new PromptRun(playground);
  runs.set(playground, run);
  return run;
}

export class PromptRun {
  readonly #playground: Playground;
  /** The exchange that is being asked. */
  #asking = $state.raw<string>();
  #stop: AbortController | undefined;

  constructor(playground: Playground) {
    this.#playground = playground;
  }

  get running(): boolean {
    return this.#asking !== undefined;
  }

  /** Which prompt of the conversation is being asked, from 1; undefined where none is. */
  get position(): number | undefined {
    const at = this.#playground.conversation.exchanges.findIndex(({ id }) => id === this.#asking);
    return at < 0 ? undefined : at + 1;
  }

  /** Ends the run, and the answers that are being given. What has been said stays. */
  stop(): void {
    this.#stop?.abort();
    this.#playground.stop();
  }

  /**
   * Asks one prompt after the other, each in all lanes that were not asked it, and waits for their answers. A lane that
   * fails is left out of the rest: its later answers would lack this one, and may be billed. Nothing is asked twice.
   */
  async start(): Promise<PromptRunEnd> {
    const playground = this.#playground;
    if (this.running || playground.busy) return { kind: 'not-asked', result: { kind: 'busy' } };
    const { id, exchanges } = playground.conversation;
    const stop = new AbortController();
    this.#stop = stop;
    let failed: readonly LaneId[] = [];
    try {
      for (const { id: exchangeId } of exchanges) {
        const exchange = this.#find(exchangeId);
        if (exchange === undefined) continue;
        const lanes = unaskedLanes(playground, exchange).filter((lane) => !failed.includes(lane.id));
        if (lanes.length === 0) continue;
        this.#asking = exchangeId;
        const result = await playground.regenerate(exchangeId, ...lanes);
        if (stop.signal.aborted || result.kind === 'cancelled') return { kind: 'stopped' };
        if (result.kind !== 'sent') return { kind: 'not-asked', result };
        const ended = (end: AnswerEnd) => this.#endedBy(exchangeId, lanes, end);
        if (playground.conversation.id !== id || ended('stopped').length > 0) return { kind: 'stopped' };
        failed = [...failed, ...ended('failed')];
      }
    } finally {
      this.#asking = undefined;
    }
    return failed.length === 0 ? { kind: 'done' } : { kind: 'left-out', lanes: failed };
  }

  #find(exchangeId: string): Exchange | undefined {
    return this.#playground.conversation.exchanges.find(({ id }) => id === exchangeId);
  }

  /** Those of `lanes` whose answer ended so. */
  #endedBy(exchangeId: string, lanes: readonly Lane[], end: AnswerEnd): readonly LaneId[] {
    const exchange = this.#find(exchangeId);
    return lanes.map(({ id }) => id).filter((id) => exchange && shownAnswer(exchange, id)?.end === end);
  }
}
