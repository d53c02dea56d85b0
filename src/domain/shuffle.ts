/** Orders that nobody can foretell from the outside, and that the same seed makes again. */

/** Gives a whole number from 0 to 2³² − 1 at each call, all of them equally likely. */
export type RandomWords = () => number;

const WORDS = 2 ** 32;

/**
 * sfc32 (Chris Doty-Humphrey, PractRand 0.94): 128 bits of state, which a text seeds. The same text gives the same
 * numbers in every browser; texts that differ by one character give unrelated ones. Not for secrets.
 */
export function wordsFrom(seed: string): RandomWords {
  let a = hash(seed, 0x9e3779b9);
  let b = hash(seed, 0x243f6a88);
  let c = hash(seed, 0xb7e15162);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // As its author asks: the first numbers still show the seed.
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

/** FNV-1a over the text's UTF-16 code units, finished as MurmurHash3 is, so that every bit of it counts. */
function hash(text: string, basis: number): number {
  let value = basis;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/**
 * A whole number from 0 to `count` − 1, each equally likely: a plain remainder would favour the small ones, so what is
 * left over at the top of the range is drawn again.
 */
function below(count: number, random: RandomWords): number {
  const limit = WORDS - (WORDS % count);
  let word = random();
  while (word >= limit) word = random();
  return word % count;
}

/** The items in a random order, each order equally likely (Fisher–Yates, as Durstenfeld 1964 wrote it). */
export function shuffled<T>(items: readonly T[], random: RandomWords): T[] {
  const rest = [...items];
  // Each item is taken out of those that are left, so that none is named by an index that may not be there.
  return items.flatMap(() => rest.splice(below(rest.length, random), 1));
}
