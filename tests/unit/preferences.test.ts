import { expect, test } from 'vitest';
import { browserMemory } from '../../src/state/browser-memory';
import { Preferences } from '../../src/state/preferences.svelte';

function storage(entries: Record<string, string> = {}) {
  const values = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

test('a chosen theme is there at the next visit', () => {
  const kept = storage();
  const preferences = new Preferences(browserMemory(() => kept));
  expect(preferences.theme).toBe('system');
  preferences.theme = 'dark';
  expect(preferences.theme).toBe('dark');
  expect(new Preferences(browserMemory(() => kept)).theme).toBe('dark');
});

test('a theme that this release does not know is the system’s', () => {
  expect(new Preferences(browserMemory(() => storage({ 'opentab.theme': 'sepia' }))).theme).toBe('system');
});

test('a browser that blocks its storage is tolerated for as long as the page lives', () => {
  const memory = browserMemory(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  const preferences = new Preferences(memory);
  preferences.theme = 'light';
  expect(preferences.theme).toBe('light');
  expect(new Preferences(memory).theme).toBe('light');
});
