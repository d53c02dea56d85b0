/**
 * A whole GGUF file, small enough to be made on the spot, of a model that says what it is told to: attention and
 * feed-forward weights are zero, so that the next token depends on the last one alone, and the tables at both ends lead
 * from each piece of the text to the next. llama.cpp loads and runs it like any other.
 */

import { GgufWriter } from './gguf-file';

export interface Chain {
  /** What it says, a token each and no two alike. It begins with the first behind whatever else it is given. */
  readonly pieces: readonly string[];
  /** Behind a byte of the prompt it goes on with the piece at this index instead. */
  readonly jumps?: Readonly<Record<string, number>>;
  readonly template: string;
}

const EMBEDDING = 64;
const HEADS = 2;
const FEED_FORWARD = 32;
const BYTES = 256;
/** llama.cpp's `llama_token_type`. */
const TYPE = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;
const INT_32 = 5;
const ARRAY = 9;
const TENSOR_FLOAT_32 = 0;

interface Token {
  readonly text: string;
  readonly type: number;
  /** Which piece comes next. */
  readonly next: number;
}

/** The vocabulary: SentencePiece's special tokens, every byte, the space, and the pieces. */
function vocabularyOf({ pieces, jumps = {} }: Chain): Token[] {
  const spaced = (text: string) => text.replaceAll(' ', '\u2581');
  return [
    { text: '<unk>', type: TYPE.unknown, next: 0 },
    { text: '<s>', type: TYPE.control, next: 0 },
    { text: '</s>', type: TYPE.control, next: 0 },
    ...Array.from({ length: BYTES }, (_, byte) => ({
      text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
      type: TYPE.byte,
      next: jumps[String.fromCharCode(byte)] ?? 0,
    })),
    { text: spaced(' '), type: TYPE.normal, next: 0 },
    ...pieces.map((piece, index) => ({ text: spaced(piece), type: TYPE.normal, next: index + 1 })),
  ];
}

const END = 2;

export function chainModel(chain: Chain): Buffer {
  const vocabulary = vocabularyOf(chain);
  const { length: count } = chain.pieces;
  if (count >= EMBEDDING) throw new RangeError(`at most ${EMBEDDING - 1} pieces`);
  const rows = vocabulary.length * EMBEDDING;
  const embedding = new Float32Array(rows);
  vocabulary.forEach(({ next }, id) => embedding.fill(1, id * EMBEDDING + next, id * EMBEDDING + next + 1));
  const output = new Float32Array(rows);
  const first = vocabulary.length - count;
  for (let place = 0; place <= count; place += 1) {
    const id = place === count ? END : first + place;
    output[id * EMBEDDING + place] = 1;
  }
  const ones = () => new Float32Array(EMBEDDING).fill(1);
  const square = () => new Float32Array(EMBEDDING * EMBEDDING);
  const wide = () => new Float32Array(EMBEDDING * FEED_FORWARD);
  const tensors: readonly (readonly [string, readonly number[], Float32Array])[] = [
    ['token_embd.weight', [EMBEDDING, vocabulary.length], embedding],
    ['output_norm.weight', [EMBEDDING], ones()],
    ['output.weight', [EMBEDDING, vocabulary.length], output],
    ['blk.0.attn_norm.weight', [EMBEDDING], ones()],
    ['blk.0.attn_q.weight', [EMBEDDING, EMBEDDING], square()],
    ['blk.0.attn_k.weight', [EMBEDDING, EMBEDDING], square()],
    ['blk.0.attn_v.weight', [EMBEDDING, EMBEDDING], square()],
    ['blk.0.attn_output.weight', [EMBEDDING, EMBEDDING], square()],
    ['blk.0.ffn_norm.weight', [EMBEDDING], ones()],
    ['blk.0.ffn_gate.weight', [EMBEDDING, FEED_FORWARD], wide()],
    ['blk.0.ffn_up.weight', [EMBEDDING, FEED_FORWARD], wide()],
    ['blk.0.ffn_down.weight', [FEED_FORWARD, EMBEDDING], wide()],
  ];
  const writer = headerOf(chain, vocabulary, tensors.length);
  let offset = 0;
  for (const [name, dimensions, { byteLength }] of tensors) {
    writer.text(name).uint32(dimensions.length);
    for (const length of dimensions) writer.uint64(length);
    writer.uint32(TENSOR_FLOAT_32).uint64(offset);
    offset += byteLength;
  }
  writer.zeros((32 - (writer.length % 32)) % 32);
  return Buffer.concat([writer.bytes, ...tensors.map(([, , values]) => new Uint8Array(values.buffer))]);
}

function headerOf({ template }: Chain, vocabulary: readonly Token[], tensors: number): GgufWriter {
  const facts = {
    'general.architecture': 'llama',
    'general.name': 'Chain',
    'general.license': 'apache-2.0',
    'general.file_type': 0,
    'llama.context_length': 512,
    'llama.block_count': 1,
    'llama.embedding_length': EMBEDDING,
    'llama.feed_forward_length': FEED_FORWARD,
    'llama.attention.head_count': HEADS,
    'llama.attention.head_count_kv': HEADS,
    'llama.rope.dimension_count': EMBEDDING / HEADS,
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.tokens': vocabulary.map(({ text }) => text),
    'tokenizer.ggml.unknown_token_id': 0,
    'tokenizer.ggml.bos_token_id': 1,
    'tokenizer.ggml.eos_token_id': END,
    'tokenizer.ggml.add_bos_token': false,
    'tokenizer.ggml.add_space_prefix': false,
    'tokenizer.chat_template': template,
  };
  const writer = new GgufWriter()
    .raw('GGUF')
    .uint32(3)
    .uint64(tensors)
    .uint64(Object.keys(facts).length + 3);
  for (const [key, value] of Object.entries(facts)) writer.text(key).value(value);
  writer.text('llama.attention.layer_norm_rms_epsilon').float(1e-5);
  writer.text('tokenizer.ggml.scores').floats(vocabulary.map(() => 0));
  writer.text('tokenizer.ggml.token_type').uint32(ARRAY).uint32(INT_32).uint64(vocabulary.length);
  for (const { type } of vocabulary) writer.uint32(type);
  return writer;
}
