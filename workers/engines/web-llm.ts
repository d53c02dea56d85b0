/**
 * WebLLM (MLC): models compiled ahead of time for WebGPU, each with code of its own.
 *
 * The chat template is run here and WebLLM is given text, so that its prompt is the one that the other engines are
 * given, nothing is left in its cache from one answer to the next, and tokens are known before they are computed.
 * It has no top-k: that parameter has no effect here.
 */

import { Tokenizer } from '@huggingface/tokenizers';
import {
  MLCEngine,
  type Completion as MlcChunk,
  type GenerationConfig,
  type MLCEngineConfig,
  type ResponseFormat,
} from '@mlc-ai/web-llm';
import { version } from '@mlc-ai/web-llm/package.json';
import * as v from 'valibot';
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
  Prompt,
} from '../../src/domain/engine';
import { DEFAULT_CONTEXT_TOKENS } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { constraintOf } from '../../src/domain/json-schema';
import { Answer } from './answer';
import { modelFetch } from './model-files';
import { thinkingPrompt, type TemplateVariables } from './thinking-prompt';
import { cachesOver, tellingFailures } from './web-llm-files';
import { textOfLength } from './word-prompt';

/** What WebLLM asks of an adapter, in `detectGPUDevice`. */
const STORAGE_BUFFERS = 10;
const WORKGROUP_BYTES = 32_768;
const MODEL_ID = 'model';

const chatConfigSchema = v.object({ context_window_size: v.pipe(v.number(), v.integer()) });
const tokenSchema = v.union([v.string(), v.object({ content: v.string() })]);
const tokenizerConfigSchema = v.object({
  chat_template: v.optional(v.string()),
  bos_token: v.nullish(tokenSchema),
  eos_token: v.nullish(tokenSchema),
});
const anyObject = v.record(v.string(), v.unknown());
const tokenizerSchema = v.object({ model: v.object({ vocab: v.record(v.string(), v.unknown()) }) });

/** What is used of WebLLM's engine; below this line a test can stand in for it. */
export interface MlcRuntime {
  reload(modelId: string): Promise<void>;
  unload(): Promise<void>;
  interruptGenerate(): Promise<void>;
  complete(request: MlcRequest): Promise<AsyncIterable<MlcChunk>>;
}

export type MlcRequest = Parameters<typeof MLCEngine.prototype.completion>[0] & {
  readonly prompt: string;
  readonly response_format?: ResponseFormat;
};

/** Told from inside the engine, where one chunk is not always one token. */
export interface MlcWatch {
  prefill(): void;
  step(): void;
}

type Prefill = Parameters<typeof MLCEngine.prototype.prefill>;
type Decode = Parameters<typeof MLCEngine.prototype.decode>;

class WatchedEngine extends MLCEngine implements MlcRuntime {
  readonly #watch: MlcWatch;
  #format: ResponseFormat | undefined;

  constructor(config: MLCEngineConfig, watch: MlcWatch) {
    super(config);
    this.#watch = watch;
  }

  /** Computes the prompt, and the first token of the answer with it. */
  override async prefill(...[input, pipeline, chat, config]: Prefill): Promise<void> {
    this.#watch.prefill();
    await super.prefill(input, pipeline, chat, this.#constrained(config));
    this.#watch.step();
  }

  override async decode(...[pipeline, config]: Decode): Promise<void> {
    await super.decode(pipeline, config && this.#constrained(config));
    this.#watch.step();
  }

  complete({ response_format: format, ...request }: MlcRequest): Promise<AsyncIterable<MlcChunk>> {
    this.#format = format;
    return this.completion({ ...request, stream: true });
  }

  /** It takes a format from chats alone and forgets it for a text, though what generates is the same. */
  #constrained(config: GenerationConfig): GenerationConfig {
    return this.#format === undefined ? config : { ...config, response_format: this.#format };
  }
}

type OpenRuntime = (config: MLCEngineConfig, watch: MlcWatch) => MlcRuntime;

interface Loaded {
  readonly runtime: MlcRuntime;
  readonly tokenizer: Tokenizer;
  readonly words: readonly string[];
  readonly template: string | undefined;
  readonly bosText: string;
  readonly eosText: string;
  readonly contextTokens: number;
}

export class WebLlmEngine implements Engine {
  readonly #open: OpenRuntime;
  #loaded: Loaded | undefined;
  #watch: MlcWatch | undefined;

  constructor(open: OpenRuntime = (config, watch) => new WatchedEngine(config, watch)) {
    this.#open = open;
  }

  async load(source: ModelSource, context: LoadContext): Promise<EngineFacts> {
    const { libraryUrl } = source;
    if (libraryUrl === undefined) throw new FailureError('bad-parameter', 'the model has no compiled code');
    const adapter = await checkAdapter(source);
    const fetchFile = modelFetch({ ...context, source });
    const texts = await fetchTexts(source.baseUrl, fetchFile);
    const contextTokens = Math.min(texts.window, source.contextTokens ?? DEFAULT_CONTEXT_TOKENS);
    /** Why a file could not be had: WebLLM has words of its own for that. */
    let broken: unknown;
    const telling = tellingFailures(fetchFile, (thrown) => {
      broken = thrown;
    });
    // The engine has this worker for itself, so the worker's caches are the engine's.
    Object.defineProperty(globalThis, 'caches', { value: cachesOver(telling), configurable: true });
    const runtime = this.#open(
      {
        appConfig: {
          cacheBackend: 'cache',
          model_list: [
            {
              model: source.baseUrl,
              model_id: MODEL_ID,
              model_lib: libraryUrl,
              required_features: [...source.requiredFeatures],
              overrides: { context_window_size: contextTokens },
            },
          ],
        },
        logLevel: 'SILENT',
      },
      { prefill: () => this.#watch?.prefill(), step: () => this.#watch?.step() },
    );
    const give = () => void runtime.unload();
    context.signal.addEventListener('abort', give, { once: true });
    try {
      await runtime.reload(MODEL_ID);
      // An aborted load may resolve as if it had succeeded.
      context.signal.throwIfAborted();
    } catch (thrown) {
      throw explain(broken ?? thrown, context.signal);
    } finally {
      context.signal.removeEventListener('abort', give);
    }
    context.onProgress({ phase: 'compile' });
    this.#loaded = { runtime, contextTokens, ...texts };
    return { engine: `WebLLM ${version}`, device: 'webgpu', adapter, contextTokens };
  }

  async generate(request: GenerateRequest, context: GenerateContext): Promise<Completion> {
    const { runtime, contextTokens } = this.#require();
    const { sampling, jsonSchema, ignoreEndOfSequence } = request;
    const chat = thinkingPrompt(request, 'web-llm', (...given) => this.#render(...given));
    const prompt = chat?.text ?? (await this.#text(request.prompt));
    const promptTokens = this.#count(prompt);
    if (promptTokens >= contextTokens) {
      throw new FailureError('context-full', `${promptTokens} of ${contextTokens} tokens`);
    }
    if (context.signal.aborted) return { reason: 'aborted', promptTokens, completionTokens: 0 };
    const answer = new Answer(sampling.stop, context, !ignoreEndOfSequence, chat?.apart);
    const interrupt = () => void runtime.interruptGenerate();
    const ends = AbortSignal.any([context.signal, answer.stopped]);
    ends.addEventListener('abort', interrupt, { once: true });
    let steps = 0;
    let reported: Completion['reported'];
    this.#watch = {
      prefill: () => context.prefill({ tokens: promptTokens, cached: 0 }),
      step: () => {
        steps += 1;
      },
    };
    try {
      const chunks = await runtime.complete({
        prompt,
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: Math.min(sampling.maxTokens, contextTokens - promptTokens),
        temperature: sampling.temperature,
        top_p: sampling.topP,
        repetition_penalty: sampling.repetitionPenalty,
        frequency_penalty: 0,
        presence_penalty: 0,
        seed: sampling.seed,
        ignore_eos: ignoreEndOfSequence,
        ...(jsonSchema !== undefined && { response_format: formatOf(jsonSchema) }),
      });
      for await (const { choices, usage } of chunks) {
        const { text = '', finish_reason: finish = null } = choices[0] ?? {};
        // An interrupted answer has no end of its own.
        if (choices.length > 0) answer.add(text, steps, finish === 'abort' ? null : finish);
        if (usage) reported = figuresOf(usage);
      }
    } catch (thrown) {
      if (!ends.aborted) {
        answer.end();
        throw explain(thrown, context.signal);
      }
    } finally {
      this.#watch = undefined;
    }
    const end = answer.end();
    const ignored = chat?.ignored() ?? [];
    return {
      ...end,
      promptTokens,
      cachedTokens: 0,
      ...(ignored.length > 0 && { ignored }),
      ...(reported && { reported }),
    };
  }

  async countTokens(prompt: Prompt): Promise<number> {
    return prompt.kind === 'tokens' ? prompt.tokens.length : this.#count(await this.#text(prompt));
  }

  async unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.runtime.unload();
  }

  #require(): Loaded {
    if (this.#loaded === undefined) throw new FailureError('engine-error', 'no model is loaded');
    return this.#loaded;
  }

  /** WebLLM adds no token of its own to a text. */
  #count(text: string): number {
    return this.#require().tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  }

  async #text(prompt: Prompt): Promise<string> {
    if (prompt.kind === 'tokens') {
      const { words } = this.#require();
      return textOfLength(prompt.tokens, words, (text) => Promise.resolve(this.#count(text)));
    }
    return this.#render(prompt.messages);
  }

  #render(messages: readonly Message[], variables: TemplateVariables = {}): string {
    const { template, bosText, eosText } = this.#require();
    if (template === undefined) throw new FailureError('template-refused', 'the model has no chat template');
    return renderChatTemplate(template, { messages, bosText, eosText, variables });
  }
}

/** What is read of the model before WebLLM is: its window, its tokenizer and its template. */
async function fetchTexts(baseUrl: string, fetchFile: typeof fetch) {
  const read = async (name: string): Promise<unknown> => {
    const response = await fetchFile(new URL(name, baseUrl));
    if (!response.ok) throw new FailureError('file-missing', `${name}: HTTP ${response.status}`);
    return response.json();
  };
  const [chat, tokenizerJson, tokenizerConfig] = await Promise.all(
    ['mlc-chat-config.json', 'tokenizer.json', 'tokenizer_config.json'].map(read),
  );
  const window = parse(chatConfigSchema, chat, 'mlc-chat-config.json').context_window_size;
  const {
    chat_template: inConfig,
    bos_token: bos,
    eos_token: eos,
  } = parse(tokenizerConfigSchema, tokenizerConfig, 'tokenizer_config.json');
  const { vocab } = parse(tokenizerSchema, tokenizerJson, 'tokenizer.json').model;
  const separate =
    inConfig === undefined ? await fetchFile(new URL('chat_template.jinja', baseUrl)) : undefined;
  const words = Object.keys(vocab)
    .filter((token) => /^[\u0120\u2581][a-z]{3,}$/.test(token))
    .slice(0, 256);
  return {
    // A model with a sliding window says -1: it has no bound of its own.
    window: window > 0 ? window : DEFAULT_CONTEXT_TOKENS,
    tokenizer: new Tokenizer(
      parse(anyObject, tokenizerJson, 'tokenizer.json'),
      parse(anyObject, tokenizerConfig, 'tokenizer_config.json'),
    ),
    words: words.map((token) => ` ${token.slice(1)}`),
    template: separate?.ok === true ? await separate.text() : inConfig,
    bosText: tokenText(bos),
    eosText: tokenText(eos),
  };
}

function tokenText(token: v.InferOutput<typeof tokenSchema> | null | undefined): string {
  return typeof token === 'object' ? (token?.content ?? '') : (token ?? '');
}

function parse<const Schema extends v.GenericSchema>(schema: Schema, value: unknown, name: string) {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new FailureError('not-a-model-file', `${name}: ${result.issues[0].message}`);
}

async function checkAdapter(source: ModelSource): Promise<string> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null || adapter === undefined) {
    throw new FailureError('webgpu-unavailable', 'no WebGPU adapter');
  }
  const missing = source.requiredFeatures.filter((feature) => !adapter.features.has(feature));
  if (missing.length > 0) throw new FailureError('feature-missing', missing.join(', '));
  const { maxStorageBuffersPerShaderStage: buffers, maxComputeWorkgroupStorageSize: bytes } = adapter.limits;
  if (buffers < STORAGE_BUFFERS) {
    throw new FailureError(
      'feature-missing',
      `${STORAGE_BUFFERS} storage buffers per stage; it has ${buffers}`,
    );
  }
  if (bytes < WORKGROUP_BYTES) {
    throw new FailureError(
      'feature-missing',
      `${WORKGROUP_BYTES} bytes of workgroup memory; it has ${bytes}`,
    );
  }
  const { vendor, architecture, description } = adapter.info;
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU adapter';
}

/** Its errors are told apart by their names; a device that is lost while loading means that memory ran out. */
function explain(thrown: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (thrown instanceof FailureError || !(thrown instanceof Error)) return thrown;
  switch (thrown.name) {
    case 'GrammarMatcherInitError':
      return new FailureError('schema-refused', thrown.message, { cause: thrown });
    case 'DeviceLostError':
      return new FailureError('out-of-memory', thrown.message, { cause: thrown });
    case 'WebGPUNotAvailableError':
    case 'WebGPUNotFoundError':
      return new FailureError('webgpu-unavailable', thrown.message, { cause: thrown });
    case 'ShaderF16SupportError':
    case 'FeatureSupportError':
      return new FailureError('feature-missing', thrown.message, { cause: thrown });
    case 'CompileError':
    case 'LinkError':
    case 'SyntaxError':
      return new FailureError('not-a-model-file', thrown.message, { cause: thrown });
    default:
      return thrown;
  }
}

function formatOf(jsonSchema: string): ResponseFormat {
  return { type: 'json_object', schema: JSON.stringify(constraintOf(jsonSchema)) };
}

/** Its own figures: the time to the first token leaves out all but the prefill, the rate the gaps between two steps. */
function figuresOf({ extra }: NonNullable<MlcChunk['usage']>): Readonly<Record<string, number>> {
  return {
    promptMs: extra.time_to_first_token_s * 1000,
    prefillRate: extra.prefill_tokens_per_s,
    decodeRate: extra.decode_tokens_per_s,
  };
}
