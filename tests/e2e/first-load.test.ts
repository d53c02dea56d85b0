/** What a first visit loads before anything is asked for. */

import { basename } from 'node:path';
import { expect, test } from '@playwright/test';
import { FOLLOWING, initialScripts } from '../support/initial-scripts.mjs';
import { PocketPage } from '../support/pocket-page';

test('until a model is asked for, a visit loads the scripts that the budget counts, and no others', async ({
  page,
}) => {
  const loaded = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/\.(?:js|wasm)$/.test(pathname)) loaded.add(basename(pathname));
  });
  const pocket = new PocketPage(page);
  await page.goto('/');
  await pocket.prompt.waitFor();
  await page.waitForLoadState('networkidle');
  const counted = initialScripts('dist/index.html', FOLLOWING).map((path) => basename(path));
  expect([...loaded].sort()).toEqual(counted.sort());
  await pocket.ask('What is a token?');
  await pocket.storedAnswer();
  expect([...loaded].some((name) => name.startsWith('transformers-js'))).toBe(true);
});
