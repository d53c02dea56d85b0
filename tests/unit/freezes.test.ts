import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchFreezes } from '../../src/hardware/freezes';

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const page = new FakePage();
  return { page, freezes: watchFreezes(page as unknown as Document) };
}

/** Time goes by on the clock on the wall, and no timer runs. */
function sleep(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

test('a page that runs is never frozen, however long', () => {
  const { freezes } = setUp();
  vi.advanceTimersByTime(600_000);
  sleep(4000);
  expect(freezes()).toBe(0);
});

test('a gap in the ticks is noticed once, before and after the next tick alike', () => {
  const { freezes } = setUp();
  sleep(20_000);
  expect(freezes()).toBe(1);
  vi.advanceTimersByTime(2000);
  expect(freezes()).toBe(1);
  sleep(20_000);
  vi.advanceTimersByTime(500);
  expect(freezes()).toBe(2);
});

test('the slow timers of a hidden page are no freeze; a longer gap is one', () => {
  const { page, freezes } = setUp();
  page.show('hidden');
  sleep(60_000);
  expect(freezes()).toBe(0);
  sleep(60_000);
  page.show('visible');
  expect(freezes()).toBe(0);
  page.show('hidden');
  sleep(120_000);
  expect(freezes()).toBe(1);
});

test('a page that the browser says it froze was frozen', () => {
  const { page, freezes } = setUp();
  page.dispatchEvent(new Event('freeze'));
  expect(freezes()).toBe(1);
});
