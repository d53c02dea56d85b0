/** What the settings say of providers, addresses and keys. */

import type { AddressProblem, KeyState, ProviderAccount } from '../../domain/provider';
import { m } from '../../messages/messages.js';
import type { KeyOutcome } from '../../../workers/provider-protocol';
import type { ByPasskeyProblem } from '../../state/passkey-keys';
import type { ProviderKeys } from '../../state/provider-keys.svelte';
import type { ProviderDefinition } from '../../providers/definitions';
import type { FailureText } from '../shared/failure-text';

export function kindName({ name }: ProviderDefinition): string {
  return name === '' ? m.settings_kind_compatible() : name;
}

export function addressText(problem: AddressProblem): string {
  switch (problem) {
    case 'unreadable':
      return m.settings_address_unreadable();
    case 'insecure':
      return m.settings_address_insecure();
    case 'secret':
      return m.settings_address_secret();
  }
}

interface KeyFacts {
  readonly state: KeyState;
  readonly kept: boolean;
  /** The provider has rejected it. */
  readonly rejected: boolean;
  /** The provider has answered to a test without any. */
  readonly unneeded: boolean;
}

export function keyText({ state, kept, rejected, unneeded }: KeyFacts): string {
  switch (state) {
    case 'ready':
      if (rejected) return kept ? m.keys_rejected_kept() : m.keys_rejected();
      return kept ? m.settings_key_kept() : m.settings_key_ready();
    case 'locked':
      return m.settings_key_locked();
    case 'absent':
      return unneeded ? m.settings_key_none_needed() : m.settings_key_absent();
  }
}

/** Of a test that failed of the key: no prompt was there to be kept, and whether a key was given is known. */
export function checkRejectedText(state: KeyState): FailureText {
  return state === 'absent'
    ? { what: m.keys_check_wanted_what, next: m.keys_check_wanted_next }
    : { what: m.keys_check_rejected_what, next: m.keys_check_rejected_next };
}

/** Undefined where the key that was meant is unlocked; what was unlocked in its place fits others. */
export function stillLockedText(
  keys: Pick<ProviderKeys, 'state'>,
  account: ProviderAccount | undefined,
): string | undefined {
  if (account === undefined || keys.state(account.id) !== 'locked') return undefined;
  return m.keys_unlocked_other({ name: account.name });
}

/** Undefined where it went well. */
export function keyProblemText(outcome: KeyOutcome): string | undefined {
  if (outcome.ok) return undefined;
  switch (outcome.problem) {
    case 'wrong-passphrase':
      return m.settings_wrong_passphrase();
    case 'wrong-passkey':
      return m.settings_passkey_wrong();
    case 'no-key':
      return m.settings_keys_none();
    case 'refused':
      return m.settings_refused();
  }
}

/** Undefined where it went well. @param next what to do about it */
export function passkeyText(problem: ByPasskeyProblem, next: string): string | undefined {
  const what = passkeyProblem(problem);
  return what === undefined ? undefined : m.settings_passkey_problem({ what, next });
}

function passkeyProblem(problem: ByPasskeyProblem): string | undefined {
  switch (problem) {
    case undefined:
      return undefined;
    case 'dismissed':
      return m.settings_passkey_dismissed();
    case 'no-secret':
      return m.settings_passkey_no_secret();
    case 'wrong-passkey':
      return m.settings_passkey_wrong();
    case 'no-key':
      return m.settings_keys_none();
    case 'refused':
      return m.settings_passkey_refused();
  }
}
