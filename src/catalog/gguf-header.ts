/**
 * What a GGUF file says of itself, read before its bytes reach an engine.
 *
 * The file may come from anyone, and llama.cpp takes zeros, web pages and half files for models until it is asked
 * something. So every count and length is bounded before it is believed, and the tensors must lie inside the file.
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */

import type { GgufPrecision } from '../domain/engine';
import { FailureError } from '../domain/failure';
import { fileTypes, tensorTypes } from './gguf-types';
import { GgufValues, NeedsMore, type GgufValue, type TextsAt } from './gguf-values';

export interface GgufTokenizer {
  /** The kind: `gpt2` is byte-level BPE, `llama` SentencePiece. */
  readonly model: string;
  readonly vocabulary: number;
  /** Text of the tokens that begin and end a sequence, as the chat template writes them; empty where there is none. */
  readonly bosText: string;
  readonly eosText: string;
  /** True where the engine itself puts the beginning in front of a text. */
  readonly addsBos: boolean;
  /** Some of its tokens that are a whole word behind a space: put together, they are read as the same tokens again. */
  readonly words: readonly string[];
}

/** What attention keeps of each token, for the estimate of memory. */
export interface GgufShape {
  readonly layers: number;
  readonly embedding: number;
  /** Key and value heads, summed over the layers. */
  readonly kvHeads: number;
  readonly keyLength: number;
  readonly valueLength: number;
}

export interface GgufHeader {
  readonly version: number;
  /** Empty in all parts of a file but its first, which alone says what the model is. */
  readonly architecture: string;
  readonly name: string | undefined;
  readonly licence: string | undefined;
  /** Undefined where the file does not say, or says a type that is not known here. */
  readonly precision: GgufPrecision | undefined;
  readonly parameters: number;
  /** Undefined where the file does not say. */
  readonly contextTokens: number | undefined;
  readonly chatTemplate: string | undefined;
  readonly tokenizer: GgufTokenizer | undefined;
  readonly shape: GgufShape;
  /** Of how many files this is one. */
  readonly parts: number;
  /** Bytes that the file must have to hold all of its tensors. */
  readonly neededBytes: number;
}

/** More than any model has; a file that says more is broken or made to harm. */
const MAX_TENSORS = 20_000;
const MAX_KEYS = 4_096;
const MAX_DIMENSIONS = 4;
/** llama.cpp's GGML_MAX_NAME. */
const MAX_TENSOR_NAME = 64;
const MAX_ALIGNMENT = 1 << 20;
export const MAX_PARTS = 64;
/** A vocabulary begins with bytes and pieces; the common words come early. */
const WORDS_WANTED = 256;
const WORDS_LOOKED_THROUGH = 20_000;
const FIRST_READ_BYTES = 1 << 16;
/** The largest headers hold a vocabulary of 262,144 tokens with its merges, about 15 MB. */
const MAX_HEADER_BYTES = 1 << 26;

/** A file, here or elsewhere: a `Blob` is one. */
interface FileBytes {
  readonly size: number;
  slice(from: number, to: number): Pick<Blob, 'arrayBuffer'>;
}

/**
 * Reads the header of a file. Only as much of it is read as the header is long, 64 MiB at most.
 * @throws FailureError `not-a-model-file` where it is not whole or not GGUF
 */
export async function readGgufHeader(file: FileBytes): Promise<GgufHeader> {
  for (let length = FIRST_READ_BYTES; ; length *= 4) {
    const bytes = new Uint8Array(await file.slice(0, Math.min(length, MAX_HEADER_BYTES)).arrayBuffer());
    try {
      return parseGgufHeader(bytes, file.size);
    } catch (thrown) {
      if (!(thrown instanceof NeedsMore)) throw thrown;
      if (bytes.byteLength >= file.size) refuse('it ends inside its header');
      if (bytes.byteLength >= MAX_HEADER_BYTES) refuse(`its header is longer than ${MAX_HEADER_BYTES} bytes`);
    }
  }
}

/**
 * @param bytes the beginning of the file
 * @param fileBytes length of the whole file
 * @throws NeedsMore where the header goes on behind `bytes`
 */
function parseGgufHeader(bytes: Uint8Array, fileBytes: number): GgufHeader {
  const values = new GgufValues(bytes);
  const version = readPreamble(values);
  const tensorCount = values.count(MAX_TENSORS, 'tensors');
  const keyCount = values.count(MAX_KEYS, 'keys');
  const metadata = new Map<string, GgufValue>();
  for (let index = 0; index < keyCount; index += 1) {
    const key = values.key();
    metadata.set(key, values.value());
  }
  const facts = new Metadata(metadata);
  const tensors = readTensors(values, tensorCount, alignmentOf(facts));
  if (tensors.neededBytes > fileBytes) {
    refuse(`it holds ${fileBytes} of ${tensors.neededBytes} bytes`);
  }
  const laterPart = (facts.number('split.no') ?? 0) > 0;
  const named = facts.text('general.architecture');
  const architecture = named ?? (laterPart ? '' : refuse('it names no architecture'));
  return {
    version,
    architecture,
    name: facts.text('general.name'),
    licence: facts.text('general.license'),
    precision: fileTypes[facts.number('general.file_type') ?? -1],
    parameters: tensors.parameters,
    contextTokens: facts.number(`${architecture}.context_length`),
    chatTemplate: facts.text('tokenizer.chat_template'),
    tokenizer: tokenizerOf(facts, values),
    shape: shapeOf(facts, architecture),
    parts: partsOf(facts),
    neededBytes: tensors.neededBytes,
  };
}

function readPreamble(values: GgufValues): number {
  if (values.magic() !== 'GGUF') refuse('it does not begin as a GGUF file');
  const version = values.uint32();
  // Version 1 counted in 32 bits and is no more; a big-endian file shows as a very large version.
  if (version !== 2 && version !== 3) refuse(`its GGUF version is ${version}`);
  return version;
}

function alignmentOf(facts: Metadata): number {
  const alignment = facts.number('general.alignment') ?? 32;
  const sound = alignment >= 8 && alignment <= MAX_ALIGNMENT && alignment % 8 === 0;
  return sound ? alignment : refuse(`its alignment is ${alignment}`);
}

function partsOf(facts: Metadata): number {
  const parts = facts.number('split.count') ?? 1;
  return parts <= MAX_PARTS ? Math.max(1, parts) : refuse(`it is one of ${parts} parts`);
}

interface Tensors {
  readonly parameters: number;
  readonly neededBytes: number;
}

function readTensors(values: GgufValues, count: number, alignment: number): Tensors {
  let parameters = 0;
  let dataBytes = 0;
  for (let index = 0; index < count; index += 1) {
    const name = values.text(MAX_TENSOR_NAME);
    const dimensions = values.uint32();
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) refuse(`${name} has ${dimensions} dimensions`);
    let size = 1;
    let row = 1;
    for (let axis = 0; axis < dimensions; axis += 1) {
      const length = values.uint64();
      if (axis === 0) row = length;
      size *= length;
    }
    const type = values.uint32();
    const offset = values.uint64();
    const [blockValues, blockBytes] = tensorTypes[type] ?? refuse(`${name} is of the unknown type ${type}`);
    if (!Number.isSafeInteger(size) || size < 1 || row % blockValues !== 0)
      refuse(`${name} has no sound size`);
    if (offset % alignment !== 0) refuse(`${name} lies at ${offset}`);
    parameters += size;
    dataBytes = Math.max(dataBytes, offset + (size / blockValues) * blockBytes);
  }
  const dataStart = Math.ceil(values.offset / alignment) * alignment;
  return { parameters, neededBytes: count === 0 ? values.offset : dataStart + dataBytes };
}

function shapeOf(facts: Metadata, architecture: string): GgufShape {
  const number = (key: string) => facts.number(`${architecture}.${key}`);
  const layers = number('block_count') ?? 0;
  const embedding = number('embedding_length') ?? 0;
  const heads = number('attention.head_count') ?? 1;
  const headLength = Math.floor(embedding / Math.max(1, heads));
  const perLayer = facts.numbers(`${architecture}.attention.head_count_kv`);
  const kvHeads =
    perLayer === undefined
      ? (number('attention.head_count_kv') ?? heads) * layers
      : perLayer.reduce((sum, one) => sum + one, 0);
  return {
    layers,
    embedding,
    kvHeads,
    keyLength: number('attention.key_length') ?? headLength,
    valueLength: number('attention.value_length') ?? headLength,
  };
}

function tokenizerOf(facts: Metadata, values: GgufValues): GgufTokenizer | undefined {
  const model = facts.text('tokenizer.ggml.model');
  const tokens = facts.get('tokenizer.ggml.tokens');
  if (model === undefined || tokens?.kind !== 'texts') return undefined;
  const word = (key: string) => {
    const id = facts.number(key);
    return id === undefined || id >= tokens.length ? '' : values.textAt(tokens, id);
  };
  return {
    model,
    vocabulary: tokens.length,
    bosText: word('tokenizer.ggml.bos_token_id'),
    eosText: word('tokenizer.ggml.eos_token_id'),
    // SentencePiece vocabularies begin a text with it unless told otherwise.
    addsBos: facts.flag('tokenizer.ggml.add_bos_token') ?? model === 'llama',
    words: wordsOf(tokens, values),
  };
}

/** Byte-level vocabularies write the space as Ġ, SentencePiece as ▁. */
function wordsOf(tokens: TextsAt, values: GgufValues): readonly string[] {
  const words: string[] = [];
  for (const text of values.textsAt(tokens, WORDS_LOOKED_THROUGH)) {
    const word = /^[\u0120\u2581]([a-z]{3,})$/.exec(text)?.[1];
    if (word !== undefined) words.push(` ${word}`);
    if (words.length === WORDS_WANTED) break;
  }
  return words;
}

class Metadata {
  readonly #values: ReadonlyMap<string, GgufValue>;

  constructor(values: ReadonlyMap<string, GgufValue>) {
    this.#values = values;
  }

  get(key: string): GgufValue | undefined {
    return this.#values.get(key);
  }

  text(key: string): string | undefined {
    const value = this.#values.get(key);
    return value?.kind === 'text' ? value.text : undefined;
  }

  /** A whole number that is not negative. */
  number(key: string): number | undefined {
    const value = this.#values.get(key);
    return value?.kind === 'number' && Number.isSafeInteger(value.number) && value.number >= 0
      ? value.number
      : undefined;
  }

  numbers(key: string): readonly number[] | undefined {
    const value = this.#values.get(key);
    return value?.kind === 'numbers' ? value.numbers : undefined;
  }

  flag(key: string): boolean | undefined {
    const value = this.#values.get(key);
    return value?.kind === 'flag' ? value.flag : undefined;
  }
}

function refuse(why: string): never {
  throw new FailureError('not-a-model-file', `this is not a whole GGUF file: ${why}`);
}
