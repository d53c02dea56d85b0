/** What is said of a number that is no price, and of what counts in its place. */

import { beforeAll, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../src/messages/runtime.js';
import { priceProblem } from '../../src/ui/settings/price-problem';

beforeAll(() => overwriteGetLocale(() => 'en'));

const good = { valid: true, rangeUnderflow: false, rangeOverflow: false, stepMismatch: false };
const bad = { ...good, valid: false };
const field = { least: 0, most: 1_000_000, counting: 2.5 };

test('a good one has no problem', () => {
  expect(priceProblem(good, field)).toBeUndefined();
});

test.each([
  [{ ...bad, rangeUnderflow: true }, 'This is below 0, so it is not taken. 2.5 still counts.'],
  [{ ...bad, rangeOverflow: true }, 'This is above 1,000,000, so it is not taken. 2.5 still counts.'],
  [{ ...bad, stepMismatch: true }, 'This is no whole number, so it is not taken. 2.5 still counts.'],
  // What is no number at all: nothing but `badInput` is set.
  [bad, 'This is no number, so it is not taken. 2.5 still counts.'],
])('%j', (validity, text) => {
  expect(priceProblem(validity, field)).toBe(text);
});

test('where nothing was entered before, nothing is said to count', () => {
  expect(priceProblem({ ...bad, rangeUnderflow: true }, { ...field, least: 1, counting: undefined })).toBe(
    'This is below 1, so it is not taken. Nothing counts in its place.',
  );
});
