/** Opens the setup that the page's address carries, as a conversation of its own, and says how that went. */

import type { Conversation } from '../../domain/conversation';
import { missingProvider, variantHere } from '../../domain/provider-place';
import { m } from '../../messages/messages.js';
import { newId } from '../../state/ids';
import { takeLinkedSetup } from '../../state/linked-setup';
import type { App } from '../context';
import { formatInteger } from '../shared/format';
import { toasts } from '../shared/toasts.svelte';

const TO_BE_READ_MS = 15_000;

export async function openLinkedSetup(
  window: Window,
  { playground, library, models, providers }: Pick<App, 'playground' | 'library' | 'models' | 'providers'>,
): Promise<void> {
  if (playground.busy) {
    toasts.show({ text: m.share_opened_busy(), tone: 'danger', durationMs: TO_BE_READ_MS });
    return;
  }
  const taken = await takeLinkedSetup(window, { id: newId(), newId, now: Date.now() });
  switch (taken.kind) {
    case 'none':
      return;
    case 'damaged':
      toasts.show({ text: m.share_opened_damaged(), tone: 'danger', durationMs: TO_BE_READ_MS });
      return;
    case 'newer':
      toasts.show({ text: m.share_opened_newer(), tone: 'danger', durationMs: TO_BE_READ_MS });
      return;
    case 'conversation': {
      const lanes = taken.conversation.lanes.map((lane) => ({
        ...lane,
        variantId: variantHere(lane.variantId, providers.accounts),
      }));
      const conversation: Conversation = { ...taken.conversation, lanes };
      // Its models may be in the list that the Models screen shows.
      await models.load();
      await playground.open(conversation, () => library.enter(conversation));
      library.keep(conversation);
      const waiting = lanes.some(({ variantId }) => missingProvider(variantId, providers.accounts));
      const text = waiting ? m.share_opened_waiting() : openedText(conversation);
      toasts.show({ text, durationMs: TO_BE_READ_MS });
    }
  }
}

function openedText({ exchanges }: Conversation): string {
  return exchanges.length === 0
    ? m.share_opened()
    : m.share_opened_several({ count: formatInteger(exchanges.length) });
}
