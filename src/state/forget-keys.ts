/** Forgetting every key at once: in this tab, in all others, and those that are kept. */

import { forgetAllKept } from '../../workers/key-store';
import { hubAccess } from './hub-access';
import type { Providers } from './providers.svelte';

/**
 * The keys of accounts that are no more are among them, and the hub's token.
 *
 * @returns false where the browser refuses to clear its storage: nothing is in memory then, but what was kept still is
 */
export async function forgetAllKeys(providers: Providers): Promise<boolean> {
  hubAccess.forget();
  providers.dropKeys();
  // Before the records go: what is in memory elsewhere is the more urgent.
  providers.tellForgotten();
  const forgotten = await forgetAllKept();
  if (!forgotten) await providers.keys.start();
  return forgotten;
}
