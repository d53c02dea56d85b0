/** Images of a prompt: their bounds, which lanes can take them, and what counts as one in a file. */

import type { Conversation } from './conversation';
import type { ImagePart, Message } from './engine';
import type { Variant } from './model';

/** Most images of one prompt. */
export const MAX_IMAGES = 4;

/** Most images of a conversation, which is stored as a whole with every change. */
export const MAX_CONVERSATION_IMAGES = 24;

/** Longer side of an image as it is kept, in pixels. What is larger, vision models scale down by themselves. */
export const MAX_SIDE = 1568;

/** Bytes of an image as it is kept. */
export const MAX_IMAGE_BYTES = 1024 * 1024;

/** Largest file that an image is read from, in bytes. */
export const MAX_SOURCE_BYTES = 32 * 1024 * 1024;

/** Most pixels of such a file: decoded, each takes four bytes. */
export const MAX_SOURCE_PIXELS = 50_000_000;

/** Longest name of a file that is kept, in UTF-16 code units. */
export const MAX_NAME = 120;

/** How the base64 of a file of each type begins: with its magic number. */
const STARTS = { 'image/png': 'iVBORw0KGgo', 'image/jpeg': '/9j/' } as const;

/** Whether a model reads images. Of one behind an API only the provider knows, and says so when it is asked. */
export function takesImages({ remote, projector }: Pick<Variant, 'remote' | 'projector'>): boolean {
  return remote === true || projector !== undefined;
}

/** The messages as a model gets them that reads text alone; the same array where they hold no image. */
export function withoutImages(messages: readonly Message[]): readonly Message[] {
  return hasImages(messages) ? messages.map(({ role, content }) => ({ role, content })) : messages;
}

export function hasImages(messages: readonly Message[]): boolean {
  return messages.some(({ images }) => images !== undefined && images.length > 0);
}

export function imageCount({
  exchanges,
  draftImages = [],
}: Pick<Conversation, 'exchanges' | 'draftImages'>): number {
  return exchanges.reduce((sum, { images = [] }) => sum + images.length, draftImages.length);
}

/** For the source of an `img`: it holds the image, and nothing is fetched. */
export function dataUrlOf({ mediaType, base64 }: Pick<ImagePart, 'mediaType' | 'base64'>): string {
  return `data:${mediaType};base64,${base64}`;
}

/** True where it is sound base64 that begins as a file of this type, within the bounds. The size may still be another. */
export function isKeptImage({ mediaType, base64, width, height }: ImagePart): boolean {
  return (
    Math.max(width, height) <= MAX_SIDE &&
    base64.length % 4 === 0 &&
    base64.length <= Math.ceil(MAX_IMAGE_BYTES / 3) * 4 &&
    base64.startsWith(STARTS[mediaType]) &&
    /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  );
}
