// @ts-check
/** Main-thread tasks of a page that took over 50 ms, which is where browsers begin to tell of them. */

/**
 * Call before the page is opened.
 *
 * @param {import('playwright').Page} page
 */
export async function watchLongTasks(page) {
  await page.addInitScript(() => {
    const tasks = /** @type {{ start: number, ms: number }[]} */ ([]);
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, ms: duration });
    }).observe({ type: 'longtask', buffered: true });
  });
}

/**
 * The page's own clock, ms.
 *
 * @param {import('playwright').Page} page
 */
export function clockOf(page) {
  return page.evaluate(() => performance.now());
}

/**
 * The longest task that began since `from` and before now, ms; 0 where none was over 50 ms. Each is told once.
 *
 * @param {import('playwright').Page} page
 * @param {number} from on the page's clock
 * @returns {Promise<{ longestTaskMs: number, until: number }>}
 */
export async function longestTaskSince(page, from) {
  // The observer is told a little later than the task ends.
  await page.waitForTimeout(500);
  const until = await clockOf(page);
  const longestTaskMs = await page.evaluate(
    ([after, before]) =>
      /** @type {{ start: number, ms: number }[]} */ (Reflect.get(globalThis, 'longTasks'))
        .splice(0)
        .filter(({ start }) => start >= after && start < before)
        .reduce((longest, { ms }) => Math.max(longest, ms), 0),
    /** @type {const} */ ([from, until]),
  );
  return { longestTaskMs, until };
}
