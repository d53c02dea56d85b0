/** What an entry of the catalogue must have, to be complete. */

import * as v from 'valibot';
import { ggufPrecisions, mlcPrecisions, onnxPrecisions } from '../domain/engine';

const text = v.pipe(v.string(), v.trim(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const link = v.pipe(v.string(), v.url(), v.startsWith('https://'));
const answer = v.picklist(['yes', 'partly', 'no', 'unknown']);
/** Inside the repository's folder, and nowhere else. */
const path = v.pipe(text, v.regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[\w./-]+$/));

const origin = v.variant('kind', [
  v.strictObject({ kind: v.literal('app'), path }),
  v.strictObject({
    kind: v.literal('hub'),
    repository: v.pipe(text, v.regex(/^[\w.-]+\/[\w.-]+$/)),
    revision: text,
  }),
]);

const file = v.strictObject({
  path,
  bytes: v.optional(count),
  sha256: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  optional: v.optional(v.literal(true)),
  fixedUrl: v.optional(link),
});

const variant = v.strictObject({
  id: v.pipe(text, v.regex(/^[a-z0-9.-]+\/(?:onnx|gguf|mlc)\/[a-z0-9_]+$/)),
  engine: v.picklist(['transformers-js', 'wllama', 'web-llm']),
  precision: v.picklist([...onnxPrecisions, ...ggufPrecisions, ...mlcPrecisions]),
  baseUrl: v.pipe(text, v.endsWith('/')),
  files: v.optional(v.pipe(v.array(path), v.minLength(1))),
  projector: v.optional(path),
  artifact: v.strictObject({
    origin,
    files: v.pipe(v.array(file), v.minLength(1)),
    prefixes: v.optional(v.array(path)),
  }),
  libraryUrl: v.optional(link),
  bytes: count,
  bytesFrom: v.picklist(['published', 'computed']),
  stated: v.optional(v.strictObject({ memoryBytes: count, contextTokens: count })),
  requiredFeatures: v.array(v.picklist(['shader-f16', 'subgroups'])),
  devices: v.pipe(v.array(v.picklist(['webgpu', 'wasm'])), v.minLength(1)),
  checked: v.boolean(),
});

export const catalogModelSchema = v.strictObject({
  id: v.pipe(text, v.regex(/^[a-z0-9.-]+$/)),
  name: text,
  family: text,
  parameters: count,
  contextTokens: count,
  licence: v.pipe(text, v.regex(/^(?:LicenseRef-)?[\w.-]+$/)),
  modality: v.picklist(['text', 'image-text']),
  shape: v.strictObject({
    layers: count,
    kvHeads: count,
    headSize: count,
    embedding: count,
    vocabulary: count,
  }),
  openness: v.strictObject({
    weights: answer,
    trainingData: answer,
    trainingCode: answer,
    permissiveLicence: answer,
  }),
  links: v.strictObject({
    card: v.optional(link),
    licence: link,
    data: v.optional(link),
    code: v.optional(link),
  }),
  factsFrom: text,
  variants: v.pipe(v.array(variant), v.minLength(1)),
  suggestions: v.array(v.strictObject({ prompt: text, shows: text })),
});
