/** The catalogue's cards: the authors' facts, with a variant for each engine and precision that there are files for. */

import type { Artifact, ArtifactFile } from '../../domain/artifact';
import type { GgufPrecision, MlcPrecision } from '../../domain/engine';
import { mlcPrecisions } from '../../domain/engine';
import type { CatalogModel, CatalogVariant } from '../../domain/model';
import { onnxFiles } from '../onnx-files';
import { pocket, pocketVariants } from '../pocket';
import { stated } from '../pocket-files';
import { licences, modelFacts, type ModelFacts } from './facts';
import mlc from './mlc-models.json';

const HUB = 'https://huggingface.co';
/** Not a commit: the files that are there now. The store notes which they were when it fetches them. */
const REVISION = 'main';

/** Bits that one parameter takes in a GGUF file, its scales included. Source: llama.cpp, `tools/quantize/README.md`. */
const ggufBits: Partial<Record<GgufPrecision, number>> = {
  f16: 16,
  q8_0: 8.5,
  q4_k_m: 4.9,
  q3_k_s: 3.65,
  q2_k: 3.15,
};
const mlcBits: Record<MlcPrecision, number> = {
  q0f32: 32,
  q0f16: 16,
  q4f32_1: 5,
  q4f32_0: 5,
  q4f16_1: 4.5,
  q4f16_0: 4.5,
  q3f16_1: 3.5,
};

/** Every model of the catalogue: the one that ships with the app, then those of the hub by family. */
export function catalogModels(): readonly CatalogModel[] {
  return [bundled(), ...hubModels()];
}

/** Pocket's files are the app's own; its card, its data and its code are in the app's source, `models/pocket/`. */
function bundled(): CatalogModel {
  return {
    ...pocket,
    family: pocket.name,
    modality: 'text',
    shape: { layers: 5, kvHeads: 4, headSize: 32, embedding: 256, vocabulary: 2048 },
    links: { licence: licences['Apache-2.0'].url },
    factsFrom: 'models/pocket/manifest.json',
    variants: pocketVariants.map((variant) => ({
      ...variant,
      artifact: stated(variant.artifact),
      bytesFrom: 'published',
      checked: true,
    })),
  };
}

function hubModels(): readonly CatalogModel[] {
  return modelFacts.map((facts) => ({
    id: facts.id,
    name: facts.name,
    family: facts.family,
    parameters: facts.parameters,
    contextTokens: facts.contextTokens,
    licence: facts.licence,
    openness: facts.openness,
    modality: facts.modality,
    shape: facts.shape,
    links: {
      card: `${HUB}/${facts.repository}`,
      licence: licences[facts.licence].url,
      ...(facts.data !== undefined && { data: facts.data }),
      ...(facts.code !== undefined && { code: facts.code }),
    },
    factsFrom: `${HUB}/${facts.repository}/blob/main/config.json`,
    variants: [...onnxVariants(facts), ...ggufVariants(facts), ...mlcVariants(facts)],
    suggestions: [],
  }));
}

type VariantFacts = Pick<CatalogVariant, 'engine' | 'precision' | 'bytes' | 'requiredFeatures' | 'devices'> &
  Partial<Pick<CatalogVariant, 'files' | 'projector' | 'libraryUrl' | 'stated'>>;

function variant(
  id: string,
  repository: string,
  named: Omit<Artifact, 'origin'>,
  facts: VariantFacts,
): CatalogVariant {
  return {
    id,
    baseUrl: `${HUB}/${repository}/resolve/${REVISION}/`,
    artifact: { origin: { kind: 'hub', repository, revision: REVISION }, ...named },
    bytesFrom: 'computed',
    checked: false,
    ...facts,
  };
}

function onnxVariants({ id, onnx, parameters, shape }: ModelFacts): readonly CatalogVariant[] {
  if (onnx === undefined) return [];
  const table = shape.embedding * shape.vocabulary;
  const shared = [
    ...['config.json', 'tokenizer.json', 'tokenizer_config.json'].map((path) => ({ path })),
    ...['generation_config.json', 'chat_template.jinja'].map(optional),
  ];
  return onnx.precisions.map((precision) => {
    const { matrix, table: tableBits, file } = onnxFiles[precision];
    // Weights past 2 GB lie beside the file, in one or several more.
    const named = {
      files: [...shared, { path: `onnx/${file}.onnx` }],
      prefixes: [`onnx/${file}.onnx_data`],
    };
    return variant(`${id}/onnx/${precision}`, onnx.repository, named, {
      engine: 'transformers-js',
      precision,
      bytes: Math.round(((parameters - table) * matrix + table * tableBits) / 8),
      requiredFeatures: precision.endsWith('16') ? ['shader-f16'] : [],
      devices: ['webgpu', 'wasm'],
    });
  });
}

function ggufVariants({ id, gguf, parameters }: ModelFacts): readonly CatalogVariant[] {
  if (gguf === undefined) return [];
  const { projector } = gguf;
  const apart = projector?.parameters ?? 0;
  return gguf.precisions.map((precision) => {
    const file = gguf.file.replace('{}', precision === 'f16' ? 'f16' : precision.toUpperCase());
    return variant(
      `${id}/gguf/${precision}`,
      gguf.repository,
      { files: [{ path: file }, ...(projector ? [{ path: projector.file }] : [])] },
      {
        engine: 'wllama',
        precision,
        files: [file],
        ...(projector && { projector: projector.file }),
        bytes: Math.round(((parameters - apart) * (ggufBits[precision] ?? 16) + apart * 16) / 8),
        requiredFeatures: [],
        devices: ['wasm'],
      },
    );
  });
}

/** Of a model for WebLLM; what `tensor-cache.json` lists comes to them. */
const mlcFiles = ['mlc-chat-config.json', 'tensor-cache.json', 'tokenizer.json', 'tokenizer_config.json'];

function mlcVariants({ id, mlc: name, parameters }: ModelFacts): readonly CatalogVariant[] {
  return mlc.models
    .filter(({ model }) => model === name)
    .flatMap(({ model, precision, library, memoryBytes, contextTokens, features = [] }) => {
      if (!isMlc(precision)) return [];
      const file = library.replace('{}', `${model}-${precision}`);
      // The list leaves the feature out for most of the models that compute in 16 bits.
      const half = precision.includes('f16') ? ['shader-f16' as const] : [];
      const others = features.filter((feature) => feature !== 'shader-f16') as GPUFeatureName[];
      const libraryUrl = mlc.libraryPrefix + file;
      const named = {
        files: [
          ...mlcFiles.map((path) => ({ path })),
          optional('chat_template.jinja'),
          { path: file, fixedUrl: libraryUrl },
        ],
        prefixes: ['params_shard_'],
      };
      return variant(`${id}/mlc/${precision}`, `mlc-ai/${model}-${precision}-MLC`, named, {
        engine: 'web-llm',
        precision,
        bytes: Math.round((parameters * mlcBits[precision]) / 8),
        requiredFeatures: [...half, ...others],
        devices: ['webgpu'],
        libraryUrl,
        stated: { memoryBytes, contextTokens },
      });
    });
}

function optional(path: string): ArtifactFile {
  return { path, optional: true };
}

function isMlc(precision: string): precision is MlcPrecision {
  return (mlcPrecisions as readonly string[]).includes(precision);
}
