/** The values that a GGUF header is made of, read with every length bounded. Little-endian. */

import { FailureError } from '../domain/failure';

/** Arrays of text are remembered by their place: a vocabulary is a quarter of a million strings. */
export interface TextsAt {
  readonly kind: 'texts';
  readonly length: number;
  readonly offset: number;
}

export type GgufValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'flag'; readonly flag: boolean }
  /** Short arrays of numbers only; longer ones are skipped. */
  | { readonly kind: 'numbers'; readonly numbers: readonly number[] }
  | TextsAt
  | { readonly kind: 'skipped' };

/** Thrown where a value goes on behind the bytes at hand. */
export class NeedsMore extends Error {
  override readonly name = 'NeedsMore';
}

/** The format's own bound for keys. */
const MAX_KEY_BYTES = 65_535;
/** Chat templates are the longest texts: some tens of kilobytes. */
const MAX_TEXT_BYTES = 1 << 20;
const MAX_ARRAY_LENGTH = 1 << 21;
/** One number per layer is what such arrays hold. */
const MAX_NUMBERS_KEPT = 1024;
const MAX_DEPTH = 2;

const TYPE = { flag: 7, text: 8, array: 9 } as const;
const numberTypes: Readonly<
  Record<number, { readonly bytes: number; read(view: DataView, at: number): number }>
> = {
  0: { bytes: 1, read: (view, at) => view.getUint8(at) },
  1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  3: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  4: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  5: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  6: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  10: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  11: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  12: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
};

export class GgufValues {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder();
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  magic(): string {
    return this.#decoder.decode(this.#take(4));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** Exact up to 2^53; what is above is above every bound that it is checked against. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  count(max: number, what: string): number {
    const count = this.uint64();
    if (count > max) refuse(`it says that it has ${count} ${what}`);
    return count;
  }

  key(): string {
    return this.text(MAX_KEY_BYTES);
  }

  text(maxBytes: number): string {
    const length = this.uint64();
    if (length > maxBytes) refuse(`a text of ${length} bytes`);
    return this.#decoder.decode(this.#take(length));
  }

  value(): GgufValue {
    return this.#valueOf(this.uint32(), 0);
  }

  /** One text out of an array that was passed before. */
  textAt(texts: TextsAt, index: number): string {
    const before = this.#offset;
    this.#offset = texts.offset;
    for (let skipped = 0; skipped < index; skipped += 1) this.#skipText();
    const text = this.text(MAX_TEXT_BYTES);
    this.#offset = before;
    return text;
  }

  /** The first texts of such an array, `count` at most. */
  *textsAt(texts: TextsAt, count: number): Generator<string> {
    const before = this.#offset;
    this.#offset = texts.offset;
    try {
      for (let index = 0; index < Math.min(count, texts.length); index += 1) yield this.text(MAX_TEXT_BYTES);
    } finally {
      this.#offset = before;
    }
  }

  #valueOf(type: number, depth: number): GgufValue {
    const number = numberTypes[type];
    if (number !== undefined) {
      return { kind: 'number', number: number.read(this.#view, this.#advance(number.bytes)) };
    }
    if (type === TYPE.flag) return { kind: 'flag', flag: this.#view.getUint8(this.#advance(1)) !== 0 };
    if (type === TYPE.text) return { kind: 'text', text: this.text(MAX_TEXT_BYTES) };
    if (type === TYPE.array) return this.#array(depth + 1);
    return refuse(`a value of the unknown type ${type}`);
  }

  #array(depth: number): GgufValue {
    if (depth > MAX_DEPTH) refuse('arrays inside arrays inside arrays');
    const type = this.uint32();
    const length = this.count(MAX_ARRAY_LENGTH, 'values in an array');
    const offset = this.#offset;
    if (type === TYPE.text) {
      for (let index = 0; index < length; index += 1) this.#skipText();
      return { kind: 'texts', length, offset };
    }
    const number = numberTypes[type];
    if (number !== undefined || type === TYPE.flag) {
      const { bytes } = number ?? { bytes: 1 };
      this.#advance(bytes * length);
      if (number === undefined || length > MAX_NUMBERS_KEPT) return { kind: 'skipped' };
      const numbers = Array.from({ length }, (_, index) => number.read(this.#view, offset + index * bytes));
      return { kind: 'numbers', numbers };
    }
    for (let index = 0; index < length; index += 1) this.#valueOf(type, depth);
    return { kind: 'skipped' };
  }

  #skipText(): void {
    const length = this.uint64();
    if (length > MAX_TEXT_BYTES) refuse(`a text of ${length} bytes`);
    this.#advance(length);
  }

  #take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** Steps over `length` bytes and returns where they begin. */
  #advance(length: number): number {
    const start = this.#offset;
    if (start + length > this.#bytes.byteLength) throw new NeedsMore();
    this.#offset = start + length;
    return start;
  }
}

function refuse(why: string): never {
  throw new FailureError('not-a-model-file', `this is not a whole GGUF file: ${why}`);
}
