import { IDBFactory } from 'fake-indexeddb';
import { createStore, get, type UseStore } from 'idb-keyval';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { pocket } from '../../src/catalog/pocket';
import type { Conversation } from '../../src/domain/conversation';
import type { Memory } from '../../src/state/browser-memory';
import type { Locks } from '../../src/state/conversation-lock';
import { Library } from '../../src/state/library.svelte';
import { aConversation } from '../support/conversations';
import { fakeLocks } from '../support/fake-locks';

let database: UseStore;
let remembered: Map<string, string>;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  database = createStore('opentab', 'conversations');
  remembered = new Map();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const aPage = () => Object.assign(new EventTarget(), { document: new EventTarget() }) as unknown as Window;

/** One visit: what it does not store is forgotten by the next. */
async function visit(openDatabase: () => UseStore = () => database, locks?: Locks) {
  const memory: Memory = {
    get: (key) => remembered.get(key),
    set: (key, value) => void remembered.set(key, value),
  };
  let time = 1000;
  const library = new Library({
    catalog: new Catalog([pocket]),
    now: () => (time += 1),
    newId: () => crypto.randomUUID(),
    memory,
    openDatabase,
    locks,
  });
  return { library, shown: await library.start(aPage()) };
}

function conversation(id: string, updatedAt: number): Conversation {
  return aConversation({ id, title: id, updatedAt });
}

const opened = (one: Conversation) => ({ kind: 'opened', conversation: one });

test('a first visit begins with an empty conversation that is not stored', async () => {
  const { library, shown } = await visit();
  expect(shown).toMatchObject({ title: '', exchanges: [], lanes: [{ variantId: pocket.variants[0]?.id }] });
  expect(library.currentId).toBe(shown.id);
  expect([library.list, library.saved]).toEqual([[], 'saved']);
  await library.flush();
  expect((await visit()).library.list).toEqual([]);
});

test('a new conversation begins with what was chosen for it, and with the first model otherwise', () => {
  const chosen: { lane?: { readonly variantId: string; readonly device: 'wasm' } } = {};
  const library = new Library({
    catalog: new Catalog([pocket]),
    firstLane: () => chosen.lane,
    now: () => 1,
    newId: () => crypto.randomUUID(),
    memory: { get: () => undefined, set: () => undefined },
    openDatabase: () => database,
  });
  expect(library.create().lanes).toMatchObject([{ variantId: pocket.variants[0]?.id, device: 'auto' }]);
  chosen.lane = { variantId: 'pocket/gguf/q8_0', device: 'wasm' };
  expect(library.create().lanes).toMatchObject([chosen.lane]);
});

test('a new conversation goes on with the lanes and parameters of the one before, under ids of its own', async () => {
  const { library } = await visit();
  const before: Conversation = {
    ...conversation('a', 1),
    title: 'before',
    lanes: [
      { id: 'one', variantId: 'x', device: 'wasm' },
      { id: 'two', variantId: 'y', device: 'auto' },
    ],
    system: 'Be brief.',
    json: { on: true, text: '{}' },
    draft: 'unsent',
  };
  const next = library.create(before);
  expect(next).toMatchObject({
    title: '',
    exchanges: [],
    draft: '',
    system: 'Be brief.',
    sampling: before.sampling,
    json: before.json,
  });
  expect(next.lanes).toMatchObject([
    { variantId: 'x', device: 'wasm' },
    { variantId: 'y', device: 'auto' },
  ]);
  expect(new Set([...before.lanes, ...next.lanes].map(({ id }) => id)).size).toBe(4);
});

test('a later visit shows the conversation of the last one, and the newest first', async () => {
  const first = await visit();
  first.library.keep(conversation('old', 10));
  first.library.keep(conversation('new', 30));
  first.library.keep({ ...first.shown, draft: 'unsent', updatedAt: 20 });
  await first.library.flush();
  const { library, shown } = await visit();
  expect(shown).toEqual({ ...first.shown, draft: 'unsent', updatedAt: 20 });
  expect(library.list.map(({ id }) => id)).toEqual(['new', first.shown.id, 'old']);
  expect(await library.open('old')).toEqual(opened(conversation('old', 10)));
  expect((await visit()).library.currentId).toBe(first.shown.id);
  library.enter(conversation('old', 10));
  expect((await visit()).library.currentId).toBe('old');
  expect(await library.open('nobody')).toEqual({ kind: 'unreadable' });
  expect(library.currentId).toBe('old');
});

test('a changed conversation moves to the top of the list', async () => {
  const { library } = await visit();
  library.keep(conversation('a', 1));
  library.keep(conversation('b', 2));
  library.keep({ ...conversation('a', 3), title: 'A' });
  expect(library.list).toEqual([
    { id: 'a', title: 'A', updatedAt: 3 },
    { id: 'b', title: 'b', updatedAt: 2 },
  ]);
});

test('renaming keeps everything else', async () => {
  const { library } = await visit();
  library.keep(conversation('a', 1));
  await library.rename('a', '  Mine ');
  await library.rename('a', '   ');
  await library.flush();
  expect(await get('a', database)).toEqual({ ...conversation('a', 1), title: 'Mine', named: true });
});

test('a deleted conversation is gone, and undo brings it back with what came late', async () => {
  const { library } = await visit();
  library.keep(conversation('a', 1));
  await library.flush();
  const undo = await library.delete('a');
  expect(library.list).toEqual([]);
  expect(await library.open('a')).toEqual({ kind: 'unreadable' });
  // A lane that was still answering hands its part over after the deletion.
  library.keep({ ...conversation('a', 2), draft: 'late' });
  await library.flush();
  expect(library.list).toEqual([]);
  expect(await get('a', database)).toBeUndefined();
  undo?.();
  undo?.();
  await library.flush();
  expect(library.list).toHaveLength(1);
  expect(await get('a', database)).toMatchObject({ draft: 'late' });
});

test('an export of all is an import elsewhere; on the same browser it makes copies', async () => {
  const { library } = await visit();
  library.keep(conversation('a', 1));
  library.keep(conversation('b', 2));
  const text = await library.exportAll();
  expect(await library.importText(text)).toEqual({ ok: true, count: 2 });
  expect(library.list.map(({ title }) => title).sort()).toEqual(['a', 'a', 'b', 'b']);
  expect(new Set(library.list.map(({ id }) => id)).size).toBe(4);
  await library.flush();

  vi.stubGlobal('indexedDB', new IDBFactory());
  database = createStore('opentab', 'conversations');
  const elsewhere = await visit();
  expect(await elsewhere.library.importText(text)).toEqual({ ok: true, count: 2 });
  await elsewhere.library.flush();
  expect(await get('a', database)).toEqual(conversation('a', 1));
});

test('one conversation can be exported, and one that does not exist cannot', async () => {
  const { library } = await visit();
  library.keep(conversation('a', 1));
  expect(JSON.parse((await library.exportOne('a')) ?? '')).toMatchObject({
    format: 'opentab-conversations',
    conversations: [{ id: 'a' }],
  });
  expect(await library.exportOne('b')).toBeUndefined();
});

test('a file that is wrong changes nothing', async () => {
  const { library } = await visit();
  expect(await library.importText('<html>')).toEqual({ ok: false, problem: { kind: 'not-json' } });
  expect(library.list).toEqual([]);
});

test('the conversation on screen can be exported after the browser cleared its storage', async () => {
  const { library, shown } = await visit();
  library.keep({ ...shown, draft: 'precious' });
  await library.flush();
  vi.stubGlobal('indexedDB', new IDBFactory());
  database = createStore('opentab', 'conversations');
  expect(await library.exportAll()).toContain('precious');
  expect(await library.exportOne(shown.id)).toContain('precious');
});

test('a browser that refuses to store lets everything go on in memory, and says so', async () => {
  const { library, shown } = await visit(() => () => Promise.reject(new DOMException('no', 'SecurityError')));
  expect(library.saved).toBe('unsaved');
  library.keep({ ...shown, draft: 'typed' });
  library.keep(conversation('a', 1));
  await library.flush();
  expect(library.saved).toBe('unsaved');
  expect(library.list).toHaveLength(2);
  expect(await library.open('a')).toEqual(opened(conversation('a', 1)));
  expect(await library.open(shown.id)).toMatchObject({ conversation: { draft: 'typed' } });
});

test('two tabs never have the same conversation open: the second one begins another, and says so', async () => {
  const browser = fakeLocks();
  const first = await visit(undefined, browser.tab());
  first.library.keep({ ...first.shown, draft: 'mine' });
  first.library.keep(conversation('other', 1));
  await first.library.flush();
  const second = await visit(undefined, browser.tab());
  expect(second.library.startedElsewhere).toBe(true);
  expect(second.shown.id).not.toBe(first.shown.id);
  expect(await second.library.open(first.shown.id)).toEqual({ kind: 'elsewhere' });
  expect(await second.library.rename(first.shown.id, 'Theirs')).toBe(false);
  expect(await second.library.delete(first.shown.id)).toBeUndefined();
  expect(await second.library.rename('other', 'Ours')).toBe(true);
  expect(await first.library.open('other')).toMatchObject({ conversation: { title: 'Ours' } });

  first.library.enter(conversation('other', 1));
  expect(await second.library.open(first.shown.id)).toMatchObject({ conversation: { draft: 'mine' } });
});

test('a tab that goes lets its conversation go, and asking twice at once is asking once', async () => {
  const browser = fakeLocks();
  const leaving = browser.tab();
  const first = await visit(undefined, leaving);
  first.library.keep({ ...first.shown, draft: 'mine' });
  await first.library.flush();
  setTimeout(() => leaving.close(), 20);
  const second = await visit(undefined, browser.tab());
  expect([second.library.startedElsewhere, second.shown.id]).toEqual([false, first.shown.id]);
  second.library.keep(conversation('other', 1));
  const both = await Promise.all([second.library.open('other'), second.library.open('other')]);
  expect(both.map(({ kind }) => kind)).toEqual(['opened', 'opened']);
});
