/**
 * What this tab hears of others through `localStorage`, which tells every other tab of a change. What a tab missed while
 * the browser had put it aside (its cache of pages left and come back to), it looks up when it wakes.
 */

import { browserMemory, type Memory } from './browser-memory';
import { ACCOUNTS_KEY, FORGOTTEN_KEY } from './provider-memory';

/** What is changed here by what other tabs do. */
interface Heeding {
  readonly keys: { start(): Promise<void> };
  dropKeys(accountId?: string): void;
  readAnew(): void;
}

export function heedOtherTabs(heeding: Heeding, memory: Memory, tab: Window = window): void {
  const lookAnew = () => {
    heeding.readAnew();
    void heeding.keys.start();
  };
  onForgotten((accountId) => heeding.dropKeys(accountId), memory, tab);
  tab.addEventListener('storage', ({ key }) => {
    if (key === null || key === ACCOUNTS_KEY) heeding.readAnew();
  });
  tab.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) lookAnew();
  });
  // What happened before this was listened to.
  lookAnew();
}

/**
 * Calls back when keys were forgotten elsewhere: with the account whose key it was, or with nothing for all keys. A tab
 * that slept does not know how often that was, and takes it for all.
 */
export function onForgotten(
  forget: (accountId?: string) => void,
  memory: Memory = browserMemory(),
  tab: Window = window,
): void {
  tab.addEventListener('storage', ({ key, newValue }) => {
    // `null`: everything was cleared.
    if (key === null || key === FORGOTTEN_KEY) forget(newValue?.split(' ')[1]);
  });
  let noted: string | undefined;
  tab.addEventListener('pagehide', () => (noted = memory.get(FORGOTTEN_KEY)));
  tab.addEventListener('pageshow', ({ persisted }) => {
    if (persisted && memory.get(FORGOTTEN_KEY) !== noted) forget();
  });
}
