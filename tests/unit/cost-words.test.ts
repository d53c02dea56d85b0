/** What is said where a sum of costs does not hold all of them: how many are missing, and why, in both languages. */

import { expect, test } from 'vitest';
import { overwriteGetLocale } from '../../src/messages/runtime.js';
import { lacksPrices, unknownCosts } from '../../src/ui/playground/cost-words';

const none = { 'no-usage': 0, 'no-price': 0, 'incomplete-price': 0 };

function wordsIn(locale: 'en' | 'zh', unknown: Partial<typeof none>): readonly string[] {
  overwriteGetLocale(() => locale);
  return unknownCosts({ unknown: { ...none, ...unknown } });
}

test('nothing is said where every cost is known', () => {
  expect(wordsIn('en', {})).toEqual([]);
  expect(lacksPrices({ unknown: none })).toBe(false);
});

test('one answer is one answer, and its reason follows', () => {
  expect(wordsIn('en', { 'no-usage': 1 })).toEqual([
    '1 answer is not in this sum, because what it cost is not known:',
    '1 answer: the provider reported no tokens for it, and may bill it all the same.',
  ]);
  expect(lacksPrices({ unknown: { ...none, 'no-usage': 1 } })).toBe(false);
});

test('several are counted together, and by their reasons', () => {
  const unknown = { 'no-price': 1, 'incomplete-price': 2, 'no-usage': 1200 };
  expect(wordsIn('en', unknown)).toEqual([
    '1,203 answers are not in this sum, because what they cost is not known:',
    '1,200 answers: the provider reported no tokens for them, and may bill them all the same.',
    '1 answer: its model has no price yet.',
    '2 answers: the prices of their models are not complete.',
  ]);
  expect(wordsIn('zh', unknown)[0]).toBe('有 1,203 个回答未计入此总额，因为其费用未知：');
  expect(wordsIn('zh', unknown)).toHaveLength(4);
  expect(lacksPrices({ unknown: { ...none, ...unknown } })).toBe(true);
});
