/**
 * Choosing the next token from logits: repetition penalty, temperature, top-k, top-p, then one draw.
 *
 * The order is the one of Hugging Face's `generate`. It is ours because no engine's own sampler takes a seed and
 * top-p together, and a comparison across precisions needs the same draw in each lane.
 */

import type { Sampling } from '../../src/domain/engine';

/** A source of numbers in [0, 1). */
export type RandomSource = () => number;

/** Mulberry32: a 32-bit generator, enough for a draw per token, the same in every browser. */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The id of the next token.
 * @param logits one value per token of the vocabulary; changed in place by the repetition penalty
 * @param seen ids that the penalty applies to: prompt and answer so far
 */
export function chooseToken(
  logits: Float32Array,
  seen: Iterable<number>,
  sampling: Pick<Sampling, 'temperature' | 'topK' | 'topP' | 'repetitionPenalty'>,
  random: RandomSource,
): number {
  if (sampling.repetitionPenalty !== 1) penalise(logits, seen, sampling.repetitionPenalty);
  if (sampling.temperature === 0) return argmax(logits);
  const best = logits[argmax(logits)] ?? 0;
  const weights = logits.map((logit) => Math.exp((logit - best) / sampling.temperature));
  const candidates = likeliest(weights, sampling);
  let left = random() * candidates.reduce((sum, id) => sum + (weights[id] ?? 0), 0);
  for (const id of candidates) {
    left -= weights[id] ?? 0;
    if (left < 0) return id;
  }
  return candidates.at(-1) ?? 0;
}

/** The ids that top-k and then top-p keep, likeliest first; all of them, in order, where neither is set. */
function likeliest(weights: Float32Array, { topK, topP }: Pick<Sampling, 'topK' | 'topP'>): number[] {
  if (topK === 0 && topP >= 1) return Array.from(weights.keys());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Sorting a vocabulary of 150,000 for every token would cost more than the token: most of it weighs nothing, so
  // the floor is lowered only until enough is above it to be sure of what is kept.
  for (let floor = 1e-3; ; floor = floor < 1e-12 ? 0 : floor / 1e3) {
    const ids: number[] = [];
    let mass = 0;
    weights.forEach((weight, id) => {
      if (weight < floor) return;
      ids.push(id);
      mass += weight;
    });
    const enough = topK > 0 ? ids.length >= topK : mass >= topP * total;
    if (!enough && floor > 0) continue;
    ids.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
    const ranked = topK > 0 ? ids.slice(0, topK) : ids;
    return ranked.slice(0, nucleus(ranked, weights, topK > 0 ? undefined : total, topP));
  }
}

/** Keskar et al. 2019 (CTRL): positive logits are divided by the penalty, negative ones multiplied, once per token. */
function penalise(logits: Float32Array, seen: Iterable<number>, penalty: number): void {
  for (const id of new Set(seen)) {
    const value = logits[id];
    if (value !== undefined) logits[id] = value < 0 ? value * penalty : value / penalty;
  }
}

/** Index of the largest value, the first of several. */
export function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

/**
 * How many of the ranked ids make up the share `topP`; at least one.
 * @param total what the share is of: all weights, or those of `ranked` where it is not given (after top-k)
 */
function nucleus(
  ranked: readonly number[],
  weights: Float32Array,
  total: number | undefined,
  topP: number,
): number {
  if (topP >= 1) return ranked.length;
  const target = (total ?? ranked.reduce((sum, id) => sum + (weights[id] ?? 0), 0)) * topP;
  let reached = 0;
  for (const [index, id] of ranked.entries()) {
    reached += weights[id] ?? 0;
    if (reached >= target) return index + 1;
  }
  return ranked.length;
}
