/** Transformers.js (ONNX Runtime Web) on WebGPU or WASM. */

import {
  AutoModelForCausalLM,
  AutoTokenizer,
  InterruptableStoppingCriteria,
  StoppingCriteriaList,
  Tensor,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type TextStreamer,
} from '@huggingface/transformers';
import { renderChatTemplate } from '../../src/catalog/chat-template';
import type {
  Completion,
  Engine,
  EngineFacts,
  GenerateContext,
  GenerateRequest,
  LoadContext,
  Message,
  ModelSource,
  OnnxPrecision,
  Precision,
  Prompt,
} from '../../src/domain/engine';
import { SCHEMA_IGNORED, onnxPrecisions } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { letMessagesIn, tokenChoice, TokenStreamer } from './generation-hooks';
import { modelFetch } from './model-files';
import { deviceLoss, prepareGpu, serveRuntimeFromHere } from './onnx-runtime';
import { argmax, seededRandom } from './sampling';
import { TextStream, emitGrowth } from './text-stream';
import { thinkingPrompt, type TemplateVariables } from './thinking-prompt';

function isOnnx(precision: Precision): precision is OnnxPrecision {
  return (onnxPrecisions as readonly string[]).includes(precision);
}

/** How long after the error that it causes a device's loss may be told, in ms. */
const LOSS_ARRIVES_MS = 250;

interface Loaded {
  readonly model: PreTrainedModel;
  readonly tokenizer: PreTrainedTokenizer;
  readonly contextTokens: number;
  readonly endTokens: ReadonlySet<number>;
}

export class TransformersJsEngine implements Engine {
  #loaded: Loaded | undefined;
  /** Rejects when the GPU device is lost: an operation on a lost device may otherwise never return. */
  #lost: Promise<never> = new Promise(() => undefined);

  async load(source: ModelSource, context: LoadContext): Promise<EngineFacts> {
    const { precision } = source;
    if (!isOnnx(precision))
      throw new FailureError('bad-parameter', `precision "${precision}" is not an ONNX one`);
    const gpu = source.device === 'webgpu' ? await prepareGpu(source) : undefined;
    env.allowLocalModels = false;
    env.useBrowserCache = false;
    // The model's folder is the whole address: the name below is only a label that the library insists on.
    env.remoteHost = source.baseUrl;
    // Not empty: that would join folder and file with two slashes, which some servers take for another address.
    env.remotePathTemplate = '.';
    env.fetch = modelFetch({ ...context, source });
    await serveRuntimeFromHere(context);
    const name = 'model';
    try {
      const [model, tokenizer] = await Promise.all([
        AutoModelForCausalLM.from_pretrained(name, {
          dtype: precision,
          device: source.device,
          ...(gpu?.device === undefined
            ? {}
            : { session_options: { executionProviders: [{ name: 'webgpu', device: gpu.device }] } }),
        }),
        AutoTokenizer.from_pretrained(name),
      ]);
      context.signal.throwIfAborted();
      context.onProgress({ phase: 'compile' });
      letMessagesIn(model);
      if (gpu !== undefined) this.#lost = deviceLoss(gpu);
      this.#loaded = {
        model,
        tokenizer,
        contextTokens: contextTokensOf(model),
        endTokens: endTokensOf(model),
      };
      await this.#warmUp();
      context.signal.throwIfAborted();
    } catch (thrown) {
      throw await this.#explain(thrown, context.signal);
    }
    return {
      engine: `Transformers.js ${env.version}`,
      device: source.device,
      adapter: gpu?.description ?? 'CPU (WebAssembly)',
      contextTokens: this.#loaded.contextTokens,
    };
  }

  async generate(request: GenerateRequest, context: GenerateContext): Promise<Completion> {
    const { model, tokenizer, contextTokens, endTokens } = this.#require();
    const chat = thinkingPrompt(request, 'transformers-js', (...given) => this.#render(...given));
    const promptTokens = chat === undefined ? this.#encode(request.prompt) : this.#tokensOf(chat.text);
    if (promptTokens.length >= contextTokens) {
      throw new FailureError('context-full', `${promptTokens.length} of ${contextTokens} tokens`);
    }
    const maxNewTokens = Math.min(request.sampling.maxTokens, contextTokens - promptTokens.length);
    if (context.signal.aborted)
      return { reason: 'aborted', promptTokens: promptTokens.length, completionTokens: 0 };

    const stopping = new InterruptableStoppingCriteria();
    const onAbort = () => stopping.interrupt();
    context.signal.addEventListener('abort', onAbort, { once: true });
    const text = new TextStream(
      (tokens) => tokenizer.decode([...tokens], { skip_special_tokens: true }),
      request.sampling.stop,
      chat?.apart,
    );
    const progress = { made: 0, stopped: false };
    const onToken = (token: number) => {
      if (progress.stopped) return;
      if (!request.ignoreEndOfSequence && endTokens.has(token)) {
        progress.stopped = true;
        stopping.interrupt();
        return;
      }
      progress.made += 1;
      const growth = text.push(token);
      if (growth.stopped) {
        progress.stopped = true;
        stopping.interrupt();
      }
      emitGrowth(context, growth, 1);
    };
    try {
      const inputs = toTensor(promptTokens);
      context.prefill({ tokens: promptTokens.length, cached: 0 });
      const generation = model.generate({
        inputs,
        attention_mask: toTensor(promptTokens.map(() => 1)),
        max_new_tokens: maxNewTokens,
        do_sample: false,
        repetition_penalty: 1,
        // The end of an answer is ours to see, so that a benchmark can ignore it. No token has this id.
        eos_token_id: [-1],
        logits_processor: tokenChoice(request, seededRandom(request.sampling.seed)),
        stopping_criteria: stoppingList(stopping),
        // The declared type is the library's own text streamer; the base class is all that it calls.
        streamer: new TokenStreamer(onToken) as unknown as TextStreamer,
      });
      await Promise.race([generation, this.#lost]);
      emitGrowth(context, text.end(), 0);
      // The library chooses among all tokens: it knows no grammar.
      const unheld = request.jsonSchema === undefined ? [] : [SCHEMA_IGNORED];
      const ignored = [...unheld, ...(chat?.ignored() ?? [])];
      return {
        reason: progress.stopped ? 'stop' : context.signal.aborted ? 'aborted' : 'length',
        promptTokens: promptTokens.length,
        cachedTokens: 0,
        completionTokens: progress.made,
        ...(ignored.length > 0 && { ignored }),
      };
    } catch (thrown) {
      emitGrowth(context, text.end(), 0);
      throw await this.#explain(thrown, context.signal);
    } finally {
      context.signal.removeEventListener('abort', onAbort);
    }
  }

  countTokens(prompt: Prompt): Promise<number> {
    return Promise.resolve(this.#encode(prompt).length);
  }

  async topTokens(tokens: readonly number[]): Promise<readonly number[]> {
    const { model } = this.#require();
    const inputs = { input_ids: toTensor(tokens), attention_mask: toTensor(tokens.map(() => 1)) };
    const outputs: unknown = await Promise.race([model(inputs), this.#lost]);
    const { logits } = outputs as { logits: Tensor };
    const values = logits.to('float32').data as Float32Array;
    const vocabulary = logits.dims.at(-1) ?? 1;
    return tokens.map((_, position) =>
      argmax(values.subarray(position * vocabulary, (position + 1) * vocabulary)),
    );
  }

  async unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.model.dispose();
  }

  /**
   * What a lost device breaks is often told before its loss is, so the loss is given a moment to arrive.
   * ONNX Runtime reports in words alone: an exhausted memory is recognised by the kind of error that means it.
   */
  async #explain(thrown: unknown, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) return signal.reason;
    if (thrown instanceof FailureError) return thrown;
    const otherwise =
      thrown instanceof RangeError
        ? new FailureError('out-of-memory', thrown.message, { cause: thrown })
        : thrown;
    return Promise.race([
      this.#lost.catch((loss: unknown) => loss),
      new Promise((resolve) => setTimeout(resolve, LOSS_ARRIVES_MS, otherwise)),
    ]);
  }

  #require(): Loaded {
    if (this.#loaded === undefined) throw new FailureError('engine-error', 'no model is loaded');
    return this.#loaded;
  }

  #encode(prompt: Prompt): number[] {
    return prompt.kind === 'tokens' ? [...prompt.tokens] : this.#tokensOf(this.#render(prompt.messages));
  }

  #tokensOf(text: string): number[] {
    return this.#require().tokenizer.encode(text, { add_special_tokens: false });
  }

  #render(messages: readonly Message[], variables: TemplateVariables = {}): string {
    const { tokenizer } = this.#require();
    // Not by the library, which runs a template as long as it likes.
    return renderChatTemplate(templateOf(tokenizer), {
      messages,
      bosText: tokenizer.bos_token ?? '',
      eosText: tokenizer.eos_token ?? '',
      variables,
    });
  }

  /** Pipelines compile on first use: two tokens here spare the first answer a wait that is not its own. */
  async #warmUp(): Promise<void> {
    const { model } = this.#require();
    await model.generate({
      inputs: toTensor([0, 0]),
      attention_mask: toTensor([1, 1]),
      max_new_tokens: 2,
      do_sample: false,
      eos_token_id: [-1],
    });
  }
}

/** One alone, or of several the one that is named `default`. */
function templateOf(tokenizer: PreTrainedTokenizer): string {
  const given: unknown = tokenizer.chat_template;
  const template =
    typeof given === 'object' ? (given as Readonly<Record<string, unknown>> | null)?.['default'] : given;
  if (typeof template === 'string') return template;
  throw new FailureError('template-refused', 'the model has no chat template');
}

function stoppingList(criteria: InterruptableStoppingCriteria): StoppingCriteriaList {
  const list = new StoppingCriteriaList();
  list.push(criteria);
  return list;
}

function toTensor(ids: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
}

function contextTokensOf(model: PreTrainedModel): number {
  const config = model.config as { max_position_embeddings?: number };
  return config.max_position_embeddings ?? 2048;
}

function endTokensOf(model: PreTrainedModel): ReadonlySet<number> {
  const ids =
    model.generation_config?.eos_token_id ?? (model.config as { eos_token_id?: unknown }).eos_token_id;
  return new Set([ids].flat().filter((id) => typeof id === 'number'));
}
