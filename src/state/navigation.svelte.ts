/** Which screen is shown. The address keeps it (`#/models`), so that a reload, a bookmark and Back work. */

export class Navigation<Screen extends string> {
  #current = $state.raw<Screen>() as Screen;
  readonly #screens: readonly Screen[];

  /** The first screen is the one that an address without a known name shows. */
  constructor(screens: readonly [Screen, ...Screen[]], window: Window) {
    this.#screens = screens;
    const read = () => this.#named(window.location.hash) ?? screens[0];
    this.#current = read();
    window.addEventListener('hashchange', () => {
      this.#current = read();
    });
  }

  get current(): Screen {
    return this.#current;
  }

  /** What a link to `screen` holds. */
  static href(screen: string): string {
    return `#/${screen}`;
  }

  #named(hash: string): Screen | undefined {
    const name = /^#\/([a-z]+)/.exec(hash)?.[1];
    return this.#screens.find((screen) => screen === name);
  }
}
