import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSampling, shownAnswer, stopsFrom } from '../../src/domain/conversation';
import {
  MAX_FILE_LENGTH,
  readConversation,
  readConversationFile,
  readSummary,
  writeConversationFile,
} from '../../src/state/conversation-file';
import { wrongImage } from '../../src/state/imported-images';
import { aConversation, conversations } from '../support/conversations';
import { green, redBlue } from '../support/images';

/** A file with one conversation, whose fields may be anything. */
function fileWith(change: Record<string, unknown>): string {
  return JSON.stringify({
    format: 'opentab-conversations',
    version: 1,
    conversations: [aConversation(), { ...aConversation(), ...change }],
  });
}

function problemOf(text: string) {
  const outcome = readConversationFile(text);
  return outcome.ok ? undefined : outcome.problem;
}

function answersOf(attempts: unknown) {
  return { exchanges: [{ id: 'e', prompt: 'p', attempts }] };
}

const answer = { id: 'x', startedAt: 0, text: 'hi', end: 'stop' };

test('what is written is read back the same', () => {
  fc.assert(
    fc.property(fc.array(conversations, { maxLength: 3 }), (all) => {
      const outcome = readConversationFile(writeConversationFile(all));
      expect(outcome).toEqual({ ok: true, conversations: all });
    }),
    { numRuns: 60 },
  );
});

test('what is stored is read back the same', () => {
  fc.assert(
    fc.property(conversations, (conversation) => {
      expect(readConversation(structuredClone(conversation))).toEqual(conversation);
    }),
    { numRuns: 60 },
  );
});

test('each part that is wrong is told apart', () => {
  expect(problemOf('')).toEqual({ kind: 'not-json' });
  expect(problemOf('{"format":"opentab-conv')).toEqual({ kind: 'not-json' });
  for (const other of ['null', '[]', '"text"', '{}', '{"format":"chat","version":1,"conversations":[]}']) {
    expect(problemOf(other)).toEqual({ kind: 'not-conversations' });
  }
  expect(problemOf('{"format":"opentab-conversations","version":1,"conversations":{}}')).toEqual({
    kind: 'not-conversations',
  });
  expect(problemOf('{"format":"opentab-conversations","version":3,"anything":[]}')).toEqual({
    kind: 'newer-version',
    version: 3,
  });
  expect(problemOf(' '.repeat(MAX_FILE_LENGTH + 1))).toEqual({
    kind: 'too-large',
    maxLength: MAX_FILE_LENGTH,
  });
});

test.each([
  ['title', { title: 7 }],
  ['id', { id: '' }],
  ['id', { id: '__proto__' }],
  ['lanes', { lanes: [] }],
  ['lanes', { lanes: Array.from({ length: 7 }, (_, i) => ({ id: `l${i}`, variantId: '', device: 'auto' })) }],
  ['lanes', { lanes: [0, 1].map(() => ({ id: 'same', variantId: '', device: 'auto' })) }],
  ['lanes.0.device', { lanes: [{ id: 'a', variantId: '', device: 'tpu' }] }],
  ['lanes.0.id', { lanes: [{ id: 'toString', variantId: '', device: 'auto' }] }],
  ['exchanges', { exchanges: [0, 1].map(() => ({ id: 'same', prompt: '', attempts: {} })) }],
  ['exchanges.0.prompt', { exchanges: [{ id: 'a', attempts: {} }] }],
  [
    'exchanges.0.attempts.a.answers.0.end',
    answersOf({ a: { shown: 0, answers: [{ ...answer, end: 'later' }] } }),
  ],
  ['exchanges.0.attempts.a.answers', answersOf({ a: { shown: 0, answers: [answer, answer] } })],
  ['updatedAt', { updatedAt: -1 }],
  ['sampling.stop', { sampling: { ...defaultSampling, stop: 'x' } }],
  ['json.text', { json: { on: true, text: { type: 'object' } } }],
  ['exchanges.0.images.0', { exchanges: [{ id: 'e', prompt: '', images: [{ ...redBlue, width: 9999 }] }] }],
  [
    'exchanges.0.images.0.mediaType',
    { exchanges: [{ id: 'e', prompt: '', images: [{ ...redBlue, mediaType: 'image/svg+xml' }] }] },
  ],
  ['draftImages', { draftImages: Array.from({ length: 5 }, () => redBlue) }],
  ['draftImages.0.name', { draftImages: [{ ...redBlue, name: 'x'.repeat(121) }] }],
])('damage is found where it is: %s', (field, change) => {
  expect(problemOf(fileWith(change))).toEqual({ kind: 'damaged', conversation: 2, field });
});

test('an effort of thinking that only another release knows, and none, is the model’s own way', () => {
  const read = (thinking: unknown) => {
    const outcome = readConversationFile(
      fileWith({ id: 'two', sampling: { ...defaultSampling, ...(thinking !== undefined && { thinking }) } }),
    );
    return outcome.ok ? outcome.conversations[1]?.sampling : undefined;
  };
  expect(read('low')).toEqual({ ...defaultSampling, thinking: 'low' });
  for (const other of [undefined, null, 'ultra', 7, { effort: 'low' }]) {
    expect(read(other)).toEqual(defaultSampling);
    expect('thinking' in (read(other) ?? {})).toBe(false);
  }
});

test('a conversation that is no object is damaged as a whole', () => {
  const text = '{"format":"opentab-conversations","version":1,"conversations":[null]}';
  expect(problemOf(text)).toEqual({ kind: 'damaged', conversation: 1, field: '' });
});

test('fields that nobody asked for are dropped', () => {
  const text = fileWith({ script: '<img onerror=x>', apiKey: 'secret', id: 'two' });
  expect(readConversationFile(text)).toEqual({
    ok: true,
    conversations: [aConversation(), aConversation({ id: 'two' })],
  });
});

test('names that every object has do not become answers', () => {
  const text =
    '{"format":"opentab-conversations","version":1,"conversations":[' +
    JSON.stringify(aConversation({ exchanges: [{ id: 'e', prompt: 'p', attempts: {} }] })).replace(
      '"attempts":{}',
      '"attempts":{"__proto__":{"shown":0,"answers":[]},"lane-1":{"shown":9,"answers":[{"id":"x","startedAt":0,"text":"hi","end":"stop"}]}}',
    ) +
    ']}';
  const outcome = readConversationFile(text);
  const exchange = outcome.ok ? outcome.conversations[0]?.exchanges[0] : undefined;
  expect(Object.keys(exchange?.attempts ?? {})).toEqual(['lane-1']);
  // An index beyond the answers shows the last one.
  expect(exchange === undefined ? undefined : shownAnswer(exchange, 'lane-1')?.text).toBe('hi');
});

test('a setting that was left empty gets its default, and a failure of another release a general one', () => {
  const empty = aConversation({ sampling: { ...defaultSampling, temperature: NaN, topK: 3 } });
  const outcome = readConversationFile(writeConversationFile([empty]));
  expect(outcome.ok && outcome.conversations[0]?.sampling).toEqual({ ...defaultSampling, topK: 3 });
  const attempts = { a: { shown: 0, answers: [{ ...answer, failure: { code: 'new-in-2', detail: 'd' } }] } };
  const read = readConversationFile(fileWith({ id: 'two', ...answersOf(attempts) }));
  const exchange = read.ok ? read.conversations[1]?.exchanges[0] : undefined;
  expect(exchange && shownAnswer(exchange, 'a')?.failure).toEqual({ code: 'engine-error', detail: 'd' });
});

test('no input whatever makes the reader throw', () => {
  const framed = fc.record({
    format: fc.constant('opentab-conversations'),
    version: fc.oneof(fc.constant(1), fc.jsonValue()),
    conversations: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        framed.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const outcome = readConversationFile(text);
        expect(typeof outcome.ok).toBe('boolean');
      },
    ),
  );
});

test('a conversation with one field damaged is never half read', () => {
  fc.assert(
    fc.property(conversations, fc.nat(), fc.jsonValue(), (conversation, at, value) => {
      const names = Object.keys(conversation);
      const changed = { ...conversation, [names[at % names.length] ?? '']: value };
      const read = readConversation(changed);
      if (read !== undefined) expect(readConversation(read)).toEqual(read);
    }),
  );
});

test('a deeply nested file is refused like any other', () => {
  expect(problemOf('['.repeat(100_000))).toEqual({ kind: 'not-json' });
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  expect(problemOf(`{"format":"opentab-conversations","version":1,"conversations":[${deep}]}`)).toMatchObject(
    {
      kind: 'damaged',
    },
  );
});

test('a list needs three fields of a record', () => {
  expect(readSummary({ id: 'a', title: 't', updatedAt: 5, exchanges: 'damaged' })).toEqual({
    id: 'a',
    title: 't',
    updatedAt: 5,
  });
  expect(readSummary({ id: 'a', title: 't' })).toBeUndefined();
});

test('whatever stop strings the interface takes, the conversation is read back the same', () => {
  const line = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '\\n', '\n', '€', '😀'), maxLength: 30 }),
    fc.integer({ min: 900, max: 1100 }).map((length) => 'x'.repeat(length)),
  );
  let [taken, refused] = [0, 0];
  fc.assert(
    fc.property(fc.array(line, { maxLength: 80, size: 'max' }), (lines) => {
      const stop = stopsFrom(lines.join('\n'));
      if (stop === undefined) {
        refused += 1;
        return;
      }
      taken += 1;
      const conversation = aConversation({ sampling: { ...defaultSampling, stop } });
      expect(readConversation(structuredClone(conversation))).toEqual(conversation);
    }),
  );
  expect(Math.min(taken, refused)).toBeGreaterThan(0);
});

test('too many or too long stop strings cost a conversation those strings and nothing else', () => {
  const many = Array.from({ length: 100 }, (_, index) => `stop ${index}`);
  const record = aConversation({ sampling: { ...defaultSampling, stop: ['x'.repeat(1001), ...many] } });
  const stop = many.slice(0, 64);
  expect(readConversation(record)).toEqual({ ...record, sampling: { ...defaultSampling, stop } });
});

test('a conversation has no end: ten thousand exchanges and a thousand attempts are read like few', () => {
  const answers = Array.from({ length: 1001 }, (_, index) => ({
    ...answer,
    id: `a${index}`,
    end: 'stop' as const,
  }));
  const exchanges = Array.from({ length: 10_001 }, (_, index) => ({
    id: `e${index}`,
    prompt: 'p',
    attempts: index === 0 ? { 'lane-1': { shown: 1000, answers } } : {},
  }));
  const conversation = aConversation({ exchanges });
  expect(readConversation(conversation)).toEqual(conversation);
  const file = writeConversationFile([conversation]);
  expect(readConversationFile(file)).toEqual({ ok: true, conversations: [conversation] });
});

test('a file with images says that it is of the second version; without, older readers take it', () => {
  const versionOf = (text: string) => (JSON.parse(text) as { version: number }).version;
  const sent = aConversation({ exchanges: [{ id: 'e', prompt: 'p', images: [redBlue], attempts: {} }] });
  const drafted = aConversation({ draftImages: [redBlue] });
  const emptied = aConversation({ draftImages: [] });
  expect([sent, drafted, emptied].map((one) => versionOf(writeConversationFile([one])))).toEqual([2, 2, 1]);
  expect(versionOf(writeConversationFile([emptied, sent]))).toBe(2);
  expect(readConversationFile(writeConversationFile([sent]))).toEqual({ ok: true, conversations: [sent] });
});

test('the context length of a lane is kept, and must be a number of tokens', () => {
  const lane = { id: 'lane-1', variantId: 'pocket/gguf/q4_0', device: 'auto' } as const;
  const chosen = aConversation({ lanes: [{ ...lane, contextTokens: 8192 }] });
  expect(readConversation(structuredClone(chosen))).toEqual(chosen);
  expect(problemOf(fileWith({ lanes: [{ ...lane, contextTokens: -1 }] }))).toEqual({
    kind: 'damaged',
    conversation: 2,
    field: 'lanes.0.contextTokens',
  });
});

test('an image of a file that is another than it says is found where it is', () => {
  const exchange = { id: 'e', prompt: 'p', attempts: {} };
  const sound = aConversation({
    exchanges: [{ ...exchange, images: [redBlue, green] }],
    draftImages: [green],
  });
  expect(wrongImage([sound])).toBeUndefined();
  const wide = { ...redBlue, width: 9 };
  const sent = { ...sound, exchanges: [{ ...exchange, images: [green, wide] }] };
  const drafted = { ...sound, draftImages: [wide] };
  expect([sent, drafted].map((one) => wrongImage([sound, one]))).toEqual([
    { kind: 'damaged', conversation: 2, field: 'exchanges.0.images.1' },
    { kind: 'damaged', conversation: 2, field: 'draftImages.0' },
  ]);
});
