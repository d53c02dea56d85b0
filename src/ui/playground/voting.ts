/** Casting and taking back a vote, and what is said where that fails. */

import type { Contestant, Verdict, Vote } from '../../domain/votes';
import { m } from '../../messages/messages.js';
import type { Votes } from '../../state/votes.svelte';
import { toasts } from '../shared/toasts.svelte';

/** Resolves with the vote once it counts; undefined where the code that keeps votes could not be loaded. */
export async function castVote(
  open: () => Promise<Votes>,
  contestants: readonly Contestant[],
  vote: { conversationId: string; exchangeId: string; blind: boolean; verdict: Verdict },
): Promise<Vote | undefined> {
  let votes: Votes;
  try {
    votes = await open();
  } catch {
    toasts.show({ text: m.vote_failed(), tone: 'danger' });
    return undefined;
  }
  const cast: Vote = {
    ...vote,
    votedAt: Date.now(),
    // Only what a vote is about is kept, whatever else the caller knows of them.
    contestants: contestants.map(({ place, answerId, variantId, device }) => ({
      place,
      answerId,
      variantId,
      device,
    })),
  };
  void votes.cast(cast).then(() => {
    if (!votes.saved) toasts.show({ text: m.vote_unsaved(), tone: 'danger' });
  });
  return cast;
}

export function takeBack(votes: Votes, vote: Vote): void {
  void votes.remove(vote.exchangeId);
  toasts.show({
    text: m.vote_taken_back(),
    action: { label: m.playground_undo(), run: () => void votes.cast(vote) },
  });
}
