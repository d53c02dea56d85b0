/**
 * Keeping and unlocking keys by passkey: the page asks the passkey, because a worker cannot, and hands its secret on to
 * the workers that hold the keys.
 */

import { askPasskey, makePasskey, type PasskeyProblem } from '../hardware/passkey';
import type { KeyProblem } from '../../workers/provider-protocol';
import type { ProviderKeys } from './provider-keys.svelte';

export { namedAddress, passkeysOffered } from '../hardware/passkey';

/** `undefined` where it went well. */
export type ByPasskeyProblem = PasskeyProblem | Exclude<KeyProblem, 'wrong-passphrase'> | undefined;

/**
 * @param which `known`: one that already keeps a key; `new`: one that is made for it
 * @param name what password managers call a new one
 */
export async function keepByPasskey(
  keys: ProviderKeys,
  accountId: string,
  which: 'known' | 'new',
  name: string,
): Promise<ByPasskeyProblem> {
  const given = await (which === 'known' ? askPasskey(keys.passkeys) : makePasskey(name));
  if (!given.ok) return given.problem;
  const outcome = await keys.keepByPasskey(accountId, given);
  return outcome.ok ? undefined : ofPasskey(outcome.problem);
}

/** Unlocks what is kept by the passkey that the person chooses. */
export async function unlockByPasskey(keys: ProviderKeys): Promise<ByPasskeyProblem> {
  const given = await askPasskey(keys.lockedPasskeys);
  if (!given.ok) return given.problem;
  const outcome = await keys.unlockByPasskey(given);
  return outcome.ok ? undefined : ofPasskey(outcome.problem);
}

/** A passkey's record has no passphrase that could be wrong. */
function ofPasskey(problem: KeyProblem): ByPasskeyProblem {
  return problem === 'wrong-passphrase' ? 'wrong-passkey' : problem;
}
