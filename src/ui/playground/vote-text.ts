/** How models are named beside votes, and what is said of a vote. */

import type { ModelCard } from '../../domain/model';
import type { Contestant, Vote } from '../../domain/votes';
import { m } from '../../messages/messages.js';
import type { Models } from '../../state/models.svelte';
import { precisionName, variantName } from './lane-text';

/** "Pocket q8", of the catalogue's models too; the id itself for what this release does not know any more. */
export function votedName(
  { cards, models }: { readonly cards: readonly ModelCard[]; readonly models: Models },
  variantId: string,
): string {
  const entry = models.entry(variantId);
  if (entry !== undefined) return `${entry.card.name} ${precisionName(entry.variant)}`;
  return variantName(cards, variantId);
}

/** What was voted, in a sentence. */
export function castText(vote: Vote, labelOf: (contestant: Contestant) => string): string {
  const { verdict, contestants } = vote;
  switch (verdict.kind) {
    case 'best': {
      const best = contestants[verdict.at];
      const label = best === undefined ? '' : labelOf(best);
      return contestants.length === 2 ? m.vote_cast_better({ label }) : m.vote_cast_best({ label });
    }
    case 'tie':
      return m.vote_cast_tie();
    case 'bad':
      return m.vote_cast_bad();
  }
}
