/** llama.cpp with a projector of images: Pocket’s words, and a projector that was drawn by lot. */

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { defaultSampling } from '../../src/domain/conversation';
import type { Completion, ImagePart, Message, ModelSource } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { WllamaEngine } from '../../workers/engines/wllama';
import { ggufFile } from '../support/gguf-file';
import { green, redBlue } from '../support/images';
import { IMAGE_TOKENS, projectorFile } from '../support/projector-file';

const POCKETS_WIDTH = 256;

const source: ModelSource = {
  baseUrl: new URL('/models/pocket/', location.href).href,
  precision: 'q8_0',
  device: 'wasm',
  requiredFeatures: [],
  files: ['gguf/pocket-q8_0.gguf'],
};
const never = new AbortController().signal;
const context = { signal: never, onProgress: () => undefined };

/** Lets the server answer with these files beside its own. */
function serve(files: Readonly<Record<string, Blob>>): void {
  const real = globalThis.fetch.bind(globalThis);
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const name = Object.keys(files).find((one) => url.endsWith(one));
    return name === undefined ? real(input, init) : Promise.resolve(new Response(files[name]));
  });
}

afterAll(() => vi.restoreAllMocks());

describe('a model that reads images', () => {
  const engine = new WllamaEngine();
  beforeAll(async () => {
    serve({ 'mmproj-drawn.gguf': projectorFile(POCKETS_WIDTH) });
    await engine.load({ ...source, projector: 'gguf/mmproj-drawn.gguf' }, context);
    return () => engine.unload();
  }, 60_000);

  function ask(...images: ImagePart[]): Message {
    return { role: 'user', content: 'What is a token?', ...(images.length > 0 && { images }) };
  }

  async function answer(...messages: Message[]): Promise<{ text: string; completion: Completion }> {
    let text = '';
    const completion = await engine.generate(
      {
        prompt: { kind: 'chat', messages },
        // Drawn far down the list, with the same lot each time: every difference of the probabilities shows.
        sampling: { ...defaultSampling, temperature: 2, maxTokens: 40 },
        ignoreEndOfSequence: false,
      },
      { signal: never, prefill: () => undefined, emit: (delta) => (text += delta.text) },
    );
    return { text, completion };
  }

  const count = (...messages: Message[]) => engine.countTokens({ kind: 'chat', messages });

  test('counts the tokens of each image, and so does its answer', async () => {
    const plain = await count(ask());
    const one = await count(ask(redBlue));
    const two = await count(ask(redBlue, green));
    expect(one).toBeGreaterThan(plain + IMAGE_TOKENS);
    expect(two).toBeGreaterThan(one + IMAGE_TOKENS);
    expect((await answer(ask())).completion.promptTokens).toBe(plain);
    expect((await answer(ask(redBlue))).completion.promptTokens).toBe(one);
    expect((await answer(ask(redBlue, green))).completion.promptTokens).toBe(two);
  });

  test('answers otherwise to another image, and alike to the same', async () => {
    const red = await answer(ask(redBlue));
    expect(red.text).not.toBe('');
    expect((await answer(ask(redBlue))).text).toBe(red.text);
    expect((await answer(ask(green))).text).not.toBe(red.text);
    expect((await answer(ask())).text).not.toBe(red.text);
  });

  test('counts what it delivers, as without images', async () => {
    const { completion } = await answer(ask(green));
    expect(completion.completionTokens).toBeGreaterThan(1);
    expect(completion.completionTokens).toBeLessThanOrEqual(40);
    expect(completion.reason).toMatch(/^(?:stop|length)$/);
  });

  test('has an earlier image before it in a later turn', async () => {
    const later: readonly Message[] = [
      { role: 'assistant', content: 'A piece of a word.' },
      { role: 'user', content: 'And a colour?' },
    ];
    expect((await answer(ask(redBlue), ...later)).text).not.toBe((await answer(ask(green), ...later)).text);
  });

  test('answers without images just as the model does that reads none', async () => {
    const reader = new WllamaEngine();
    await reader.load(source, context);
    let text = '';
    await reader.generate(
      {
        prompt: { kind: 'chat', messages: [ask()] },
        sampling: { ...defaultSampling, temperature: 2, maxTokens: 40 },
        ignoreEndOfSequence: false,
      },
      { signal: never, prefill: () => undefined, emit: (delta) => (text += delta.text) },
    );
    await reader.unload();
    expect((await answer(ask())).text).toBe(text);
  });

  test('takes what a person writes for text, were it llama.cpp’s own mark of an image', async () => {
    const written: Message = { role: 'user', content: 'What is <__media__> \uE000image\uE001 a token?' };
    expect((await answer(written)).completion.promptTokens).toBeGreaterThan(0);
    expect((await answer({ ...written, images: [green] })).text).not.toBe('');
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const completion = await engine.generate(
      {
        prompt: { kind: 'chat', messages: [ask(redBlue)] },
        sampling: { ...defaultSampling, maxTokens: 400 },
        ignoreEndOfSequence: true,
      },
      { signal: stop.signal, prefill: () => undefined, emit: () => stop.abort() },
    );
    expect(completion.reason).toBe('aborted');
    expect((await answer(ask(redBlue))).text).not.toBe('');
  });
});

describe('what is no projector for the model is refused:', () => {
  async function refusal(projector: Blob, name: string): Promise<string> {
    vi.restoreAllMocks();
    serve({ [name]: projector });
    const thrown: unknown = await new WllamaEngine()
      .load({ ...source, projector: `gguf/${name}` }, context)
      .catch((error: unknown) => error);
    if (!(thrown instanceof FailureError)) throw new Error(`no refusal: ${String(thrown)}`);
    return thrown.failure.code;
  }

  test('a language model', async () => {
    expect(await refusal(ggufFile(), 'mmproj-language.gguf')).toBe('not-a-model-file');
  });

  test('half a file', async () => {
    const whole = projectorFile(POCKETS_WIDTH);
    expect(await refusal(whole.slice(0, whole.size / 2), 'mmproj-half.gguf')).toBe('not-a-model-file');
  });

  test('one for a model of another width', async () => {
    expect(await refusal(projectorFile(POCKETS_WIDTH / 2), 'mmproj-narrow.gguf')).toBe('not-a-model-file');
  });
});
