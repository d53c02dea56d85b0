import { expect, test } from 'vitest';
import { ScrollTogether } from '../../src/ui/playground/scroll-together';

/** As much of an element that scrolls as is needed: it keeps to its range and tells a move later, as a browser does. */
class Scroller extends EventTarget {
  readonly clientHeight = 100;
  readonly scrollHeight: number;
  #top = 0;
  /** Moves that were not told yet. */
  untold = 0;

  constructor(scrollHeight: number) {
    super();
    this.scrollHeight = scrollHeight;
  }

  get scrollTop(): number {
    return this.#top;
  }

  set scrollTop(top: number) {
    const kept = Math.round(Math.max(0, Math.min(top, this.scrollHeight - this.clientHeight)));
    if (kept !== this.#top) this.untold = 1;
    this.#top = kept;
  }
}

function setUp(...heights: readonly number[]) {
  const state = { on: true };
  const together = new ScrollTogether(() => state.on);
  const scrollers = heights.map((height) => new Scroller(height));
  const detach = scrollers.map((scroller) => together.attach(scroller as unknown as HTMLElement));
  /** The next frame. Returns how many moves were told in it. */
  const frame = (): number => {
    const told = scrollers.filter(({ untold }) => untold > 0);
    for (const scroller of told) scroller.untold = 0;
    for (const scroller of told) scroller.dispatchEvent(new Event('scroll'));
    return told.length;
  };
  return { state, scrollers, detach, frame, tops: () => scrollers.map(({ scrollTop }) => scrollTop) };
}

test('each is kept at the same share of its length, and comes to rest there', () => {
  const { scrollers, frame, tops } = setUp(1100, 600, 100);
  if (scrollers[0] !== undefined) scrollers[0].scrollTop = 333;
  frame();
  expect(tops()).toEqual([333, 167, 0]);
  // The move of the second is told in turn; it must not move the first back by what was rounded.
  expect(frame()).toBe(1);
  expect(frame()).toBe(0);
  expect(tops()).toEqual([333, 167, 0]);
});

test('any of them leads, again and again', () => {
  const { scrollers, frame, tops } = setUp(1100, 600);
  for (const [leader, top, expected] of [
    [1, 250, [500, 250]],
    [0, 1000, [1000, 500]],
    [1, 0, [0, 0]],
  ] as const) {
    const scroller = scrollers[leader];
    if (scroller !== undefined) scroller.scrollTop = top;
    while (frame() > 0);
    expect(tops()).toEqual(expected);
  }
});

test('switched off, or gone, none follows', () => {
  const { state, scrollers, detach, frame, tops } = setUp(1100, 600);
  state.on = false;
  if (scrollers[0] !== undefined) scrollers[0].scrollTop = 500;
  frame();
  expect(tops()).toEqual([500, 0]);
  state.on = true;
  detach[1]?.();
  if (scrollers[0] !== undefined) scrollers[0].scrollTop = 600;
  frame();
  expect(tops()).toEqual([600, 0]);
});
