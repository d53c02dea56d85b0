/** Conversations for tests: a plain one, and generated ones with everything that a conversation can hold. */

import fc from 'fast-check';
import {
  MAX_LANES,
  defaultSampling,
  type Answer,
  type AnswerRun,
  type Conversation,
} from '../../src/domain/conversation';
import { thinkingEfforts } from '../../src/domain/engine';
import { failureCodes } from '../../src/domain/failure';
import { summarise } from '../../src/domain/metrics';
import { green, redBlue } from './images';

export function aConversation(part: Partial<Conversation> = {}): Conversation {
  return {
    id: 'conversation-1',
    title: 'A title',
    named: false,
    createdAt: 1_700_000_000_000,
    updatedAt: 1_700_000_000_500,
    lanes: [{ id: 'lane-1', variantId: 'pocket/onnx/q8', device: 'auto' }],
    system: '',
    sampling: defaultSampling,
    exchanges: [],
    draft: '',
    ...part,
  };
}

export function aRun(variantId: string): AnswerRun {
  return {
    variantId,
    device: 'wasm',
    engine: 'Fake 1',
    adapter: '',
    sampling: defaultSampling,
    metrics: summarise({ prefill: undefined, chunks: [] }),
    timeline: [],
  };
}

const id = fc.uuid();
// What is hard to write down: quotes, control characters, half and whole surrogate pairs.
const characters = ['a', '"', '\\', '\n', '\0', '\u2028', '€', '😀', '\uD800', '</script>'];
const text = fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 });
// Without negative zero, which JSON does not know.
const figure = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const unknown = fc.option(figure, { nil: undefined });
const time = fc.nat({ max: 2 ** 42 });

const sampling = fc.record(
  {
    temperature: figure,
    topP: figure,
    topK: figure,
    repetitionPenalty: figure,
    maxTokens: figure,
    seed: figure,
    stop: fc.array(text, { maxLength: 3 }),
    thinking: fc.constantFrom(...thinkingEfforts),
  },
  { requiredKeys: ['temperature', 'topP', 'topK', 'repetitionPenalty', 'maxTokens', 'seed', 'stop'] },
);

const metrics = fc.record({
  tokenBasis: fc.constantFrom('counted' as const, 'reported' as const, 'none' as const),
  ttftMs: unknown,
  promptTokens: unknown,
  cachedTokens: unknown,
  prefillRate: unknown,
  outputTokens: unknown,
  thinkingTokens: unknown,
  tpotMs: unknown,
  decodeRate: unknown,
  icl: fc.option(fc.record({ p50: figure, p95: figure, p99: figure, max: figure }), { nil: undefined }),
  tokensPerChunk: unknown,
  e2elMs: unknown,
  characters: figure,
  charactersPerSecond: unknown,
});

const answer: fc.Arbitrary<Answer> = fc.record(
  {
    id,
    startedAt: time,
    text,
    end: fc.constantFrom('stop', 'length', 'stopped', 'failed', 'interrupted'),
    failure: fc.record(
      { code: fc.constantFrom(...failureCodes), detail: text, unbilled: fc.boolean() },
      { requiredKeys: ['code', 'detail'] },
    ),
    run: fc.record(
      {
        variantId: text,
        device: fc.constantFrom('webgpu' as const, 'wasm' as const),
        engine: text,
        adapter: text,
        sampling,
        jsonSchema: text,
        metrics,
        timeline: fc.array(fc.record({ atMs: figure, tokens: fc.nat() }), { maxLength: 4 }),
      },
      { requiredKeys: ['variantId', 'device', 'engine', 'adapter', 'sampling', 'metrics', 'timeline'] },
    ),
  },
  { requiredKeys: ['id', 'startedAt', 'text', 'end'] },
);

// Any text can be a name: it may come from a file that was made by hand.
const images = fc.array(
  fc.tuple(fc.constantFrom(redBlue, green), text).map(([image, name]) => ({ ...image, name })),
  { maxLength: 4 },
);

const attempts = fc
  .uniqueArray(answer, { selector: (one) => one.id, minLength: 1, maxLength: 3 })
  .chain((answers) =>
    fc.record({ shown: fc.nat({ max: answers.length - 1 }), answers: fc.constant(answers) }),
  );

export const conversations: fc.Arbitrary<Conversation> = fc.record(
  {
    id,
    title: text,
    named: fc.boolean(),
    createdAt: time,
    updatedAt: time,
    lanes: fc.uniqueArray(
      fc.record(
        {
          id,
          variantId: text,
          device: fc.constantFrom('webgpu' as const, 'wasm' as const, 'auto' as const),
          contextTokens: fc.integer({ min: 1, max: 2 ** 20 }),
        },
        { requiredKeys: ['id', 'variantId', 'device'] },
      ),
      { selector: (lane) => lane.id, minLength: 1, maxLength: MAX_LANES },
    ),
    system: text,
    sampling,
    json: fc.record({ on: fc.boolean(), text }),
    exchanges: fc.uniqueArray(
      fc.record(
        {
          id,
          prompt: text,
          images,
          attempts: fc.dictionary(id, attempts, { maxKeys: 3, noNullPrototype: true }),
          blind: fc.record({ order: fc.uniqueArray(id, { maxLength: MAX_LANES }), revealed: fc.boolean() }),
        },
        { requiredKeys: ['id', 'prompt', 'attempts'] },
      ),
      {
        selector: (exchange) => exchange.id,
        maxLength: 3,
      },
    ),
    draft: text,
    draftImages: images,
  },
  {
    requiredKeys: [
      ...(['id', 'title', 'named', 'createdAt', 'updatedAt', 'lanes', 'system', 'sampling'] as const),
      ...(['exchanges', 'draft'] as const),
    ],
  },
);
