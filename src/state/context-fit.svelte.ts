/** Makes a prompt fit a lane's context window, and asks the person where something would have to go for it. */

import { mostTokens, trimOldest } from '../domain/conversation';
import type { Message } from '../domain/engine';
import type { Lane } from './lane.svelte';

/** A prompt that does not fit some lane's context window: the person trims or cancels. */
export interface OverflowQuestion {
  readonly lane: Lane;
  readonly tokens: number;
  readonly contextTokens: number;
  /** False where even the prompt alone is too long. */
  readonly canTrim: boolean;
}

export class ContextFit {
  #overflow = $state.raw<OverflowQuestion | undefined>();
  #answer: ((choice: 'trim' | 'cancel') => void) | undefined;

  /** The question that waits for `decide`. */
  get overflow(): OverflowQuestion | undefined {
    return this.#overflow;
  }

  decide(choice: 'trim' | 'cancel'): void {
    this.#answer?.(choice);
  }

  /** The messages, trimmed where they are too long and the person agrees; undefined where the person cancels. */
  async fit(
    lane: Lane,
    messages: readonly Message[],
    signal: AbortSignal,
  ): Promise<readonly Message[] | undefined> {
    // Only the model can count. It is loaded for that where it matters; a failure to load is the answer's to tell.
    const most = mostTokens(lane.readable(messages));
    if (lane.engine.kind !== 'ready' && most >= lane.contextTokens) await lane.prepare();
    const { contextTokens } = lane;
    const tokens = await lane.countTokens(messages, signal);
    if (tokens === undefined || tokens < contextTokens) return messages;
    const trimmed = await trim(lane, messages, contextTokens, signal);
    if (signal.aborted) return undefined;
    const choice = await this.#ask({ lane, tokens, contextTokens, canTrim: trimmed !== undefined });
    return choice === 'trim' ? trimmed : undefined;
  }

  #ask(question: OverflowQuestion): Promise<'trim' | 'cancel'> {
    return new Promise((resolve) => {
      this.#overflow = question;
      this.#answer = (choice) => {
        this.#overflow = undefined;
        this.#answer = undefined;
        resolve(choice);
      };
    });
  }
}

/**
 * Drops the oldest exchanges until half the window is free for what is to come, or nothing is left to drop.
 * Undefined where even the prompt alone is too long.
 */
async function trim(
  lane: Lane,
  messages: readonly Message[],
  contextTokens: number,
  signal: AbortSignal,
): Promise<readonly Message[] | undefined> {
  let kept = messages;
  for (;;) {
    const tokens = (await lane.countTokens(kept, signal)) ?? 0;
    if (tokens <= contextTokens / 2) return kept;
    const shorter = trimOldest(kept);
    if (shorter === undefined) return tokens < contextTokens ? kept : undefined;
    kept = shorter;
  }
}
