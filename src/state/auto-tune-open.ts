/** Makes "find the fastest here" of what the app is made of. A chunk of its own: it loads when it is asked for. */

import { EngineClient, spawnEngineWorker } from '../../workers/engine-client';
import type { AdapterReport } from '../hardware/adapter';
import { AutoTune } from './auto-tune.svelte';
import { sourceOf, type EnginePool } from './engine-pool.svelte';
import type { Models } from './models.svelte';
import type { SelfChecks } from './self-checks.svelte';
import type { StorageDoor } from './storage-door.svelte';

export interface TuneParts {
  readonly pool: EnginePool;
  /** Absolute address of the app's folder, with a slash at its end. */
  readonly appUrl: string;
  readonly adapter: AdapterReport;
  readonly checks: SelfChecks;
  readonly models: Pick<Models, 'all'>;
  readonly storage: Pick<StorageDoor, 'opened'>;
  /** Grows whenever the page was frozen or the machine slept. */
  readonly freezes: () => number;
}

export function openAutoTune({
  pool,
  appUrl,
  adapter,
  checks,
  models,
  storage,
  freezes,
}: TuneParts): AutoTune {
  const hides = countHides(document);
  return new AutoTune({
    connect: () => new EngineClient({ spawn: spawnEngineWorker }),
    sourceOf: (variant, device) => sourceOf(variant, device, appUrl),
    checks,
    release: () => pool.keepOnly([]),
    watch: () => {
      const [hidesBefore, freezesBefore] = [hides(), freezes()];
      const wasHidden = document.visibilityState === 'hidden';
      return () => {
        if (wasHidden || hides() !== hidesBefore) return 'hidden';
        return freezes() === freezesBefore ? undefined : 'frozen';
      };
    },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    adapter,
    isStored: ({ id }) => {
      const known = models.all.flatMap(({ variants }) => variants).find((variant) => variant.id === id);
      return known !== undefined && storage.opened?.of(known)?.complete === true;
    },
  });
}

/** Grows whenever the page is hidden. The watch lasts as long as the page. */
function countHides(page: Document): () => number {
  let hides = 0;
  page.addEventListener('visibilitychange', () => {
    if (page.visibilityState === 'hidden') hides += 1;
  });
  return () => hides;
}
