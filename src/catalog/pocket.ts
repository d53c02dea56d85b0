/** Pocket, the model that ships with the app. What is said of its files is counted in them: see `pocket-bytes.ts`. */

import type { Artifact } from '../domain/artifact';
import type { GgufPrecision, OnnxPrecision } from '../domain/engine';
import type { ModelCard, Variant } from '../domain/model';
import { pocketBytes } from './pocket-bytes';

/** The first is what a visitor without settings gets: nearly fp32's answers at a quarter of its bytes. */
const weights = {
  q8: 'model_quantized',
  fp32: 'model',
  fp16: 'model_fp16',
  q4: 'model_q4',
  q4f16: 'model_q4f16',
  q2: 'model_q2',
} as const satisfies Partial<Record<OnnxPrecision, string>>;
const ggufs = ['q8_0', 'f16', 'q4_0', 'q2_k'] as const satisfies readonly GgufPrecision[];

const FOLDER = 'models/pocket/';

/** Sizes alone: the hashes are stated where files are read, so that the page's first code need not carry them. */
function filesOf(...paths: readonly (keyof typeof pocketBytes)[]) {
  const files = paths.map((path) => ({ path, bytes: pocketBytes[path] }));
  const artifact: Artifact = { origin: { kind: 'app', path: FOLDER }, files };
  return { artifact, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function onnxVariant(precision: keyof typeof weights): Pocket {
  const needsHalf = precision === 'fp16' || precision === 'q4f16';
  return {
    id: `pocket/onnx/${precision}`,
    engine: 'transformers-js',
    precision,
    baseUrl: FOLDER,
    ...filesOf(
      'config.json',
      'generation_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      `onnx/${weights[precision]}.onnx`,
    ),
    requiredFeatures: needsHalf ? ['shader-f16'] : [],
    devices: ['webgpu', 'wasm'],
  };
}

function ggufVariant(precision: (typeof ggufs)[number]): Pocket {
  const file = `gguf/pocket-${precision}.gguf` as const;
  return {
    id: `pocket/gguf/${precision}`,
    engine: 'wllama',
    precision,
    baseUrl: FOLDER,
    files: [file],
    ...filesOf(file),
    requiredFeatures: [],
    devices: ['wasm'],
  };
}

type Pocket = Variant & Required<Pick<Variant, 'artifact'>>;

const precisions = Object.keys(weights) as (keyof typeof weights)[];
export const pocketVariants: readonly Pocket[] = [...precisions.map(onnxVariant), ...ggufs.map(ggufVariant)];

export const pocket: ModelCard = {
  id: 'pocket',
  name: 'Pocket',
  parameters: 3_476_224,
  contextTokens: 1024,
  licence: 'Apache-2.0',
  openness: { weights: 'yes', trainingData: 'yes', trainingCode: 'yes', permissiveLicence: 'yes' },
  variants: pocketVariants,
  suggestions: [
    { prompt: 'What is a token?', shows: 'term' },
    { prompt: 'What is 27 + 58?', shows: 'sum' },
    { prompt: 'Tell me a story about a fox and a lighthouse.', shows: 'story' },
    { prompt: 'What does quantization cost?', shows: 'cost' },
    { prompt: 'Sort 42, 7, 19, 88, 3.', shows: 'order' },
    { prompt: 'Why is decode limited by memory bandwidth?', shows: 'cause' },
  ],
};
