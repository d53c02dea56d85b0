/** GGUF files in the making, for tests: a header of whatever it is told, and one tensor behind it. */

/** Numbers of the format for the types of values. */
const FLOAT = 6;
const ARRAY = 9;

type Part = number | bigint | string | boolean | readonly Part[];

/** A header in the making: little-endian, as the format wants it. */
export class GgufWriter {
  readonly #bytes: number[] = [];

  raw(text: string): this {
    this.#bytes.push(...new TextEncoder().encode(text));
    return this;
  }

  uint32(value: number): this {
    for (let shift = 0; shift < 32; shift += 8) this.#bytes.push((value >>> shift) & 255);
    return this;
  }

  uint64(value: number | bigint): this {
    const big = BigInt(value);
    for (let shift = 0n; shift < 64n; shift += 8n) this.#bytes.push(Number((big >> shift) & 255n));
    return this;
  }

  text(text: string): this {
    return this.uint64(new TextEncoder().encode(text).length).raw(text);
  }

  /** Texts, whole numbers (as 32 bits), flags, and arrays of one of these. */
  value(value: Part): this {
    return this.uint32(typeOf(value)).#body(value);
  }

  #body(value: Part): this {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'boolean') {
      this.#bytes.push(Number(value));
      return this;
    }
    if (typeof value !== 'object') return this.uint32(Number(value));
    this.uint32(typeOf(value[0] ?? 0)).uint64(value.length);
    for (const one of value) this.#body(one);
    return this;
  }

  /** A value of 32 bits that is no whole number. */
  float(value: number): this {
    return this.uint32(FLOAT).#float(value);
  }

  floats(values: readonly number[]): this {
    this.uint32(ARRAY).uint32(FLOAT).uint64(values.length);
    for (const value of values) this.#float(value);
    return this;
  }

  #float(value: number): this {
    this.#bytes.push(...new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  zeros(count: number): this {
    for (let index = 0; index < count; index += 1) this.#bytes.push(0);
    return this;
  }

  get length(): number {
    return this.#bytes.length;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes);
  }
}

function typeOf(value: Part): number {
  if (typeof value === 'string') return 8;
  if (typeof value === 'boolean') return 7;
  return typeof value === 'object' ? ARRAY : 4;
}

const facts: Readonly<Record<string, Part>> = {
  'general.architecture': 'llama',
  'general.name': 'Small',
  'general.license': 'apache-2.0',
  'general.file_type': 7,
  'llama.context_length': 512,
  'llama.block_count': 2,
  'llama.embedding_length': 64,
  'llama.attention.head_count': 4,
  'llama.attention.head_count_kv': 2,
  'tokenizer.ggml.model': 'gpt2',
  'tokenizer.ggml.tokens': ['<s>', '</s>', '\u0120the', '\u0120and', 'ing'],
  'tokenizer.ggml.bos_token_id': 0,
  'tokenizer.ggml.eos_token_id': 1,
  'tokenizer.chat_template': '{{ messages }}',
};

export interface GgufTensor {
  readonly name: string;
  readonly dimensions: readonly (number | bigint)[];
  readonly type: number;
  readonly offset: number | bigint;
}

/** One tensor of 64 values in 8 bits: two blocks of 34 bytes. */
const tensor: GgufTensor = { name: 'token_embd.weight', dimensions: [64], type: 8, offset: 0 };

export function ggufFile(
  changes: Readonly<Record<string, Part | undefined>> = {},
  options: {
    readonly tensor?: Partial<GgufTensor>;
    readonly version?: number;
    readonly dataBytes?: number;
  } = {},
): Blob {
  const entries = Object.entries({ ...facts, ...changes });
  const kept = entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const writer = new GgufWriter()
    .raw('GGUF')
    .uint32(options.version ?? 3)
    .uint64(1)
    .uint64(kept.length);
  for (const [key, value] of kept) writer.text(key).value(value);
  const { name, dimensions, type, offset } = { ...tensor, ...options.tensor };
  writer.text(name).uint32(dimensions.length);
  for (const length of dimensions) writer.uint64(length);
  writer.uint32(type).uint64(offset);
  writer.zeros((32 - (writer.length % 32)) % 32).zeros(options.dataBytes ?? 68);
  return new Blob([writer.bytes]);
}
