/** How Transformers.js names a model's ONNX file at each precision, and what that precision takes. */

import type { OnnxPrecision } from '../domain/engine';

/** Bits that one parameter takes in a file's matrices; what looks tokens up (`table`) stays in floats where it says so. */
export const onnxFiles: Record<
  OnnxPrecision,
  { readonly matrix: number; readonly table: number; readonly file: string }
> = {
  fp32: { matrix: 32, table: 32, file: 'model' },
  fp16: { matrix: 16, table: 16, file: 'model_fp16' },
  q8: { matrix: 8.1, table: 8.1, file: 'model_quantized' },
  int8: { matrix: 8.1, table: 8.1, file: 'model_int8' },
  uint8: { matrix: 8.1, table: 8.1, file: 'model_uint8' },
  q4: { matrix: 5, table: 32, file: 'model_q4' },
  bnb4: { matrix: 4.5, table: 32, file: 'model_bnb4' },
  q4f16: { matrix: 4.5, table: 16, file: 'model_q4f16' },
  q2: { matrix: 3, table: 32, file: 'model_q2' },
  q2f16: { matrix: 2.5, table: 16, file: 'model_q2f16' },
};
