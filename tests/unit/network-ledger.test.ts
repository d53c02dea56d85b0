/** The ledger: whose requests it takes, what it adds up, what it drops, and what its files hold. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NetworkEntry } from '../../src/domain/network';
import type { ChannelMessage } from '../../src/network/channel';
import { networkCsv, networkJson } from '../../src/state/network-export';
import { MOST_ENTRIES, NetworkLedger } from '../../src/state/network-ledger.svelte';

const HERE = 'https://opentab.test';
const API = 'https://api.example.com';

let ledger: NetworkLedger;
let far: BroadcastChannel;
let near: BroadcastChannel;
let heard: ChannelMessage[];
beforeEach(() => {
  const name = `test-${Math.random()}`;
  heard = [];
  far = new BroadcastChannel(name);
  near = new BroadcastChannel(name);
  far.addEventListener('message', ({ data }: MessageEvent<ChannelMessage>) => heard.push(data));
  ledger = new NetworkLedger({ channel: near, tab: 'mine', startedAt: 1_000_000 });
});
afterEach(() => {
  far.close();
  near.close();
});

function entry(number: number, rest: Partial<NetworkEntry> = {}): NetworkEntry {
  return {
    recorder: 'page-1',
    number,
    context: 'page',
    startedAt: 1_000_000 + number,
    method: 'GET',
    origin: HERE,
    path: `/${number}`,
    purpose: 'app',
    prompt: 'no',
    bytesOut: 0,
    bytesIn: 10,
    status: 200,
    state: 'done',
    called: false,
    ...rest,
  };
}

/** Tells of entries, as a recorder of this tab or of `none`, and waits until the last of them has been taken. */
async function tell(entries: readonly NetworkEntry[], tab = 'mine'): Promise<void> {
  for (const one of entries) {
    far.postMessage({
      kind: 'entry',
      tab: tab === 'none' ? undefined : tab,
      entry: one,
    } satisfies ChannelMessage);
  }
  let arrived = false;
  near.addEventListener('message', ({ data }: MessageEvent) => (arrived ||= data === 'end'));
  far.postMessage('end');
  await vi.waitFor(() => expect(arrived).toBe(true));
}

const answer: Partial<NetworkEntry> = {
  context: 'provider',
  recorder: 'provider-1',
  method: 'POST',
  origin: API,
  purpose: 'answer',
  prompt: 'yes',
  variantId: 'api:a/model',
};

test('a ledger that starts asks to be told what it has missed', async () => {
  await vi.waitFor(() => expect(heard).toEqual([{ kind: 'tell', tab: 'mine' }]));
});

test('it takes its own tab’s requests and the service worker’s of this visit, and no other', async () => {
  await tell([entry(1)]);
  await tell([entry(1, { recorder: 'page-2' })], 'another');
  await tell(
    [
      entry(1, { recorder: 'sw', context: 'service-worker', startedAt: 1_000_500 }),
      entry(2, { recorder: 'sw', context: 'service-worker', startedAt: 900_000 }),
    ],
    'none',
  );
  expect(ledger.entries.map(({ recorder, number }) => `${recorder} ${number}`)).toEqual(['sw 1', 'page-1 1']);
});

test('a request that changes is counted once, as it is now', async () => {
  await tell([
    entry(1, { ...answer, bytesOut: 2100, bytesIn: 0, state: 'open' }),
    entry(1, { ...answer, bytesOut: 2100, bytesIn: 50, state: 'open' }),
    entry(1, { ...answer, bytesOut: 2100, bytesIn: 80 }),
    entry(2),
  ]);
  const expected = { requests: 1, bytesOut: 2100, bytesIn: 80, promptRequests: 1, promptBytes: 2100 };
  expect(ledger.byOrigin[0]).toEqual([API, { ...expected, unclearRequests: 0 }]);
  expect(ledger.total).toMatchObject({ ...expected, requests: 2, bytesIn: 90 });
});

test('what went out with a prompt is told by variant; what nobody vouches for is every local lane’s', async () => {
  expect(ledger.sent()).toEqual({ requests: 0, bytes: 0, hosts: [] });
  await tell([
    entry(1, { ...answer, bytesOut: 1000 }),
    entry(2, { ...answer, bytesOut: 1100 }),
    entry(3, { ...answer, variantId: 'api:b/other', bytesOut: 5 }),
  ]);
  expect(ledger.sent('api:a/model')).toEqual({ requests: 2, bytes: 2100, hosts: ['api.example.com'] });
  expect(ledger.sent('api:c/none').requests).toBe(0);
  expect(ledger.sent().requests).toBe(0);
  await tell([entry(4, { origin: 'https://evil.test', prompt: 'unknown' })]);
  expect(ledger.sent()).toEqual({ requests: 1, bytes: 0, hosts: ['evil.test'] });
  expect(ledger.total.unclearRequests).toBe(1);
});

test('the list is bounded, the totals are not, and what was dropped does not come back', async () => {
  const open = entry(1, { state: 'open', bytesIn: 0 });
  const many = Array.from({ length: MOST_ENTRIES + 50 }, (_, index) => entry(index + 2));
  await tell([open, ...many]);
  expect(ledger.entries).toHaveLength(MOST_ENTRIES);
  expect(ledger.left).toBe(51);
  expect(ledger.entries.at(-1)).toMatchObject({ number: 1, state: 'open' });
  // Told again, as to another page of this tab's worker.
  await tell(many.slice(0, 20));
  await tell([entry(1, { bytesIn: 7 })]);
  expect(ledger.total).toMatchObject({ requests: MOST_ENTRIES + 51, bytesIn: 10 * (MOST_ENTRIES + 50) + 7 });
});

test('without a channel it says that it sees nothing', () => {
  const blind = new NetworkLedger({ channel: undefined, tab: 'mine', startedAt: 0 });
  expect(blind.available).toBe(false);
  expect(blind.entries).toEqual([]);
});

test('the files hold the same rows; a comma, a quote and a formula do no harm', async () => {
  await tell([
    entry(1, { path: '/a,"b"', durationMs: 12.345 }),
    entry(2, { ...answer, bytesOut: 9, method: '=1+1' }),
  ]);
  const { total, requests } = JSON.parse(networkJson(ledger, ledger.entries, HERE)) as {
    total: unknown;
    requests: readonly Record<string, unknown>[];
  };
  expect(total).toEqual(ledger.total);
  expect(requests).toHaveLength(2);
  expect(requests[1]).toMatchObject({ time: '1970-01-01T00:16:40.001Z', durationMs: 12.3, path: '/a,"b"' });
  const [names, first, second, end] = networkCsv(ledger.entries).split('\r\n');
  expect(names?.split(',')).toEqual(expect.arrayContaining(Object.keys(requests[1] ?? {})));
  expect(first).toContain(`,'=1+1,${API},/2,`);
  expect(second).toContain('"/a,""b"""');
  expect(end).toBe('');
});

test('of an answer from before this visit nothing is claimed, wherever it was computed', async () => {
  const before = 900_000;
  const within = 1_000_500;
  expect(ledger.knownOf(undefined, before).kind).toBe('earlier');
  expect(ledger.knownOf(undefined, within).kind).toBe('none');
  expect(ledger.knownOf(undefined, undefined).kind).toBe('none');
  expect(ledger.knownOf('api:a/model', within).kind).toBe('none');
  await tell([entry(1, { ...answer, bytesOut: 1000 })]);
  expect(ledger.knownOf('api:a/model', within)).toMatchObject({ kind: 'sent', bytes: 1000 });
  // Another answer's bytes are not this one's.
  expect(ledger.knownOf('api:a/model', before).kind).toBe('earlier');
  await tell([entry(2, { origin: 'https://evil.test', prompt: 'unknown' })]);
  expect(ledger.knownOf(undefined, within)).toMatchObject({ kind: 'unclear', hosts: ['evil.test'] });
  expect(ledger.knownOf(undefined, before).kind).toBe('earlier');
});
