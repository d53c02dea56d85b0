import { IDBFactory } from 'fake-indexeddb';
import { createStore, set, values, type UseStore } from 'idb-keyval';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Vote } from '../../src/domain/votes';
import { readVote, recordOf } from '../../src/state/vote-record';
import { VoteStore } from '../../src/state/vote-store';
import { Votes } from '../../src/state/votes.svelte';

let database: UseStore;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  database = createStore('opentab-votes', 'votes');
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const refusing: UseStore = () => Promise.reject(new DOMException('no', 'SecurityError'));

function aVote(exchangeId: string, part: Partial<Vote> = {}): Vote {
  return {
    exchangeId,
    conversationId: 'c',
    votedAt: 1_700_000_000_000,
    blind: true,
    contestants: [
      { place: 0, answerId: 'a1', variantId: 'x/q8', device: 'wasm' },
      { place: 1, answerId: 'a2', variantId: 'y/q4', device: 'remote' },
    ],
    verdict: { kind: 'best', at: 1 },
    ...part,
  };
}

/** What a later visit finds. */
async function reopened(): Promise<Votes> {
  const votes = new Votes();
  await votes.load();
  return votes;
}

test('a vote is there at once, and at the next visit', async () => {
  const votes = new Votes();
  const cast = votes.cast(aVote('one'));
  expect(votes.of('one')).toEqual(aVote('one'));
  await cast;
  expect(votes.saved).toBe(true);
  expect((await reopened()).all).toEqual([aVote('one')]);
});

test('a second vote on an exchange replaces the first', async () => {
  const votes = new Votes();
  await votes.cast(aVote('one'));
  await votes.cast(aVote('one', { verdict: { kind: 'tie' } }));
  expect(votes.all).toEqual([aVote('one', { verdict: { kind: 'tie' } })]);
  expect((await reopened()).all).toEqual(votes.all);
});

test('votes are listed newest first, deleted one by one, and all together', async () => {
  const votes = new Votes();
  for (const [at, id] of ['one', 'two', 'three'].entries()) await votes.cast(aVote(id, { votedAt: at }));
  expect(votes.all.map(({ exchangeId }) => exchangeId)).toEqual(['three', 'two', 'one']);
  await votes.remove('two');
  expect((await reopened()).all.map(({ exchangeId }) => exchangeId)).toEqual(['three', 'one']);
  await votes.clear();
  expect(votes.all).toEqual([]);
  expect(await values(database)).toEqual([]);
});

test('what this release cannot read is counted and left where it is, until all are deleted', async () => {
  await set('newer', { version: 2, vote: aVote('newer') }, database);
  await set(
    'damaged',
    { version: 1, vote: { ...aVote('damaged'), verdict: { kind: 'best', at: 2 } } },
    database,
  );
  const votes = await reopened();
  await votes.cast(aVote('one'));
  expect(votes.unread).toBe(2);
  expect(votes.all).toEqual([aVote('one')]);
  expect(await values(database)).toHaveLength(3);
  await votes.clear();
  expect(votes.unread).toBe(0);
  expect(await values(database)).toEqual([]);
});

test('where the browser refuses, votes go on from memory, and the next one that is stored takes them along', async () => {
  const stores = [refusing, refusing, refusing, database];
  const votes = new Votes(new VoteStore(() => stores.shift() ?? database));
  await votes.load();
  expect(votes.saved).toBe(false);
  await votes.cast(aVote('one'));
  await votes.cast(aVote('gone'));
  expect(votes.saved).toBe(false);
  expect(votes.all).toHaveLength(2);
  await votes.remove('gone');
  expect(votes.saved).toBe(true);
  expect((await reopened()).all).toEqual([aVote('one')]);
});

test('where the browser refuses to delete, every vote is still there', async () => {
  await new Votes().cast(aVote('one'));
  const store = new Votes(new VoteStore(() => refusing));
  await store.cast(aVote('unsaved'));
  expect(await store.clear()).toBe(false);
  expect(store.all).toEqual([aVote('unsaved')]);
  expect((await reopened()).all).toEqual([aVote('one')]);
});

test('reading anew does not lose what could not be stored', async () => {
  await new Votes().cast(aVote('stored'));
  const stores = [refusing, database];
  const votes = new Votes(new VoteStore(() => stores.shift() ?? database));
  await votes.cast(aVote('pending', { votedAt: 1_800_000_000_000 }));
  await votes.load();
  expect(votes.all.map(({ exchangeId }) => exchangeId)).toEqual(['pending', 'stored']);
  expect(votes.saved).toBe(false);
});

test('a record is read back as it was written, and holds no text of an answer', () => {
  const record = recordOf(aVote('one'));
  expect(readVote(structuredClone(record))).toEqual(aVote('one'));
  expect(readVote({ version: 1, vote: { ...aVote('one'), contestants: [] } })).toBeUndefined();
  expect(readVote(undefined)).toBeUndefined();
  const { vote } = record as { vote: Vote };
  expect(Object.keys(vote.contestants[0] ?? {})).toEqual(['place', 'answerId', 'variantId', 'device']);
});
