/** Pocket, the model that ships with the app. Sizes are those of `static/models/pocket/manifest.json`. */

import type { GgufPrecision, OnnxPrecision } from '../domain/engine';
import type { ModelCard, Variant } from '../domain/model';
import { pocketBytes } from './pocket-bytes';

/** The first is what a visitor without settings gets: nearly fp32's answers at a quarter of its bytes. */
const precisions = ['q8', 'fp32', 'fp16', 'q4', 'q4f16', 'q2'] as const satisfies readonly OnnxPrecision[];
const ggufs = ['q8_0', 'f16', 'q4_0', 'q2_k'] as const satisfies readonly GgufPrecision[];

function onnxVariant(precision: (typeof precisions)[number]): Variant {
  const needsHalf = precision === 'fp16' || precision === 'q4f16';
  return {
    id: `pocket/onnx/${precision}`,
    engine: 'transformers-js',
    precision,
    baseUrl: 'models/pocket/',
    bytes: pocketBytes[precision],
    requiredFeatures: needsHalf ? ['shader-f16'] : [],
    devices: ['webgpu', 'wasm'],
  };
}

function ggufVariant(precision: (typeof ggufs)[number]): Variant {
  return {
    id: `pocket/gguf/${precision}`,
    engine: 'wllama',
    precision,
    baseUrl: 'models/pocket/',
    files: [`gguf/pocket-${precision}.gguf`],
    bytes: pocketBytes[precision],
    requiredFeatures: [],
    devices: ['wasm'],
  };
}

export const pocket: ModelCard = {
  id: 'pocket',
  name: 'Pocket',
  parameters: 3_476_224,
  contextTokens: 1024,
  licence: 'Apache-2.0',
  openness: { weights: 'yes', trainingData: 'yes', trainingCode: 'yes', permissiveLicence: 'yes' },
  variants: [...precisions.map(onnxVariant), ...ggufs.map(ggufVariant)],
  suggestions: [
    { prompt: 'What is a token?', shows: 'term' },
    { prompt: 'What is 27 + 58?', shows: 'sum' },
    { prompt: 'Tell me a story about a fox and a lighthouse.', shows: 'story' },
    { prompt: 'What does quantization cost?', shows: 'cost' },
    { prompt: 'Sort 42, 7, 19, 88, 3.', shows: 'order' },
    { prompt: 'Why is decode limited by memory bandwidth?', shows: 'cause' },
  ],
};
