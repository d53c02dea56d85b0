/** The names of the screens, as the address shows them. The first is shown where an address names none. */

export const screenNames = ['playground', 'models', 'network', 'settings'] as const;
export type ScreenName = (typeof screenNames)[number];
