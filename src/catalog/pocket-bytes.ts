/** Bytes that each precision of Pocket loads. ONNX: weights, tokenizer, configuration. GGUF: one file. A test counts them again. */
export const pocketBytes = {
  fp32: 14_047_610,
  fp16: 7_095_235,
  q8: 3_850_086,
  q4: 2_331_225,
  q4f16: 2_108_532,
  q2: 1_593_924,
  q8_0: 3_765_600,
  f16: 7_021_920,
  q4_0: 2_028_896,
  q2_k: 1_337_696,
} as const;
