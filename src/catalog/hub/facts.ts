/**
 * The models of the catalogue, as their authors describe them: one row a model.
 *
 * Parameters, context and shape are those of the authors' own `config.json`, licences and openness those of their
 * model card. No row has been compared with its repository by machine, so every variant made from it is marked as
 * unchecked, and its size is computed from the parameters. WebLLM's variants are not here: they come from its own list
 * (`mlc-models.json`).
 */

import type { GgufPrecision, OnnxPrecision } from '../../domain/engine';
import type { AttentionShape, Modality, Openness, OpennessAnswer } from '../../domain/model';

export interface ModelFacts {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly parameters: number;
  readonly contextTokens: number;
  readonly licence: Licence;
  /** The authors' repository on the hub. */
  readonly repository: string;
  readonly shape: AttentionShape;
  readonly openness: Openness;
  readonly modality: Modality;
  readonly data?: string;
  readonly code?: string;
  readonly onnx?: { readonly repository: string; readonly precisions: readonly OnnxPrecision[] };
  /** `file` is the name of its file with `{}` in the precision's place. */
  readonly gguf?: {
    readonly repository: string;
    readonly file: string;
    readonly precisions: readonly GgufPrecision[];
    /** What reads images, in 16-bit floats for every precision, and how many of the parameters are there. */
    readonly projector?: { readonly file: string; readonly parameters: number };
  };
  /** Its name in WebLLM's list. */
  readonly mlc?: string;
}

export type Licence = keyof typeof licences;

/** SPDX names where there are such; the text of each, and whether it permits use, change and sale without conditions on use. */
export const licences = {
  'Apache-2.0': { url: 'https://www.apache.org/licenses/LICENSE-2.0', permissive: 'yes' },
  MIT: { url: 'https://opensource.org/license/mit', permissive: 'yes' },
  'LicenseRef-Llama-3.1': { url: 'https://www.llama.com/llama3_1/license/', permissive: 'partly' },
  'LicenseRef-Llama-3.2': { url: 'https://www.llama.com/llama3_2/license/', permissive: 'partly' },
  'LicenseRef-Gemma': { url: 'https://ai.google.dev/gemma/terms', permissive: 'partly' },
  'LicenseRef-Qwen-Research': {
    url: 'https://huggingface.co/Qwen/Qwen2.5-3B-Instruct/blob/main/LICENSE',
    permissive: 'no',
  },
  'LicenseRef-Mistral-Research': { url: 'https://mistral.ai/licenses/MRL-0.1.md', permissive: 'no' },
  'LicenseRef-Falcon': {
    url: 'https://falconllm.tii.ae/falcon-terms-and-conditions.html',
    permissive: 'partly',
  },
  'LicenseRef-LFM': { url: 'https://www.liquid.ai/lfm-license', permissive: 'partly' },
  'LicenseRef-Stability-Community': { url: 'https://stability.ai/license', permissive: 'partly' },
  'LicenseRef-Stability-NC': {
    url: 'https://huggingface.co/stabilityai/stablelm-zephyr-3b/blob/main/LICENSE',
    permissive: 'no',
  },
  'LicenseRef-EXAONE': {
    url: 'https://huggingface.co/LGAI-EXAONE/EXAONE-3.5-2.4B-Instruct/blob/main/LICENSE',
    permissive: 'no',
  },
} as const satisfies Readonly<Record<string, { readonly url: string; readonly permissive: OpennessAnswer }>>;

type Shape = readonly [
  layers: number,
  kvHeads: number,
  headSize: number,
  embedding: number,
  vocabulary: number,
];
type Extra = Pick<ModelFacts, 'onnx' | 'gguf' | 'mlc' | 'data' | 'code'> & {
  readonly trainingData?: OpennessAnswer;
  readonly trainingCode?: OpennessAnswer;
  readonly modality?: Modality;
};

function model(
  id: string,
  name: string,
  family: string,
  repository: string,
  licence: Licence,
  parameters: number,
  contextTokens: number,
  [layers, kvHeads, headSize, embedding, vocabulary]: Shape,
  { trainingData = 'no', trainingCode = 'no', modality = 'text', ...extra }: Extra,
): ModelFacts {
  return {
    ...{ id, name, family, repository, licence, parameters, contextTokens, modality },
    shape: { layers, kvHeads, headSize, embedding, vocabulary },
    openness: { weights: 'yes', trainingData, trainingCode, permissiveLicence: licences[licence].permissive },
    ...extra,
  };
}

const small: readonly GgufPrecision[] = ['q8_0', 'q4_k_m', 'f16'];
const medium: readonly GgufPrecision[] = ['q4_k_m', 'q8_0'];
/** Seven to eight billion parameters: at four bits they leave the engine no memory for anything else. */
const large: readonly GgufPrecision[] = ['q3_k_s', 'q2_k'];

const gguf = (repository: string, file: string, precisions: readonly GgufPrecision[]) => ({
  gguf: { repository, file, precisions },
});
/** From the repositories of llama.cpp's own makers, whose names follow one rule but for `projector`. */
const withImages = (
  name: string,
  precisions: readonly GgufPrecision[],
  parameters: number,
  projector = `mmproj-${name}-f16.gguf`,
) => ({
  modality: 'image-text' as const,
  gguf: {
    repository: `ggml-org/${name}-GGUF`,
    file: `${name}-{}.gguf`,
    precisions,
    projector: { file: projector, parameters },
  },
});
const bartowski = (name: string, precisions: readonly GgufPrecision[], prefix = '') =>
  gguf(`bartowski/${prefix}${name}-GGUF`, `${prefix}${name}-{}.gguf`, precisions);
const onnx = (repository: string, ...precisions: readonly OnnxPrecision[]) => ({
  onnx: { repository, precisions },
});

const smolData = {
  trainingData: 'yes',
  trainingCode: 'yes',
  code: 'https://github.com/huggingface/smollm',
} as const;
/** SmolVLM's pictures and texts are public; those that its image encoder (SigLIP) was trained on are not. */
const smolImages = {
  trainingData: 'partly',
  trainingCode: 'partly',
  data: 'https://huggingface.co/datasets/HuggingFaceM4/the_cauldron',
  code: 'https://github.com/huggingface/smollm',
} as const;
const olmoData = {
  trainingData: 'yes',
  trainingCode: 'yes',
  code: 'https://github.com/allenai/OLMo',
} as const;
const smolCorpus = 'https://huggingface.co/datasets/HuggingFaceTB/smollm-corpus';

export const modelFacts: readonly ModelFacts[] = [
  model(
    'smollm2-135m',
    'SmolLM2 135M',
    'SmolLM',
    'HuggingFaceTB/SmolLM2-135M-Instruct',
    'Apache-2.0',
    134_515_008,
    8192,
    [30, 3, 64, 576, 49_152],
    {
      ...onnx('HuggingFaceTB/SmolLM2-135M-Instruct', 'q4f16', 'q4', 'q8', 'fp16'),
      ...bartowski('SmolLM2-135M-Instruct', small),
      mlc: 'SmolLM2-135M-Instruct',
      ...smolData,
      data: smolCorpus,
    },
  ),
  model(
    'smollm2-360m',
    'SmolLM2 360M',
    'SmolLM',
    'HuggingFaceTB/SmolLM2-360M-Instruct',
    'Apache-2.0',
    361_821_120,
    8192,
    [32, 5, 64, 960, 49_152],
    {
      ...onnx('HuggingFaceTB/SmolLM2-360M-Instruct', 'q4f16', 'q4', 'q8', 'fp16'),
      ...bartowski('SmolLM2-360M-Instruct', small),
      mlc: 'SmolLM2-360M-Instruct',
      ...smolData,
      data: smolCorpus,
    },
  ),
  model(
    'smollm2-1.7b',
    'SmolLM2 1.7B',
    'SmolLM',
    'HuggingFaceTB/SmolLM2-1.7B-Instruct',
    'Apache-2.0',
    1_711_376_384,
    8192,
    [24, 32, 64, 2048, 49_152],
    {
      ...onnx('HuggingFaceTB/SmolLM2-1.7B-Instruct', 'q4f16', 'q4'),
      ...bartowski('SmolLM2-1.7B-Instruct', medium),
      mlc: 'SmolLM2-1.7B-Instruct',
      ...smolData,
      data: smolCorpus,
    },
  ),
  model(
    'smollm3-3b',
    'SmolLM3 3B',
    'SmolLM',
    'HuggingFaceTB/SmolLM3-3B',
    'Apache-2.0',
    3_075_098_624,
    65_536,
    [36, 4, 128, 2048, 128_256],
    {
      ...onnx('HuggingFaceTB/SmolLM3-3B-ONNX', 'q4f16', 'q4'),
      ...bartowski('SmolLM3-3B', ['q4_k_m'], 'HuggingFaceTB_'),
      ...smolData,
      data: 'https://github.com/huggingface/smollm/tree/main/text/pretraining',
    },
  ),
  model(
    'smolvlm-256m',
    'SmolVLM 256M',
    'SmolLM',
    'HuggingFaceTB/SmolVLM-256M-Instruct',
    'Apache-2.0',
    256_484_928,
    8192,
    [30, 3, 64, 576, 49_280],
    { ...withImages('SmolVLM-256M-Instruct', ['q8_0', 'f16'], 93_516_288), ...smolImages },
  ),
  model(
    'smolvlm-500m',
    'SmolVLM 500M',
    'SmolLM',
    'HuggingFaceTB/SmolVLM-500M-Instruct',
    'Apache-2.0',
    507_482_304,
    8192,
    [32, 5, 64, 960, 49_280],
    { ...withImages('SmolVLM-500M-Instruct', ['q8_0', 'f16'], 98_234_880), ...smolImages },
  ),
  model(
    'llama-3.2-1b',
    'Llama 3.2 1B',
    'Llama',
    'meta-llama/Llama-3.2-1B-Instruct',
    'LicenseRef-Llama-3.2',
    1_235_814_400,
    131_072,
    [16, 8, 64, 2048, 128_256],
    {
      ...onnx('onnx-community/Llama-3.2-1B-Instruct-ONNX', 'q4f16', 'q4'),
      ...bartowski('Llama-3.2-1B-Instruct', medium),
      mlc: 'Llama-3.2-1B-Instruct',
    },
  ),
  model(
    'llama-3.2-3b',
    'Llama 3.2 3B',
    'Llama',
    'meta-llama/Llama-3.2-3B-Instruct',
    'LicenseRef-Llama-3.2',
    3_212_749_824,
    131_072,
    [28, 8, 128, 3072, 128_256],
    {
      ...onnx('onnx-community/Llama-3.2-3B-Instruct-ONNX', 'q4f16'),
      ...bartowski('Llama-3.2-3B-Instruct', ['q4_k_m']),
      mlc: 'Llama-3.2-3B-Instruct',
    },
  ),
  model(
    'llama-3.1-8b',
    'Llama 3.1 8B',
    'Llama',
    'meta-llama/Llama-3.1-8B-Instruct',
    'LicenseRef-Llama-3.1',
    8_030_261_248,
    131_072,
    [32, 8, 128, 4096, 128_256],
    {
      ...bartowski('Meta-Llama-3.1-8B-Instruct', large),
      mlc: 'Llama-3.1-8B-Instruct',
    },
  ),
  model(
    'hermes-3-3b',
    'Hermes 3 3B',
    'Llama',
    'NousResearch/Hermes-3-Llama-3.2-3B',
    'LicenseRef-Llama-3.2',
    3_212_749_824,
    131_072,
    [28, 8, 128, 3072, 128_256],
    {
      ...bartowski('Hermes-3-Llama-3.2-3B', ['q4_k_m']),
      mlc: 'Hermes-3-Llama-3.2-3B',
    },
  ),
  model(
    'qwen2.5-0.5b',
    'Qwen 2.5 0.5B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-0.5B-Instruct',
    'Apache-2.0',
    494_032_768,
    32_768,
    [24, 2, 64, 896, 151_936],
    {
      ...onnx('onnx-community/Qwen2.5-0.5B-Instruct', 'q4f16', 'q4', 'q8'),
      ...bartowski('Qwen2.5-0.5B-Instruct', small),
      mlc: 'Qwen2.5-0.5B-Instruct',
    },
  ),
  model(
    'qwen2.5-1.5b',
    'Qwen 2.5 1.5B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-1.5B-Instruct',
    'Apache-2.0',
    1_543_714_304,
    32_768,
    [28, 2, 128, 1536, 151_936],
    {
      ...onnx('onnx-community/Qwen2.5-1.5B-Instruct', 'q4f16', 'q4'),
      ...bartowski('Qwen2.5-1.5B-Instruct', medium),
      mlc: 'Qwen2.5-1.5B-Instruct',
    },
  ),
  model(
    'qwen2.5-3b',
    'Qwen 2.5 3B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-3B-Instruct',
    'LicenseRef-Qwen-Research',
    3_085_938_688,
    32_768,
    [36, 2, 128, 2048, 151_936],
    {
      ...bartowski('Qwen2.5-3B-Instruct', medium),
      mlc: 'Qwen2.5-3B-Instruct',
    },
  ),
  model(
    'qwen2.5-7b',
    'Qwen 2.5 7B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-7B-Instruct',
    'Apache-2.0',
    7_615_616_512,
    32_768,
    [28, 4, 128, 3584, 152_064],
    {
      ...bartowski('Qwen2.5-7B-Instruct', large),
      mlc: 'Qwen2.5-7B-Instruct',
    },
  ),
  model(
    'qwen2.5-vl-3b',
    'Qwen 2.5 VL 3B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-VL-3B-Instruct',
    'LicenseRef-Qwen-Research',
    3_754_622_976,
    128_000,
    [36, 2, 128, 2048, 151_936],
    { ...withImages('Qwen2.5-VL-3B-Instruct', ['q4_k_m'], 668_684_288) },
  ),
  model(
    'qwen2.5-coder-0.5b',
    'Qwen 2.5 Coder 0.5B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-Coder-0.5B-Instruct',
    'Apache-2.0',
    494_032_768,
    32_768,
    [24, 2, 64, 896, 151_936],
    {
      ...onnx('onnx-community/Qwen2.5-Coder-0.5B-Instruct', 'q4f16', 'q4'),
      ...bartowski('Qwen2.5-Coder-0.5B-Instruct', small),
      mlc: 'Qwen2.5-Coder-0.5B-Instruct',
    },
  ),
  model(
    'qwen2.5-coder-1.5b',
    'Qwen 2.5 Coder 1.5B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-Coder-1.5B-Instruct',
    'Apache-2.0',
    1_543_714_304,
    32_768,
    [28, 2, 128, 1536, 151_936],
    {
      ...onnx('onnx-community/Qwen2.5-Coder-1.5B-Instruct', 'q4f16', 'q4'),
      ...bartowski('Qwen2.5-Coder-1.5B-Instruct', medium),
      mlc: 'Qwen2.5-Coder-1.5B-Instruct',
    },
  ),
  model(
    'qwen2.5-coder-3b',
    'Qwen 2.5 Coder 3B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-Coder-3B-Instruct',
    'LicenseRef-Qwen-Research',
    3_085_938_688,
    32_768,
    [36, 2, 128, 2048, 151_936],
    {
      ...bartowski('Qwen2.5-Coder-3B-Instruct', medium),
      mlc: 'Qwen2.5-Coder-3B-Instruct',
    },
  ),
  model(
    'qwen2.5-coder-7b',
    'Qwen 2.5 Coder 7B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-Coder-7B-Instruct',
    'Apache-2.0',
    7_615_616_512,
    32_768,
    [28, 4, 128, 3584, 152_064],
    {
      ...bartowski('Qwen2.5-Coder-7B-Instruct', large),
      mlc: 'Qwen2.5-Coder-7B-Instruct',
    },
  ),
  model(
    'qwen2.5-math-1.5b',
    'Qwen 2.5 Math 1.5B',
    'Qwen 2.5',
    'Qwen/Qwen2.5-Math-1.5B-Instruct',
    'Apache-2.0',
    1_543_714_304,
    4096,
    [28, 2, 128, 1536, 151_936],
    {
      ...bartowski('Qwen2.5-Math-1.5B-Instruct', medium),
      mlc: 'Qwen2.5-Math-1.5B-Instruct',
    },
  ),
  model(
    'qwen3-0.6b',
    'Qwen 3 0.6B',
    'Qwen 3',
    'Qwen/Qwen3-0.6B',
    'Apache-2.0',
    596_049_920,
    40_960,
    [28, 8, 128, 1024, 151_936],
    {
      ...onnx('onnx-community/Qwen3-0.6B-ONNX', 'q4f16', 'q4', 'q8'),
      ...bartowski('Qwen3-0.6B', small, 'Qwen_'),
      mlc: 'Qwen3-0.6B',
    },
  ),
  model(
    'qwen3-1.7b',
    'Qwen 3 1.7B',
    'Qwen 3',
    'Qwen/Qwen3-1.7B',
    'Apache-2.0',
    1_720_574_976,
    40_960,
    [28, 8, 128, 2048, 151_936],
    {
      ...onnx('onnx-community/Qwen3-1.7B-ONNX', 'q4f16', 'q4'),
      ...bartowski('Qwen3-1.7B', medium, 'Qwen_'),
      mlc: 'Qwen3-1.7B',
    },
  ),
  model(
    'qwen3-4b',
    'Qwen 3 4B',
    'Qwen 3',
    'Qwen/Qwen3-4B',
    'Apache-2.0',
    4_022_468_096,
    40_960,
    [36, 8, 128, 2560, 151_936],
    {
      ...onnx('onnx-community/Qwen3-4B-ONNX', 'q4f16'),
      ...bartowski('Qwen3-4B', ['q4_k_m'], 'Qwen_'),
      mlc: 'Qwen3-4B',
    },
  ),
  model(
    'qwen3-8b',
    'Qwen 3 8B',
    'Qwen 3',
    'Qwen/Qwen3-8B',
    'Apache-2.0',
    8_190_735_360,
    40_960,
    [36, 8, 128, 4096, 151_936],
    {
      ...bartowski('Qwen3-8B', ['q2_k'], 'Qwen_'),
      mlc: 'Qwen3-8B',
    },
  ),
  model(
    'gemma-2-2b',
    'Gemma 2 2B',
    'Gemma',
    'google/gemma-2-2b-it',
    'LicenseRef-Gemma',
    2_614_341_888,
    8192,
    [26, 4, 256, 2304, 256_000],
    {
      ...bartowski('gemma-2-2b-it', medium),
      mlc: 'gemma-2-2b-it',
    },
  ),
  model(
    'gemma-3-270m',
    'Gemma 3 270M',
    'Gemma',
    'google/gemma-3-270m-it',
    'LicenseRef-Gemma',
    268_098_176,
    32_768,
    [18, 1, 256, 640, 262_144],
    {
      ...onnx('onnx-community/gemma-3-270m-it-ONNX', 'q4', 'fp16', 'fp32'),
      ...gguf('unsloth/gemma-3-270m-it-GGUF', 'gemma-3-270m-it-{}.gguf', ['q8_0', 'q4_k_m']),
    },
  ),
  model(
    'gemma-3-1b',
    'Gemma 3 1B',
    'Gemma',
    'google/gemma-3-1b-it',
    'LicenseRef-Gemma',
    999_885_952,
    32_768,
    [26, 1, 256, 1152, 262_144],
    {
      ...onnx('onnx-community/gemma-3-1b-it-ONNX', 'q4', 'q4f16'),
      ...bartowski('gemma-3-1b-it', medium, 'google_'),
      mlc: 'gemma3-1b-it',
    },
  ),
  model(
    'gemma-3-4b',
    'Gemma 3 4B',
    'Gemma',
    'google/gemma-3-4b-it',
    'LicenseRef-Gemma',
    4_300_079_472,
    131_072,
    [34, 4, 256, 2560, 262_208],
    {
      ...bartowski('gemma-3-4b-it', ['q4_k_m'], 'google_'),
    },
  ),
  model(
    'gemma-3-4b-images',
    'Gemma 3 4B with images',
    'Gemma',
    'google/gemma-3-4b-it',
    'LicenseRef-Gemma',
    4_300_079_472,
    131_072,
    [34, 4, 256, 2560, 262_208],
    { ...withImages('gemma-3-4b-it', ['q4_k_m'], 419_816_304, 'mmproj-model-f16.gguf') },
  ),
  model(
    'phi-1.5',
    'Phi-1.5',
    'Phi',
    'microsoft/phi-1_5',
    'MIT',
    1_418_270_720,
    2048,
    [24, 32, 64, 2048, 51_200],
    { mlc: 'phi-1_5' },
  ),
  model('phi-2', 'Phi-2', 'Phi', 'microsoft/phi-2', 'MIT', 2_779_683_840, 2048, [32, 32, 80, 2560, 51_200], {
    ...gguf('TheBloke/phi-2-GGUF', 'phi-2.{}.gguf', ['q4_k_m']),
    mlc: 'phi-2',
  }),
  model(
    'phi-3.5-mini',
    'Phi-3.5 mini',
    'Phi',
    'microsoft/Phi-3.5-mini-instruct',
    'MIT',
    3_821_079_552,
    131_072,
    [32, 32, 96, 3072, 32_064],
    {
      ...onnx('onnx-community/Phi-3.5-mini-instruct-onnx-web', 'q4f16'),
      ...bartowski('Phi-3.5-mini-instruct', ['q4_k_m']),
      mlc: 'Phi-3.5-mini-instruct',
    },
  ),
  model(
    'phi-4-mini',
    'Phi-4 mini',
    'Phi',
    'microsoft/Phi-4-mini-instruct',
    'MIT',
    3_836_021_760,
    131_072,
    [32, 8, 128, 3072, 200_064],
    {
      ...bartowski('Phi-4-mini-instruct', ['q4_k_m'], 'microsoft_'),
      mlc: 'Phi-4-mini-instruct',
    },
  ),
  model(
    'mistral-7b-v0.3',
    'Mistral 7B v0.3',
    'Mistral',
    'mistralai/Mistral-7B-Instruct-v0.3',
    'Apache-2.0',
    7_248_023_552,
    32_768,
    [32, 8, 128, 4096, 32_768],
    {
      ...bartowski('Mistral-7B-Instruct-v0.3', large),
      mlc: 'Mistral-7B-Instruct-v0.3',
    },
  ),
  model(
    'ministral-8b',
    'Ministral 8B',
    'Mistral',
    'mistralai/Ministral-8B-Instruct-2410',
    'LicenseRef-Mistral-Research',
    8_019_808_256,
    131_072,
    [36, 8, 128, 4096, 131_072],
    {
      ...bartowski('Ministral-8B-Instruct-2410', ['q2_k']),
    },
  ),
  model(
    'deepseek-r1-qwen-1.5b',
    'DeepSeek R1 Qwen 1.5B',
    'DeepSeek R1',
    'deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B',
    'MIT',
    1_777_088_000,
    131_072,
    [28, 2, 128, 1536, 151_936],
    {
      ...onnx('onnx-community/DeepSeek-R1-Distill-Qwen-1.5B-ONNX', 'q4f16', 'q4'),
      ...bartowski('DeepSeek-R1-Distill-Qwen-1.5B', medium),
    },
  ),
  model(
    'deepseek-r1-qwen-7b',
    'DeepSeek R1 Qwen 7B',
    'DeepSeek R1',
    'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B',
    'MIT',
    7_615_616_512,
    131_072,
    [28, 4, 128, 3584, 152_064],
    {
      ...bartowski('DeepSeek-R1-Distill-Qwen-7B', large),
      mlc: 'DeepSeek-R1-Distill-Qwen-7B',
    },
  ),
  model(
    'deepseek-r1-llama-8b',
    'DeepSeek R1 Llama 8B',
    'DeepSeek R1',
    'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
    'MIT',
    8_030_261_248,
    131_072,
    [32, 8, 128, 4096, 128_256],
    {
      ...bartowski('DeepSeek-R1-Distill-Llama-8B', ['q2_k']),
      mlc: 'DeepSeek-R1-Distill-Llama-8B',
    },
  ),
  model(
    'olmo-2-1b',
    'OLMo 2 1B',
    'OLMo',
    'allenai/OLMo-2-0425-1B-Instruct',
    'Apache-2.0',
    1_484_916_736,
    4096,
    [16, 16, 128, 2048, 100_352],
    {
      ...bartowski('OLMo-2-0425-1B-Instruct', medium, 'allenai_'),
      mlc: 'OLMo-2-0425-1B-Instruct',
      ...olmoData,
      data: 'https://huggingface.co/datasets/allenai/olmo-mix-1124',
    },
  ),
  model(
    'olmo-2-7b',
    'OLMo 2 7B',
    'OLMo',
    'allenai/OLMo-2-1124-7B-Instruct',
    'Apache-2.0',
    7_298_617_344,
    4096,
    [32, 32, 128, 4096, 100_352],
    {
      ...bartowski('OLMo-2-1124-7B-Instruct', ['q2_k']),
      mlc: 'OLMo-2-1124-7B-Instruct',
      ...olmoData,
      data: 'https://huggingface.co/datasets/allenai/olmo-mix-1124',
    },
  ),
  model(
    'tinyllama-1.1b',
    'TinyLlama 1.1B',
    'TinyLlama',
    'TinyLlama/TinyLlama-1.1B-Chat-v1.0',
    'Apache-2.0',
    1_100_048_384,
    2048,
    [22, 4, 64, 2048, 32_000],
    {
      ...gguf('TheBloke/TinyLlama-1.1B-Chat-v1.0-GGUF', 'tinyllama-1.1b-chat-v1.0.{}.gguf', medium),
      mlc: 'TinyLlama-1.1B-Chat-v1.0',
      trainingData: 'yes',
      trainingCode: 'yes',
      data: 'https://huggingface.co/datasets/cerebras/SlimPajama-627B',
      code: 'https://github.com/jzhang38/TinyLlama',
    },
  ),
  model(
    'stablelm-2-1.6b',
    'StableLM 2 Zephyr 1.6B',
    'StableLM',
    'stabilityai/stablelm-2-zephyr-1_6b',
    'LicenseRef-Stability-Community',
    1_644_515_328,
    4096,
    [24, 32, 64, 2048, 100_352],
    {
      mlc: 'stablelm-2-zephyr-1_6b',
      trainingData: 'partly',
    },
  ),
  model(
    'stablelm-zephyr-3b',
    'StableLM Zephyr 3B',
    'StableLM',
    'stabilityai/stablelm-zephyr-3b',
    'LicenseRef-Stability-NC',
    2_795_443_200,
    4096,
    [32, 32, 80, 2560, 50_304],
    {
      ...gguf('TheBloke/stablelm-zephyr-3b-GGUF', 'stablelm-zephyr-3b.{}.gguf', ['q4_k_m']),
      trainingData: 'partly',
    },
  ),
  model(
    'redpajama-3b',
    'RedPajama INCITE 3B',
    'RedPajama',
    'togethercomputer/RedPajama-INCITE-Chat-3B-v1',
    'Apache-2.0',
    2_775_864_320,
    2048,
    [32, 32, 80, 2560, 50_432],
    {
      mlc: 'RedPajama-INCITE-Chat-3B-v1',
      trainingData: 'yes',
      trainingCode: 'partly',
      data: 'https://huggingface.co/datasets/togethercomputer/RedPajama-Data-1T',
      code: 'https://github.com/togethercomputer/OpenChatKit',
    },
  ),
  model(
    'granite-3.3-2b',
    'Granite 3.3 2B',
    'Granite',
    'ibm-granite/granite-3.3-2b-instruct',
    'Apache-2.0',
    2_533_531_648,
    131_072,
    [40, 8, 64, 2048, 49_159],
    {
      ...gguf('ibm-granite/granite-3.3-2b-instruct-GGUF', 'granite-3.3-2b-instruct-{}.gguf', medium),
      trainingData: 'partly',
    },
  ),
  model(
    'falcon3-1b',
    'Falcon 3 1B',
    'Falcon',
    'tiiuae/Falcon3-1B-Instruct',
    'LicenseRef-Falcon',
    1_669_408_768,
    8192,
    [18, 4, 256, 2048, 131_072],
    {
      ...bartowski('Falcon3-1B-Instruct', medium),
    },
  ),
  model(
    'lfm2-350m',
    'LFM2 350M',
    'LFM2',
    'LiquidAI/LFM2-350M',
    'LicenseRef-LFM',
    354_483_968,
    32_768,
    [6, 8, 64, 1024, 65_536],
    {
      ...onnx('onnx-community/LFM2-350M-ONNX', 'q4', 'q4f16', 'fp16'),
      ...gguf('LiquidAI/LFM2-350M-GGUF', 'LFM2-350M-{}.gguf', small),
    },
  ),
  model(
    'lfm2-1.2b',
    'LFM2 1.2B',
    'LFM2',
    'LiquidAI/LFM2-1.2B',
    'LicenseRef-LFM',
    1_170_340_608,
    32_768,
    [6, 8, 64, 2048, 65_536],
    {
      ...onnx('onnx-community/LFM2-1.2B-ONNX', 'q4', 'q4f16'),
      ...gguf('LiquidAI/LFM2-1.2B-GGUF', 'LFM2-1.2B-{}.gguf', medium),
    },
  ),
  model(
    'ernie-4.5-0.3b',
    'ERNIE 4.5 0.3B',
    'ERNIE',
    'baidu/ERNIE-4.5-0.3B-PT',
    'Apache-2.0',
    360_748_032,
    131_072,
    [18, 2, 128, 1024, 103_424],
    {
      ...onnx('onnx-community/ERNIE-4.5-0.3B-ONNX', 'q4', 'q4f16', 'fp16'),
      trainingCode: 'partly',
      code: 'https://github.com/PaddlePaddle/ERNIE',
    },
  ),
  model(
    'exaone-3.5-2.4b',
    'EXAONE 3.5 2.4B',
    'EXAONE',
    'LGAI-EXAONE/EXAONE-3.5-2.4B-Instruct',
    'LicenseRef-EXAONE',
    2_405_327_360,
    32_768,
    [30, 8, 80, 2560, 102_400],
    {
      ...bartowski('EXAONE-3.5-2.4B-Instruct', medium),
    },
  ),
];
