/** Every screen: its name in the address, its title, its icon, and its code, which loads when it is first shown. */

import Boxes from '@lucide/svelte/icons/boxes';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Network from '@lucide/svelte/icons/network';
import Settings from '@lucide/svelte/icons/settings';
import type { Component } from 'svelte';
import { m } from '../messages/messages.js';
import type { ScreenName } from './screen-names';

interface Screen {
  readonly title: () => string;
  readonly icon: Component;
  /** Absent for the first screen, which is part of the page's own code. */
  readonly load?: () => Promise<{ readonly default: Component }>;
}

export const screens: Readonly<Record<ScreenName, Screen>> = {
  playground: { title: m.screen_playground, icon: MessagesSquare },
  models: {
    title: m.screen_models,
    icon: Boxes,
    load: () => import('./models/ModelsScreen.svelte'),
  },
  network: {
    title: m.screen_network,
    icon: Network,
    load: () => import('./network/NetworkScreen.svelte'),
  },
  settings: {
    title: m.screen_settings,
    icon: Settings,
    load: () => import('./settings/SettingsScreen.svelte'),
  },
};
