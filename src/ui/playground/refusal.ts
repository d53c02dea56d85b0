/** Says why a lane was not asked, where there is no form to say it in. */

import { m } from '../../messages/messages.js';
import type { SendResult } from '../../state/playground.svelte';
import { failureText } from '../shared/failure-text';
import { toasts } from '../shared/toasts.svelte';

/** What the person cancelled needs no explanation. */
export function tellRefusal(result: SendResult): void {
  if (result.kind === 'refused') {
    const { code, detail } = result.failure;
    const text = failureText[code];
    const reason = detail === '' ? '' : ` (${detail})`;
    toasts.show({ tone: 'danger', text: `${text.what()}${reason} ${text.next()}`, durationMs: 12_000 });
  } else if (result.kind === 'busy') {
    toasts.show({ text: m.playground_still_busy() });
  }
}
