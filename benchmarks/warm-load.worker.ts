/** One load of one model, in one of three ways. A worker of its own for each, as the app has it. */

import { AutoModelForCausalLM, AutoTokenizer, Tensor, env } from '@huggingface/transformers';
import type { OnnxPrecision } from '../src/domain/engine';
import { serveRuntimeFromHere } from '../workers/engines/onnx-runtime';
import { TransformersJsEngine } from '../workers/engines/transformers-js';
import type { WarmLoad } from './warm-load-page';

const context = { signal: new AbortController().signal, onProgress: () => undefined };

addEventListener('message', (event: MessageEvent<WarmLoad>) => {
  void load(event.data).then(
    (ms) => postMessage({ ms }),
    (thrown: unknown) => postMessage({ problem: String(thrown) }),
  );
});

/** @returns ms from the call until the model has made its first two tokens */
async function load({ way, source }: WarmLoad): Promise<number> {
  const startedAt = performance.now();
  if (way === 'store') await new TransformersJsEngine().load(source, context);
  else await byItself(way === 'own-cache', source);
  return performance.now() - startedAt;
}

/** As the library does it: its cache is the browser's Cache API, and nothing is verified. */
async function byItself(cached: boolean, { baseUrl, precision }: WarmLoad['source']): Promise<void> {
  env.allowLocalModels = false;
  env.useBrowserCache = cached;
  env.remoteHost = baseUrl;
  env.remotePathTemplate = '.';
  await serveRuntimeFromHere(context);
  const [model] = await Promise.all([
    AutoModelForCausalLM.from_pretrained('model', { dtype: precision as OnnxPrecision, device: 'wasm' }),
    AutoTokenizer.from_pretrained('model'),
  ]);
  const ids = (values: bigint[]) => new Tensor('int64', BigInt64Array.from(values), [1, values.length]);
  await model.generate({
    inputs: ids([0n, 0n]),
    attention_mask: ids([1n, 1n]),
    max_new_tokens: 2,
    do_sample: false,
    eos_token_id: [-1],
  });
}
