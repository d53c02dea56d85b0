/** What a failed answer costs: providers bill what they counted, whether or not the answer came to its end. */

import type { LanguageModelV3StreamPart } from '@ai-sdk/provider';
import type { TokenUsage } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';

/** How long a stream may take to its end after an error in it, in ms: the failure waits to be told. */
const LAST_WORDS_MS = 1000;

type Finish = Extract<LanguageModelV3StreamPart, { type: 'finish' }>;

/** The end of a stream in which an error was told, where it comes at once. */
export async function finishAfterError(
  reader: ReadableStreamDefaultReader<LanguageModelV3StreamPart>,
): Promise<Finish | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LAST_WORDS_MS);
  });
  try {
    for (;;) {
      const next = await Promise.race([reader.read(), late]);
      if (next === undefined || next.done) return undefined;
      if (next.value.type === 'finish') return next.value;
    }
  } catch {
    // The error before it is the one to be told.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The same failure with the tokens that are billed for it.
 * @param ended whether the provider itself told the answer's end: what it counted before that is less than it bills
 */
export function withUsage(error: FailureError, usage: TokenUsage | undefined, ended: boolean): FailureError {
  // No prompt is without tokens: who reports none has not counted.
  if (!ended || usage === undefined || usage.input + usage.cacheRead + usage.cacheWrite === 0) return error;
  const { code, detail, ...rest } = error.failure;
  return new FailureError(code, detail, { ...rest, cause: error, usage });
}
