/** Is this the beginning of a model file? Asked before anything of it is stored, and before an engine sees it. */

/** Bytes of a file's beginning that are enough to tell. */
export const HEAD_BYTES = 64;

/** No tokenizer is this large; an engine would parse it whole, in memory. */
const LARGEST_JSON = 200 * 1024 * 1024;

export interface Head {
  /** The file's name or path. */
  readonly name: string;
  /** Its first `HEAD_BYTES` bytes, or all of it where it is shorter. */
  readonly start: Uint8Array;
  readonly contentType: string;
  /** Of the whole file, where it is known. */
  readonly bytes?: number;
}

/** Why it is not a model's file; undefined where it looks like one. Unknown kinds of files pass. */
export function whyNotAModelFile({ name, start, contentType, bytes }: Head): string | undefined {
  const text = new TextDecoder().decode(start.subarray(0, HEAD_BYTES)).trimStart().toLowerCase();
  if (contentType.includes('text/html') || text.startsWith('<!doctype') || text.startsWith('<html'))
    return 'the server answered with a web page';
  if (name.endsWith('.json')) {
    if (!text.startsWith('{') && !text.startsWith('[')) return 'not JSON';
    return bytes !== undefined && bytes > LARGEST_JSON ? `JSON of ${bytes} bytes` : undefined;
  }
  // An ONNX file is a protocol buffer that begins with field 1 (ir_version, a varint): byte 0x08.
  if (name.endsWith('.onnx') && start[0] !== 0x08) return 'not an ONNX file';
  if (name.endsWith('.gguf')) return whyNotGguf(start, bytes);
  if (name.endsWith('.safetensors')) return whyNotSafetensors(start, bytes);
  if (text.startsWith('version https://git-lfs')) return 'a pointer of Git LFS and not the file itself';
  return undefined;
}

/** Magic, version, number of tensors, number of metadata entries: 24 bytes, little-endian. */
function whyNotGguf(start: Uint8Array, bytes: number | undefined): string | undefined {
  if (start.length < 24 || start[0] !== 0x47 || start[1] !== 0x47 || start[2] !== 0x55 || start[3] !== 0x46)
    return 'not a GGUF file';
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const version = view.getUint32(4, true);
  if (version !== 2 && version !== 3) return `GGUF of version ${version}`;
  const [tensors, entries] = [view.getBigUint64(8, true), view.getBigUint64(16, true)];
  // The least that a tensor's or an entry's description takes: a broken count would make a reader allocate for ever.
  const room = BigInt(bytes ?? Number.MAX_SAFE_INTEGER);
  if (tensors === 0n || tensors > 100_000n || tensors * 24n > room)
    return `a GGUF file of ${tensors} tensors`;
  if (entries > 100_000n || entries * 13n > room) return `a GGUF file of ${entries} metadata entries`;
  return undefined;
}

/** The length of a JSON header, 8 bytes little-endian, and the header. */
function whyNotSafetensors(start: Uint8Array, bytes: number | undefined): string | undefined {
  if (start.length < 10 || start[8] !== 0x7b) return 'not a safetensors file';
  const header = new DataView(start.buffer, start.byteOffset, start.byteLength).getBigUint64(0, true);
  const most = BigInt(Math.min(100_000_000, bytes ?? 100_000_000));
  return header > most ? `a safetensors header of ${header} bytes` : undefined;
}
