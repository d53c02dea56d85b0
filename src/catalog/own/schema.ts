/** What the browser remembers of a person's own models: another release may have written it, or somebody by hand. */

import * as v from 'valibot';
import { ggufPrecisions, onnxPrecisions } from '../../domain/engine';
import type { CatalogModel } from '../../domain/model';

const text = v.pipe(v.string(), v.maxLength(2000));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const answer = v.picklist(['yes', 'partly', 'no', 'unknown']);
const link = v.exactOptional(v.pipe(text, v.url(), v.regex(/^https?:/)));

const origin = v.variant('kind', [
  v.object({ kind: v.literal('hub'), repository: text, revision: text }),
  v.object({ kind: v.literal('url'), url: text }),
  v.object({ kind: v.literal('local'), id: text }),
]);

const file = v.object({
  path: text,
  bytes: v.exactOptional(amount),
  sha256: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
});

const variant = v.object({
  id: v.pipe(text, v.startsWith('own/')),
  engine: v.picklist(['transformers-js', 'wllama']),
  precision: v.picklist([...onnxPrecisions, ...ggufPrecisions]),
  baseUrl: v.pipe(text, v.url(), v.endsWith('/')),
  files: v.exactOptional(v.array(text)),
  projector: v.exactOptional(text),
  artifact: v.object({ origin, files: v.pipe(v.array(file), v.minLength(1)) }),
  bytes: amount,
  bytesFrom: v.picklist(['published', 'computed']),
  requiredFeatures: v.array(v.picklist(['shader-f16'])),
  devices: v.pipe(v.array(v.picklist(['webgpu', 'wasm'])), v.minLength(1)),
  checked: v.literal(true),
});

const ownModelSchema = v.object({
  id: v.pipe(text, v.startsWith('own/')),
  name: text,
  family: text,
  own: v.literal(true),
  parameters: amount,
  contextTokens: v.pipe(amount, v.minValue(1)),
  licence: text,
  openness: v.object({
    weights: answer,
    trainingData: answer,
    trainingCode: answer,
    permissiveLicence: answer,
  }),
  modality: v.picklist(['text', 'image-text']),
  shape: v.object({
    layers: amount,
    kvHeads: amount,
    headSize: amount,
    embedding: amount,
    vocabulary: amount,
  }),
  links: v.object({ card: link }),
  factsFrom: text,
  variants: v.pipe(v.array(variant), v.minLength(1)),
  suggestions: v.tuple([]),
}) satisfies v.GenericSchema<unknown, CatalogModel>;

/** The models in such a text; whatever in it is none is left out. */
export function readOwnModels(json: string): readonly CatalogModel[] {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    const read = v.safeParse(ownModelSchema, one);
    return read.success ? [read.output] : [];
  });
}
