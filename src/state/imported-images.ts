/** The images of a file that comes from anywhere: whether each is what it says, looked into before it is shown. */

import type { Conversation } from '../domain/conversation';
import type { ImagePart } from '../domain/engine';
import { imageHeader } from '../domain/image-header';
import type { FileProblem } from './conversation-file';

/** Characters of base64 that are looked at; type and size stand in the first hundred bytes of what is made here. */
const HEAD_CHARACTERS = 65_536;

/** The first image of a file's conversations that is not what it says; undefined where each is. */
export function wrongImage(conversations: readonly Conversation[]): FileProblem | undefined {
  for (const [index, { exchanges, draftImages = [] }] of conversations.entries()) {
    const images = [
      ...exchanges.flatMap(({ images: sent = [] }, at) =>
        sent.map((image, place) => ({ image, field: `exchanges.${at}.images.${place}` })),
      ),
      ...draftImages.map((image, place) => ({ image, field: `draftImages.${place}` })),
    ];
    const wrong = images.find(({ image }) => !isWhatItSays(image));
    if (wrong !== undefined) return { kind: 'damaged', conversation: index + 1, field: wrong.field };
  }
  return undefined;
}

/** A few bytes can say that they are a small image, and unpack to gigabytes. */
function isWhatItSays({ mediaType, base64, width, height }: ImagePart): boolean {
  const head = Uint8Array.from(atob(base64.slice(0, HEAD_CHARACTERS)), (byte) => byte.charCodeAt(0));
  const header = imageHeader(head);
  return header?.type === mediaType && header.width === width && header.height === height;
}
