/** What of a model is offered first, and how a lane begins with it. */

import { contextToAsk } from '../domain/engine';
import type { CatalogModel, CatalogVariant } from '../domain/model';
import type { FastestChoice } from './auto-tune-choice';
import type { ModelRow } from './models.svelte';
import type { LaneChange } from './playground.svelte';

/** What was measured to be fastest on this machine comes before what is guessed, where the list shows it and it fits. */
export function firstToOpen(
  { variants, best }: Pick<ModelRow, 'variants' | 'best'>,
  measured: FastestChoice | undefined,
): ModelRow['best'] {
  const known = variants.find(({ variant }) => variant.id === measured?.variantId);
  return known !== undefined && known.fit.obstacles.length === 0 ? known : best;
}

/**
 * A lane on the device that was measured to be fastest for the variant, at the context length that the list was
 * looked at with.
 */
export function laneFor(
  { contextTokens }: Pick<CatalogModel, 'contextTokens'>,
  { id, engine }: Pick<CatalogVariant, 'id' | 'engine'>,
  measured: FastestChoice | undefined,
  wishedTokens: number,
): Required<LaneChange> {
  return {
    variantId: id,
    device: measured?.variantId === id ? measured.device : 'auto',
    contextTokens: contextToAsk(engine, contextTokens, wishedTokens),
  };
}
