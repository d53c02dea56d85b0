/** Lanes behind an API, set up through the interface. */

import type { Page } from '@playwright/test';
import type { ProviderKind } from '../../src/domain/provider';
import { missing, PocketPage } from './pocket-page';
import { SettingsPage } from './settings-page';

/** Sets a lane to a model. @param provider where several offer one of this name */
export async function useInLane(
  playground: PocketPage,
  position: number,
  model: string,
  provider?: string,
): Promise<void> {
  const select = playground.lane(position).getByRole('combobox', { name: 'Model' });
  if (provider === undefined) {
    await select.selectOption({ label: model });
    return;
  }
  const name = new RegExp(`^${model}$`);
  const option = select.locator(`optgroup[label="${provider}"] option`, { hasText: name });
  await select.selectOption((await option.getAttribute('value')) ?? missing(model));
}

/** One lane per model, all of one provider, which is added. @param more models that lanes can choose besides */
export async function openLanes(
  page: Page,
  { kind, origin, key }: { readonly kind: ProviderKind; readonly origin: string; readonly key: string },
  models: readonly string[],
  more: readonly string[] = [],
): Promise<void> {
  const settings = new SettingsPage(page);
  const playground = new PocketPage(page);
  await settings.open();
  const card = await settings.add(kind, origin, key);
  await settings.choose(card, ...new Set([...models, ...more]));
  await settings.leave();
  for (const [index, model] of models.entries()) {
    if (index > 0) await page.getByRole('button', { name: 'Add a lane' }).click();
    await useInLane(playground, index + 1, model);
  }
}
