/** Whether the person gave an access token for the hub. The token itself is never in the page's state. */

import { createSubscriber } from 'svelte/reactivity';
import { hubToken, onHubToken, setHubToken } from '../weights/hub-token';
import { onForgotten } from './other-tabs';

const subscribe = createSubscriber(onHubToken);
let heeding = false;

/** Where all keys are forgotten in another tab, the token of this one goes too. */
function heedOthers(): void {
  if (heeding) return;
  heeding = true;
  onForgotten((accountId) => {
    if (accountId === undefined) hubAccess.forget();
  });
}

export const hubAccess = {
  get given(): boolean {
    subscribe();
    return hubToken() !== undefined;
  },

  /** False where there is nothing in it that could be a token: then nothing changes. */
  give(token: string): boolean {
    const trimmed = token.trim();
    // What is no visible ASCII character cannot be sent in a header.
    if (!/^hf_[\x21-\x7E]+$/.test(trimmed)) return false;
    heedOthers();
    setHubToken(trimmed);
    return true;
  },

  forget(): void {
    setHubToken(undefined);
  },
};
