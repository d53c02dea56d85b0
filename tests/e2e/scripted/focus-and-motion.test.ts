/** Who goes by keyboard always sees where they are; who asked for less motion sees none. */

import { expect, test, type Page } from '@playwright/test';
import { PlaygroundPage } from '../../support/playground-page';

/** More stops than any screen has here. */
const MOST_STOPS = 400;

interface Stop {
  readonly element: string;
  readonly shown: boolean;
}

/** Goes through the page by Tab, from its start until it is left. */
async function stopsOf(page: Page): Promise<Stop[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops: Stop[] = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate((): Stop | undefined => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return undefined;
      // A field may show it on the frame that it lies in.
      let shown = false;
      for (let at: Element | null = focused, up = 0; at !== null && up < 3; at = at.parentElement, up += 1) {
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        shown ||= outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      }
      const words = focused.getAttribute('aria-label') ?? focused.textContent.trim().slice(0, 40);
      return { element: `${focused.tagName.toLowerCase()} ${words}`, shown };
    });
    if (stop === undefined) return stops;
    stops.push(stop);
  }
  throw new Error(`more than ${MOST_STOPS} stops: is the focus caught?`);
}

test('every stop of the Tab key is outlined, on every screen', async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await page.setViewportSize({ width: 1400, height: 900 });
  await playground.open('greeting', 'other-greeting');
  await playground.ask('hello');
  await expect(playground.lane(2).getByRole('button', { name: 'Regenerate' })).toBeVisible();
  for (const screen of ['Playground', 'Models', 'Network', 'Settings']) {
    await page.getByRole('navigation').getByRole('link', { name: screen }).click();
    await expect(page.getByRole('main')).toBeVisible();
    const stops = await stopsOf(page);
    expect(stops.length, screen).toBeGreaterThan(8);
    expect(
      stops.filter(({ shown }) => !shown).map(({ element }) => element),
      screen,
    ).toEqual([]);
  }
});

/** Longest animation or transition that began, in seconds, while menus, dialogs and messages came and went. */
async function longestMotion(page: Page): Promise<number> {
  await page.addInitScript(() => {
    const seconds: number[] = [];
    Object.assign(window, { motion: seconds });
    const longest = (list: string) => Math.max(...list.split(',').map((one) => parseFloat(one)));
    document.addEventListener('animationstart', ({ target }) => {
      seconds.push(longest(getComputedStyle(target as Element).animationDuration));
    });
    document.addEventListener('transitionrun', ({ target }) => {
      seconds.push(longest(getComputedStyle(target as Element).transitionDuration));
    });
  });
  const playground = new PlaygroundPage(page);
  await playground.open('greeting', 'other-greeting');
  await playground.ask('hello');
  await playground.lane(1).getByRole('button', { name: 'All metrics of this answer' }).click();
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'More for lane 2' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  return page.evaluate(() => Math.max(0, ...(window as unknown as { motion: number[] }).motion));
}

test('things move a little, and not at all where less motion is asked for', async ({ page, context }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect(await longestMotion(page)).toBeGreaterThan(0.05);
  const calm = await context.newPage();
  await calm.emulateMedia({ reducedMotion: 'reduce' });
  expect(await longestMotion(calm)).toBeLessThan(0.01);
});
