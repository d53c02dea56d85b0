/** The same engine with nothing around it: no client, no protocol, no page. What the app is compared with. */

import type { GenerateRequest, ModelSource } from '../src/domain/engine';
import { TransformersJsEngine } from '../workers/engines/transformers-js';

export type BareRequest =
  | { readonly kind: 'load'; readonly source: ModelSource }
  | { readonly kind: 'generate'; readonly request: GenerateRequest };

/** Answers with nothing after a load, and with the decode rate in tok/s after an answer. */
export type BareReply = { readonly tokens: number; readonly decodeRate: number } | undefined;

const engine = new TransformersJsEngine();
const signal = new AbortController().signal;

addEventListener('message', (event: MessageEvent<BareRequest>) => {
  void answer(event.data).then((reply) => postMessage(reply));
});

async function answer(message: BareRequest): Promise<BareReply> {
  if (message.kind === 'load') {
    await engine.load(message.source, { signal, onProgress: () => undefined });
    return undefined;
  }
  let tokens = 0;
  let first = 0;
  let last = 0;
  await engine.generate(message.request, {
    signal,
    prefill: () => undefined,
    emit: () => {
      last = performance.now();
      if (tokens === 0) first = last;
      tokens += 1;
    },
  });
  return { tokens, decodeRate: ((tokens - 1) * 1000) / (last - first) };
}
