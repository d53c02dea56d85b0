/** What is told of downloads on whatever screen is shown. */

import { m } from '../../messages/messages.js';
import type { ModelStorage, ModelVariant } from '../../state/model-storage.svelte';
import { toasts } from '../shared/toasts.svelte';

const nameOf = ({ model, variant }: ModelVariant) => `${model.name} ${variant.precision}`;

export function tellStored(entry: ModelVariant): void {
  toasts.show({ text: m.models_downloaded({ variant: nameOf(entry) }) });
}

/** Offers once what an earlier visit left half fetched; the Models screen has it as long as it is there. */
export function offerUnfinished(storage: ModelStorage): void {
  const [first] = storage.unfinished;
  if (first === undefined) return;
  toasts.show({
    text: m.models_unfinished_offer({ model: nameOf(first) }),
    action: { label: m.models_resume(), run: () => storage.fetch(first) },
    durationMs: 15_000,
  });
}
