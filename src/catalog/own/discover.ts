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
  /** The file, or the parts that it was cut into, in their order. */
  readonly files: Parts<ArtifactFile>;
}

export type Parts<File> = readonly [File, ...File[]];

/** A GGUF that was cut into several files, of which one is not there. */
export interface IncompleteGguf {
  /** Path of a part that is there. */
  readonly file: string;
  /** Name of the first that is not. */
  readonly missing: string;
}

export interface Discovery {
  readonly onnx: readonly FoundOnnx[];
  /** What every ONNX variant needs besides, as far as it is there. */
  readonly shared: readonly ArtifactFile[];
  /** Names of files that ONNX variants need and that are not there. */
  readonly missing: readonly string[];
  readonly gguf: readonly FoundGguf[];
  readonly incomplete: readonly IncompleteGguf[];
  /** What turns images into tokens for the GGUFs beside it. */
  readonly projector: ArtifactFile | undefined;
}

export const CONFIG = 'config.json';
export const TOKENIZER_CONFIG = 'tokenizer_config.json';
export const TEMPLATE = 'chat_template.jinja';
const REQUIRED = [CONFIG, 'tokenizer.json', TOKENIZER_CONFIG];
const OPTIONAL = ['generation_config.json', TEMPLATE];

/** A GGUF that is no model of its own: a matrix that was used in making one, an adapter. */
const COMPANION = /(?:^|[-_.])(?:imatrix|lora|adapter)(?:[-_.]|$)/i;
/** The eyes of one. */
const PROJECTOR = /(?:^|[-_.])mmproj(?:[-_.]|$)/i;
/** Where there are several: what is good enough, and small. */
const PROJECTOR_ORDER: readonly (GgufPrecision | undefined)[] = ['f16', 'bf16', 'q8_0', 'f32'];
const PART = /-(\d{5})-of-(\d{5})\.gguf$/i;

export function isGguf(path: string): boolean {
  return /\.gguf$/i.test(path);
}

export function isCompanion(path: string): boolean {
  return COMPANION.test(nameOf(path));
}

export function isProjector(path: string): boolean {
  return PROJECTOR.test(nameOf(path));
}

/** The name of a GGUF without what says which part of it a file is. */
export function wholeName(path: string): string {
  return nameOf(path).replace(PART, '.gguf');
}

/**
 * The files by what they are together: the parts of one GGUF in their order, every other file alone.
 * Groups come in the order of their first files.
 */
export function inWholes<File extends { readonly path: string }>(
  files: readonly File[],
): readonly Parts<File>[] {
  const wholes = new Map<string, [File, ...File[]]>();
  for (const file of files) {
    const [end, , count] = PART.exec(file.path) ?? [];
    const key = end === undefined ? file.path : `${file.path.slice(0, -end.length)}\n${count}`;
    const whole = wholes.get(key);
    if (whole === undefined) wholes.set(key, [file]);
    else whole.push(file);
  }
  for (const whole of wholes.values()) whole.sort((one, other) => partOf(one.path) - partOf(other.path));
  return [...wholes.values()];
}

function partOf(path: string): number {
  return Number(PART.exec(path)?.[1] ?? 1);
}

/** The first part that is not among those in their order; undefined where all are. */
function missingPart([first, ...others]: Parts<ArtifactFile>): string | undefined {
  const [end, , count = ''] = PART.exec(first.path) ?? [];
  if (end === undefined) return undefined;
  const there = new Set([first, ...others].map(({ path }) => partOf(path)));
  for (let part = 1; part <= Number(count); part += 1) {
    const number = String(part).padStart(5, '0');
    if (!there.has(part)) return nameOf(first.path).replace(PART, `-${number}-of-${count}.gguf`);
  }
  return undefined;
}

/** @param projector path of a GGUF that is known to be one, whatever its name */
export function discover(files: readonly ArtifactFile[], projector?: string): Discovery {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const onnx = onnxPrecisions.flatMap((precision) => onnxVariant(precision, byPath));
  const ggufs = files.filter(({ path }) => isGguf(path) && !isCompanion(path));
  const isEye = ({ path }: ArtifactFile) => path === projector || isProjector(path);
  const wholes = inWholes(ggufs.filter((file) => !isEye(file))).map((parts) => ({
    parts,
    missing: missingPart(parts),
  }));
  return {
    onnx,
    shared: [...REQUIRED, ...OPTIONAL].flatMap((path) => byPath.get(path) ?? []),
    missing: onnx.length === 0 ? [] : REQUIRED.filter((path) => !byPath.has(path)),
    gguf: wholes
      .flatMap(({ parts, missing }) =>
        missing === undefined ? [{ precision: precisionOf(parts[0].path), files: parts }] : [],
      )
      .sort(byBytes),
    incomplete: wholes.flatMap(({ parts, missing }) =>
      missing === undefined ? [] : [{ file: parts[0].path, missing }],
    ),
    projector: projector === undefined ? bestProjector(ggufs.filter(isEye)) : byPath.get(projector),
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

function bestProjector(found: readonly ArtifactFile[]): ArtifactFile | undefined {
  const rank = ({ path }: ArtifactFile) => {
    const at = PROJECTOR_ORDER.indexOf(precisionOf(path));
    return at < 0 ? PROJECTOR_ORDER.length : at;
  };
  return [...found].sort((one, other) => rank(one) - rank(other) || (one.bytes ?? 0) - (other.bytes ?? 0))[0];
}

/** Largest first, which is the most precise. */
function byBytes(one: FoundGguf, other: FoundGguf): number {
  return (knownBytes(other.files) ?? 0) - (knownBytes(one.files) ?? 0);
}

/** Of all together; undefined where the size of one is not known. */
export function knownBytes(files: readonly ArtifactFile[]): number | undefined {
  let sum = 0;
  for (const { bytes } of files) {
    if (bytes === undefined) return undefined;
    sum += bytes;
  }
  return sum;
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
