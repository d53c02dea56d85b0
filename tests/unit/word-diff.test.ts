import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsFrom } from '../../src/domain/shuffle';
import { passages, wordDiff, type DiffPart } from '../../src/ui/playground/word-diff';

function parts(first: string, second: string, locale = 'en'): readonly DiffPart[] {
  return wordDiff(first, second, locale) ?? expect.fail('not compared');
}

const squeezed = (text: string) => text.replace(/\s+/g, '');

test('words that stand in one text alone are told apart', () => {
  expect(parts('A red fox runs.', 'A grey fox runs.')).toEqual([
    { where: 'both', text: 'A ' },
    { where: 'first', text: 'red ' },
    { where: 'second', text: 'grey ' },
    { where: 'both', text: 'fox runs.' },
  ]);
});

test('Chinese is cut into words, not into characters or sentences', () => {
  expect(parts('今天天气很好', '今天心情很好', 'zh')).toEqual([
    { where: 'both', text: '今天' },
    { where: 'first', text: '天气' },
    { where: 'second', text: '心情' },
    { where: 'both', text: '很好' },
  ]);
});

test('both texts can be read out of the parts', () => {
  const word = fc.constantFrom('one', 'two', 'three', ',', '.', '\n', '  ', '词语', '😀');
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (first, second) => {
      const all = parts(first, second);
      const said = (left: DiffPart['where']) =>
        squeezed(
          all
            .filter(({ where }) => where !== left)
            .map((part) => part.text)
            .join(''),
        );
      expect(said('second')).toBe(squeezed(first));
      expect(said('first')).toBe(squeezed(second));
    }),
  );
});

test('what stands in place of something else is one passage with it', () => {
  expect(passages(parts('same words', 'same words'))).toBe(0);
  expect(passages(parts('A red fox runs.', 'A grey fox runs fast.'))).toBe(2);
});

test('white space alone is no difference', () => {
  expect(passages(parts('one two\nthree', 'one  two three\n'))).toBe(0);
});

test('a long answer is compared as a whole, wherever it was cut to find its words', () => {
  const words = Array.from({ length: 3_000 }, (_, at) => `word${at}`);
  const all = parts(words.join(' '), words.with(1_500, 'other').join(' '));
  expect(all.filter(({ where }) => where !== 'both').map(({ text }) => text.trim())).toEqual([
    'word1500',
    'other',
  ]);
});

test('texts that would hold the page up are not compared', () => {
  const random = wordsFrom('texts');
  const text = () => Array.from({ length: 20_000 }, () => random() % 100_000).join(' ');
  const startedAt = performance.now();
  expect(wordDiff(text(), text(), 'en')).toBeUndefined();
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(wordDiff('x'.repeat(200_001), 'x', 'en')).toBeUndefined();
});
