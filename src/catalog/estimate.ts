/** What a variant needs of a machine, and whether this machine has it. An estimate: every part is shown to the person. */

import { SHORTEST_CONTEXT_TOKENS, type Device } from '../domain/engine';
import type { Machine } from '../domain/machine';
import type { AttentionShape, CatalogModel, CatalogVariant } from '../domain/model';

/** Bytes, by what they are for. */
export interface MemoryNeed {
  readonly weights: number;
  /** Keys and values of every token in the context. */
  readonly cache: number;
  /** What the engine computes with: its code, activations, one step's logits. */
  readonly working: number;
  readonly total: number;
}

export type Obstacle =
  | { readonly kind: 'no-webgpu' }
  /** Its only adapter computes on the CPU, where an engine made for it is faster. */
  | { readonly kind: 'software-webgpu' }
  | { readonly kind: 'feature'; readonly feature: string }
  /** One matrix is larger than the adapter's longest buffer. */
  | { readonly kind: 'buffer'; readonly needs: number; readonly offers: number }
  /** An engine on the CPU has so much address space. */
  | { readonly kind: 'address-space'; readonly needs: number; readonly offers: number }
  | { readonly kind: 'memory'; readonly needs: number; readonly offers: number }
  | { readonly kind: 'storage'; readonly needs: number; readonly offers: number };

export interface Fit {
  readonly device: Device;
  readonly need: MemoryNeed;
  /** Empty where nothing stands against it. */
  readonly obstacles: readonly Obstacle[];
}

export interface Recommendation {
  readonly variant: CatalogVariant;
  readonly fit: Fit;
}

const MiB = 2 ** 20;
/** WebAssembly's address space: 4 GiB in 32-bit builds, and what wllama asks for in its 64-bit one. */
const ADDRESS_SPACE = 4 * 2 ** 30;
/** The share of a machine's memory that one tab can have before the browser ends it; the rest is the system's. */
const MEMORY_SHARE = 0.75;
/** Activations and buffers grow with the model; a floor for the engine's own code. */
const WORKING_SHARE = 0.1;
const WORKING_FLOOR = 128 * MiB;

/** Bytes that one token of context takes. */
export function cacheBytesPerToken(
  shape: AttentionShape,
  variant: Pick<CatalogVariant, 'engine' | 'precision'>,
) {
  return 2 * shape.layers * shape.kvHeads * shape.headSize * cacheValueBytes(variant);
}

/** llama.cpp keeps 16-bit floats; the others keep what they compute in. */
function cacheValueBytes({ engine, precision }: Pick<CatalogVariant, 'engine' | 'precision'>): number {
  return engine === 'wllama' || precision.includes('f16') || precision === 'fp16' ? 2 : 4;
}

/** @param contextTokens room for prompt and answer; no more than the model's window counts */
export function memoryNeed(
  model: Pick<CatalogModel, 'shape' | 'contextTokens'>,
  variant: CatalogVariant,
  contextTokens: number,
): MemoryNeed {
  const tokens = Math.min(contextTokens, model.contextTokens);
  const perToken = cacheBytesPerToken(model.shape, variant);
  const weights = variant.bytes;
  const cache = tokens * perToken;
  if (variant.stated !== undefined) {
    // What its makers measured, and the difference that the context makes.
    const atStated = Math.min(variant.stated.contextTokens, model.contextTokens) * perToken;
    const working = Math.max(0, variant.stated.memoryBytes - weights - atStated);
    return { weights, cache, working, total: weights + cache + working };
  }
  const working = Math.max(WORKING_FLOOR, Math.round(weights * WORKING_SHARE));
  return { weights, cache, working, total: weights + cache + working };
}

/** How `variant` would do here: on the GPU where it can, on the CPU elsewhere. */
export function fitOf(
  model: Pick<CatalogModel, 'shape' | 'contextTokens'>,
  variant: CatalogVariant,
  contextTokens: number,
  machine: Machine,
): Fit {
  const need = memoryNeed(model, variant, contextTokens);
  const fits = variant.devices.map((device) => ({
    device,
    need,
    obstacles: [
      ...deviceObstacles(model.shape, variant, need, device, machine),
      ...sharedObstacles(variant, need, machine),
    ],
  }));
  const [first] = fits;
  const best = fits.find(({ obstacles }) => obstacles.length === 0) ?? first;
  return best ?? { device: 'wasm', need, obstacles: [{ kind: 'no-webgpu' }] };
}

/** What is worth telling apart, in tokens. */
const CONTEXT_STEP = 256;

/** The longest context at which `variant` fits here, in tokens; 0 where it fits at none that can be chosen. */
export function longestContext(
  model: Pick<CatalogModel, 'shape' | 'contextTokens'>,
  variant: CatalogVariant,
  machine: Machine,
): number {
  const fits = (tokens: number) => fitOf(model, variant, tokens, machine).obstacles.length === 0;
  if (fits(model.contextTokens)) return model.contextTokens;
  let fitting = 0;
  let tooLong = Math.ceil(model.contextTokens / CONTEXT_STEP);
  while (tooLong - fitting > 1) {
    const between = Math.floor((fitting + tooLong) / 2);
    if (fits(between * CONTEXT_STEP)) fitting = between;
    else tooLong = between;
  }
  const longest = fitting * CONTEXT_STEP;
  return longest < SHORTEST_CONTEXT_TOKENS ? 0 : longest;
}

function deviceObstacles(
  shape: AttentionShape,
  variant: CatalogVariant,
  need: MemoryNeed,
  device: Device,
  machine: Machine,
): readonly Obstacle[] {
  if (device === 'wasm') {
    return need.total > ADDRESS_SPACE
      ? [{ kind: 'address-space', needs: need.total, offers: ADDRESS_SPACE }]
      : [];
  }
  if (machine.webGpu === 'none') return [{ kind: 'no-webgpu' }];
  const obstacles: Obstacle[] = machine.webGpu === 'software' ? [{ kind: 'software-webgpu' }] : [];
  for (const feature of variant.requiredFeatures) {
    if (!machine.features.has(feature)) obstacles.push({ kind: 'feature', feature });
  }
  const matrix = largestMatrixBytes(shape, variant);
  if (matrix > machine.maxBufferBytes) {
    obstacles.push({ kind: 'buffer', needs: matrix, offers: machine.maxBufferBytes });
  }
  return obstacles;
}

/** The table of tokens is the longest matrix of small models. WebLLM and llama.cpp keep it quantized, ONNX in floats. */
function largestMatrixBytes(
  { embedding, vocabulary }: AttentionShape,
  { engine, precision }: CatalogVariant,
): number {
  const values = embedding * vocabulary;
  if (engine !== 'transformers-js') return values / 2;
  if (['q8', 'int8', 'uint8'].includes(precision)) return values;
  return values * (precision.endsWith('16') ? 2 : 4);
}

function sharedObstacles(variant: CatalogVariant, need: MemoryNeed, machine: Machine): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (machine.memoryBytes !== undefined && need.total > machine.memoryBytes * MEMORY_SHARE) {
    obstacles.push({ kind: 'memory', needs: need.total, offers: machine.memoryBytes * MEMORY_SHARE });
  }
  if (machine.storageBytes !== undefined && variant.bytes > machine.storageBytes) {
    obstacles.push({ kind: 'storage', needs: variant.bytes, offers: machine.storageBytes });
  }
  return obstacles;
}

/**
 * The variant of `model` to start with here; undefined where none fits. The GPU comes before the CPU. On the GPU
 * compiled models come first, on the CPU llama.cpp; then about four bits a weight, which cost little and halve the
 * bytes that each token has to read. Auto-tuning measures; this only guesses.
 */
export function bestVariant(
  model: CatalogModel,
  contextTokens: number,
  machine: Machine,
): Recommendation | undefined {
  const candidates = model.variants
    .map((variant) => ({ variant, fit: fitOf(model, variant, contextTokens, machine) }))
    .filter(({ fit }) => fit.obstacles.length === 0);
  const rank = (one: Recommendation) => [
    one.fit.device === 'webgpu' ? 0 : 1,
    engineOrder[one.fit.device].indexOf(one.variant.engine),
    distanceFromFourBits(model, one.variant),
  ];
  return candidates.sort((a, b) => compare(rank(a), rank(b)))[0];
}

const engineOrder: Readonly<Record<Device, readonly string[]>> = {
  webgpu: ['web-llm', 'transformers-js', 'wllama'],
  wasm: ['wllama', 'transformers-js', 'web-llm'],
};

/** Small models lose more by rounding, so they are given eight bits. */
function distanceFromFourBits({ parameters }: CatalogModel, { bytes }: CatalogVariant): number {
  const wanted = parameters < 1e9 ? 8.5 : 4.5;
  return parameters === 0 ? 0 : Math.abs((bytes * 8) / parameters - wanted);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The largest model of the same family that is smaller and fits; of any family where that one has none. */
export function smallerSibling(
  model: CatalogModel,
  models: readonly CatalogModel[],
  contextTokens: number,
  machine: Machine,
): CatalogModel | undefined {
  const smaller = models
    .filter((other) => other.id !== model.id && other.parameters < model.parameters)
    // Of some models that a person added nobody knows how large they are.
    .filter((other) => other.parameters > 0)
    .filter((other) => bestVariant(other, contextTokens, machine) !== undefined)
    .sort((a, b) => b.parameters - a.parameters);
  return smaller.find(({ family }) => family === model.family) ?? smaller[0];
}
