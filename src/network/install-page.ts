/**
 * Importing this records the page; it is the page's first import. The recorder itself comes in a part of its own, so as
 * not to hold up the first screen: what was loaded before it the browser remembers, and a `fetch` waits for it.
 */

import './sign-in-return';
import { nameWorkers, tabId } from './channel';

const native = globalThis.fetch.bind(globalThis);

/** Settles when the page is recorded. @throws where that part of the app did not load */
export const recording = import('./record').then(({ record }) => record('page', tabId(), native));

// Without its ledger, which then says so, the app goes on.
const fetchOfPage = recording.catch(() => native);
globalThis.fetch = async (...request) => (await fetchOfPage)(...request);
nameWorkers(tabId());
