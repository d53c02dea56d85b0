/** What the settings say of providers, addresses and keys. */

import type { AddressProblem, KeyState } from '../../domain/provider';
import { m } from '../../messages/messages.js';
import type { KeyOutcome } from '../../../workers/provider-protocol';
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
    case 'no-key':
      return m.settings_keys_none();
    case 'refused':
      return m.settings_refused();
  }
}
