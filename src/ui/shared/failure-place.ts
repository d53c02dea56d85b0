/** Where the words for a failure send the person: a screen, and the part of it that is meant. */

import type { FailureCode } from '../../domain/failure';
import { m } from '../../messages/messages.js';

const screenTitles = {
  playground: m.screen_playground,
  models: m.screen_models,
  settings: m.screen_settings,
} as const;

type Screen = keyof typeof screenTitles;
/** A screen's name, and behind it that of a part (`screen-part.ts`), as the address holds them after `#/`. */
export type Place = Screen | `${Screen}/${string}`;

/** Of every failure whose words name a screen. */
export const failurePlaces: Readonly<Partial<Record<FailureCode, Place>>> = {
  'storage-full': 'settings/storage',
  'storage-unavailable': 'playground',
  'access-denied': 'models',
  'provider-missing': 'settings/add',
  'key-locked': 'settings/keys',
  'key-missing': 'settings',
  'key-rejected': 'settings',
  'model-unknown': 'settings',
  'not-an-api': 'settings',
};

/** What a button that leads there says and where it goes; undefined where the person is on that screen already. */
export function wayTo(place: Place): { readonly label: string; readonly href: string } | undefined {
  const screen = screenOf(place);
  const here = /^#\/([a-z]+)/.exec(location.hash)?.[1] ?? 'playground';
  if (screen === here) return undefined;
  return { label: m.keys_open_screen({ screen: screenTitles[screen]() }), href: `#/${place}` };
}

function screenOf(place: Place): Screen {
  if (place.startsWith('settings')) return 'settings';
  return place.startsWith('models') ? 'models' : 'playground';
}
