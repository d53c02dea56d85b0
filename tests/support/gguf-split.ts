/** Cuts a GGUF in two as llama.cpp's `gguf-split` does: the first part says what the model is, both hold tensors. */

import { GgufValues } from '../../src/catalog/gguf-values';

const ALIGNMENT = 32;
const TYPE = { uint16: 2, int32: 5 } as const;

interface Tensor {
  /** Its entry in the header up to where its data lies, which differs in a part. */
  readonly head: Buffer;
  readonly data: Buffer;
}

/** @param inFirst tensors that stay in the first part */
export function splitGguf(
  whole: Buffer,
  inFirst: number,
): readonly [Buffer<ArrayBuffer>, Buffer<ArrayBuffer>] {
  const values = new GgufValues(whole);
  values.magic();
  const version = values.uint32();
  const tensorCount = values.uint64();
  const keyCount = values.uint64();
  const keysAt = values.offset;
  for (let key = 0; key < keyCount; key += 1) {
    values.key();
    values.value();
  }
  const keys = whole.subarray(keysAt, values.offset);
  const entries = Array.from({ length: tensorCount }, () => {
    const from = values.offset;
    values.key();
    const dimensions = values.uint32();
    for (let axis = 0; axis < dimensions; axis += 1) values.uint64();
    values.uint32();
    return { head: whole.subarray(from, values.offset), offset: values.uint64() };
  });
  const dataAt = aligned(values.offset);
  const offsets = entries.map(({ offset }) => offset).sort((one, other) => one - other);
  const tensors = entries.map(({ head, offset }): Tensor => {
    const next = offsets.find((other) => other > offset) ?? whole.length - dataAt;
    return { head, data: whole.subarray(dataAt + offset, dataAt + next) };
  });
  const part = (index: number, metadata: Buffer, metadataCount: number, held: readonly Tensor[]) =>
    written(
      Buffer.concat([
        ...[Buffer.from('GGUF'), uint32(version), uint64(held.length), uint64(metadataCount + 3), metadata],
        ...[name('split.no'), uint32(TYPE.uint16), uint16(index)],
        ...[name('split.count'), uint32(TYPE.uint16), uint16(2)],
        ...[name('split.tensors.count'), uint32(TYPE.int32), uint32(tensorCount)],
      ]),
      held,
    );
  return [
    part(0, keys, keyCount, tensors.slice(0, inFirst)),
    part(1, Buffer.alloc(0), 0, tensors.slice(inFirst)),
  ];
}

function written(head: Buffer, tensors: readonly Tensor[]): Buffer<ArrayBuffer> {
  let offset = 0;
  const entries = tensors.flatMap((tensor) => {
    const entry = [tensor.head, uint64(offset)];
    offset = aligned(offset + tensor.data.length);
    return entry;
  });
  const header = Buffer.concat([head, ...entries]);
  return Buffer.concat([padded(header), ...tensors.map(({ data }) => padded(data))]);
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);
}

function name(text: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(text)), Buffer.from(text)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
