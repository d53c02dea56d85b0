/** Which requests the ledger lists, what counts as the site's own files, and links that lead to one host. */

import { expect, test } from 'vitest';
import type { NetworkEntry } from '../../src/domain/network';
import {
  hostLink,
  isOwnFile,
  linkedHost,
  matches,
  type RequestFilter,
} from '../../src/ui/network/request-filter';

const HERE = 'https://opentab.test';
const API = 'https://api.example.com:8443';

const entry = (rest: Partial<NetworkEntry> = {}): NetworkEntry => ({
  recorder: 'page-1',
  number: 1,
  context: 'page',
  startedAt: 1_000_000,
  method: 'GET',
  origin: HERE,
  path: '/assets/page.js',
  purpose: 'app',
  prompt: 'no',
  state: 'done',
  called: false,
  ...rest,
});

const all: RequestFilter = { host: 'any', purpose: 'any', prompt: 'any' };

test.each<[string, Partial<NetworkEntry>, boolean]>([
  ['a file of the app', {}, true],
  ['a model that lies on this site', { purpose: 'model', context: 'engine' }, true],
  ['a prompt, even to this site', { prompt: 'yes', purpose: 'answer' }, false],
  ['what nobody vouches for', { prompt: 'unknown' }, false],
  ['a provider', { origin: API }, false],
  ['what was led elsewhere', { redirectedTo: API }, false],
])('%s: of the site’s own files or not', (_, rest, own) => {
  expect(isOwnFile(entry(rest), HERE)).toBe(own);
});

test('each filter takes what it names, and all of them have to', () => {
  const answer = entry({ origin: API, purpose: 'answer', prompt: 'yes' });
  const unclear = entry({ origin: 'https://evil.test', purpose: 'other', prompt: 'unknown' });
  const entries = [entry(), answer, unclear];
  const listed = (filter: Partial<RequestFilter>) =>
    entries.filter((one) => matches({ ...all, ...filter }, one));
  expect(listed({})).toEqual(entries);
  expect(listed({ host: API })).toEqual([answer]);
  expect(listed({ purpose: 'app' })).toEqual([entry()]);
  expect(listed({ prompt: 'yes' })).toEqual([answer, unclear]);
  expect(listed({ prompt: 'no' })).toEqual([entry()]);
  expect(listed({ host: API, prompt: 'no' })).toEqual([]);
});

test('a link to one host names an origin of this visit, and nothing else', () => {
  const origins = [HERE, API];
  expect(linkedHost(hostLink('#/network', 'api.example.com:8443'), origins)).toBe(API);
  for (const hash of ['#/network', '#/network?host=', '#/network?host=evil.test', '#/network?host', ''])
    expect(linkedHost(hash, origins)).toBe('any');
});
