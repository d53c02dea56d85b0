/** Words that send a person to a screen come with the way there. */

import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { failureCodes } from '../../src/domain/failure';
import { overwriteGetLocale } from '../../src/messages/runtime.js';
import { failurePlaces, wayTo } from '../../src/ui/shared/failure-place';
import { failureText } from '../../src/ui/shared/failure-text';

beforeAll(() => overwriteGetLocale(() => 'en'));

afterEach(() => vi.unstubAllGlobals());

const screens = [
  ['settings', /\bSettings\b/],
  ['models', /\bModels screen\b/],
  ['playground', /\bPlayground\b/],
] as const;

test.each(failureCodes)('%s: the screen that its words name is the one that it leads to', (code) => {
  const text = `${failureText[code].what()} ${failureText[code].next()}`;
  const named = screens.filter(([, name]) => name.test(text)).map(([screen]) => screen);
  expect(named.length).toBeLessThanOrEqual(1);
  expect(failurePlaces[code]?.split('/')[0]).toBe(named[0]);
});

test('the way has its address, with the part, and is none where the person is there already', () => {
  vi.stubGlobal('location', { hash: '#/models' });
  expect(wayTo('settings/storage')).toEqual({ label: 'Open Settings', href: '#/settings/storage' });
  expect(wayTo('models')).toBeUndefined();
  vi.stubGlobal('location', { hash: '#/settings/keys' });
  expect(wayTo('settings/storage')).toBeUndefined();
  expect(wayTo('playground')).toEqual({ label: 'Open Playground', href: '#/playground' });
});

test.each(['', '#/', '#?setup=abc'])('an address that names no screen (%j) is the playground’s', (hash) => {
  vi.stubGlobal('location', { hash });
  expect(wayTo('playground')).toBeUndefined();
  expect(wayTo('models')?.label).toBe('Open Models');
});
