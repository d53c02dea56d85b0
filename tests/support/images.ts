/** Images for tests: two small PNG files as a conversation keeps them, and beginnings of files of every type. */

import type { ImagePart } from '../../src/domain/engine';
import type { ImageHeader } from '../../src/domain/image-header';

/** A red pixel beside a blue one. */
export const redBlue: ImagePart = {
  mediaType: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DAwPAfAAcAAf9+CLHQAAAAAElFTkSuQmCC',
  width: 2,
  height: 1,
  name: 'red-blue.png',
};

/** Three green pixels in a column. */
export const green: ImagePart = {
  mediaType: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAADCAIAAADdv/LVAAAADklEQVR4nGNgaGBggGIACQwBgaP1qWUAAAAASUVORK5CYII=',
  width: 1,
  height: 3,
  name: 'green.png',
};

type Size = Pick<ImageHeader, 'width' | 'height'>;

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
const big = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** (bytes - 1 - index)) % 256);
const little = (value: number, bytes: number) => big(value, bytes).reverse();

export function pngStart({ width, height }: Size): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...[0x89, ...ascii('PNG\r\n\x1a\n')],
    ...[...big(13, 4), ...ascii('IHDR'), ...big(width, 4), ...big(height, 4), 8, 2, 0, 0, 0],
  ]);
}

/** @param before segments between the start and the frame, each its marker and its content */
export function jpegStart(
  { width, height }: Size,
  before: readonly (readonly [marker: number, content: readonly number[]])[] = [],
): Uint8Array<ArrayBuffer> {
  const segments = before.flatMap(([marker, content]) => [
    ...[0xff, marker, ...big(content.length + 2, 2)],
    ...content,
  ]);
  const frame = [0xff, 0xc0, ...big(17, 2), 8, ...big(height, 2), ...big(width, 2), 3];
  return Uint8Array.from([0xff, 0xd8, ...segments, ...frame, ...Array<number>(9).fill(0)]);
}

export function gifStart({ width, height }: Size): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...ascii('GIF89a'), ...little(width, 2), ...little(height, 2), 0, 0, 0]);
}

/** The three kinds of WebP: lossy, lossless, and extended. */
export function webpStart(kind: 'VP8 ' | 'VP8L' | 'VP8X', { width, height }: Size): Uint8Array<ArrayBuffer> {
  const start = [...ascii('RIFF'), ...little(100, 4), ...ascii('WEBP'), ...ascii(kind), ...little(50, 4)];
  const bits = ((width - 1) % 2 ** 14) + ((height - 1) % 2 ** 14) * 2 ** 14;
  const rest = {
    'VP8 ': [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2)],
    VP8L: [0x2f, ...little(bits, 4)],
    VP8X: [0, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)],
  };
  return Uint8Array.from([...start, ...rest[kind]]);
}
