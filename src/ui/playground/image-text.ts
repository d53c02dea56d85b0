/** What is said of images. */

import type { AnswerRun } from '../../domain/conversation';
import { IMAGES_IGNORED, type ImagePart } from '../../domain/engine';
import { MAX_SOURCE_BYTES, MAX_SOURCE_PIXELS } from '../../domain/images';
import { m } from '../../messages/messages.js';
import type { ImageProblem } from '../../state/prepared-image';
import { formatBytes, formatInteger } from '../shared/format';

/** @param index its place among its prompt's images, from 0 */
export function imageName(name: string, index: number): string {
  return name.trim() === '' ? m.images_unnamed({ number: index + 1 }) : name;
}

export function imageAlt({ name, width, height }: ImagePart, index: number): string {
  return m.images_alt({
    name: imageName(name, index),
    width: formatInteger(width),
    height: formatInteger(height),
  });
}

export function problemText(problem: ImageProblem, name: string): string {
  switch (problem.kind) {
    case 'type':
      return m.images_problem_type({ name });
    case 'too-large':
      return m.images_problem_large({ name, most: formatBytes(MAX_SOURCE_BYTES) });
    case 'too-many-pixels':
      return m.images_problem_pixels({
        name,
        width: formatInteger(problem.width),
        height: formatInteger(problem.height),
        most: formatInteger(MAX_SOURCE_PIXELS / 1_000_000),
      });
    case 'unreadable':
      return m.images_problem_unreadable({ name });
  }
}

export function laneCannotText(): string {
  return m.images_lane_cannot();
}

/** What is said of images that an answer was made without; undefined where there is nothing to say. */
export function leftOutText(run: Pick<AnswerRun, 'ignored'> | undefined): string | undefined {
  return run?.ignored?.includes(IMAGES_IGNORED) === true ? m.images_ignored() : undefined;
}
