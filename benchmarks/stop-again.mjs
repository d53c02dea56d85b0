// @ts-check
/** A person who stops a lane again and again. */

/**
 * Asks the first lane for one more answer and stops it, `rounds` times, in the page, so that each stop comes at the
 * moment wanted. The lane must have answered before.
 *
 * @param {import('@playwright/test').Page} page
 * @param {number} rounds
 * @param {'loading' | 'running'} state what the lane does when it is stopped
 * @returns {Promise<number[]>} from each press on Stop to a lane that is free, ms
 */
export function stopAgainAndAgain(page, rounds, state) {
  return page.evaluate(
    async ({ count, awaited }) => {
      const frame = () => new Promise(requestAnimationFrame);
      const find = (/** @type {string} */ name) =>
        [.../** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('main button'))].find(
          ({ ariaLabel, textContent, disabled }) => !disabled && (ariaLabel ?? textContent.trim()) === name,
        );
      /** @type {<T>(look: () => T | null | undefined) => Promise<T>} */
      const appears = async (look) => {
        for (;;) {
          const found = look();
          if (found !== null && found !== undefined) return found;
          await frame();
        }
      };
      const waits = [];
      for (let round = 0; round < count; round += 1) {
        (await appears(() => find('Regenerate'))).click();
        const sign = awaited === 'loading' ? '[data-state=loading]' : '[data-state=running] .markdown';
        await appears(() => document.querySelector(sign));
        const stop = await appears(() => find('Stop'));
        const pressed = performance.now();
        stop.click();
        await appears(() => document.querySelector('.lane [data-state=done]'));
        waits.push(performance.now() - pressed);
      }
      return waits;
    },
    { count: rounds, awaited: state },
  );
}
