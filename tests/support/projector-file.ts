/**
 * A projector of images ("mmproj") for llama.cpp, for tests: Gemma 3's kind at the smallest size, its weights drawn by
 * lot. What it makes of an image means nothing, but depends on every part of it. The kind needs no token that the text
 * model does not have, and is one whose image must be computed in one go.
 */

import { seededRandom } from '../../workers/engines/sampling';
import { GgufWriter } from './gguf-file';

const IMAGE = 32;
const PATCH = 8;
const MERGED = 2;
const WIDTH = 32;
const INNER = 64;
const PLACES = (IMAGE / PATCH) ** 2;

/** Tokens of each image, those that frame it not counted. */
export const IMAGE_TOKENS = PLACES / MERGED ** 2;

interface Tensor {
  readonly name: string;
  /** Fastest first. */
  readonly shape: readonly number[];
  readonly fill: 'random' | 'ones';
}

/** @param embedding width of the text model's tokens */
function tensorsFor(embedding: number): readonly Tensor[] {
  const drawn = (name: string, ...shape: number[]): Tensor => ({ name, shape, fill: 'random' });
  const norm = (name: string): Tensor[] => [
    { name: `${name}.weight`, shape: [WIDTH], fill: 'ones' },
    drawn(`${name}.bias`, WIDTH),
  ];
  const linear = (name: string, from: number, to: number): Tensor[] => [
    drawn(`${name}.weight`, from, to),
    drawn(`${name}.bias`, to),
  ];
  return [
    drawn('v.patch_embd.weight', PATCH, PATCH, 3, WIDTH),
    drawn('v.patch_embd.bias', WIDTH),
    drawn('v.position_embd.weight', WIDTH, PLACES),
    ...norm('v.blk.0.ln1'),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_out'].flatMap((name) => linear(`v.blk.0.${name}`, WIDTH, WIDTH)),
    ...norm('v.blk.0.ln2'),
    ...linear('v.blk.0.ffn_up', WIDTH, INNER),
    ...linear('v.blk.0.ffn_down', INNER, WIDTH),
    ...norm('v.post_ln'),
    { name: 'mm.soft_emb_norm.weight', shape: [WIDTH], fill: 'ones' },
    drawn('mm.input_projection.weight', embedding, WIDTH),
  ];
}

/** @param embedding width of the text model's tokens: 256 for Pocket */
export function projectorFile(embedding: number, seed = 1): Blob {
  const random = seededRandom(seed);
  const tensors = tensorsFor(embedding);
  const writer = new GgufWriter().raw('GGUF').uint32(3).uint64(tensors.length);
  const facts: readonly (readonly [key: string, write: (to: GgufWriter) => GgufWriter])[] = [
    ['general.architecture', (to) => to.value('clip')],
    ['general.name', (to) => to.value('A projector for tests')],
    ['clip.has_vision_encoder', (to) => to.value(true)],
    ['clip.projector_type', (to) => to.value('gemma3')],
    ['clip.use_gelu', (to) => to.value(true)],
    ['clip.vision.image_size', (to) => to.value(IMAGE)],
    ['clip.vision.patch_size', (to) => to.value(PATCH)],
    ['clip.vision.embedding_length', (to) => to.value(WIDTH)],
    ['clip.vision.feed_forward_length', (to) => to.value(INNER)],
    ['clip.vision.block_count', (to) => to.value(1)],
    ['clip.vision.projection_dim', (to) => to.value(embedding)],
    ['clip.vision.attention.head_count', (to) => to.value(2)],
    ['clip.vision.attention.layer_norm_epsilon', (to) => to.float(1e-6)],
    ['clip.vision.image_mean', (to) => to.floats([0.5, 0.5, 0.5])],
    ['clip.vision.image_std', (to) => to.floats([0.5, 0.5, 0.5])],
    ['clip.vision.projector.scale_factor', (to) => to.value(MERGED)],
  ];
  writer.uint64(facts.length);
  for (const [key, write] of facts) write(writer.text(key));
  const values = tensors.map(({ shape, fill }) => {
    const count = shape.reduce((product, length) => product * length, 1);
    // Rows of about the same length as they would have in a trained model.
    const spread = shape.length === 1 ? 0.1 : Math.sqrt(3 / (count / (shape.at(-1) ?? 1)));
    return Float32Array.from({ length: count }, () => (fill === 'ones' ? 1 : (2 * random() - 1) * spread));
  });
  let offset = 0;
  for (const [index, { name, shape }] of tensors.entries()) {
    writer.text(name).uint32(shape.length);
    for (const length of shape) writer.uint64(length);
    writer.uint32(0).uint64(offset);
    offset += aligned(values[index]?.byteLength ?? 0);
  }
  const header = writer.bytes;
  const padded = (bytes: number) => new Uint8Array(aligned(bytes) - bytes);
  const data = values.flatMap((one) => [one, padded(one.byteLength)]);
  return new Blob([header, padded(header.byteLength), ...data]);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 32) * 32;
}
