/** What the settings say of providers, addresses and keys. */

import type { AddressProblem, KeyState } from '../../domain/provider';
import { m } from '../../messages/messages.js';
import type { KeyOutcome } from '../../../workers/provider-protocol';
import type { ByPasskeyProblem } from '../../state/passkey-keys';
import type { ProviderDefinition } from '../../providers/definitions';

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

export function keyText(state: KeyState, kept: boolean, needed: boolean): string {
  switch (state) {
    case 'ready':
      return kept ? m.settings_key_kept() : m.settings_key_ready();
    case 'locked':
      return m.settings_key_locked();
    case 'absent':
      return needed ? m.settings_key_absent() : m.settings_key_none_needed();
  }
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
