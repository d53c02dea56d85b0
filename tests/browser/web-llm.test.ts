/**
 * WebLLM without a GPU and without its models: the real package as far as the code that it compiles, and, below that
 * line, a stand-in that obeys the package's types. The whole contract runs with `npm run check:engine -- web-llm MODEL`
 * where there are both.
 */

import { MLCEngine, type Completion as MlcChunk, type GenerationConfig } from '@mlc-ai/web-llm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultSampling } from '../../src/domain/conversation';
import type { Delta, GenerateRequest, ModelSource, Sampling } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { WebLlmEngine, type MlcRequest, type MlcRuntime, type MlcWatch } from '../../workers/engines/web-llm';

/** On the app's own server, where nothing is stored and a test can answer. */
const hub = new URL('/hub/mlc-ai/Small-q4f32_1-MLC/resolve/main/', location.href).href;
const libraryUrl = new URL('/hub/Small-q4f32_1-webgpu.wasm', location.href).href;
const pocket = new URL('/models/pocket/', location.href).href;
const never = new AbortController().signal;

const source: ModelSource = {
  baseUrl: hub,
  libraryUrl,
  precision: 'q4f32_1',
  device: 'webgpu',
  requiredFeatures: [],
};

const chatConfig = {
  context_window_size: 64,
  tokenizer_files: ['tokenizer.json'],
  vocab_size: 2048,
  conv_template: {
    stop_str: [],
    stop_token_ids: [2],
    roles: { user: 'user', assistant: 'assistant' },
    seps: [''],
  },
};

let asked: string[];
let answers: Record<string, () => Promise<Response> | Response>;
const realCaches = globalThis.caches;

beforeEach(() => {
  asked = [];
  const real = globalThis.fetch.bind(globalThis);
  answers = {
    [`${hub}mlc-chat-config.json`]: () => Response.json(chatConfig),
    [`${hub}tokenizer.json`]: () => real(`${pocket}tokenizer.json`),
    [`${hub}tokenizer_config.json`]: () => real(`${pocket}tokenizer_config.json`),
  };
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.includes('/hub/')) return real(input, init);
    asked.push(url);
    return answers[url]?.() ?? new Response('', { status: 404 });
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  Object.defineProperty(globalThis, 'caches', { value: realCaches, configurable: true });
});

async function refusal(change: Partial<ModelSource> = {}) {
  const engine = new WebLlmEngine();
  const thrown: unknown = await engine
    .load({ ...source, ...change }, { signal: never, onProgress: () => undefined })
    .catch((error: unknown) => error);
  if (!(thrown instanceof FailureError)) throw new Error(`no refusal: ${String(thrown)}`);
  return thrown.failure;
}

describe('the real package', () => {
  test('reads the model’s texts, then asks for its code, and names the server that does not answer', async () => {
    const away = 'https://libraries.invalid/Small-q4f32_1-webgpu.wasm';
    const failure = await refusal({ libraryUrl: away });
    expect(failure.code).toBe('network');
    expect(failure.detail).toContain('libraries.invalid');
    const names = asked.map((url) => url.slice(hub.length));
    expect([...new Set(names)].sort()).toEqual([
      'mlc-chat-config.json',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
  });

  test('refuses code that is none', async () => {
    const broken = `${libraryUrl}?zeros`;
    answers[broken] = () => new Response(new Uint8Array(64));
    expect((await refusal({ libraryUrl: broken })).code).toBe('not-a-model-file');
  });

  test('refuses a model without a configuration', async () => {
    const elsewhere = new URL('/hub/mlc-ai/Nothing-q4f32_1-MLC/resolve/main/', location.href).href;
    expect((await refusal({ baseUrl: elsewhere })).code).toBe('file-missing');
  });

  test('refuses a model that the adapter cannot run before a byte of it is fetched', async () => {
    const feature = 'shader-f16';
    const adapter = await navigator.gpu.requestAdapter();
    // The software adapter that tests run on has none.
    expect(adapter?.features.has(feature)).toBe(false);
    expect(await refusal({ requiredFeatures: [feature] })).toEqual({
      code: 'feature-missing',
      detail: feature,
    });
    expect(asked.filter((url) => url.startsWith(hub))).toEqual([]);
  });
});

test('the package is given the format of an answer at each step, which it would else forget', async () => {
  const formats: unknown[] = [];
  const note = (config: GenerationConfig | undefined) => {
    formats.push(config?.response_format);
    return Promise.resolve();
  };
  vi.spyOn(MLCEngine.prototype, 'reload').mockResolvedValue();
  vi.spyOn(MLCEngine.prototype, 'prefill').mockImplementation((_input, _pipeline, _chat, config) =>
    note(config),
  );
  vi.spyOn(MLCEngine.prototype, 'decode').mockImplementation((_pipeline, config) => note(config));
  vi.spyOn(MLCEngine.prototype, 'completion').mockImplementation(async function (this: MLCEngine, request) {
    // As the package does it: what it was asked for, without the format.
    const [pipeline, chat] = [undefined as never, undefined as never];
    await this.prefill({ ...request, stream: true }, pipeline, chat, {});
    await this.decode(pipeline, {});
    return (async function* () {
      // It says nothing.
    })() as never;
  });
  const engine = new WebLlmEngine();
  await engine.load(source, { signal: never, onProgress: () => undefined });
  const request = {
    prompt: { kind: 'chat' as const, messages: [{ role: 'user' as const, content: 'Hello' }] },
    sampling: defaultSampling,
    ignoreEndOfSequence: false,
  };
  const context = { signal: never, prefill: () => undefined, emit: () => undefined };
  const jsonSchema = '{"type":"object","properties":{}}';
  await engine.generate({ ...request, jsonSchema }, context);
  await engine.generate(request, context);
  const format = {
    type: 'json_object',
    schema: '{"type":"object","properties":{},"additionalProperties":false}',
  };
  expect(formats).toEqual([format, format, undefined, undefined]);
});

/** Says `pieces`, a token each; `''` is a token that is half a character. */
class StandIn implements MlcRuntime {
  readonly requests: MlcRequest[] = [];
  readonly #pieces: readonly string[];
  readonly #watch: MlcWatch;
  interrupted = 0;
  unloaded = 0;

  constructor(pieces: readonly string[], watch: MlcWatch) {
    this.#pieces = pieces;
    this.#watch = watch;
  }

  reload(): Promise<void> {
    return Promise.resolve();
  }

  unload(): Promise<void> {
    this.unloaded += 1;
    return Promise.resolve();
  }

  interruptGenerate(): Promise<void> {
    this.interrupted += 1;
    return Promise.resolve();
  }

  complete(request: MlcRequest): Promise<AsyncIterable<MlcChunk>> {
    this.requests.push(request);
    return Promise.resolve(this.#stream(request));
  }

  async *#stream({ max_tokens: max = 0, ignore_eos: ignores }: MlcRequest): AsyncGenerator<MlcChunk> {
    this.#watch.prefill();
    const frame = { id: 'x', created: 0, model: 'model', object: 'text_completion' as const };
    const chunk = (text: string, finish: 'stop' | 'length' | 'abort' | null): MlcChunk => ({
      ...frame,
      choices: [{ index: 0, text, finish_reason: finish, logprobs: null }],
    });
    let made = 0;
    for (const piece of this.#pieces) {
      if (made === max || this.interrupted > 0) break;
      await new Promise((resolve) => setTimeout(resolve));
      this.#watch.step();
      made += 1;
      if (piece !== '') yield chunk(piece, null);
    }
    const whole = made === this.#pieces.length && made < (max ?? 0);
    // The token that ends the sequence.
    if (whole && ignores !== true) this.#watch.step();
    yield chunk('', this.interrupted > 0 ? 'abort' : whole ? 'stop' : 'length');
    yield {
      ...frame,
      choices: [],
      usage: {
        prompt_tokens: 1,
        completion_tokens: made,
        total_tokens: made + 1,
        extra: {
          e2e_latency_s: 1,
          prefill_tokens_per_s: 10,
          decode_tokens_per_s: 20,
          time_to_first_token_s: 0.5,
          time_per_output_token_s: 0.05,
        },
      },
    };
  }
}

describe('an answer', () => {
  async function loaded(pieces: readonly string[], from = source) {
    let runtime: StandIn | undefined;
    const engine = new WebLlmEngine((_, watch) => (runtime = new StandIn(pieces, watch)));
    const facts = await engine.load(from, { signal: never, onProgress: () => undefined });
    if (runtime === undefined) throw new Error('it was not opened');
    return { engine, runtime, facts };
  }

  async function ask(
    engine: WebLlmEngine,
    sampling: Partial<Sampling> = {},
    request: Partial<GenerateRequest> = {},
    onDelta: (deltas: readonly Delta[]) => void = () => undefined,
    signal: AbortSignal = never,
  ) {
    const deltas: Delta[] = [];
    const order: string[] = [];
    let promptTokens = 0;
    const completion = await engine.generate(
      {
        prompt: { kind: 'chat', messages: [{ role: 'user', content: 'Hello' }] },
        sampling: { ...defaultSampling, ...sampling },
        ignoreEndOfSequence: false,
        ...request,
      },
      {
        signal,
        prefill: ({ tokens }) => {
          order.push('prefill');
          promptTokens = tokens;
        },
        emit: (delta) => {
          order.push('chunk');
          deltas.push(delta);
          onDelta(deltas);
        },
      },
    );
    return { completion, deltas, order, promptTokens, text: deltas.map(({ text }) => text).join('') };
  }

  test('is what the runtime says, a token each, with its own figures beside', async () => {
    const { engine, runtime, facts } = await loaded(['Good', ' ', 'day', '.']);
    expect(facts).toMatchObject({ device: 'webgpu', contextTokens: 64 });
    expect(facts.engine).toMatch(/^WebLLM \d+\.\d+\.\d+$/);
    const { completion, deltas, order, text, promptTokens } = await ask(engine, {
      temperature: 0.5,
      seed: 3,
    });
    expect(text).toBe('Good day.');
    expect(deltas.map(({ tokens }) => tokens)).toEqual([1, 1, 1, 1]);
    expect(order[0]).toBe('prefill');
    expect(completion).toMatchObject({ reason: 'stop', completionTokens: 4, cachedTokens: 0 });
    expect(completion.reported).toEqual({ promptMs: 500, prefillRate: 10, decodeRate: 20 });
    expect(runtime.requests[0]).toMatchObject({ temperature: 0.5, seed: 3, ignore_eos: false });
    // The model's own template, run here.
    expect(runtime.requests[0]?.prompt).toBe('<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n');
    expect(promptTokens).toBe(
      await engine.countTokens({ kind: 'chat', messages: [{ role: 'user', content: 'Hello' }] }),
    );
  });

  test('counts the tokens of a character that took several', async () => {
    const { engine } = await loaded(['', '', '\u{1F600}', '!']);
    const { completion, deltas } = await ask(engine);
    expect(deltas).toEqual([
      { text: '\u{1F600}', tokens: 3 },
      { text: '!', tokens: 1 },
    ]);
    expect(completion.completionTokens).toBe(4);
  });

  test('tells thinking apart, whether the model or its template opens it', async () => {
    const pieces = ['Hm', '.', '</think>', '\n\n', '42', '.'];
    const { engine } = await loaded(['<think>', ...pieces]);
    const apart = [
      { text: 'Hm', tokens: 1, thinking: true },
      { text: '.', tokens: 1, thinking: true },
      { text: '', tokens: 1, thinking: true },
      { text: '', tokens: 1, thinking: true },
      { text: '42', tokens: 1 },
      { text: '.', tokens: 1 },
    ];
    const { deltas, completion } = await ask(engine);
    expect(deltas).toEqual([{ text: '', tokens: 1, thinking: true }, ...apart]);
    expect(completion.completionTokens).toBe(7);
    const template = "{{ messages[0]['content'] }}{% if enable_thinking %}<think>\n{% endif %}";
    // In a folder of its own: what was fetched once may be stored.
    const baseUrl = hub.replace('Small', 'Opening');
    for (const name of ['mlc-chat-config.json', 'tokenizer.json']) {
      const answer = answers[`${hub}${name}`];
      if (answer !== undefined) answers[`${baseUrl}${name}`] = answer;
    }
    answers[`${baseUrl}tokenizer_config.json`] = () => Response.json({ chat_template: template });
    const opening = await loaded(pieces, { ...source, baseUrl });
    expect((await ask(opening.engine, { thinking: 'high' })).deltas).toEqual(apart);
    expect(opening.runtime.requests[0]?.prompt).toBe('Hello<think>\n');
    const plain = await ask(opening.engine, { thinking: 'off' });
    expect(plain.text).toBe(pieces.join(''));
    expect(opening.runtime.requests[1]?.prompt).toBe('Hello');
  });

  test('ends before a stop string, and interrupts the runtime', async () => {
    const { engine, runtime } = await loaded(['a', 'b', 'c', 'd', 'e', 'f']);
    const { completion, text } = await ask(engine, { stop: ['cd'] });
    expect(text).toBe('ab');
    expect(completion.reason).toBe('stop');
    expect(runtime.interrupted).toBe(1);
  });

  test('stops when asked, and keeps what it said', async () => {
    const { engine } = await loaded(Array.from({ length: 40 }, () => 'la '));
    const stop = new AbortController();
    const { completion, text } = await ask(
      engine,
      {},
      {},
      (deltas) => {
        if (deltas.length === 2) stop.abort();
      },
      stop.signal,
    );
    expect(completion.reason).toBe('aborted');
    expect(text.startsWith('la la ')).toBe(true);
    expect(text.length).toBeLessThan(40);
  });

  test('is asked for with its schema, each object closed', async () => {
    const { engine, runtime } = await loaded(['{}']);
    const jsonSchema = '{"type":"object","properties":{"a":{"type":"null"}}}';
    await ask(engine, {}, { jsonSchema });
    await ask(engine);
    const schema = '{"type":"object","properties":{"a":{"type":"null"}},"additionalProperties":false}';
    expect(runtime.requests.map(({ response_format: format }) => format)).toEqual([
      { type: 'json_object', schema },
      undefined,
    ]);
  });

  test('is as long as was asked for, and no longer than the window', async () => {
    const { engine, runtime } = await loaded(Array.from({ length: 200 }, () => 'la '));
    const three = await ask(engine, { maxTokens: 3 }, { ignoreEndOfSequence: true });
    expect(three.completion).toMatchObject({ reason: 'length', completionTokens: 3 });
    await ask(engine, { maxTokens: 100_000 });
    expect(runtime.requests.at(-1)?.max_tokens).toBe(64 - three.promptTokens);
    const tooLong = { prompt: { kind: 'tokens' as const, tokens: Array.from({ length: 64 }, () => 5) } };
    await expect(ask(engine, {}, tooLong)).rejects.toMatchObject({ failure: { code: 'context-full' } });
  });

  test('to a number of token ids is to a prompt of that many tokens', async () => {
    const { engine, runtime } = await loaded(['a']);
    const tokens = [300, 400, 500, 600, 700];
    const { promptTokens } = await ask(engine, {}, { prompt: { kind: 'tokens', tokens } });
    expect(promptTokens).toBe(5);
    expect(runtime.requests[0]?.prompt.trim().split(' ')).toHaveLength(5);
  });

  test('is not asked for after unload', async () => {
    const { engine, runtime } = await loaded(['a']);
    await engine.unload();
    expect(runtime.unloaded).toBe(1);
    await expect(ask(engine)).rejects.toMatchObject({ failure: { code: 'engine-error' } });
  });
});
