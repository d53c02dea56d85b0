/** The page of `warm-load.mjs`: starts a worker for a load, and lets it go with all that it holds. */

import type { ModelSource } from '../src/domain/engine';

/**
 * `store`: the app's engine from its own verified store. `own-cache`: the library from the cache that it has by itself.
 * `plain`: the library from the network, with nothing stored.
 */
export type Way = 'store' | 'own-cache' | 'plain';

export interface WarmLoad {
  readonly way: Way;
  readonly source: ModelSource;
}

type Reply = { readonly ms: number } | { readonly problem: string };

declare global {
  interface Window {
    /** @returns ms until the model is ready */
    warmLoad(asked: WarmLoad): Promise<number>;
  }
}

window.warmLoad = async (asked) => {
  const worker = new Worker(new URL('./warm-load.worker.ts', import.meta.url), { type: 'module' });
  try {
    const reply = await new Promise<Reply>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Reply>) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(asked);
    });
    if ('problem' in reply) throw new Error(reply.problem);
    return reply.ms;
  } finally {
    worker.terminate();
  }
};
