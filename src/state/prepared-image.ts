/**
 * An image file as it is kept: decoded, turned as its camera says, made small enough, and encoded anew. What else the
 * file held (place, time, camera, thumbnails, further frames) is gone with that. Decoding and encoding are done by the
 * browser beside the page's thread.
 */

import type { ImagePart } from '../domain/engine';
import { imageHeader } from '../domain/image-header';
import { MAX_IMAGE_BYTES, MAX_NAME, MAX_SIDE, MAX_SOURCE_BYTES, MAX_SOURCE_PIXELS } from '../domain/images';

export type ImageProblem =
  /** No PNG, JPEG, WebP or GIF, whatever its name says. */
  | { readonly kind: 'type' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-many-pixels'; readonly width: number; readonly height: number }
  /** The browser does not give it, or cannot decode it. */
  | { readonly kind: 'unreadable' };

export type PreparedImage =
  | {
      readonly ok: true;
      readonly image: ImagePart;
      /** True where it was larger. */
      readonly scaled: boolean;
    }
  | { readonly ok: false; readonly problem: ImageProblem };

type Encoded = Pick<ImagePart, 'mediaType' | 'width' | 'height'> & { readonly blob: Blob };

/** Tried in order until one is small enough. */
const jpegAttempts = [
  { share: 1, quality: 0.9 },
  { share: 1, quality: 0.75 },
  { share: 1, quality: 0.5 },
  { share: 0.5, quality: 0.5 },
] as const;

export async function prepareImage(file: File): Promise<PreparedImage> {
  if (file.size > MAX_SOURCE_BYTES) return refused({ kind: 'too-large' });
  try {
    const header = imageHeader(new Uint8Array(await file.arrayBuffer()));
    if (header === undefined) return refused({ kind: 'type' });
    const { type, width, height } = header;
    if (width * height > MAX_SOURCE_PIXELS) return refused({ kind: 'too-many-pixels', width, height });
    const bitmap = await createImageBitmap(file);
    try {
      // What may be a drawing, or a picture of text, stays exact where it can.
      const exact = type === 'image/jpeg' ? undefined : await encode(bitmap, 'image/png');
      const { blob, ...encoded } = exact ?? (await asJpeg(bitmap));
      const image = { ...encoded, base64: await base64Of(blob), name: nameOf(file) };
      return { ok: true, image, scaled: image.width < bitmap.width || image.height < bitmap.height };
    } finally {
      bitmap.close();
    }
  } catch (thrown) {
    console.warn('An image could not be read:', thrown);
    return refused({ kind: 'unreadable' });
  }
}

async function asJpeg(bitmap: ImageBitmap): Promise<Encoded> {
  for (const attempt of jpegAttempts) {
    const encoded = await encode(bitmap, 'image/jpeg', attempt);
    if (encoded !== undefined) return encoded;
  }
  throw new Error(`no encoding of at most ${MAX_IMAGE_BYTES} bytes`);
}

/** Undefined where the file would be too large. */
async function encode(
  bitmap: ImageBitmap,
  mediaType: ImagePart['mediaType'],
  { share, quality }: { readonly share: number; readonly quality: number } = jpegAttempts[0],
): Promise<Encoded | undefined> {
  const scale = Math.min(1, (share * MAX_SIDE) / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('there is no canvas');
  if (mediaType === 'image/jpeg') {
    // It knows no transparency, and would show it black.
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: mediaType, quality });
  return blob.size <= MAX_IMAGE_BYTES ? { mediaType, width, height, blob } : undefined;
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  // A function takes only so many arguments.
  for (let from = 0; from < bytes.length; from += 32_768)
    binary += String.fromCharCode(...bytes.subarray(from, from + 32_768));
  return btoa(binary);
}

/** What comes from the clipboard has no name worth keeping but the browser's "image.png". */
function nameOf({ name }: File): string {
  return name.slice(0, MAX_NAME);
}

function refused(problem: ImageProblem): PreparedImage {
  return { ok: false, problem };
}
