/** What `main.ts` hands down to every component. */

import { createContext } from 'svelte';
import type { ModelCard } from '../domain/model';
import type { AdapterReport } from '../hardware/adapter';
import type { AppUpdate } from '../state/app-update.svelte';
import type { Library } from '../state/library.svelte';
import type { Models } from '../state/models.svelte';
import type { Navigation } from '../state/navigation.svelte';
import type { Playground } from '../state/playground.svelte';
import type { Preferences } from '../state/preferences.svelte';
import type { Prices } from '../state/prices.svelte';
import type { Providers } from '../state/providers.svelte';
import type { ScreenName } from './screen-names';

export interface App {
  readonly playground: Playground;
  readonly library: Library;
  readonly preferences: Preferences;
  readonly navigation: Navigation<ScreenName>;
  readonly update: AppUpdate;
  readonly providers: Providers;
  readonly prices: Prices;
  readonly models: Models;
  readonly adapter: AdapterReport;
  readonly cards: readonly ModelCard[];
}

export const [useApp, provideApp] = createContext<App>();
