/** What went wrong with a sign-in, what that means, and what to do next. */

import { m } from '../../messages/messages.js';
import type { SignInProblem } from '../../state/sign-in.svelte';

/** @param name of the provider */
export function signInText(problem: SignInProblem, name: string): string {
  switch (problem) {
    case 'key-typed':
      return m.signin_key_typed();
    case 'busy':
      return m.signin_busy();
    case 'no-storage':
      return m.signin_no_storage();
    case 'stayed':
      return m.signin_stayed({ name });
    case 'cancelled':
      return m.signin_cancelled();
    case 'foreign':
      return m.signin_foreign();
    case 'refused':
      return m.signin_refused({ name });
    case 'unreachable':
      return m.signin_unreachable({ name });
    case 'provider':
      return m.signin_provider({ name });
    case 'blocked':
      return m.signin_blocked();
  }
}
