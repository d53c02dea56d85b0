/** What llama.cpp does with files that are no model, and with the parameters of an answer. */

import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { defaultSampling } from '../../src/domain/conversation';
import type { Completion, Delta, GenerateRequest, ModelSource, Sampling } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { WllamaEngine } from '../../workers/engines/wllama';

const folder = new URL('/models/pocket/', location.href).href;
const source: ModelSource = {
  baseUrl: folder,
  precision: 'q4_0',
  device: 'wasm',
  requiredFeatures: [],
  files: ['gguf/pocket-q4_0.gguf'],
};
const never = new AbortController().signal;
const context = { signal: never, onProgress: () => undefined };

let sound: Blob;
beforeAll(async () => {
  sound = await (await fetch(new URL('gguf/pocket-q4_0.gguf', folder))).blob();
});
afterEach(() => vi.restoreAllMocks());

/** Lets the server answer with `body` for every GGUF file. */
function serve(body: Blob, headers: Readonly<Record<string, string>> = {}): void {
  const real = globalThis.fetch.bind(globalThis);
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return url.endsWith('.gguf') ? Promise.resolve(new Response(body, { headers })) : real(input, init);
  });
}

let files = 0;

async function refusal(
  body: Blob,
  headers?: Readonly<Record<string, string>>,
  change: Partial<ModelSource> = {},
) {
  serve(body, headers);
  files += 1;
  // Under a name of its own: what was fetched once may be stored.
  const broken = { ...source, ...change, files: [`gguf/broken-${files}.gguf`] };
  const thrown: unknown = await new WllamaEngine().load(broken, context).catch((error: unknown) => error);
  if (!(thrown instanceof FailureError)) throw new Error(`no refusal: ${String(thrown)}`);
  return thrown.failure;
}

function indexOf(bytes: Uint8Array, text: string): number {
  const needle = new TextEncoder().encode(text);
  return bytes.findIndex((_, index) => needle.every((byte, offset) => bytes[index + offset] === byte));
}

/** The same file with another architecture in its header: as long, so that nothing else moves. */
async function renamed(from: string, to: string): Promise<Blob> {
  const bytes = new Uint8Array(await sound.arrayBuffer());
  const at = indexOf(bytes, from);
  bytes.set(new TextEncoder().encode(to), at);
  return new Blob([bytes]);
}

describe('a file that is no model is refused before llama.cpp sees it:', () => {
  test('zeros', async () => {
    expect((await refusal(new Blob([new Uint8Array(sound.size)]))).code).toBe('not-a-model-file');
  });
  test('a web page', async () => {
    const page = new Blob(['<!doctype html><title>Sign in</title>']);
    expect((await refusal(page, { 'content-type': 'text/html' })).code).toBe('not-a-model-file');
  });
  test('half a file', async () => {
    const failure = await refusal(sound.slice(0, sound.size / 2));
    expect(failure.code).toBe('not-a-model-file');
    expect(failure.detail).toMatch(/holds \d+ of \d+ bytes/);
  });
  test('an architecture that it does not know, by name', async () => {
    const failure = await refusal(await renamed('llama', 'lamma'));
    expect(failure).toEqual({ code: 'architecture-unsupported', detail: '"lamma"' });
  });
  test('a context that its memory does not hold', async () => {
    const bytes = new Uint8Array(await sound.arrayBuffer());
    const key = 'llama.context_length';
    const at = indexOf(bytes, key) + key.length;
    // Behind the key its type, then the value: a window of 2^30 tokens, each with its keys and values.
    new DataView(bytes.buffer).setUint32(at + 4, 2 ** 30, true);
    const failure = await refusal(new Blob([bytes]), {}, { contextTokens: 2 ** 30 });
    expect(failure.code).toBe('context-too-long');
    expect(failure.detail).toContain(`${2 ** 30} tokens`);
  });
});

test(
  'a context length that was chosen is the one that prompt and answer get',
  { timeout: 60_000 },
  async () => {
    vi.restoreAllMocks();
    const engine = new WllamaEngine();
    expect((await engine.load({ ...source, contextTokens: 512 }, context)).contextTokens).toBe(512);
    const request = (words: number): GenerateRequest => ({
      prompt: { kind: 'chat', messages: [{ role: 'user', content: 'the '.repeat(words) }] },
      sampling: { ...defaultSampling, maxTokens: 2 },
      ignoreEndOfSequence: true,
    });
    const run = { signal: never, prefill: () => undefined, emit: () => undefined };
    await expect(engine.generate(request(600), run)).rejects.toMatchObject({
      failure: { code: 'context-full', detail: expect.stringMatching(/^\d+ of 512 tokens$/) as string },
    });
    expect(await engine.generate(request(20), run)).toMatchObject({ reason: 'length', completionTokens: 2 });
    await engine.unload();
  },
);

test('where more room is asked for than the model has, its window is taken', async () => {
  const engine = new WllamaEngine();
  expect((await engine.load({ ...source, contextTokens: 2 ** 40 }, context)).contextTokens).toBe(1024);
  await engine.unload();
});

describe('an answer', () => {
  const engine = new WllamaEngine();
  beforeAll(async () => {
    vi.restoreAllMocks();
    await engine.load(source, context);
    return () => engine.unload();
  }, 60_000);

  async function answer(
    sampling: Partial<Sampling>,
    request: Partial<GenerateRequest> = {},
  ): Promise<{ text: string; deltas: Delta[]; completion: Completion; prefill: number }> {
    const deltas: Delta[] = [];
    let prefill = 0;
    const completion = await engine.generate(
      {
        prompt: { kind: 'chat', messages: [{ role: 'user', content: 'What is a token?' }] },
        sampling: { ...defaultSampling, temperature: 0, ...sampling },
        ignoreEndOfSequence: false,
        ...request,
      },
      {
        signal: never,
        prefill: ({ tokens }) => {
          prefill = tokens;
        },
        emit: (delta) => deltas.push(delta),
      },
    );
    return { text: deltas.map(({ text }) => text).join(''), deltas, completion, prefill };
  }

  test('is counted token by token, and its prompt as llama.cpp counts it', async () => {
    const { deltas, completion, prefill, text } = await answer({ maxTokens: 200 });
    expect(completion.reason).toBe('stop');
    expect(completion.promptTokens).toBe(prefill);
    expect(deltas.reduce((sum, { tokens = 0 }) => sum + tokens, 0)).toBe(completion.completionTokens);
    expect(text).not.toContain('<|im_end|>');
    // One delivery per token, but for characters that are several.
    expect(deltas.length).toBeGreaterThan((completion.completionTokens ?? 0) / 2);
    const again = await answer({ maxTokens: (completion.completionTokens ?? 0) + 1 });
    expect(again.completion.reason).toBe('stop');
    expect(again.text).toBe(text);
  });

  test('ends before a stop string', async () => {
    const { text } = await answer({ maxTokens: 200 });
    const words = text.split(' ');
    const stop = ` ${words[4]} ${words[5]}`;
    const stopped = await answer({ maxTokens: 200, stop: [stop] });
    expect(stopped.completion.reason).toBe('stop');
    expect(stopped.text).toBe(text.slice(0, text.indexOf(stop)));
  });

  test('changes with the seed where it is drawn, and with the penalty', async () => {
    const drawn = await Promise.all(
      [1, 2, 3].map((seed) => answer({ temperature: 1.5, seed, maxTokens: 12 })),
    );
    expect(new Set(drawn.map(({ text }) => text)).size).toBeGreaterThan(1);
    const one = await answer({ temperature: 1.5, topK: 1, seed: 9, maxTokens: 12 });
    expect(one.text).toBe((await answer({ maxTokens: 12 })).text);
    const penalised = await answer({ repetitionPenalty: 1.9, maxTokens: 60 });
    expect(penalised.text).not.toBe((await answer({ maxTokens: 60 })).text);
  });

  test('to a number of token ids is to a prompt of that many tokens', async () => {
    for (const length of [1, 7, 128]) {
      const tokens = Array.from({ length }, (_, index) => 300 + index);
      const { prefill, completion } = await answer(
        { maxTokens: 2 },
        { prompt: { kind: 'tokens', tokens }, ignoreEndOfSequence: true },
      );
      expect([prefill, completion.promptTokens, completion.completionTokens]).toEqual([length, length, 2]);
    }
  });
});
