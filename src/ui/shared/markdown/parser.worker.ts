/** Keeps the parser off the page: no input, however hostile, can freeze it. */

import '../../../network/install';
import type { ParseAnswer, ParseRequest } from './parser-client';
import { parseMarkdown } from './parse';

self.addEventListener('message', ({ data }: MessageEvent<ParseRequest>) => {
  let answer: ParseAnswer;
  try {
    answer = { id: data.id, blocks: parseMarkdown(data.text) };
  } catch (thrown) {
    // The page shows such text as it was written, which loses nothing.
    console.warn('Shown as plain text:', thrown);
    answer = { id: data.id, blocks: undefined };
  }
  self.postMessage(answer);
});
