/** What is said of a vote. */

import type { Contestant, Vote } from '../../domain/votes';
import { m } from '../../messages/messages.js';

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
