import { IDBFactory } from 'fake-indexeddb';
import { createStore, get, set, type UseStore } from 'idb-keyval';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConversationStore, SAVE_AFTER_MS, type SaveState } from '../../src/state/conversation-store';
import { aConversation } from '../support/conversations';

let database: UseStore;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  database = createStore('opentab', 'conversations');
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function open(openDatabase: () => UseStore = () => database) {
  const states: SaveState[] = [];
  return {
    store: new ConversationStore({ open: openDatabase, onState: (state) => states.push(state) }),
    states,
  };
}

const refusing: UseStore = () => Promise.reject(new DOMException('no', 'SecurityError'));

test('a conversation is there at once and stored a moment later', async () => {
  const { store, states } = open();
  const conversation = aConversation();
  store.put(conversation);
  expect(await store.get(conversation.id)).toBe(conversation);
  expect(await get(conversation.id, database)).toBeUndefined();
  await vi.waitFor(() => expect(states).toEqual(['saving', 'saved']));
  expect(await get(conversation.id, database)).toEqual(conversation);
  expect(SAVE_AFTER_MS).toBeLessThan(1000);
  expect(await open().store.all()).toEqual([conversation]);
});

test('steady changes do not put the writing off', async () => {
  vi.useFakeTimers();
  const write = vi.fn(() => Promise.resolve());
  const { store } = open(() => write as UseStore);
  for (let change = 0; change < 100; change += 1) {
    store.put(aConversation({ draft: 'x'.repeat(change) }));
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS / 10);
  }
  expect(write).toHaveBeenCalledTimes(10);
});

test('flush writes without waiting, and what changes meanwhile too', async () => {
  const { store, states } = open();
  store.put(aConversation({ draft: 'one' }));
  const flushed = store.flush();
  store.put(aConversation({ draft: 'two' }));
  await flushed;
  await store.flush();
  expect(await get('conversation-1', database)).toMatchObject({ draft: 'two' });
  expect(states.at(-1)).toBe('saved');
});

test('a removal is a change like any other, and can be taken back', async () => {
  const { store } = open();
  store.put(aConversation());
  await store.flush();
  store.remove('conversation-1');
  expect(await store.get('conversation-1')).toBeUndefined();
  expect(await store.summaries()).toEqual([]);
  await store.flush();
  expect(await get('conversation-1', database)).toBeUndefined();
  store.remove('conversation-1');
  store.put(aConversation());
  await store.flush();
  expect(await store.summaries()).toEqual([
    { id: 'conversation-1', title: 'A title', updatedAt: 1_700_000_000_500 },
  ]);
});

test('a damaged record is passed over and left alone', async () => {
  await set('broken', { id: 'broken', title: 'x' }, database);
  await set('conversation-1', aConversation(), database);
  const { store, states } = open();
  expect((await store.all()).map(({ id }) => id)).toEqual(['conversation-1']);
  expect(await store.get('broken')).toBeUndefined();
  expect(await get('broken', database)).toBeDefined();
  expect(states).toEqual([]);
});

test('a browser that refuses to store is told once, and everything goes on in memory', async () => {
  const { store, states } = open(() => refusing);
  expect(await store.summaries()).toEqual([]);
  store.put(aConversation({ draft: 'one' }));
  await store.flush();
  store.put(aConversation({ draft: 'two' }));
  await store.flush();
  expect(states).toEqual(['unsaved']);
  expect(await store.get('conversation-1')).toMatchObject({ draft: 'two' });
  expect(await store.all()).toHaveLength(1);
});

test('a browser without any database is the same', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const states: SaveState[] = [];
  const store = new ConversationStore({ onState: (state) => states.push(state) });
  store.put(aConversation());
  await store.flush();
  expect(states).toEqual(['saving', 'unsaved']);
  expect(await store.get('conversation-1')).toBeDefined();
});

test('a refused write is tried again with the next change, and then nothing is missing', async () => {
  let refuse = true;
  const { store, states } = open(
    () => (mode, callback) => (refuse ? refusing(mode, callback) : database(mode, callback)),
  );
  store.put(aConversation({ id: 'first' }));
  await store.flush();
  expect(states).toEqual(['saving', 'unsaved']);
  refuse = false;
  store.put(aConversation({ id: 'second' }));
  await store.flush();
  expect(states).toEqual(['saving', 'unsaved', 'saved']);
  expect(await get('first', database)).toBeDefined();
});

test('a transaction that aborts after its requests succeeded has saved nothing', async () => {
  const aborting: UseStore = (mode, callback) =>
    database(mode, (records) => {
      const result = callback(records);
      if (mode === 'readwrite') records.transaction.abort();
      return result;
    });
  const { store, states } = open(() => aborting);
  store.put(aConversation());
  await store.flush();
  expect(states).toEqual(['saving', 'unsaved']);
  expect(await get('conversation-1', database)).toBeUndefined();
});

test('a connection that the browser closed is opened once more', async () => {
  let opened = 0;
  const closed: UseStore = () => Promise.reject(new DOMException('closing', 'InvalidStateError'));
  const { store, states } = open(() => (++opened === 1 ? closed : database));
  store.put(aConversation());
  await store.flush();
  expect(states).toEqual(['saving', 'saved']);
  expect(opened).toBe(2);
});

test('a database that never answers is one that refuses', async () => {
  vi.useFakeTimers();
  const silent: UseStore = () => new Promise(() => undefined);
  const { store, states } = open(() => silent);
  const listed = store.summaries();
  await vi.advanceTimersByTimeAsync(5000);
  expect(await listed).toEqual([]);
  store.put(aConversation());
  await vi.advanceTimersByTimeAsync(5000);
  expect(states).toEqual(['unsaved']);
});

test('leaving or hiding the page writes at once', () => {
  const page = Object.assign(new EventTarget(), {
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
  });
  const { store } = open();
  store.flushOnLeave(page as unknown as Window);
  const flush = vi.spyOn(store, 'flush').mockResolvedValue();
  page.dispatchEvent(new Event('pagehide'));
  expect(flush).toHaveBeenCalledTimes(1);
  page.document.dispatchEvent(new Event('visibilitychange'));
  expect(flush).toHaveBeenCalledTimes(1);
  page.document.visibilityState = 'hidden';
  page.document.dispatchEvent(new Event('visibilitychange'));
  expect(flush).toHaveBeenCalledTimes(2);
});
