import { expect, test } from 'vitest';
import {
  defaultSampling,
  impossibleParameters,
  messagesFor,
  mostTokens,
  samplingRanges,
  titleFrom,
  trimOldest,
  withAnswer,
  type Answer,
  type Exchange,
  type SamplingNumber,
} from '../../src/domain/conversation';
import type { Message } from '../../src/domain/engine';

function answer(text: string, end: Answer['end'] = 'stop'): Answer {
  return { id: `answer ${text}`, startedAt: 0, text, end };
}

function exchange(prompt: string, byLane: Record<string, Answer[]>, shown = 0): Exchange {
  const attempts = Object.entries(byLane).map(([lane, answers]) => [lane, { shown, answers }] as const);
  return { id: prompt, prompt, attempts: Object.fromEntries(attempts) };
}

const user = (content: string): Message => ({ role: 'user', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });
const system = (content: string): Message => ({ role: 'system', content });

test('a lane is sent its own past, and only what is shown of it', () => {
  const exchanges = [
    exchange('one', { a: [answer('first'), answer('second')], b: [answer('other'), answer('other')] }, 1),
    exchange('two', { b: [answer('not for a')] }),
    exchange('three', { a: [answer('', 'failed')] }),
    exchange('four', { a: [answer('half', 'stopped')] }),
  ];
  expect(messagesFor({ system: ' Be brief. ', exchanges }, 'a', 'five')).toEqual([
    system(' Be brief. '),
    user('one'),
    assistant('second'),
    user('four'),
    assistant('half'),
    user('five'),
  ]);
  expect(messagesFor({ system: '  ', exchanges: [] }, 'a', 'hi')).toEqual([user('hi')]);
});

test('what a model thought is not sent back to it', () => {
  const exchanges = [
    exchange('one', { a: [{ ...answer('first'), thinking: 'Hm.' }] }),
    exchange('two', { a: [{ ...answer('', 'length'), thinking: 'Hm, hm…' }] }),
  ];
  expect(messagesFor({ system: '', exchanges }, 'a', 'three')).toEqual([
    user('one'),
    assistant('first'),
    user('three'),
  ]);
});

test('trimming drops the oldest exchange and keeps the system prompt and the newest prompt', () => {
  const all = [system('s'), user('1'), assistant('1'), user('2'), assistant('2'), user('3')];
  const once = trimOldest(all);
  expect(once).toEqual([system('s'), user('2'), assistant('2'), user('3')]);
  const twice = trimOldest(once ?? []);
  expect(twice).toEqual([system('s'), user('3')]);
  expect(trimOldest(twice ?? [])).toBeUndefined();
  expect(trimOldest([])).toBeUndefined();
  expect(trimOldest([system('s')])).toBeUndefined();
});

test('both ends of a range are possible, and what is beyond them is named', () => {
  expect(impossibleParameters(defaultSampling)).toEqual([]);
  for (const name of Object.keys(samplingRanges) as SamplingNumber[]) {
    const { min, max } = samplingRanges[name];
    for (const good of [min, max])
      expect(impossibleParameters({ ...defaultSampling, [name]: good })).toEqual([]);
    for (const bad of [min - 1, max + 1, NaN, Infinity]) {
      expect(impossibleParameters({ ...defaultSampling, [name]: bad })).toEqual([name]);
    }
  }
  expect(impossibleParameters({ ...defaultSampling, topK: 1.5, seed: 0.5 })).toEqual(['topK', 'seed']);
});

test('an answer is added to those of its lane and shown', () => {
  const before = [exchange('one', { a: [answer('x')] })];
  const after = withAnswer(before, 'one', 'a', answer('y'));
  expect(after[0]?.attempts['a']).toEqual({ shown: 1, answers: [answer('x'), answer('y')] });
  expect(withAnswer(before, 'one', 'b', answer('z'))[0]?.attempts['b']?.shown).toBe(0);
  expect(withAnswer(before, 'unknown', 'a', answer('z'))).toEqual(before);
  expect(before[0]?.attempts['a']?.answers).toHaveLength(1);
});

test('a title is one short line and never half a character', () => {
  expect(titleFrom('  What is\n a   token? ')).toBe('What is a token?');
  expect(titleFrom('x'.repeat(48))).toBe('x'.repeat(48));
  expect(titleFrom('x'.repeat(49))).toBe(`${'x'.repeat(47)}…`);
  const title = titleFrom('😀'.repeat(60));
  expect(title).toBe(`${'😀'.repeat(47)}…`);
  expect(title).not.toMatch(/\p{Surrogate}/u);
});

test('the bound on tokens is at least one per byte', () => {
  expect(mostTokens([user('€uro')])).toBeGreaterThanOrEqual(6);
  expect(mostTokens([user('a'.repeat(1000)), user('b')])).toBeGreaterThanOrEqual(1001);
});
