/** Prompts of an exact number of tokens, for engines that take text alone. Speed does not depend on which tokens they are. */

import { FailureError } from '../../src/domain/failure';

/**
 * A text of as many tokens as there are ids, made of whole words. Some tokenizers put a token or a space in front, so
 * it is tried in every form until the engine's own count is right.
 * @param words tokens that are a word with a space before it
 */
export async function textOfLength(
  ids: readonly number[],
  words: readonly string[],
  count: (text: string) => Promise<number>,
): Promise<string> {
  if (words.length > 0) {
    for (const length of [ids.length, ids.length - 1]) {
      const spaced = ids
        .slice(0, length)
        .map((id) => words[id % words.length] ?? '')
        .join('');
      for (const text of [spaced, spaced.slice(1)]) {
        if ((await count(text)) === ids.length) return text;
      }
    }
  }
  throw new FailureError('bad-parameter', `no text of this vocabulary is ${ids.length} tokens`);
}
