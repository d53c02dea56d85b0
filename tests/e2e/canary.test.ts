/**
 * A key goes to its provider and nowhere else (34 of the project's table of faults): canaries are put in for each kind of
 * account and looked for everywhere, whole and in part, in every form. The last tests plant canaries, so that a search
 * that finds nothing is known to have looked.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { ProviderKind } from '../../src/domain/provider';
import { CanarySearch, encodingNames, type Encoding } from '../support/canary';
import { shownPlaces, storedPlaces, type Place } from '../support/everything-stored';
import { CHANNELS, Overheard, type Authorised } from '../support/overheard';
import { missing, PocketPage } from '../support/pocket-page';
import { useInLane } from '../support/provider-lanes';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';
import { SIGN_IN_KEY } from '../support/sign-in-page.mjs';

type Server = Awaited<ReturnType<typeof startProviderServer>>;

/** They do not look like keys, so what hides them has to know them; an address and a web page write some of it otherwise. */
const keys: Readonly<Record<ProviderKind, string>> = {
  openai: 'Qv7/tm2+Lx9=Wd4~Rk8.Hn3',
  anthropic: 'Jb5+zc8/Fy1~Gp6=Us2.Xe9',
  gemini: 'Mn4=ka7~Vd3/Tq8+Ph1.Zo6',
  compatible: 'Ew9~lr5/Ic2+Oy7=Bf4.Kj8',
  openrouter: SIGN_IN_KEY,
};
/** The stand-in rejects a key of this kind, and repeats it. */
const WRONG_KEY = 'wrong/Ng3+Sa6=Dw1~Vu5.Cm2';
const PASSPHRASE = 'seven lamps on a quiet river';

const kinds = Object.keys(keys) as ProviderKind[];
const typed = kinds.filter((kind) => kind !== 'openrouter');
/** One for each lane: two that answer, and what can go wrong while the key is repeated. */
const MODELS = ['normal', 'thinking', 'unauthorized', 'broken', 'broken-part', 'malformed'] as const;

function headerOf(kind: ProviderKind, key: string): Pick<Authorised, 'header' | 'value'> {
  if (kind === 'anthropic') return { header: 'x-api-key', value: key };
  if (kind === 'gemini') return { header: 'x-goog-api-key', value: key };
  return { header: 'authorization', value: `Bearer ${key}` };
}

let settings: SettingsPage;
let playground: PocketPage;
test.use({ serviceWorkers: 'allow', permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeEach(({ page }) => {
  settings = new SettingsPage(page);
  playground = new PocketPage(page);
});

/** Presses what copies, and tells what then lies on the clipboard. */
async function copied(button: Locator): Promise<string> {
  const page = button.page();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await button.click();
  await expect.poll(clipboard).not.toBe('');
  return clipboard();
}

async function save(button: Locator): Promise<void> {
  await Promise.all([button.page().waitForEvent('download'), button.click()]);
}

/** Signs in at the stand-in: with everything that goes wrong beside a key, and at last well. */
async function signIn(page: Page, server: Server): Promise<Locator> {
  const form = page.getByRole('form', { name: 'Add a provider' });
  await form.getByRole('combobox', { name: 'Provider' }).selectOption('openrouter');
  await form.getByText('Another address').click();
  await form.getByRole('textbox', { name: 'Address' }).fill(`${server.origin}/compatible/v1`);
  for (const words of ['Allow and break off within the key', 'Allow and fail with the key', 'Allow']) {
    await form.getByRole('button', { name: 'Sign in with OpenRouter' }).click();
    await page.getByRole('link', { name: words, exact: true }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    if (words !== 'Allow') await expect(form.getByRole('alert')).toContainText('No key was fetched');
  }
  const card = settings.at('openrouter', server.origin);
  await expect(card).toContainText(/Works: \d+ models are offered/);
  return card;
}

async function keep(page: Page, card: Locator): Promise<void> {
  await settings.command(card, 'Keep the key');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(card).toContainText('key at hand, and kept');
  await expect(dialog).toHaveCount(0);
}

/** Sets every lane to a model of this provider, and asks them all. */
async function ask(page: Page, provider: string, round: number): Promise<void> {
  for (const [index, model] of MODELS.entries()) {
    if (round === 1 && index > 0) await page.getByRole('button', { name: 'Add a lane' }).click();
    await useInLane(playground, index + 1, model, provider);
  }
  await playground.ask(`Round ${round}: what is six times seven?`);
  await playground.storedAnswer(round * MODELS.length);
}

/** Everything that the playground hands on; what is copied is also told. */
async function handOn(page: Page, told: (name: string, text: string) => void): Promise<void> {
  await save(page.getByRole('button', { name: 'Export all' }));
  const list = page.getByRole('complementary', { name: 'Conversations' });
  await list
    .getByRole('button', { name: /^More for / })
    .first()
    .click();
  await save(page.getByRole('menuitem', { name: 'Export' }));
  const table = page.getByRole('region', { name: 'Comparison of the latest answers' });
  for (const name of ['Markdown', 'CSV', 'JSON'])
    told('clipboard', await copied(table.getByRole('button', { name, exact: true })));
  for (const position of [3, 4, 5, 6]) {
    const failure = playground.failure(position).last();
    await failure.getByText('Technical details').click();
    told('clipboard', await copied(failure.getByRole('button', { name: 'Copy details' })));
  }
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  for (const name of ['Save as HTML', 'Save as Markdown']) await save(page.getByRole('button', { name }));
  const link = await copied(page.getByRole('button', { name: 'Copy link' }));
  const packed = /setup=([\w-]+)/.exec(link)?.[1] ?? missing('setup in the link');
  told('setup link', inflateRawSync(Buffer.from(packed, 'base64url')).toString('utf8'));
  await page.keyboard.press('Escape');
}

test('34: a key of every kind of account is in its one header, and in no other place, whatever happens', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const servers = new Map<ProviderKind, Server>();
  for (const kind of kinds) servers.set(kind, await startProviderServer());
  const serverOf = (kind: ProviderKind) => servers.get(kind) ?? missing(kind);
  const authorised = [
    ...kinds.map((kind) => ({ origin: serverOf(kind).origin, ...headerOf(kind, keys[kind]) })),
    { origin: serverOf('compatible').origin, ...headerOf('compatible', WRONG_KEY) },
  ];
  const overheard = await Overheard.in(context, authorised);
  const told = (name: string, text: string) => overheard.add(name, text);
  const look = async () => {
    for (const { name, text } of await shownPlaces(page)) told(name, text);
  };
  await page.goto('/');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await settings.enter();
  const cards = new Map<ProviderKind, Locator>();
  cards.set('openrouter', await signIn(page, serverOf('openrouter')));
  for (const kind of typed) cards.set(kind, await settings.add(kind, serverOf(kind).origin, keys[kind]));
  const providers: string[] = [];
  for (const card of cards.values()) {
    await expect(card).toContainText(/Works: \d+ models are offered/);
    await settings.choose(card, ...MODELS);
    await keep(page, card);
    providers.push(await card.getByRole('heading', { level: 3 }).innerText());
  }
  await look();

  await settings.leave();
  for (const [at, provider] of providers.entries()) await ask(page, provider, at + 1);
  await look();
  await handOn(page, told);
  await page.getByRole('link', { name: 'Network' }).click();
  for (const name of ['Save as JSON', 'Save as CSV']) await save(page.getByRole('button', { name }));
  await look();

  // Locked and opened again, replaced by one that is wrong, and forgotten.
  await settings.enter();
  await page.reload();
  const unlock = page.getByRole('form', { name: 'Unlock kept keys' });
  await unlock.getByLabel('Passphrase').fill(PASSPHRASE);
  await unlock.getByRole('button', { name: 'Unlock' }).click();
  for (const card of cards.values()) await expect(card).toContainText('key at hand, and kept');
  await look();
  const stored = await storedPlaces(page);
  const card = cards.get('compatible') ?? missing('card');
  await settings.command(card, 'Replace the key');
  await card.getByLabel('API key').fill(WRONG_KEY);
  await card.getByRole('button', { name: 'Use this key' }).click();
  await expect(card.getByRole('alert')).toContainText('The provider rejected the key');
  await look();

  for (const [kind, server] of servers) {
    for (const { method, url, headers, body } of server.requests)
      overheard.addRequest(`seen by ${kind}`, server.origin, [method, url, body], headers);
    const { header, value } = headerOf(kind, keys[kind]);
    const answers = server.requests.filter(({ method, url }) => method === 'POST' && !url.endsWith('/keys'));
    expect(answers.map(({ headers }) => headers[header])).toEqual(MODELS.map(() => value));
    await server.close();
  }
  const places = [...(await overheard.places()), ...stored, ...(await storedPlaces(page))];
  for (const name of ['channels', 'clipboard', 'downloads', 'requests', 'cache bodies', 'IndexedDB values'])
    expect(places.map((place) => place.name)).toContain(name);
  const search = new CanarySearch({ ...keys, wrong: WRONG_KEY, passphrase: PASSPHRASE });
  expect(search.findings(places)).toEqual([]);
});

test('34: nothing in the app speaks over a channel that is not listened to', async () => {
  const speaking: string[] = [];
  for (const folder of ['src', 'workers']) {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!/\.(?:ts|svelte)$/.test(name)) continue;
      const source = await readFile(join(folder, name), 'utf8');
      if (!source.includes('new BroadcastChannel(')) continue;
      speaking.push(CHANNELS.find((channel) => source.includes(`'${channel}'`)) ?? name);
    }
  }
  expect(speaking.sort()).toEqual([...CHANNELS]);
});

const disguises: Readonly<Record<Encoding, (text: string) => string>> = {
  plain: (text) => text,
  reversed: (text) => [...text].reverse().join(''),
  'UTF-16': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  hex: (text) => Buffer.from(text).toString('hex'),
  percent: (text) => encodeURIComponent(text),
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
};

test('34: the search sees through every form, wherever the secret begins, and takes nothing else for it', () => {
  const key = keys.openai;
  const search = new CanarySearch({ key });
  for (const encoding of encodingNames) {
    for (const before of ['', 'a', 'ab', 'abc']) {
      const text = disguises[encoding](`${before} ${key.slice(4, 16)} z`);
      expect(search.findings([{ name: 'here', text }])).toContainEqual({
        place: 'here',
        secret: 'key',
        encoding,
      });
    }
    const short = disguises[encoding](`a ${key.slice(4, 15)} z`);
    expect(search.findings([{ name: 'here', text: short }])).toEqual([]);
  }
});

/** Puts a text, in the page, wherever a secret could have been left. Letters, digits, `_` and `-`. */
async function plant(text: string): Promise<void> {
  localStorage.setItem('control', text);
  sessionStorage.setItem('control', text);
  const opening = indexedDB.open('control');
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('keys');
    opening.result.createObjectStore('values');
  };
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const writing = opening.result.transaction(['keys', 'values'], 'readwrite');
  writing.objectStore('keys').put('', text);
  const bytes = new TextEncoder().encode(text);
  writing.objectStore('values').put([new Map([['deep', { bytes: bytes.buffer }]])], 'buffer');
  await new Promise((resolve) => (writing.oncomplete = resolve));
  opening.result.close();
  const cache = await caches.open('control');
  await cache.put(`/control?${text}`, new Response('empty'));
  await cache.put('/control', new Response(bytes));
  document.cookie = `control=${text}`;
  performance.mark(text);
  window.name = text;
  document.body.dataset['control'] = text;
  const field = document.querySelector('input');
  if (field !== null) field.value = text;
  history.replaceState(text, '');
  console.info(text);
  setTimeout(() => {
    throw new Error(text);
  });
  new BroadcastChannel('opentab-weights').postMessage({ text });
  await navigator.clipboard.writeText(text);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = 'control.txt';
  link.click();
}

test('34: what is planted is found, in each of the places', async ({ page, context }) => {
  const overheard = await Overheard.in(context);
  const key = keys.openai;
  await settings.open();
  await page.evaluate(plant, disguises.base64url(`a ${key.slice(3)} z`));
  overheard.add('clipboard', await page.evaluate(() => navigator.clipboard.readText()));
  const search = new CanarySearch({ key });
  const found = async () => {
    const places: Place[] = [
      ...(await overheard.places()),
      ...(await storedPlaces(page)),
      ...(await shownPlaces(page)),
    ];
    return [...new Set(search.findings(places).map(({ place }) => place))].sort();
  };
  await expect
    .poll(found)
    .toEqual(
      [
        ...['localStorage', 'sessionStorage', 'IndexedDB keys', 'IndexedDB values', 'cache entries'],
        ...['cache bodies', 'cookies', 'history state', 'window name', 'document', 'fields', 'timings'],
        ...['console', 'errors', 'channels', 'clipboard', 'downloads'],
      ].sort(),
    );
  await page.evaluate((address) => history.replaceState(undefined, '', address), `?${key}#/settings`);
  await expect.poll(found).toContain('addresses');
});

test('34: a request is pardoned nothing but its one header, at its one origin, with its one value', async ({
  page,
  context,
  baseURL,
}) => {
  const [key, other] = [keys.openai, keys.anthropic];
  const bearer = `Bearer ${key}`;
  const overheard = await Overheard.in(context, [
    { origin: baseURL ?? '', header: 'authorization', value: bearer },
    { origin: 'https://elsewhere.example', header: 'x-elsewhere', value: bearer },
  ]);
  const search = new CanarySearch({ key, other });
  /** What is found of one request, made by the page. */
  const found = async (init: Sent, query = '') => {
    const before = (await overheard.places()).length;
    await Promise.all([
      page.waitForRequest((request) => request.url().includes('/icon.svg')),
      page.evaluate(async ([to, how]) => void (await fetch(to, how)), [`/icon.svg${query}`, init] as const),
    ]);
    const findings = search.findings((await overheard.places()).slice(before));
    return [...new Set(findings.map(({ secret }) => secret))];
  };
  await page.goto('/');
  expect(await found({ headers: { authorization: bearer } })).toEqual([]);
  expect(await found({ headers: { 'x-control': bearer } })).toEqual(['key']);
  expect(await found({ headers: { 'x-elsewhere': bearer } })).toEqual(['key']);
  expect(await found({ headers: { authorization: `Bearer ${other}` } })).toEqual(['other']);
  expect(await found({ method: 'POST', body: JSON.stringify({ key }) })).toEqual(['key']);
  expect(await found({}, `?${encodeURIComponent(key)}`)).toContain('key');
});

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
