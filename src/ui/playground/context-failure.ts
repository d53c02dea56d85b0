/** What can be done where the memory does not hold the context length of a lane. */

import { contextLengths, fixesContext } from '../../domain/engine';
import type { Failure } from '../../domain/failure';
import { m } from '../../messages/messages.js';
import type { Lane } from '../../state/lane.svelte';
import { formatInteger } from '../shared/format';
import { failureText, type FailureText } from '../shared/failure-text';

/**
 * The longest context length, in tokens, that is shorter than the lane's and thought to fit; undefined where the
 * failure is another one, or nothing is shorter.
 *
 * @param longest what is thought to fit, where something is known of that
 */
export function shorterContext(
  lane: Pick<Lane, 'entry' | 'contextTokens' | 'askedContext'>,
  { code }: Failure,
  longest: number = Infinity,
): number | undefined {
  const { card, variant } = lane.entry;
  // At the length that every lane begins with it is the model that is too large, more likely than not.
  const tooLong =
    code === 'context-too-long' || (code === 'out-of-memory' && lane.askedContext !== undefined);
  if (!tooLong || !fixesContext[variant.engine]) return undefined;
  const lengths = contextLengths(card.contextTokens).filter((tokens) => tokens < lane.contextTokens);
  return lengths.findLast((tokens) => tokens <= longest) ?? lengths[0];
}

/** The failure's words, with the length that the memory ran out at. */
export function contextWords({ code }: Failure, contextTokens: number): FailureText | undefined {
  if (code !== 'out-of-memory') return undefined;
  const what = () => m.lane_context_memory_what({ tokens: formatInteger(contextTokens) });
  return { what, next: () => failureText['context-too-long'].next() };
}
