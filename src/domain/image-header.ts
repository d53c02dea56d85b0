/**
 * What an image file says of itself in its first bytes: read before it is decoded, since a file of a few bytes can
 * unpack to gigabytes. Formats: PNG (W3C), JPEG (ITU-T T.81), GIF89a, WebP (RFC 9649).
 */

export const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;
export type ImageType = (typeof imageTypes)[number];

export interface ImageHeader {
  readonly type: ImageType;
  /** In pixels, as stored: a JPEG may be meant to be turned. */
  readonly width: number;
  readonly height: number;
}

/** Undefined where the bytes do not begin as one of these images, or end before they tell its size. */
export function imageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const found = png(view) ?? jpeg(view) ?? gif(view) ?? webp(view);
    return found !== undefined && found.width > 0 && found.height > 0 ? found : undefined;
  } catch (thrown) {
    // What ends inside its header.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function png(view: DataView): ImageHeader | undefined {
  if (!reads(view, 0, '\x89PNG\r\n\x1a\n') || !reads(view, 12, 'IHDR')) return undefined;
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Segment after segment, to the one that begins a frame: SOF0 to SOF15 without DHT, JPG and DAC. */
function jpeg(view: DataView): ImageHeader | undefined {
  if (!reads(view, 0, '\xff\xd8\xff')) return undefined;
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // The image's data, or its end, before any frame.
    else if (marker >= 0xd8 && marker <= 0xda) return undefined;
    else at += 2 + segmentLength(view, at, marker);
  }
}

function segmentLength(view: DataView, at: number, marker: number): number {
  const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
  return alone ? 0 : Math.max(2, view.getUint16(at + 2));
}

function gif(view: DataView): ImageHeader | undefined {
  if (!reads(view, 0, 'GIF87a') && !reads(view, 0, 'GIF89a')) return undefined;
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

function webp(view: DataView): ImageHeader | undefined {
  if (!reads(view, 0, 'RIFF') || !reads(view, 8, 'WEBP')) return undefined;
  const type = 'image/webp';
  if (reads(view, 12, 'VP8X'))
    return { type, width: 1 + threeBytes(view, 24), height: 1 + threeBytes(view, 27) };
  if (reads(view, 12, 'VP8L') && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { type, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (!reads(view, 12, 'VP8 ') || !reads(view, 23, '\x9d\x01\x2a')) return undefined;
  return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

function threeBytes(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}

/** True where these bytes, a character each, stand at `at`. False behind the end. */
function reads(view: DataView, at: number, text: string): boolean {
  if (at + text.length > view.byteLength) return false;
  return [...text].every((character, index) => view.getUint8(at + index) === character.charCodeAt(0));
}
