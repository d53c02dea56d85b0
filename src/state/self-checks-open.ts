/** Makes the self-check of what the app is made of. A chunk of its own: the first screen does not wait for it. */

import { EngineClient, spawnEngineWorker } from '../../workers/engine-client';
import type { AdapterReport } from '../hardware/adapter';
import type { Memory } from './browser-memory';
import { sourceOf, type EnginePool } from './engine-pool.svelte';
import type { Models } from './models.svelte';
import { SelfChecks } from './self-checks.svelte';

export interface CheckParts {
  readonly pool: EnginePool;
  /** Absolute address of the app's folder, with a slash at its end. */
  readonly appUrl: string;
  readonly adapter: AdapterReport;
  readonly models: Pick<Models, 'machine'>;
  readonly memory: Memory;
  /** True while something answers or loads. */
  readonly busy: () => boolean;
}

export function openChecks({ pool, appUrl, adapter, models, memory, busy }: CheckParts): SelfChecks {
  return new SelfChecks({
    machine: () => ({
      webGpu: adapter.kind,
      memoryBytes: models.machine?.memoryBytes,
      adapter: adapter.description,
    }),
    slot: (variant) => pool.peek(variant, 'webgpu'),
    reference: () => new EngineClient({ spawn: spawnEngineWorker }),
    referenceSource: (variant) => sourceOf(variant, 'wasm', appUrl),
    memory,
    release: __APP_VERSION__,
    busy,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}
