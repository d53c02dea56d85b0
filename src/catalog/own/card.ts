/** A card of the catalogue made from what a person's own model says of itself. Pure. */

import type { Artifact, ArtifactFile, Origin } from '../../domain/artifact';
import type { AttentionShape, CatalogModel, CatalogVariant, OpennessAnswer } from '../../domain/model';
import type { GgufHeader } from '../gguf-header';
import { onnxFiles } from '../onnx-files';
import type { ConfigFacts } from './config-facts';
import { CONFIG, knownBytes, nameOf, type FoundGguf, type FoundOnnx } from './discover';

/** Where the files are, and what that place says of them. */
export interface OwnPlace {
  /** Unique among the person's own models, and the same whenever the same place is added: `hub/owner/name`. */
  readonly id: string;
  readonly name: string;
  readonly origin: Origin;
  /** Absolute address of the folder, with a slash at its end. */
  readonly baseUrl: string;
  readonly licence?: string | undefined;
  /** Address of a page about it. */
  readonly page?: string;
}

export interface OwnOnnx {
  readonly config: ConfigFacts;
  readonly found: readonly FoundOnnx[];
  readonly shared: readonly ArtifactFile[];
}

export interface OwnGguf {
  /** Of a file in parts its first part's, with the parameters and bytes of all of them. */
  readonly header: GgufHeader;
  /** Whose header it is; it stands for the others. */
  readonly of: FoundGguf;
  readonly found: readonly FoundGguf[];
  /** What turns images into tokens for each of them. */
  readonly projector: ArtifactFile | undefined;
}

/** What engines take where a model does not say how long its window is. */
const GGUF_CONTEXT = 4096;
const ONNX_CONTEXT = 2048;
const LONGEST_NAME = 80;

/** At least one of `onnx` and `gguf` is there. */
export function ownModel(
  place: OwnPlace,
  { onnx, gguf }: { readonly onnx: OwnOnnx | undefined; readonly gguf: OwnGguf | undefined },
): CatalogModel {
  // Part of an id in the page, where a space would end it.
  const id = `own/${place.id.replace(/\s+/g, '-')}`;
  const licence = tidy(place.licence ?? gguf?.header.licence ?? '');
  const local = place.origin.kind === 'local';
  const name = tidy(place.name) || id;
  return {
    id,
    name,
    family: name,
    own: true,
    parameters: gguf?.header.parameters ?? (onnx === undefined ? 0 : parametersOf(onnx)),
    contextTokens:
      (gguf === undefined ? onnx?.config.contextTokens : gguf.header.contextTokens) ||
      (gguf === undefined ? ONNX_CONTEXT : GGUF_CONTEXT),
    licence,
    openness: {
      weights: local ? 'unknown' : 'yes',
      trainingData: 'unknown',
      trainingCode: 'unknown',
      permissiveLicence: permits(licence),
    },
    modality: gguf?.projector === undefined ? 'text' : 'image-text',
    shape: gguf === undefined ? (onnx?.config.shape ?? noShape) : shapeOf(gguf.header),
    links: place.page === undefined ? {} : { card: place.page },
    factsFrom: gguf === undefined ? CONFIG : nameOf(gguf.of.files[0].path),
    variants: [...onnxVariants(id, place, onnx), ...ggufVariants(id, place, gguf)],
    suggestions: [],
  };
}

const noShape: AttentionShape = { layers: 0, kvHeads: 0, headSize: 0, embedding: 0, vocabulary: 0 };

function shapeOf({ shape, tokenizer }: GgufHeader): AttentionShape {
  const { layers, kvHeads, keyLength, valueLength, embedding } = shape;
  return {
    layers,
    // The header sums them over the layers, and keys and values may differ in length: the mean counts the same bytes.
    kvHeads: layers === 0 ? 0 : kvHeads / layers,
    headSize: (keyLength + valueLength) / 2,
    embedding,
    vocabulary: tokenizer?.vocabulary ?? 0,
  };
}

function onnxVariants(id: string, place: OwnPlace, onnx: OwnOnnx | undefined): readonly CatalogVariant[] {
  return (onnx?.found ?? []).map(({ precision, files }) =>
    variant(`${id}/onnx/${precision}`, place, [...(onnx?.shared ?? []), ...files], {
      engine: 'transformers-js',
      precision,
      bytes: knownBytes(files) === undefined ? 0 : bytesOf([...(onnx?.shared ?? []), ...files]),
      requiredFeatures: precision.endsWith('16') ? ['shader-f16'] : [],
      devices: ['webgpu', 'wasm'],
    }),
  );
}

function ggufVariants(id: string, place: OwnPlace, gguf: OwnGguf | undefined): readonly CatalogVariant[] {
  if (gguf === undefined) return [];
  const { projector } = gguf;
  return gguf.found.flatMap((found) => {
    const { files } = found;
    // A name says it of each file; the header, of the one that was read.
    const read = found === gguf.of ? gguf.header : undefined;
    const precision = found.precision ?? read?.precision;
    if (precision === undefined) return [];
    const weights = knownBytes(files) ?? read?.neededBytes;
    const artifactFiles = projector === undefined ? files : [...files, projector];
    return variant(`${id}/gguf/${files[0].path}`, place, artifactFiles, {
      engine: 'wllama',
      precision,
      files: files.map(({ path }) => path),
      ...(projector !== undefined && { projector: projector.path }),
      bytes: weights === undefined ? 0 : weights + (projector?.bytes ?? 0),
      requiredFeatures: [],
      devices: ['wasm'],
    });
  });
}

function variant(
  id: string,
  { origin, baseUrl }: OwnPlace,
  files: Artifact['files'],
  facts: Pick<CatalogVariant, 'engine' | 'precision' | 'bytes' | 'requiredFeatures' | 'devices'> &
    Pick<CatalogVariant, 'files' | 'projector'>,
): CatalogVariant {
  return {
    id,
    baseUrl,
    artifact: { origin, files },
    bytesFrom: files.every(({ bytes }) => bytes !== undefined) ? 'published' : 'computed',
    checked: true,
    ...facts,
  };
}

/** Of those whose size is known. */
function bytesOf(files: readonly ArtifactFile[]): number {
  return files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
}

/**
 * ONNX files do not say how many they have: reckoned from the bytes of the most precise one, within some percent.
 * 0 where no size is known.
 */
function parametersOf({ config, found }: OwnOnnx): number {
  const precise = found.find(({ files }) => knownBytes(files) !== undefined);
  if (precise === undefined) return 0;
  const { matrix, table } = onnxFiles[precise.precision];
  const bits = bytesOf(precise.files) * 8;
  const inTable = Math.min(config.shape.embedding * config.shape.vocabulary, bits / table);
  return Math.max(1, Math.round((bits - inTable * table) / matrix + inTable));
}

/** Names that the hub and GGUF files use, in small letters. */
const PERMISSIVE =
  /^(?:apache-2\.0|mit|bsd|bsd-[23]-clause|isc|unlicense|cc0-1\.0|cc-by-4\.0|zlib|wtfpl|ncsa|ms-pl)$/;
const RESTRICTED = /(?:^|-)nc(?:-|$)|noncommercial|non-commercial|research/;

/** Whether it permits any use, where the name alone tells. */
function permits(licence: string): OpennessAnswer {
  const name = licence.toLowerCase();
  if (PERMISSIVE.test(name)) return 'yes';
  return RESTRICTED.test(name) ? 'no' : 'unknown';
}

/** Text of a stranger's file, as a label: one line, nothing invisible, not too long. */
function tidy(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, LONGEST_NAME);
}
