/** Bytes of each file of `static/models/pocket`. Written by `node tools/pocket-files.mjs`, which a test runs again. */
export const pocketBytes = {
  'config.json': 715,
  'generation_config.json': 110,
  'gguf/pocket-f16.gguf': 7021920,
  'gguf/pocket-q2_k.gguf': 1337696,
  'gguf/pocket-q4_0.gguf': 2028896,
  'gguf/pocket-q8_0.gguf': 3765600,
  'onnx/model.onnx': 13923091,
  'onnx/model_fp16.onnx': 6970716,
  'onnx/model_q2.onnx': 1469405,
  'onnx/model_q4.onnx': 2206706,
  'onnx/model_q4f16.onnx': 1984013,
  'onnx/model_quantized.onnx': 3725567,
  'tokenizer.json': 123173,
  'tokenizer_config.json': 521,
} as const;
