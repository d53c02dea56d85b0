/**
 * Prompts with images for llama.cpp.
 *
 * wllama takes images along a chat alone, and llama.cpp would run the model's template on it by itself. Ours is run where it can do
 * no harm, alike for every prompt. So llama.cpp is given a template that does nothing but join, and each piece of the
 * finished text, and each image between two of them, is a message of its own.
 */

import type {
  ChatCompletionChunk,
  ChatCompletionMessage,
  RawCompletionChunk,
} from '@wllama/wllama/esm/index.js';
import type { ImagePart, Message, Prompt } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';

export const JOINING_TEMPLATE = '{% for message in messages %}{{ message.content }}{% endfor %}';

/** Stands for an image in a text: characters of private use, which no template and no person writes. */
const MARK = '\uE000image\uE001';

/** What llama.cpp reads as an image's place. It draws the rest of it anew for each model, but for old ones. */
const ENGINES_MARK = /<__media_[^>]*>/g;

export function imagesOf(prompt: Prompt): readonly ImagePart[] {
  return prompt.kind === 'chat' ? prompt.messages.flatMap(({ images = [] }) => images) : [];
}

/** The messages with a mark for each of their images, and no other. */
export function withMarks(messages: readonly Message[]): readonly Message[] {
  return messages.map(({ role, content, images = [] }) => ({
    role,
    content: MARK.repeat(images.length) + content.replaceAll(MARK, '').replaceAll(ENGINES_MARK, ''),
  }));
}

/**
 * @param text made from messages with marks
 * @param images of those messages, in their order
 * @throws FailureError `template-refused` where the template left marks out, or wrote them twice
 */
export function joinedBy(text: string, images: readonly ImagePart[]): ChatCompletionMessage[] {
  const pieces = text.split(MARK);
  if (pieces.length !== images.length + 1) {
    throw new FailureError(
      'template-refused',
      `the model's chat template has ${pieces.length - 1} places for ${images.length} images`,
    );
  }
  return pieces.flatMap((content, index): ChatCompletionMessage[] => {
    const image = images[index];
    return [
      ...(content === '' ? [] : [{ role: 'user' as const, content }]),
      ...(image === undefined
        ? []
        : [{ role: 'user' as const, content: [{ type: 'image' as const, data: bytesOf(image) }] }]),
    ];
  });
}

/** A piece of a chat's answer in the form of other answers. */
export function asCompletion({ choices, ...chunk }: ChatCompletionChunk): RawCompletionChunk {
  return {
    ...chunk,
    object: 'text_completion',
    choices: choices.map(({ index, delta, finish_reason: finish }) => ({
      index,
      text: delta.content ?? '',
      finish_reason: finish === 'tool_calls' ? 'stop' : finish,
      logprobs: null,
    })),
  };
}

function bytesOf({ base64 }: ImagePart): ArrayBuffer {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)).buffer;
}
