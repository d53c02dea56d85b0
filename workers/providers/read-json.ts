/** The JSON of an answer that is small by nature: a list of models, a key. */

import { FailureError } from '../../src/domain/failure';

/** Longest such answer in UTF-16 code units. The longest list that is known has about two million. */
const MAX_JSON = 32 * 1024 * 1024;

/**
 * Reads by hand, because the failure that a guarded stream ends with is then told as it is.
 * @throws FailureError what the stream ends with, and `not-an-api` where it is no JSON, or without end
 */
export async function readJson(response: Response): Promise<unknown> {
  const text = await textOf(response);
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw new FailureError('not-an-api', 'the answer is no JSON', { cause: thrown });
  }
}

async function textOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    if (text.length <= MAX_JSON) continue;
    void reader.cancel().catch(() => undefined);
    throw new FailureError('not-an-api', `an answer of more than ${MAX_JSON} characters`);
  }
  return text + decoder.decode();
}
