/** Images in a request to a provider: the form they take, and how a refusal of them is known. */

import type { LanguageModelV3FilePart } from '@ai-sdk/provider';
import type { ImagePart, Message } from '../../src/domain/engine';
import { FailureError, type FailureCode } from '../../src/domain/failure';
import { hasImages } from '../../src/domain/images';

export function imagePart({ mediaType, base64 }: ImagePart): LanguageModelV3FilePart {
  return { type: 'file', mediaType, data: base64 };
}

/** No protocol has a code for an image that a model does not take, so what the provider says of it decides. */
const ABOUT_IMAGES =
  /\bimages?\b|image_url|input_image|\bvision\b|multi-?modal|\bmodalit|content must be a string/i;

/** What providers answer there, by status and code. */
const refusals: readonly FailureCode[] = ['request-rejected', 'model-unknown', 'not-an-api'];

/** The error, called by its name where it is the images of these messages that the provider objects to. */
export function imagesRefused(
  error: FailureError,
  messages: readonly Message[],
  model: string,
): FailureError {
  const { code, detail, unbilled = false } = error.failure;
  // Some models have such words in their names.
  const said = detail.replaceAll(model, '');
  if (!refusals.includes(code) || !hasImages(messages) || !ABOUT_IMAGES.test(said)) return error;
  return new FailureError('images-refused', detail, { cause: error, unbilled });
}
