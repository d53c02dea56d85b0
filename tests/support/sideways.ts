/** Whether a person has to scroll a screen sideways. The page itself never scrolls: its `main` does. */

import type { Page } from '@playwright/test';

/**
 * What of the page or of its screen is wider than the window, as sentences for a failed test: how many CSS pixels, and
 * the element that reaches farthest. Empty on a good screen. Parts with a scroller of their own, a table for one, do
 * not count.
 */
export async function widerThanWindow(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main')].flatMap((scroller) => {
      const excess = scroller.scrollWidth - scroller.clientWidth;
      if (excess <= 0) return [];
      const reach = (element: Element): number => element.getBoundingClientRect().right;
      const farthest = [...scroller.querySelectorAll('*')].reduce((a, b) => (reach(b) > reach(a) ? b : a));
      return [`${scroller.tagName} is ${excess} px too wide: ${farthest.outerHTML.slice(0, 200)}`];
    }),
  );
}
