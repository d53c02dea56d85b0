/** What an API answers is untrusted (30 to 32 of the project's table of faults): a hostile answer, split at every point. */

import { expect, test } from '@playwright/test';
import { PocketPage } from '../support/pocket-page';
import { openLanes } from '../support/provider-lanes';
import { HOSTILE } from '../support/provider-scenarios.mjs';
import { startProviderServer } from '../support/provider-server.mjs';

const KEY = 'Yd8+sk4/Bm1=Fp6~Xt3.Rj9';

/** Notes, while the page lives, whatever an answer becomes that is more than text. */
function watchAnswers(): void {
  const noted: string[] = [];
  Reflect.set(globalThis, 'noted', noted);
  const active = 'img, script, iframe, form, input, meta, link, style, object, embed, base';
  const look = () => {
    for (const element of document.querySelectorAll('.markdown *')) {
      const address = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
      const handler = element.getAttributeNames().some((name) => name.startsWith('on'));
      if (element.matches(active) || handler || /^\s*(?:javascript|data):/i.test(address))
        noted.push(element.outerHTML);
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}

test('30, 31, 32: an answer that is hostile at every point is text, asks for nothing, hides nothing and is kept whole', async ({
  page,
  baseURL,
}) => {
  const server = await startProviderServer();
  const events: string[] = [];
  page.on('dialog', (dialog) => {
    events.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => events.push(`popup ${popup.url()}`));
  page.on('pageerror', (error) => events.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) events.push(message.text());
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && origin !== baseURL && origin !== server.origin) events.push(request.url());
  });
  try {
    await page.addInitScript(watchAnswers);
    await openLanes(page, { kind: 'compatible', origin: server.origin, key: KEY }, ['hostile']);
    const playground = new PocketPage(page);
    await playground.ask('secret');
    const { text, end } = await playground.storedAnswer();
    expect({ text, end }).toEqual({ text: HOSTILE, end: 'stop' });
    const answer = playground.lane(1).locator('[data-state=done] .markdown');
    for (const seen of ['<img src=x onerror=alert(1)>', '<script>alert(2)</script>', '<svg onload=alert(3)>'])
      await expect(answer).toContainText(seen);
    for (const escape of ['⟨U+202E⟩right to left⟨U+202C⟩', '⟨U+001B⟩[31mred', '⟨U+200B⟩hidden'])
      await expect(answer).toContainText(escape);
    await expect(answer).toContainText('from evil.example');
    expect(await page.evaluate(() => Reflect.get(globalThis, 'noted') as string[])).toEqual([]);
    expect(events).toEqual([]);
  } finally {
    await server.close();
  }
});
