/**
 * A lock that a worker holds as long as it lives, so that the page sees its end however it ended. Browsers hide locks
 * at addresses without https: there the page relies on the worker's error events and on deadlines.
 */

/** Resolves once the lock is held, or where there are none. */
export function holdLock(name: string, until: Promise<void>): Promise<void> {
  if (navigator.locks === undefined) return Promise.resolve();
  return new Promise((held, refused) => {
    navigator.locks
      .request(name, () => {
        held();
        return until;
      })
      .catch(refused);
  });
}

/** Calls back when the holder has given the lock back, or is gone; never where there are no locks. */
export function whenLockIsFree(name: string, then: () => void): void {
  if (navigator.locks !== undefined) void navigator.locks.request(name, then);
}
