/** What `main.ts` hands down to every component. */

import { createContext } from 'svelte';
import type { ModelCard } from '../domain/model';
import type { AdapterReport } from '../hardware/adapter';
import type { AppUpdate } from '../state/app-update.svelte';
import type { AutoTune } from '../state/auto-tune.svelte';
import type { FastestHere } from '../state/auto-tune-choice';
import type { Library } from '../state/library.svelte';
import type { Models } from '../state/models.svelte';
import type { Navigation } from '../state/navigation.svelte';
import type { NetworkLedger } from '../state/network-ledger.svelte';
import type { OwnModels } from '../state/own-models.svelte';
import type { Playground } from '../state/playground.svelte';
import type { Preferences } from '../state/preferences.svelte';
import type { Power } from '../state/power.svelte';
import type { Prices } from '../state/prices.svelte';
import type { Providers } from '../state/providers.svelte';
import type { SignIn } from '../state/sign-in.svelte';
import type { SelfChecks } from '../state/self-checks.svelte';
import type { StorageDoor } from '../state/storage-door.svelte';
import type { Votes } from '../state/votes.svelte';
import type { ScreenName } from './screen-names';

export interface App {
  readonly playground: Playground;
  readonly library: Library;
  readonly preferences: Preferences;
  readonly navigation: Navigation<ScreenName>;
  readonly update: AppUpdate;
  readonly providers: Providers;
  /** Loads when it is first asked for, or when a sign-in comes back; rejects where it cannot be had. */
  readonly signIn: () => Promise<SignIn>;
  readonly prices: Prices;
  readonly power: Power;
  readonly models: Models;
  readonly storage: StorageDoor;
  /** Loads beside the first screen; rejects where it cannot be had. */
  readonly network: Promise<NetworkLedger>;
  /** Loads when it is first asked for; rejects where it cannot be had, and tries again when asked again. */
  readonly votes: () => Promise<Votes>;
  /** Loads when a model first has; rejects where it cannot be had, and tries again when asked again. */
  readonly openChecks: () => Promise<SelfChecks>;
  /** An earlier visit found out something: it is told before a model loads. */
  readonly checkedBefore: boolean;
  readonly fastest: FastestHere;
  /** Loads when it is asked for, and knows then what is stored. */
  readonly openTune: () => Promise<AutoTune>;
  /** Loads when it is asked for; rejects where it cannot be had, and tries again when asked again. */
  readonly openOwn: () => Promise<OwnModels>;
  readonly adapter: AdapterReport;
  readonly cards: readonly ModelCard[];
}

export const [useApp, provideApp] = createContext<App>();
