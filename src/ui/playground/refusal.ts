/** Says why a lane was not asked, where there is no form to say it in. */

import type { Failure, FailureCode } from '../../domain/failure';
import { m } from '../../messages/messages.js';
import type { Playground, SendResult } from '../../state/playground.svelte';
import { failureText } from '../shared/failure-text';
import { toasts } from '../shared/toasts.svelte';

const ofParameters: readonly FailureCode[] = ['bad-parameter', 'schema-refused', 'request-rejected'];

/** Whether the parameters are where something can be done about it. */
export function isOfParameters({ code }: Failure): boolean {
  return ofParameters.includes(code);
}

/** What the person cancelled needs no explanation. */
export function tellRefusal(result: SendResult, playground: Pick<Playground, 'parametersOpen'>): void {
  if (result.kind === 'refused') {
    const { code, detail } = result.failure;
    const text = failureText[code];
    const reason = detail === '' ? '' : ` (${detail})`;
    const open = {
      label: m.keys_open_screen({ screen: m.playground_parameters() }),
      run: () => {
        playground.parametersOpen = true;
      },
    };
    toasts.show({
      tone: 'danger',
      text: `${text.what()}${reason} ${text.next()}`,
      action: isOfParameters(result.failure) ? open : undefined,
      durationMs: 12_000,
    });
  } else if (result.kind === 'busy') {
    toasts.show({ text: m.playground_still_busy() });
  }
}
