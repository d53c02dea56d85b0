/** Which variants a list of files holds: ONNX as Transformers.js names it, and GGUF. Pure. */

import type { ArtifactFile } from '../../domain/artifact';
import { ggufPrecisions, onnxPrecisions, type GgufPrecision, type OnnxPrecision } from '../../domain/engine';
import { onnxFiles } from '../onnx-files';

export interface FoundOnnx {
  readonly precision: OnnxPrecision;
  /** The graph, and the weights that lie beside it where they are past 2 GB. */
  readonly files: readonly ArtifactFile[];
}

export interface FoundGguf {
  /** Undefined where its name does not say. */
  readonly precision: GgufPrecision | undefined;
  readonly file: ArtifactFile;
}

export interface Discovery {
  readonly onnx: readonly FoundOnnx[];
  /** What every ONNX variant needs besides, as far as it is there. */
  readonly shared: readonly ArtifactFile[];
  /** Names of files that ONNX variants need and that are not there. */
  readonly missing: readonly string[];
  readonly gguf: readonly FoundGguf[];
  /** First parts of GGUFs in several files, which are not taken. */
  readonly inParts: readonly string[];
}

export const CONFIG = 'config.json';
export const TOKENIZER_CONFIG = 'tokenizer_config.json';
export const TEMPLATE = 'chat_template.jinja';
const REQUIRED = [CONFIG, 'tokenizer.json', TOKENIZER_CONFIG];
const OPTIONAL = ['generation_config.json', TEMPLATE];

/** A GGUF that is no model of its own: eyes and ears of one, a matrix that was used in making it, an adapter. */
const COMPANION = /(?:^|[-_.])(?:mmproj|imatrix|lora|adapter)(?:[-_.]|$)/i;
const PART = /-(\d{5})-of-\d{5}\.gguf$/i;

export function discover(files: readonly ArtifactFile[]): Discovery {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const onnx = onnxPrecisions.flatMap((precision) => onnxVariant(precision, byPath));
  const ggufs = files.filter(({ path }) => /\.gguf$/i.test(path) && !COMPANION.test(nameOf(path)));
  const whole = ggufs.filter(({ path }) => !PART.test(path));
  return {
    onnx,
    shared: [...REQUIRED, ...OPTIONAL].flatMap((path) => byPath.get(path) ?? []),
    missing: onnx.length === 0 ? [] : REQUIRED.filter((path) => !byPath.has(path)),
    gguf: whole.map((file) => ({ precision: precisionOf(file.path), file })).sort(byBytes),
    inParts: ggufs.flatMap(({ path }) => (Number(PART.exec(path)?.[1]) === 1 ? [path] : [])),
  };
}

function onnxVariant(
  precision: OnnxPrecision,
  byPath: ReadonlyMap<string, ArtifactFile>,
): readonly FoundOnnx[] {
  const graph = `onnx/${onnxFiles[precision].file}.onnx`;
  const file = byPath.get(graph);
  if (file === undefined) return [];
  // `model.onnx_data`, then `model.onnx_data_1`, and so on.
  const beside = [...byPath.values()].filter(
    ({ path }) => path.startsWith(`${graph}_data`) && /^(?:_\d+)?$/.test(path.slice(graph.length + 5)),
  );
  return [{ precision, files: [file, ...beside] }];
}

/** Largest first, which is the most precise. */
function byBytes(one: FoundGguf, other: FoundGguf): number {
  return (other.file.bytes ?? 0) - (one.file.bytes ?? 0);
}

const spellings: readonly (readonly [string, GgufPrecision])[] = [
  ...ggufPrecisions.map((precision) => [precision, precision] as const),
  ['fp16', 'f16'],
  ['fp32', 'f32'],
];

/** The precision that a GGUF's name ends with, as the tools that write such files put it there. */
export function precisionOf(path: string): GgufPrecision | undefined {
  const parts = nameOf(path)
    .replace(/\.gguf$/i, '')
    .toLowerCase()
    .split(/[-.]/);
  for (const part of parts.toReversed()) {
    // `q4_k_xl` is another kind than `q4_k_m`, and `name_q4_0` ends with one.
    const known = spellings.filter(([name]) => part === name || part.endsWith(`_${name}`));
    const [longest] = known.sort(([one], [other]) => other.length - one.length);
    if (longest !== undefined) return longest[1];
  }
  return undefined;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
