// @ts-check
/** Which files of a repository one variant needs: its own weights, and everything that is no weights. */
import { MirrorError } from './repository.mjs';

/** @typedef {import('./repository.mjs').RepositoryFile} RepositoryFile */

const WEIGHTS = /\.(?:onnx|onnx_data(?:_\d+)?|gguf|safetensors|bin|pt|pth|h5|msgpack|ot|tflite|npz)$/i;

/** How Transformers.js names the ONNX files of a precision: `model_q4.onnx`, and `model.onnx` for fp32. */
const ONNX_SUFFIX = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
  q2: '_q2',
  q2f16: '_q2f16',
  q1: '_q1',
  q1f16: '_q1f16',
};

/**
 * @param {readonly RepositoryFile[]} files
 * @param {string | undefined} variant all files where it is left out
 * @returns {readonly RepositoryFile[]}
 */
export function filesOfVariant(files, variant) {
  if (variant === undefined) return files;
  const wanted = variant.toLowerCase();
  const weights = files.filter(({ path }) => WEIGHTS.test(path));
  const own = weights.filter(({ path }) => variantsOf(path).includes(wanted));
  if (own.length === 0) {
    const known = [...new Set(weights.flatMap(({ path }) => variantsOf(path).slice(0, 1)))].sort();
    const hint = known.length > 0 ? `; it has: ${known.join(', ')}` : ', nor any other';
    throw new MirrorError(`the repository has no variant "${variant}"${hint}`, 3);
  }
  return files.filter((file) => own.includes(file) || !weights.includes(file));
}

/**
 * The names that a file of weights answers to, in lower case, the usual one first.
 *
 * @param {string} path
 */
function variantsOf(path) {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const stem = name.replace(WEIGHTS, '').replace(/-\d{5}-of-\d{5}$/, '');
  if (name.includes('.onnx')) {
    const found = Object.entries(ONNX_SUFFIX).find(([, suffix]) => suffix !== '' && stem.endsWith(suffix));
    return [found?.[0] ?? 'fp32'];
  }
  // `model-Q4_K_M.gguf`, `model.Q4_K_M.gguf`, `model-f16.gguf`
  const quantisation = /[-._]((?:ud-)?(?:i?q\d\w*|bf16|f16|f32|fp16|mxfp4\w*))$/.exec(stem)?.[1];
  const format = name.slice(name.lastIndexOf('.') + 1);
  return [quantisation ?? format, format];
}
