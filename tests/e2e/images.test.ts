/** Images in prompts to models behind an API: sent in full to who takes them, and a refusal explained. */

import { expect, test, type Page } from '@playwright/test';
import type { ProviderKind } from '../../src/domain/provider';
import { pngFile } from '../support/png-file';
import { PocketPage } from '../support/pocket-page';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';

const red = { name: 'red.png', mimeType: 'image/png', buffer: pngFile(40, 30, () => [220, 0, 0]) };

let server: Awaited<ReturnType<typeof startProviderServer>>;
let pocket: PocketPage;
test.beforeEach(async ({ page }) => {
  server = await startProviderServer();
  pocket = new PocketPage(page);
});
test.afterEach(() => server.close());

const attached = (page: Page) => page.getByRole('list', { name: 'Attached images' });

async function attach(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach images' }).click();
  await (await chooser).setFiles([red]);
  await expect(attached(page)).toBeVisible();
}

async function openLane(page: Page, kind: ProviderKind, model: string): Promise<void> {
  const settings = new SettingsPage(page);
  await settings.open();
  const card = await settings.add(kind, server.origin, 'sk-test');
  await settings.choose(card, model);
  await settings.leave();
  await pocket.lane(1).getByRole('combobox', { name: 'Model' }).selectOption({ label: model });
}

for (const kind of ['openai', 'anthropic', 'gemini', 'compatible'] as const) {
  test(`${kind} is sent the image, again with the next prompt, and answers`, async ({ page }) => {
    await openLane(page, kind, 'normal');
    await attach(page);
    await expect(pocket.lane(1)).not.toContainText('will not see the images');
    await pocket.ask('Which colour is this?');
    await expect(pocket.lane(1)).toContainText('The answer is 42.');
    await expect(pocket.lane(1)).not.toContainText('The images were left out');
    await pocket.settle();
    const [stored] = await pocket.storedConversations();
    const base64 = stored?.exchanges[0]?.images?.[0]?.base64 ?? 'nothing is stored';
    await pocket.ask('And now?');
    await expect(pocket.lane(1).getByText('The answer is 42.')).toHaveCount(2);
    const bodies = server.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
    expect(bodies.map((body) => body.split(base64).length - 1)).toEqual([1, 1]);
  });
}

test('a model that reads text alone is called that, with what to do', async ({ page }) => {
  await openLane(page, 'compatible', 'no-images');
  await attach(page);
  await pocket.ask('Which colour is this?');
  await expect(pocket.failure()).toContainText('The provider did not take the image.');
  await expect(pocket.failure()).toContainText('Choose a model that reads images for this lane');
  await expect(page.getByRole('list', { name: 'Images of this prompt' }).getByRole('img')).toBeVisible();
});
