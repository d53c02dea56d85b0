/**
 * From a list of files to a card that can be shown before anything is fetched: which variants there are, what the model
 * says of itself, and whether an engine here can run it.
 */

import type { ArtifactFile } from '../../domain/artifact';
import { FailureError, failureOf, type Failure } from '../../domain/failure';
import type { CatalogModel } from '../../domain/model';
import type { GgufHeader } from '../gguf-header';
import { textArchitectures } from '../gguf-types';
import { ownModel, type OwnGguf, type OwnOnnx, type OwnPlace } from './card';
import { readConfig, templateIn, tokenTextIn, type ConfigFacts } from './config-facts';
import { CONFIG, discover, nameOf, TEMPLATE, TOKENIZER_CONFIG, type Discovery } from './discover';
import type { Inspector } from './inspector';
import { onnxArchitectures } from './onnx-architectures';
import { OwnModelRefused, type Refusal } from './refusal';

/** A folder of files, wherever it is. */
export interface OwnFolder extends OwnPlace {
  /** For people: `owner/name`, an address, a file's name. */
  readonly where: string;
  readonly files: readonly ArtifactFile[];
  /** Bytes of a file from `from` up to but not including `to`, or fewer where it ends before. */
  read(path: string, from: number, to: number): Promise<ArrayBuffer>;
  /** The file itself, where it is on this machine. */
  fileOf?(path: string): Blob | undefined;
  /** Path of the GGUF that is known to turn images into tokens, whatever its name. */
  readonly projector?: string | undefined;
}

/** What is shown of a model before it is taken. */
export interface Proposal {
  readonly model: CatalogModel;
  /** As the files name them: one for each engine that they are for. */
  readonly architectures: readonly string[];
  /** Undefined where no file says how long its window is; the engine's own rule then counts. */
  readonly contextTokens: number | undefined;
  readonly chatTemplate: string;
  /** Why a part of what is there is not offered. */
  readonly leftOut: readonly OwnModelRefused[];
}

type Asked = Pick<Inspector, 'header' | 'template'>;
interface Read<T> {
  readonly part: T;
  readonly template: string;
}

/** `general.architecture` of what turns images into tokens. */
export const PROJECTOR_ARCHITECTURE = 'clip';
/** No configuration is longer, bytes; some hold a quarter of a million tokens' names. */
const LONGEST_JSON = 32 * 1024 * 1024;

/** @throws OwnModelRefused, or the signal's reason */
export async function propose(folder: OwnFolder, inspector: Asked, signal: AbortSignal): Promise<Proposal> {
  const found = discover(folder.files, folder.projector);
  const leftOut: OwnModelRefused[] = found.incomplete.map(({ file, missing }) =>
    refused({ kind: 'part-missing', file: nameOf(file), missing }, missing),
  );
  const attempt = async <T>(work: () => Promise<T | undefined>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      leftOut.push(asRefusal(thrown, folder.where));
      return undefined;
    }
  };
  const onnx = await attempt(() => readOnnx(folder, found, inspector, signal));
  const gguf = await attempt(() => readGguf(folder, found, inspector, signal));
  const chatTemplate = onnx?.template ?? gguf?.template;
  const [reason] = leftOut.toReversed();
  if (chatTemplate === undefined) throw reason ?? nothingIn(folder, found);
  const projector = gguf && (await attempt(() => readProjector(folder, found, inspector, signal)));
  const model = ownModel(folder, { onnx: onnx?.part, gguf: gguf && { ...gguf.part, projector } });
  if (model.variants.length === 0) {
    const file = gguf?.part.of.files[0].path ?? folder.where;
    throw refused({ kind: 'precision', file: nameOf(file) }, file);
  }
  const { architecture } = onnx?.part.config ?? {};
  const names = [architecture, gguf?.part.header.architecture].flatMap((name) => name ?? []);
  return {
    model,
    architectures: [...new Set(names)],
    contextTokens: gguf === undefined ? onnx?.part.config.contextTokens : gguf.part.header.contextTokens,
    chatTemplate,
    leftOut,
  };
}

function nothingIn({ where }: OwnFolder, { projector }: Discovery): OwnModelRefused {
  if (projector === undefined) return refused({ kind: 'no-model', where }, where);
  return refused({ kind: 'projector-alone', file: nameOf(projector.path) }, projector.path);
}

/** What went wrong as a person can use it; what is known of `where` makes it one of the refusals. */
export function asRefusal(thrown: unknown, where: string): OwnModelRefused {
  if (thrown instanceof OwnModelRefused) return thrown;
  const failure = failureOf(thrown, 'network');
  return new OwnModelRefused(refusalOf(failure, where), failure);
}

function refusalOf({ code }: Failure, where: string): Refusal {
  if (code === 'access-denied') return { kind: 'gated', where };
  if (code === 'network') return { kind: 'unreachable', host: where };
  return { kind: code === 'template-refused' ? 'template-broken' : 'failed' };
}

async function readOnnx(
  folder: OwnFolder,
  found: Discovery,
  inspector: Asked,
  signal: AbortSignal,
): Promise<Read<OwnOnnx> | undefined> {
  if (found.onnx.length === 0) return undefined;
  const [missing] = found.missing;
  if (missing !== undefined)
    throw refused({ kind: 'file-missing', file: missing, where: folder.where }, missing);
  const config = readConfig(await readJson(folder, CONFIG));
  if (config === undefined) throw refused({ kind: 'broken-file', file: CONFIG }, `${CONFIG}: no object`);
  requireArchitecture(config, onnxArchitectures);
  const tokenizer = await readJson(folder, TOKENIZER_CONFIG);
  const beside = found.shared.some(({ path }) => path === TEMPLATE);
  const template = beside ? await readText(folder, TEMPLATE) : templateIn(tokenizer);
  const [bosText, eosText] = [tokenTextIn(tokenizer, 'bos_token'), tokenTextIn(tokenizer, 'eos_token')];
  return {
    part: { config, found: found.onnx, shared: found.shared },
    template: await sound(template, { bosText, eosText }, inspector, signal),
  };
}

function requireArchitecture({ architecture = '' }: ConfigFacts, known: ReadonlySet<string>): void {
  if (known.has(architecture)) return;
  if (architecture === '') throw refused({ kind: 'broken-file', file: CONFIG }, `${CONFIG}: no model_type`);
  throw unsupported(architecture, 'transformers-js');
}

/** The header of one GGUF: the smallest whose name tells its precision. Those of one repository differ in that alone. */
async function readGguf(
  folder: OwnFolder,
  found: Discovery,
  inspector: Asked,
  signal: AbortSignal,
): Promise<Read<Omit<OwnGguf, 'projector'>> | undefined> {
  const of = found.gguf.findLast(({ precision }) => precision !== undefined) ?? found.gguf.at(-1);
  if (of === undefined) return undefined;
  const [first, ...others] = of.files;
  const header = await headerOf(first, folder, inspector, signal);
  const file = nameOf(first.path);
  if (header.architecture === PROJECTOR_ARCHITECTURE)
    throw refused({ kind: 'projector-alone', file }, first.path);
  const { parts } = header;
  if (parts !== of.files.length || header.architecture === '')
    throw refused({ kind: 'in-parts', file, parts }, `${first.path}: ${parts} parts`);
  if (!textArchitectures.has(header.architecture)) throw unsupported(header.architecture, 'wllama');
  let { parameters, neededBytes } = header;
  for (const part of others) {
    const later = await headerOf(part, folder, inspector, signal);
    if (later.parts !== parts || later.architecture !== '')
      throw refused({ kind: 'broken-file', file: nameOf(part.path) }, `${part.path}: of another file`);
    parameters += later.parameters;
    neededBytes += later.neededBytes;
  }
  const { bosText = '', eosText = '' } = header.tokenizer ?? {};
  return {
    part: { header: { ...header, parameters, neededBytes }, of, found: found.gguf },
    template: await sound(header.chatTemplate, { bosText, eosText }, inspector, signal),
  };
}

/** What is called a projector and is none is not offered, and the model reads text alone. */
async function readProjector(
  folder: OwnFolder,
  { projector }: Discovery,
  inspector: Asked,
  signal: AbortSignal,
): Promise<ArtifactFile | undefined> {
  if (projector === undefined) return undefined;
  const { architecture } = await headerOf(projector, folder, inspector, signal);
  if (architecture === PROJECTOR_ARCHITECTURE) return projector;
  throw refused(
    { kind: 'broken-file', file: nameOf(projector.path) },
    `${projector.path}: "${architecture.slice(0, 100)}"`,
  );
}

function headerOf(
  { path, bytes }: ArtifactFile,
  folder: OwnFolder,
  inspector: Asked,
  signal: AbortSignal,
): Promise<GgufHeader> {
  return inspector
    .header(bytes, (from, to) => folder.read(path, from, to), signal)
    .catch((thrown: unknown) => {
      throw explained(thrown, folder, path);
    });
}

async function sound(
  template: string | undefined,
  tokens: { readonly bosText: string; readonly eosText: string },
  inspector: Asked,
  signal: AbortSignal,
): Promise<string> {
  if (template === undefined) throw refused({ kind: 'template-missing' }, 'no chat template');
  await inspector.template({ template, ...tokens }, signal);
  return template;
}

async function readJson(folder: OwnFolder, path: string): Promise<unknown> {
  const text = await readText(folder, path);
  try {
    return JSON.parse(text);
  } catch {
    throw refused({ kind: 'broken-file', file: path }, `${path}: not JSON`);
  }
}

async function readText(folder: OwnFolder, path: string): Promise<string> {
  const stated = folder.files.find((file) => file.path === path)?.bytes;
  if ((stated ?? 0) > LONGEST_JSON)
    throw refused({ kind: 'broken-file', file: path }, `${path}: ${stated} bytes`);
  try {
    return new TextDecoder().decode(await folder.read(path, 0, stated ?? LONGEST_JSON));
  } catch (thrown) {
    throw explained(thrown, folder, path);
  }
}

/** A failure that is about one file names it. */
function explained(thrown: unknown, { where }: OwnFolder, path: string): unknown {
  if (!(thrown instanceof FailureError)) return thrown;
  const file = nameOf(path);
  const { failure } = thrown;
  if (failure.code === 'file-missing')
    return new OwnModelRefused({ kind: 'file-missing', file, where }, failure);
  if (failure.code === 'not-a-model-file') return new OwnModelRefused({ kind: 'broken-file', file }, failure);
  return thrown;
}

function unsupported(architecture: string, engine: 'transformers-js' | 'wllama'): OwnModelRefused {
  const name = architecture.slice(0, 100);
  return new OwnModelRefused(
    { kind: 'architecture', architecture: name, engine },
    { code: 'architecture-unsupported', detail: `"${name}" in ${engine}` },
  );
}

export function refused(refusal: Refusal, detail: string): OwnModelRefused {
  return new OwnModelRefused(refusal, { code: codes[refusal.kind], detail: `${refusal.kind}: ${detail}` });
}

/** What a refusal of our own is called in a report. */
const codes: Readonly<Record<Refusal['kind'], Failure['code']>> = {
  'not-an-address': 'bad-parameter',
  'insecure-address': 'address-insecure',
  'unknown-repository': 'file-missing',
  gated: 'access-denied',
  unreachable: 'network',
  'no-model': 'file-missing',
  'in-parts': 'not-a-model-file',
  'part-missing': 'file-missing',
  'projector-alone': 'not-a-model-file',
  'nothing-dropped': 'file-missing',
  'file-missing': 'file-missing',
  'broken-file': 'not-a-model-file',
  architecture: 'architecture-unsupported',
  precision: 'not-a-model-file',
  'template-missing': 'template-refused',
  'template-broken': 'template-refused',
  'too-large': 'model-too-large',
  failed: 'engine-error',
};
