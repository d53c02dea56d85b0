/** The names that GGUF files use for their types and architectures, as in llama.cpp's `ggml.h`, `llama.h` and `llama-arch.cpp`. */

import type { GgufPrecision } from '../domain/engine';

/** Per tensor type: values in a block, bytes of a block. Source: `ggml.c`, `type_traits`. */
export const tensorTypes: Readonly<Record<number, readonly [values: number, bytes: number]>> = {
  0: [1, 4], // F32
  1: [1, 2], // F16
  2: [32, 18], // Q4_0
  3: [32, 20], // Q4_1
  6: [32, 22], // Q5_0
  7: [32, 24], // Q5_1
  8: [32, 34], // Q8_0
  9: [32, 36], // Q8_1
  10: [256, 84], // Q2_K
  11: [256, 110], // Q3_K
  12: [256, 144], // Q4_K
  13: [256, 176], // Q5_K
  14: [256, 210], // Q6_K
  15: [256, 292], // Q8_K
  16: [256, 66], // IQ2_XXS
  17: [256, 74], // IQ2_XS
  18: [256, 98], // IQ3_XXS
  19: [256, 50], // IQ1_S
  20: [32, 18], // IQ4_NL
  21: [256, 110], // IQ3_S
  22: [256, 82], // IQ2_S
  23: [256, 136], // IQ4_XS
  24: [1, 1], // I8
  25: [1, 2], // I16
  26: [1, 4], // I32
  27: [1, 8], // I64
  28: [1, 8], // F64
  29: [256, 56], // IQ1_M
  30: [1, 2], // BF16
  34: [256, 54], // TQ1_0
  35: [256, 66], // TQ2_0
  39: [32, 17], // MXFP4
  40: [64, 36], // NVFP4
  41: [128, 18], // Q1_0
};

/** `general.file_type`: the precision that most of a file's tensors have. Source: `llama.h`, `enum llama_ftype`. */
export const fileTypes: Readonly<Record<number, GgufPrecision>> = {
  0: 'f32',
  1: 'f16',
  2: 'q4_0',
  3: 'q4_1',
  7: 'q8_0',
  8: 'q5_0',
  9: 'q5_1',
  10: 'q2_k',
  11: 'q3_k_s',
  12: 'q3_k_m',
  13: 'q3_k_l',
  14: 'q4_k_s',
  15: 'q4_k_m',
  16: 'q5_k_s',
  17: 'q5_k_m',
  18: 'q6_k',
  19: 'iq2_xxs',
  20: 'iq2_xs',
  21: 'q2_k_s',
  22: 'iq3_xs',
  23: 'iq3_xxs',
  24: 'iq1_s',
  25: 'iq4_nl',
  26: 'iq3_s',
  27: 'iq3_m',
  28: 'iq2_s',
  29: 'iq2_m',
  30: 'iq4_xs',
  31: 'iq1_m',
  32: 'bf16',
  36: 'tq1_0',
  37: 'tq2_0',
  38: 'mxfp4',
};

/**
 * `general.architecture` of the models that the llama.cpp inside our build writes text with, one token after another.
 * A test looks for each name in the engine's own code.
 */
export const textArchitectures: ReadonlySet<string> = new Set([
  ...['afmoe', 'apertus', 'arcee', 'arctic', 'arwkv7', 'baichuan', 'bailingmoe', 'bailingmoe2'],
  ...['bitnet', 'bloom', 'chameleon', 'chatglm', 'codeshell', 'cogvlm', 'cohere2', 'command-r'],
  ...['dbrx', 'deci', 'deepseek', 'deepseek2', 'dots1', 'ernie4_5', 'ernie4_5-moe', 'exaone'],
  ...['exaone-moe', 'exaone4', 'falcon', 'falcon-h1', 'gemma', 'gemma2', 'gemma3', 'gemma3n'],
  ...['gemma4', 'glm-dsa', 'glm4', 'glm4moe', 'gpt-oss', 'gpt2', 'gptneox', 'granite', 'granitehybrid'],
  ...['granitemoe', 'grok', 'grovemoe', 'hunyuan-dense', 'hunyuan-moe', 'hunyuan_vl', 'internlm2'],
  ...['jais', 'jais2', 'jamba', 'kimi-linear', 'lfm2', 'lfm2moe', 'llama', 'llama4', 'maincoder'],
  ...['mamba', 'mamba2', 'mimo2', 'minicpm', 'minicpm3', 'minimax-m2', 'mistral3', 'mistral4'],
  ...['mpt', 'nemotron', 'nemotron_h', 'nemotron_h_moe', 'olmo', 'olmo2', 'olmoe', 'openelm'],
  ...['orion', 'phi2', 'phi3', 'phimoe', 'plamo', 'plamo2', 'plamo3', 'plm', 'qwen', 'qwen2'],
  ...['qwen2moe', 'qwen2vl', 'qwen3', 'qwen35', 'qwen35moe', 'qwen3moe', 'qwen3next', 'qwen3vl'],
  ...['qwen3vlmoe', 'refact', 'rwkv6', 'rwkv6qwen2', 'rwkv7', 'seed_oss', 'smallthinker', 'smollm3'],
  ...['stablelm', 'starcoder', 'starcoder2', 'step35', 'xverse'],
]);
