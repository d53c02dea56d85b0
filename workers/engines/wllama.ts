/** llama.cpp, compiled to WebAssembly by wllama: reads GGUF files and runs them on the CPU, or on WebGPU. */

import { Wllama } from '@wllama/wllama/esm/index.js';
import type { RawCompletionChunk } from '@wllama/wllama/esm/index.js';
import { renderChatTemplate } from '../../src/catalog/chat-template';
import type { GgufHeader } from '../../src/catalog/gguf-header';
import type {
  Completion,
  Engine,
  EngineFacts,
  GenerateContext,
  GenerateRequest,
  ImagePart,
  LoadContext,
  Message,
  ModelSource,
  Prompt,
} from '../../src/domain/engine';
import { DEFAULT_CONTEXT_TOKENS, SHORTEST_CONTEXT_TOKENS } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { constraintOf } from '../../src/domain/json-schema';
import { Answer } from './answer';
import { thinkingPrompt, type TemplateVariables, type ThinkingPrompt } from './thinking-prompt';
import { JOINING_TEMPLATE, asCompletion, imagesOf, joinedBy, withMarks } from './wllama-images';
import { fetchModel, startWllama } from './wllama-start';
import { textOfLength } from './word-prompt';

/** The engine's memory: wllama asks for at most this much address space. */
const MEMORY_BYTES = 4 * 2 ** 30;
/** Prompt tokens computed in one go. A stop is heard between two goes, so on the CPU they are small. */
const BATCH = { wasm: 64, webgpu: 512 } as const;
/** Some models look at all tokens of an image at once: they must be in one go, on the CPU too. */
const IMAGE_BATCH = 512;
/** Keys and values are kept in 16-bit floats. */
const BYTES_PER_CACHED_VALUE = 2;

/** What llama.cpp is told of a model that reads images: its texts come finished, and its answers go out as they are. */
const joinedInImages = {
  chat_template: JOINING_TEMPLATE,
  jinja: true,
  reasoning_format: 'none',
  skip_chat_parsing: true,
  // Nobody has seen yet that its operations are right on WebGPU.
  mmproj_offload: false,
} as const;

const unmeasured = { n_predict: 1, cache_prompt: false, timings_per_token: false };

const never = () => new AbortController().signal;

/** llama-server's own parameters, which wllama hands on but does not declare. */
interface CompletionParameters {
  readonly prompt: string;
  readonly n_predict: number;
  readonly cache_prompt: boolean;
  readonly timings_per_token: boolean;
  readonly [name: string]: unknown;
}

interface Loaded {
  readonly wllama: Wllama;
  readonly header: GgufHeader;
  readonly contextTokens: number;
  readonly readsImages: boolean;
}

export class WllamaEngine implements Engine {
  #loaded: Loaded | undefined;
  /** What the server inside last refused, as data: the library turns it into a sentence. */
  #refusal: unknown;
  /** llama.cpp has one slot; calls wait for each other here and not in its queue, where they would spoil the stamps. */
  #turn: Promise<unknown> = Promise.resolve();

  async load(source: ModelSource, context: LoadContext): Promise<EngineFacts> {
    const adapter = source.device === 'webgpu' ? await describeGpu(source) : 'CPU (WebAssembly)';
    const wllama = await startWllama(context, (error) => {
      this.#refusal = error;
    });
    const { header, parts, projector, bytes } = await fetchModel(source, context);
    const contextTokens = Math.min(
      header.contextTokens ?? DEFAULT_CONTEXT_TOKENS,
      source.contextTokens ?? DEFAULT_CONTEXT_TOKENS,
    );
    refuseIfTooLarge(header, bytes, contextTokens);
    context.onProgress({ phase: 'compile' });
    const give = () => void wllama.exit();
    context.signal.addEventListener('abort', give, { once: true });
    try {
      const aborted = new Promise<never>((_, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true });
      });
      const batch = projector === undefined ? BATCH[source.device] : IMAGE_BATCH;
      const loading = wllama.loadModel([...parts, ...(projector ? [projector] : [])], {
        n_ctx: contextTokens,
        n_batch: batch,
        n_ubatch: batch,
        n_gpu_layers: source.device === 'webgpu' ? 99_999 : 0,
        n_parallel: 1,
        ctx_shift: false,
        warmup: false,
        ...(projector && joinedInImages),
      });
      await Promise.race([loading, aborted]);
      // A load that failed resolves as well: what was loaded then has no vocabulary.
      if (!(wllama.getLoadedContextInfo().n_vocab > 0)) {
        throw new FailureError('not-a-model-file', 'llama.cpp did not take the file');
      }
      const readsImages = wllama.supportInputModality('image');
      if (projector !== undefined && !readsImages) {
        throw new FailureError('not-a-model-file', 'llama.cpp did not take the projector of images');
      }
      this.#loaded = { wllama, header, contextTokens, readsImages };
      await Promise.race([this.#warmUp(), aborted]);
    } catch (thrown) {
      await wllama.exit();
      this.#loaded = undefined;
      throw context.signal.aborted ? context.signal.reason : afterSoundHeader(thrown);
    } finally {
      context.signal.removeEventListener('abort', give);
    }
    return {
      engine: `wllama (llama.cpp ${Wllama.getLibllamaVersion()})`,
      device: source.device,
      adapter,
      contextTokens,
    };
  }

  async generate(request: GenerateRequest, context: GenerateContext): Promise<Completion> {
    const { contextTokens } = this.#require();
    const chat = thinkingPrompt(request, 'wllama', (...given) => this.#render(...given));
    const promptTokens = await (chat === undefined
      ? this.countTokens(request.prompt)
      : this.#count(chat.text, imagesOf(request.prompt)));
    if (promptTokens >= contextTokens) {
      throw new FailureError('context-full', `${promptTokens} of ${contextTokens} tokens`);
    }
    const prompt = chat?.text ?? (await this.#text(request.prompt));
    if (context.signal.aborted) return { reason: 'aborted', promptTokens, completionTokens: 0 };
    return this.#inTurn(() => this.#answer(request, prompt, promptTokens, context, chat));
  }

  async countTokens(prompt: Prompt): Promise<number> {
    return prompt.kind === 'tokens'
      ? prompt.tokens.length
      : this.#count(await this.#text(prompt), imagesOf(prompt));
  }

  async unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.wllama.exit();
  }

  async #answer(
    request: GenerateRequest,
    prompt: string,
    promptTokens: number,
    context: GenerateContext,
    chat: ThinkingPrompt | undefined,
  ): Promise<Completion> {
    const { sampling } = request;
    const { contextTokens } = this.#require();
    const answer = new Answer(sampling.stop, context, !request.ignoreEndOfSequence, chat?.apart);
    let exactPromptTokens = promptTokens;
    let reported: Completion['reported'];
    context.prefill({ tokens: promptTokens, cached: 0 });
    try {
      await this.#complete(
        {
          ...samplingParameters(request, contextTokens),
          prompt,
          n_predict: Math.min(sampling.maxTokens, contextTokens - promptTokens),
          // Every prompt is computed whole, so that one run can be compared with another.
          cache_prompt: false,
          timings_per_token: true,
        },
        AbortSignal.any([context.signal, answer.stopped]),
        ({ choices, timings, usage }) => {
          const { text = '', finish_reason: finish = null } = choices[0] ?? {};
          answer.add(text, timings?.predicted_n ?? 0, finish);
          exactPromptTokens = usage?.prompt_tokens ?? exactPromptTokens;
          if (timings !== undefined) {
            reported = { promptMs: timings.prompt_ms, decodeMs: timings.predicted_ms };
          }
        },
        imagesOf(request.prompt),
      );
    } catch (thrown) {
      if (!context.signal.aborted && !answer.stopped.aborted) {
        answer.end();
        throw thrown;
      }
    }
    const end = answer.end();
    const ignored = chat?.ignored() ?? [];
    return {
      ...end,
      promptTokens: exactPromptTokens,
      cachedTokens: 0,
      ...(ignored.length > 0 && { ignored }),
      ...(reported && { reported }),
    };
  }

  /**
   * Tokens of a text. llama.cpp shows its tokenizer to nobody, but it says how long a prompt is that it refuses: so
   * the text is made longer than the window by a known number of tokens, and nothing is computed.
   */
  #count(text: string, images: readonly ImagePart[] = []): Promise<number> {
    const { contextTokens, header } = this.#require();
    const mark = header.tokenizer?.eosText || header.tokenizer?.bosText;
    if (!mark) throw new FailureError('engine-error', 'the vocabulary has no token that ends a sequence');
    return this.#inTurn(async () => {
      this.#refusal = undefined;
      const prompt = text + mark.repeat(contextTokens);
      const thrown = await this.#complete({ ...unmeasured, prompt }, never(), () => undefined, images).catch(
        (error: unknown) => error,
      );
      const tokens = refusedTokens(this.#refusal);
      if (tokens === undefined) throw asError(thrown ?? 'llama.cpp did not say how long the prompt is');
      return tokens - contextTokens;
    });
  }

  async #complete(
    parameters: CompletionParameters,
    abortSignal: AbortSignal,
    onData: (chunk: RawCompletionChunk) => void,
    images: readonly ImagePart[] = [],
  ): Promise<void> {
    const { wllama, readsImages } = this.#require();
    if (!readsImages || images.length === 0) {
      await wllama.createCompletion({ ...parameters, stream: true, abortSignal, onData });
      return;
    }
    const { prompt, ...others } = parameters;
    const told: Readonly<Record<string, unknown>> = { ...others, stream_options: { include_usage: true } };
    await wllama.createChatCompletion({
      ...told,
      messages: joinedBy(prompt, images),
      stream: true,
      abortSignal,
      onData: (chunk) => onData(asCompletion(chunk)),
    });
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(run);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** The first completion is what a broken file fails at, and pages in what the first answer would wait for. */
  async #warmUp(): Promise<void> {
    await this.#complete({ ...unmeasured, prompt: ' a', ignore_eos: true }, never(), () => undefined);
  }

  #require(): Loaded {
    if (this.#loaded === undefined) throw new FailureError('engine-error', 'no model is loaded');
    return this.#loaded;
  }

  async #text(prompt: Prompt): Promise<string> {
    const { header } = this.#require();
    if (prompt.kind === 'tokens') {
      return textOfLength(prompt.tokens, header.tokenizer?.words ?? [], (text) => this.#count(text));
    }
    return this.#render(prompt.messages);
  }

  #render(given: readonly Message[], variables: TemplateVariables = {}): string {
    const { header, readsImages } = this.#require();
    const messages = readsImages ? withMarks(given) : given;
    if (header.chatTemplate === undefined) {
      throw new FailureError('template-refused', 'the file has no chat template');
    }
    const { bosText = '', eosText = '', addsBos = false } = header.tokenizer ?? {};
    const text = renderChatTemplate(header.chatTemplate, { messages, bosText, eosText, variables });
    // Once is enough: the tokenizer puts it there again.
    return addsBos && bosText !== '' && text.startsWith(bosText) ? text.slice(bosText.length) : text;
  }
}

/** The order of the steps is that of the other engines: penalty, temperature, top-k, top-p, one draw. */
function samplingParameters(
  { sampling, jsonSchema, ignoreEndOfSequence }: GenerateRequest,
  contextTokens: number,
) {
  return {
    samplers: ['penalties', 'temperature', 'top_k', 'top_p'],
    temperature: sampling.temperature,
    top_k: sampling.topK,
    top_p: sampling.topP,
    min_p: 0,
    repeat_penalty: sampling.repetitionPenalty,
    // The whole window: prompt and answer so far.
    repeat_last_n: contextTokens,
    // 2^32 - 1 means "any" there.
    seed: (sampling.seed >>> 0) % (2 ** 32 - 1),
    ignore_eos: ignoreEndOfSequence,
    // llama.cpp makes a grammar of it by itself.
    ...(jsonSchema !== undefined && { json_schema: constraintOf(jsonSchema) }),
  };
}

function refuseIfTooLarge(header: GgufHeader, bytes: number, contextTokens: number): void {
  const { kvHeads, keyLength, valueLength } = header.shape;
  const perToken = kvHeads * (keyLength + valueLength) * BYTES_PER_CACHED_VALUE;
  const cache = perToken * contextTokens;
  if (bytes + cache <= MEMORY_BYTES) return;
  const fitsShorter = bytes + perToken * SHORTEST_CONTEXT_TOKENS <= MEMORY_BYTES;
  throw new FailureError(
    fitsShorter ? 'context-too-long' : 'model-too-large',
    `${bytes} bytes and ${cache} for ${contextTokens} tokens of context`,
  );
}

/** The file's header is sound and its tensors are whole, so what llama.cpp breaks at is most likely memory. */
function afterSoundHeader(thrown: unknown): Error {
  if (thrown instanceof FailureError) return thrown;
  return new FailureError('out-of-memory', asError(thrown).message, { cause: thrown });
}

/** From the server's own refusal of a prompt that is too long: `{ type: 'exceed_context_size_error', n_prompt_tokens }`. */
function refusedTokens(refusal: unknown): number | undefined {
  if (typeof refusal !== 'object' || refusal === null || !('n_prompt_tokens' in refusal)) return undefined;
  const { n_prompt_tokens: tokens } = refusal;
  return typeof tokens === 'number' ? tokens : undefined;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

async function describeGpu(source: ModelSource): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null || adapter === undefined) {
    throw new FailureError('webgpu-unavailable', 'no WebGPU adapter');
  }
  const missing = source.requiredFeatures.filter((feature) => !adapter.features.has(feature));
  if (missing.length > 0) throw new FailureError('feature-missing', missing.join(', '));
  const { vendor, architecture, description } = adapter.info;
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU adapter';
}
