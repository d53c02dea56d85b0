import { expect, test } from 'vitest';
import { gapsOf, nearestIndex, stallsOf } from '../../src/ui/shared/timeline/gaps';

const points = [100, 110, 125].map((atMs) => ({ atMs, tokens: 1 }));

test('a gap is the time from the delivery before, and the first has none', () => {
  expect(gapsOf(points)).toEqual([undefined, 10, 15]);
});

test('the nearest delivery in time', () => {
  expect(nearestIndex(points, 112)).toBe(1);
  expect(nearestIndex([], 112)).toBe(0);
});

test('a stall is a gap of more than four times the median', () => {
  const even = [undefined, 10, 10, 10, 10, 10, 10, 10, 10];
  expect(stallsOf([...even, 40, 41])).toEqual([10]);
  expect(stallsOf(even)).toEqual([]);
});

test('a few gaps have no usual length to stall against', () => {
  expect(stallsOf([undefined, 1, 1, 100])).toEqual([]);
});
