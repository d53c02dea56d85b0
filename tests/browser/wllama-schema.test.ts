/** JSON schemas as llama.cpp takes them: the grammar is its own, and so is the model that writes along it. */

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { defaultSampling } from '../../src/domain/conversation';
import type { Completion, ModelSource } from '../../src/domain/engine';
import { MAX_SCHEMA_COUNT, checkSchema } from '../../src/domain/json-schema';
import { verdictOn } from '../../src/state/json-verdict';
import { WllamaEngine } from '../../workers/engines/wllama';
import { schemaCases } from '../support/json-schemas';

const source: ModelSource = {
  baseUrl: new URL('/models/pocket/', location.href).href,
  precision: 'q4_0',
  device: 'wasm',
  requiredFeatures: [],
  files: ['gguf/pocket-q4_0.gguf'],
};
const never = new AbortController().signal;

const engine = new WllamaEngine();
beforeAll(async () => {
  await engine.load(source, { signal: never, onProgress: () => undefined });
  return () => engine.unload();
}, 60_000);

async function answer(jsonSchema: string, seed = 1): Promise<{ text: string; completion: Completion }> {
  let text = '';
  const completion = await engine.generate(
    {
      prompt: { kind: 'chat', messages: [{ role: 'user', content: 'What is a token?' }] },
      sampling: { ...defaultSampling, temperature: 1, seed, maxTokens: 900 },
      jsonSchema,
      ignoreEndOfSequence: false,
    },
    {
      signal: never,
      prefill: () => undefined,
      emit: (delta) => {
        text += delta.text;
      },
    },
  );
  return { text, completion };
}

test('what it writes along any schema that is taken matches that schema', { timeout: 120_000 }, async () => {
  const schemas = fc
    .sample(schemaCases, { numRuns: 24, seed: 5 })
    .map(({ schema }) => JSON.stringify(schema));
  let whole = 0;
  for (const [index, schema] of schemas.entries()) {
    expect(checkSchema(schema)).toMatchObject({ ok: true });
    const { text, completion } = await answer(schema, index);
    expect(completion.ignored).toBeUndefined();
    if (completion.reason !== 'stop') continue;
    whole += 1;
    expect({ schema, text, verdict: verdictOn(text, schema) }).toEqual({
      schema,
      text,
      verdict: { kind: 'matches' },
    });
  }
  // The others were cut off at the longest answer.
  expect(whole).toBeGreaterThan(20);
});

test('the largest counts that are taken are not too large for it', async () => {
  const most = MAX_SCHEMA_COUNT;
  const list = { type: 'array', items: { type: 'string', maxLength: most }, maxItems: most };
  const schema = { type: 'object', properties: { list, end: { const: 'y' } }, required: ['list', 'end'] };
  const text = JSON.stringify(schema);
  expect(checkSchema(text)).toMatchObject({ ok: true });
  // However it goes on: it began along the schema.
  expect((await answer(text)).text).toMatch(/^\{\s*"list"\s*:\s*\[/);
});
