/** The machine that a model has to fit, put together from what the browser tells. */

import type { Machine } from '../domain/machine';
import type { AdapterReport } from './adapter';

/** Browsers that tell the memory tell no more than 8 GiB, so that they cannot be told apart by it. */
const MOST_TOLD_GIB = 8;

/** Never rejects: what cannot be asked is not known. */
export async function machineOf(adapter: AdapterReport, navigator: Navigator): Promise<Machine> {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return {
    webGpu: adapter.kind,
    features: adapter.features,
    maxBufferBytes: adapter.maxBufferBytes,
    memoryBytes:
      deviceMemory === undefined || deviceMemory >= MOST_TOLD_GIB ? undefined : deviceMemory * 2 ** 30,
    storageBytes: await spaceLeft(navigator),
  };
}

async function spaceLeft({ storage }: Navigator): Promise<number | undefined> {
  try {
    const { quota, usage } = await storage.estimate();
    return quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0));
  } catch (thrown) {
    console.warn('The browser does not tell how much may be stored:', thrown);
    return undefined;
  }
}
