/**
 * The contract of an engine with a model of your choice, on this machine: see `npm run check:engine`.
 * What to check comes from the command line.
 */

import { expect, inject, test } from 'vitest';
import { catalogModels } from '../../src/catalog/hub/cards';
import type { Device, EngineId, ModelSource } from '../../src/domain/engine';
import { answerText } from '../../src/domain/trace';
import { defaultSampling } from '../../src/domain/conversation';
import { EngineClient, spawnEngineWorker } from '../../workers/engine-client';
import { describeEngine, valueOf } from '../support/conformance';

const wanted = inject('wanted');
const PATIENCE_MS = 30 * 60_000;
const never = new AbortController().signal;

function isEngine(name: string): name is EngineId {
  return name === 'web-llm' || name === 'wllama' || name === 'transformers-js';
}

/** A catalogue's variant by its id, a name of WebLLM's list, or a GGUF file on this machine. */
function sourceOf(): ModelSource {
  const { model, device } = wanted;
  if (model.endsWith('.gguf')) {
    const address = new URL(`/@fs${model}`, location.href).href;
    const at = address.lastIndexOf('/') + 1;
    return {
      baseUrl: address.slice(0, at),
      files: [address.slice(at)],
      precision: 'q4_1',
      device,
      requiredFeatures: [],
    };
  }
  // A variant's own id, or WebLLM's name of it, which is its repository's.
  const variant = catalogModels()
    .flatMap(({ variants }) => variants)
    .find(({ id, baseUrl }) => id === model || baseUrl.includes(`/mlc-ai/${model}/`));
  if (variant === undefined) throw new Error(`"${model}" is in no list, and is no GGUF file`);
  return {
    baseUrl: new URL(variant.baseUrl, location.origin).href,
    precision: variant.precision,
    device,
    requiredFeatures: device === 'webgpu' ? variant.requiredFeatures : [],
    ...(variant.files && { files: variant.files }),
    ...(variant.libraryUrl !== undefined && { libraryUrl: variant.libraryUrl }),
  };
}

const { engine } = wanted;
if (!isEngine(engine)) throw new Error(`there is no engine "${engine}"`);
const source = sourceOf();
const prompt = { kind: 'chat', messages: [{ role: 'user', content: 'Name three colours.' }] } as const;

test('an answer to look at', { timeout: PATIENCE_MS }, async () => {
  const client = new EngineClient({ spawn: spawnEngineWorker });
  const report = valueOf(await client.load(engine, source, { signal: never, onProgress: () => undefined }));
  const request = { prompt, sampling: { ...defaultSampling, maxTokens: 64 }, ignoreEndOfSequence: false };
  const trace = valueOf(await client.generate(request, { signal: never, onMarks: () => undefined }));
  await client.unload();
  console.log(
    [
      `${report.engine} on ${report.device} (${report.adapter})`,
      `loaded in ${Math.round(report.totalMs)} ms`,
      answerText(trace),
    ].join('\n'),
  );
  expect(trace.end.kind).toBe('completed');
  expect(answerText(trace)).not.toBe('');
});

describeEngine(`${engine} with ${wanted.model}`, {
  engine,
  source,
  brokenSource: { ...source, baseUrl: new URL('/no-such-model/', location.href).href },
  prompt,
  longPrompt: {
    kind: 'chat',
    messages: [{ role: 'user', content: 'Tell me a long story about a lighthouse.' }],
  },
  patienceMs: PATIENCE_MS / 3,
});

declare module 'vitest' {
  interface ProvidedContext {
    readonly wanted: {
      readonly engine: string;
      readonly model: string;
      readonly device: Device;
      readonly software: boolean;
    };
  }
}
