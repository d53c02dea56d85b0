/**
 * `model_type` of the models that the Transformers.js inside our build writes text with: the names that its
 * `AutoModelForCausalLM` knows, which are `MODEL_FOR_CAUSAL_LM_MAPPING_NAMES` in the package's own
 * `src/models/registry.js`. A test compares the two. GGUF's list is `textArchitectures` in `gguf-types.ts`.
 */
export const onnxArchitectures: ReadonlySet<string> = new Set([
  ...['afmoe', 'apertus', 'arcee', 'bloom', 'codegen', 'cohere', 'cohere2', 'deepseek_v3', 'deepseek_v4'],
  ...['ernie4_5', 'exaone', 'falcon', 'falcon_h1', 'gemma', 'gemma2', 'gemma3', 'gemma3_text', 'gemma3n'],
  ...['gemma4', 'glm', 'glm_moe_dsa', 'gpt2', 'gpt_bigcode', 'gpt_neo', 'gpt_neox', 'gpt_oss', 'gptj'],
  ...['granite', 'granitemoehybrid', 'helium', 'hrm_text', 'hunyuan_v1_dense', 'jais', 'lfm2', 'lfm2_moe'],
  ...['llama', 'llama4_text', 'mbart', 'ministral', 'ministral3', 'mistral', 'mistral4', 'mobilellm'],
  ...['modernbert-decoder', 'mpt', 'nanochat', 'nemotron_h', 'olmo', 'olmo2', 'olmo3', 'olmo_hybrid'],
  ...['openelm', 'opt', 'phi', 'phi3', 'phi3_v', 'qwen2', 'qwen2_5_vl', 'qwen2_moe', 'qwen2_vl', 'qwen3'],
  ...['qwen3_5', 'qwen3_5_moe', 'qwen3_5_text', 'qwen3_moe', 'qwen3_next', 'qwen3_vl', 'qwen3_vl_moe'],
  ...['smollm3', 'solar_open', 'stablelm', 'starcoder2', 'trocr', 'vaultgemma', 'youtu', 'zaya'],
]);
