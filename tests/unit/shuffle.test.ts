import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shuffled, wordsFrom } from '../../src/domain/shuffle';

/** How often each order of `items` came up, over `rounds` seeds. */
function counts(items: readonly string[], rounds: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const order = shuffled(items, wordsFrom(`exchange-${round}`)).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  return seen;
}

/** Pearson's statistic against equally likely orders. */
function chiSquare(seen: ReadonlyMap<string, number>, orders: number, rounds: number): number {
  const expected = rounds / orders;
  const unseen = (orders - seen.size) * expected;
  return [...seen.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, unseen);
}

test('every order is equally likely, from one seed to the next', () => {
  // Critical values at 0.1 %: 1, 5 and 23 degrees of freedom. The seeds are fixed, so this is no matter of luck.
  for (const [items, orders, critical] of [
    [['a', 'b'], 2, 10.83],
    [['a', 'b', 'c'], 6, 20.52],
    [['a', 'b', 'c', 'd'], 24, 49.73],
  ] as const) {
    const seen = counts(items, 24_000);
    expect(seen.size).toBe(orders);
    expect(chiSquare(seen, orders, 24_000)).toBeLessThan(critical);
  }
});

test('within one seed, too', () => {
  const random = wordsFrom('one');
  const seen = new Map<string, number>();
  for (let round = 0; round < 24_000; round += 1) {
    const order = shuffled(['a', 'b', 'c', 'd'], random).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(chiSquare(seen, 24, 24_000)).toBeLessThan(49.73);
});

test('the same seed gives the same order, and keeps all items', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
      const order = shuffled(items, wordsFrom(seed));
      expect(order).toEqual(shuffled(items, wordsFrom(seed)));
      expect(order.toSorted()).toEqual(items.toSorted());
    }),
  );
});

test('a number that would favour the first ones is drawn again', () => {
  const words = [2 ** 32 - 1, 0, 0];
  const drawn: number[] = [];
  // 2³² leaves 1 over when divided by 3: of the first draw among three, the highest number alone is one too many.
  shuffled(['a', 'b', 'c'], () => {
    const word = words.shift() ?? 0;
    drawn.push(word);
    return word;
  });
  expect(drawn).toEqual([2 ** 32 - 1, 0, 0, 0]);
});

test('numbers spread evenly over 32 bits', () => {
  const random = wordsFrom('spread');
  const bits = Array.from({ length: 32 }, () => 0);
  for (let draw = 0; draw < 10_000; draw += 1) {
    const word = random();
    expect(Number.isInteger(word) && word >= 0 && word < 2 ** 32).toBe(true);
    bits.forEach((count, bit) => (bits[bit] = count + ((word >>> bit) & 1)));
  }
  // Half of 10,000 with a standard deviation of 50.
  for (const count of bits) expect(Math.abs(count - 5_000)).toBeLessThan(200);
});
