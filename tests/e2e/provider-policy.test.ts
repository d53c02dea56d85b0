/** The security policy that the service worker gives to providers' workers: it follows the providers that were added. */

import { expect, test, type Worker } from '@playwright/test';
import { missing } from '../support/pocket-page';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';

const KEY = 'Fd7/wr2+Bn9=Xk4~Mt8.Qy1';

test.use({ serviceWorkers: 'allow' });

/** Whether the policy of this worker lets it ask there; the stand-in answers any page. */
function reach(worker: Worker, origin: string): Promise<string> {
  return worker.evaluate(
    (address) =>
      fetch(address).then(
        () => 'reached',
        () => 'refused',
      ),
    `${origin}/compatible/v1/models`,
  );
}

test('a provider’s worker reaches what was added by the time that it started, and nothing else', async ({
  page,
}) => {
  const [first, second] = await Promise.all([startProviderServer(), startProviderServer()]);
  const settings = new SettingsPage(page);
  const newest = () =>
    page.workers().findLast((worker) => /\/provider[.-]worker/.test(worker.url())) ?? missing('worker');
  try {
    await settings.open();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const card = await settings.add('openai', first.origin, KEY);
    await expect(card).toContainText(/Works: \d+ models are offered/);
    expect(await reach(newest(), first.origin)).toBe('reached');
    expect(await reach(newest(), second.origin)).toBe('refused');
    expect(second.requests).toEqual([]);

    const other = await settings.add('compatible', second.origin);
    await expect(other).toContainText(/Works: \d+ models are offered/);
    expect(await reach(newest(), second.origin)).toBe('reached');

    await settings.command(card, 'Remove the provider');
    await settings.confirm('Remove');
    await expect(card).toHaveCount(0);
    const third = await settings.add('anthropic', second.origin, KEY);
    await expect(third).toContainText(/Works: \d+ models are offered/);
    const before = first.requests.length;
    expect(await reach(newest(), first.origin)).toBe('refused');
    expect(first.requests).toHaveLength(before);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
});
