/**
 * Notices when the page did not run for a while: the machine slept, or the browser or the system froze the page.
 * What was measured meanwhile says nothing about a model.
 */

const TICK_MS = 500;
/** A tick this late, in ms, was not delayed by work: no task of the page comes near it. */
const FROZEN_MS = 5000;
/** Browsers slow the timers of a hidden page down to one a minute. */
const FROZEN_WHILE_HIDDEN_MS = 90_000;

/** Starts the watch, which lasts as long as the page. The number that the result gives grows with every freeze. */
export function watchFreezes(page: Document = document): () => number {
  let freezes = 0;
  // The clock on the wall: the monotonic one stands still while some systems sleep.
  let last = Date.now();
  let wasHidden = page.visibilityState === 'hidden';

  function look(): void {
    const now = Date.now();
    if (now - last >= (wasHidden ? FROZEN_WHILE_HIDDEN_MS : FROZEN_MS)) freezes += 1;
    last = now;
    wasHidden = page.visibilityState === 'hidden';
  }

  setInterval(look, TICK_MS);
  page.addEventListener('visibilitychange', () => {
    wasHidden = true;
  });
  page.addEventListener('freeze', () => {
    freezes += 1;
  });
  return () => {
    // A freeze that has just ended may not have been noticed by a tick yet.
    look();
    return freezes;
  };
}
