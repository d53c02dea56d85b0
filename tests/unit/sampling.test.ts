import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseToken, seededRandom, type RandomSource } from '../../workers/engines/sampling';

const plain = { temperature: 1, topK: 0, topP: 1, repetitionPenalty: 1 };

/** How often each token is chosen in `draws` draws. */
function histogram(
  logits: readonly number[],
  sampling: typeof plain,
  draws: number,
  random: RandomSource,
): number[] {
  const counts = logits.map(() => 0);
  for (let draw = 0; draw < draws; draw += 1) {
    const token = chooseToken(Float32Array.from(logits), [], sampling, random);
    counts[token] = (counts[token] ?? 0) + 1;
  }
  return counts;
}

const logitSets = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 40 });

test('greedy takes the likeliest token, the first of equals, and draws nothing', () => {
  const never = () => {
    throw new Error('a draw was made');
  };
  const greedy = { ...plain, temperature: 0 };
  expect(chooseToken(Float32Array.from([1, 3, 2, 3]), [], greedy, never)).toBe(1);
  expect(chooseToken(Float32Array.from([-5, -Infinity]), [], greedy, never)).toBe(0);
});

test('the same seed makes the same draws, another seed others', () => {
  const draws = (seed: number) => Array.from({ length: 50 }, seededRandom(seed));
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
  expect(draws(0).every((value) => value >= 0 && value < 1)).toBe(true);
  expect(draws(4294967295)).not.toEqual(draws(0));
});

test('the draws are even: chi-square of 16 bins stays under its 99.9 % point', () => {
  const random = seededRandom(1);
  const bins = Array<number>(16).fill(0);
  for (let i = 0; i < 16_000; i += 1) {
    const bin = Math.floor(random() * 16);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  expect(chiSquare(bins, Array<number>(16).fill(1000))).toBeLessThan(37.7);
});

test('tokens are drawn as often as the softmax says: chi-square of 4 tokens under its 99.9 % point', () => {
  const logits = [2, 1, 0, -1];
  for (const temperature of [0.7, 1, 1.5]) {
    const weights = logits.map((logit) => Math.exp(logit / temperature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const expected = weights.map((weight) => (weight / total) * 20_000);
    const counts = histogram(logits, { ...plain, temperature }, 20_000, seededRandom(42));
    expect(chiSquare(counts, expected)).toBeLessThan(16.3);
  }
});

test('top-k leaves the k likeliest, and one of them is greedy', () => {
  const logits = [0.1, 0.4, 0.2, 0.3];
  const two = histogram(logits, { ...plain, topK: 2 }, 500, seededRandom(3));
  expect(two.map((count) => count > 0)).toEqual([false, true, false, true]);
  expect(histogram(logits, { ...plain, topK: 1 }, 20, seededRandom(3))).toEqual([0, 20, 0, 0]);
});

test('top-p leaves the smallest set that reaches its share', () => {
  const logits = [0.5, 0.25, 0.15, 0.1].map(Math.log);
  const possible = (topP: number) =>
    histogram(logits, { ...plain, topP }, 2000, seededRandom(5)).map((count) => count > 0);
  expect(possible(0.4)).toEqual([true, false, false, false]);
  expect(possible(0.6)).toEqual([true, true, false, false]);
  expect(possible(0.85)).toEqual([true, true, true, false]);
  expect(possible(1)).toEqual([true, true, true, true]);
});

test('the repetition penalty lowers each token that was seen, once', () => {
  const logits = Float32Array.from([2, 2, -1, 3]);
  chooseToken(logits, [0, 0, 2, 99], { ...plain, temperature: 0, repetitionPenalty: 2 }, seededRandom(1));
  expect([...logits]).toEqual([1, 2, -2, 3]);
});

test('whatever the settings, the token is one of the vocabulary', () => {
  const settings = fc.record({
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    topK: fc.integer({ min: 0, max: 50 }),
    topP: fc.double({ min: 0.01, max: 1, noNaN: true }),
    repetitionPenalty: fc.double({ min: 0.5, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(logitSets, settings, fc.integer({ min: 0, max: 4294967295 }), (logits, sampling, seed) => {
      const token = chooseToken(Float32Array.from(logits), [0], sampling, seededRandom(seed));
      expect(Number.isInteger(token) && token >= 0 && token < logits.length).toBe(true);
    }),
  );
});

function chiSquare(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, count, index) => {
    const mean = expected[index] ?? Number.NaN;
    return sum + (count - mean) ** 2 / mean;
  }, 0);
}
