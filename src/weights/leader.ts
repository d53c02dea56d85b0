/**
 * One download of a blob at a time, in all tabs and workers of this origin. Who comes second waits for the lock and
 * hears how far the first one is; the lock falls to it when the first one is done, or dies.
 */

import type { FileProgress } from './transfer';

const NAME = 'opentab-weights';
/** Progress is told to other tabs this often, in ms. */
const TELL_EVERY_MS = 200;

interface Told {
  readonly blob: string;
  readonly progress: FileProgress;
}

/** @param work gets a function that tells other tabs how far it is */
export async function asLeader<T>(
  blob: string,
  signal: AbortSignal,
  onProgress: (progress: FileProgress) => void,
  work: (tell: (progress: FileProgress) => void) => Promise<T>,
): Promise<T> {
  // Only secure addresses have locks; elsewhere two tabs may fetch the same bytes, and both get them right.
  if (typeof navigator === 'undefined' || navigator.locks === undefined) return work(() => undefined);
  const channel = new BroadcastChannel(NAME);
  let following = true;
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (following && data.blob === blob) onProgress(data.progress);
  };
  try {
    return await navigator.locks.request(`${NAME}:${blob}`, { signal }, () => {
      following = false;
      let toldAt = -Infinity;
      return work((progress) => {
        const now = performance.now();
        if (now - toldAt < TELL_EVERY_MS) return;
        toldAt = now;
        channel.postMessage({ blob, progress } satisfies Told);
      });
    });
  } finally {
    channel.close();
  }
}
