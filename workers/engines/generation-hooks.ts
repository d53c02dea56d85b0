/** What the library's generation loop calls: the token that comes next, the token that was made, and a breath between. */

import {
  BaseStreamer,
  LogitsProcessor,
  LogitsProcessorList,
  type PreTrainedModel,
  type Tensor,
} from '@huggingface/transformers';
import type { GenerateRequest } from '../../src/domain/engine';
import { BATCH_MS } from '../protocol';
import { chooseToken, type RandomSource } from './sampling';

/**
 * On the CPU the library's loop awaits microtasks alone, and a cancellation is a message: it would be read after the
 * last token. So a task is let in between two steps, about once a frame, which costs no measurable rate.
 */
export function letMessagesIn(model: PreTrainedModel): void {
  const forward = model.forward.bind(model) as (inputs: unknown) => Promise<unknown>;
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  model.forward = async (inputs: unknown) => {
    if (performance.now() - last >= BATCH_MS) {
      // Not a timer: browsers stretch those to 4 ms.
      await new Promise<void>((resolve) => {
        port1.onmessage = () => resolve();
        port2.postMessage(undefined);
      });
      last = performance.now();
    }
    return forward(inputs);
  };
}

/** Hands every token over as it is made; the prompt, which comes first, is not passed on. */
export class TokenStreamer extends BaseStreamer {
  #promptSeen = false;
  readonly #onToken: (token: number) => void;

  constructor(onToken: (token: number) => void) {
    super();
    this.#onToken = onToken;
  }

  override put(value: bigint[][]): void {
    if (!this.#promptSeen) {
      this.#promptSeen = true;
      return;
    }
    const token = value[0]?.[0];
    if (token !== undefined) this.#onToken(Number(token));
  }

  override end(): void {
    // Nothing is buffered here.
  }
}

/** Our sampler in the library's clothes: it leaves only the chosen token possible, and greedy search takes it. */
class TokenChoice extends LogitsProcessor {
  readonly #choose: (ids: readonly bigint[], logits: Float32Array) => number;

  constructor(choose: (ids: readonly bigint[], logits: Float32Array) => number) {
    super();
    this.#choose = choose;
  }

  override _call(inputIds: bigint[][], logits: Tensor): Tensor {
    const values = logits.data as Float32Array;
    const chosen = this.#choose(inputIds[0] ?? [], values);
    values.fill(-Infinity);
    values[chosen] = 0;
    return logits;
  }
}

export function tokenChoice(request: GenerateRequest, random: RandomSource): LogitsProcessorList {
  const list = new LogitsProcessorList();
  const { sampling } = request;
  // Plain greedy needs no processor: the library's own argmax is the same choice.
  if (sampling.temperature === 0 && sampling.repetitionPenalty === 1) return list;
  list.push(new TokenChoice((ids, logits) => chooseToken(logits, ids.map(Number), sampling, random)));
  return list;
}
