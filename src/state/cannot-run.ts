/** What is refused before a byte of it is fetched. */

import { fitOf, type Obstacle } from '../catalog/estimate';
import type { Failure } from '../domain/failure';
import type { Machine } from '../domain/machine';
import type { CatalogModel, CatalogVariant } from '../domain/model';

/**
 * Why this machine can run the variant on no device at all; undefined where it may. Memory and storage are not looked
 * at: browsers tell both so roughly that they are shown, and left to the person and to what a write says.
 */
export function cannotRun(
  model: CatalogModel,
  variant: CatalogVariant,
  contextTokens: number,
  machine: Machine,
): Failure | undefined {
  const failures = variant.devices.map((device) => {
    const { obstacles } = fitOf(model, { ...variant, devices: [device] }, contextTokens, machine);
    return obstacles.map(failureOfObstacle).find((failure) => failure !== undefined);
  });
  return failures.every((failure) => failure !== undefined) ? failures[0] : undefined;
}

function failureOfObstacle(obstacle: Obstacle): Failure | undefined {
  switch (obstacle.kind) {
    case 'no-webgpu':
    case 'software-webgpu':
      return { code: 'webgpu-unavailable', detail: obstacle.kind };
    case 'feature':
      return { code: 'feature-missing', detail: obstacle.feature };
    case 'buffer':
    case 'address-space':
      return {
        code: 'model-too-large',
        detail: `${obstacle.kind}: needs ${obstacle.needs} bytes, ${obstacle.offers} are offered`,
      };
    case 'memory':
    case 'storage':
      return undefined;
  }
}
