/** How the person wants the app to look. Whoever shows the page applies it. */

import { browserMemory, type Memory } from './browser-memory';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const THEME_KEY = 'opentab.theme';

export class Preferences {
  #theme = $state.raw<Theme>('system');
  readonly #memory: Memory;

  constructor(memory: Memory = browserMemory()) {
    this.#memory = memory;
    const kept = memory.get(THEME_KEY);
    this.#theme = themes.find((theme) => theme === kept) ?? 'system';
  }

  /** `system` follows the operating system. */
  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    this.#memory.set(THEME_KEY, theme);
  }
}
