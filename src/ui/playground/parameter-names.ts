/** What the panel calls the parameters of a run. */

import type { RunDevice } from '../../domain/conversation';
import {
  IMAGES_IGNORED,
  SCHEMA_IGNORED,
  THINKING_IGNORED,
  thinkingEfforts,
  type ThinkingEffort,
} from '../../domain/engine';
import { m } from '../../messages/messages.js';

export const effortNames: Readonly<Record<ThinkingEffort, () => string>> = {
  off: m.thinking_off,
  low: m.thinking_low,
  medium: m.thinking_medium,
  high: m.thinking_high,
};

const names: ReadonlyMap<string, () => string> = new Map([
  [THINKING_IGNORED, m.thinking_effort],
  [SCHEMA_IGNORED, m.schema_label],
  [IMAGES_IGNORED, m.images_word],
  ['temperature', m.playground_temperature],
  ['topP', m.playground_top_p],
  ['topK', m.playground_top_k],
  ['repetitionPenalty', m.playground_repetition_penalty],
  ['seed', m.playground_seed],
]);

/** The names of `Completion.ignored`, for people. */
export function ignoredNames(ignored: readonly string[]): string {
  return ignored.map(parameterName).join(', ');
}

/** What a run did not take over, all of `Completion.ignored`. */
export function ignoredText(ignored: readonly string[], device: RunDevice): string {
  const names = ignoredNames(ignored);
  return device === 'remote' ? m.provider_ignored({ names }) : m.schema_ignored({ names });
}

/**
 * One of the names in `Completion.ignored`. What stands behind a dot is a part of the parameter: an effort of thinking,
 * or a keyword of a schema, which has no other name. What providers name themselves stays as it is.
 */
function parameterName(ignored: string): string {
  const [parameter = ignored, ...rest] = ignored.split('.');
  const name = names.get(parameter)?.();
  if (name === undefined) return ignored;
  if (rest.length === 0) return name;
  const part = rest.join('.');
  const effort = thinkingEfforts.find((one) => one === part);
  return `${name} (${effort === undefined ? part : effortNames[effort]()})`;
}
