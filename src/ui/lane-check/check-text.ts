/** What the self-check found, in words. */

import type { NotCheckedReason } from '../../domain/self-check';
import { LEAST_AGREEMENT, bytesToLoad, checkWindows } from '../../domain/self-check';
import { m } from '../../messages/messages.js';
import type { CheckState } from '../../state/self-checks.svelte';
import { formatBytes, formatInteger, formatPercent } from '../shared/format';

export function checkLabel({ state }: CheckState): string {
  switch (state) {
    case 'verified':
      return m.check_verified();
    case 'suspect':
      return m.check_suspect();
    case 'not-checked':
      return m.check_not();
    case 'due':
      return m.check_due();
    case 'checking':
      return m.check_running();
  }
}

/** @param bytes of the model's files */
export function checkExplanation(check: CheckState, bytes: number): string {
  const positions = formatInteger(checkWindows.flat().length);
  switch (check.state) {
    case 'verified':
    case 'suspect': {
      const told = {
        positions: formatInteger(check.positions),
        agreement: formatPercent(check.agreement),
        least: formatPercent(LEAST_AGREEMENT),
      };
      return check.state === 'verified' ? m.check_verified_text(told) : m.check_suspect_text(told);
    }
    case 'not-checked':
      return reasonText(check.reason, bytes);
    case 'due':
      return m.check_due_text({ positions });
    case 'checking':
      return m.check_running_text({ positions });
  }
}

function reasonText(reason: NotCheckedReason, bytes: number): string {
  switch (reason) {
    case 'no-webgpu':
      return m.check_reason_no_webgpu();
    case 'software-adapter':
      return m.check_reason_software_adapter();
    case 'on-cpu':
      return m.check_reason_on_cpu();
    case 'no-logits':
      return m.check_reason_no_logits();
    case 'no-reference':
      return m.check_reason_no_reference();
    case 'too-large':
      return m.check_reason_too_large();
    case 'on-request':
      return m.check_reason_on_request({ bytes: formatBytes(bytesToLoad(bytes)) });
    case 'failed':
      return m.check_reason_failed();
  }
}

/** True where a person may ask for the check: it is neither under way nor without sense here. */
export function mayBeAsked(check: CheckState): boolean {
  if (check.state === 'not-checked') return check.reason === 'on-request' || check.reason === 'failed';
  return check.state === 'verified' || check.state === 'suspect';
}
