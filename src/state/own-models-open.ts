/** Makes the adding of own models of what the app is made of. A chunk of its own: it loads with the Models screen. */

import { Inspector } from '../catalog/own/inspector';
import { HUB_URL } from '../weights/addresses';
import { WeightStore } from '../weights/weight-store';
import { WeightsClient } from '../weights/weights-client';
import type { Models } from './models.svelte';
import type { EnginePool } from './engine-pool.svelte';
import type { OwnList } from './own-list.svelte';
import { OwnModels } from './own-models.svelte';
import type { Playground } from './playground.svelte';
import type { StorageDoor } from './storage-door.svelte';

export interface OwnParts {
  readonly list: OwnList;
  readonly models: Pick<Models, 'machine'>;
  readonly storage: Pick<StorageDoor, 'opened'>;
  readonly pool: Pick<EnginePool, 'release'>;
  readonly playground: Pick<Playground, 'lanes'>;
  /** Absolute address of the app's folder, with a slash at its end. */
  readonly appUrl: string;
}

export function openOwnModels({ list, models, storage, pool, playground, appUrl }: OwnParts): OwnModels {
  return new OwnModels({
    list,
    models,
    client: new WeightsClient(),
    places: { appUrl, hubUrl: HUB_URL },
    inspector: new Inspector(),
    store: new WeightStore(),
    storage: () => storage.opened,
    unload: async (variants) => {
      for (const lane of playground.lanes)
        if (variants.some(({ id }) => id === lane.setup.variantId)) lane.stop();
      await pool.release(variants);
    },
    overTls: location.protocol === 'https:',
  });
}
