/**
 * Importing this takes the code of a sign-in out of the page's address, and its verifier out of `sessionStorage`. The
 * page's recorder imports it before it does anything, so nothing ever sees them together but who is to use them, a
 * reload sends nothing again, and what is recorded or shared of the address holds no code.
 */

import { PENDING_SIGN_IN, splitReturn, type Returned } from './returned';

export interface SignInReturn {
  /** Undefined where the page was opened again without an answer: by Back, for example. */
  readonly returned: Returned | undefined;
  /** What this tab noted when it left, as it was written; undefined where it did not leave for a sign-in. */
  readonly pending: string | undefined;
}

function take(): SignInReturn | undefined {
  const split = splitReturn(location.href);
  if (split !== undefined) history.replaceState(history.state, '', split.rest);
  const pending = takePending();
  if (split === undefined && pending === undefined) return undefined;
  return { returned: split?.returned, pending };
}

function takePending(): string | undefined {
  try {
    const pending = sessionStorage.getItem(PENDING_SIGN_IN) ?? undefined;
    if (pending !== undefined) sessionStorage.removeItem(PENDING_SIGN_IN);
    return pending;
  } catch {
    // Where the browser blocks storage, nothing was noted there.
    return undefined;
  }
}

/** Undefined unless this page is the end of a sign-in, or pretends to be one. */
export const signInReturn = take();
