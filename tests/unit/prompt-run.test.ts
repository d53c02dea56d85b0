/** Prompts that stand unasked, all asked with one press: in order, as turns; what ends it, and who is left out. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { pocket } from '../../src/catalog/pocket';
import { shownAnswer, type Conversation, type Exchange } from '../../src/domain/conversation';
import { fail } from '../../src/domain/failure';
import { EnginePool } from '../../src/state/engine-pool.svelte';
import type { Lane } from '../../src/state/lane.svelte';
import { Playground } from '../../src/state/playground.svelte';
import { promptRunOf, unaskedLanes } from '../../src/state/prompt-run.svelte';
import { Turns } from '../../src/state/turns';
import { aConversation } from '../support/conversations';
import { FakeClient, aReport, type FakeGeneration } from '../support/fake-client';

const [q8, fp32] = pocket.variants.map(({ id }) => id) as [string, string];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const unasked = (...prompts: readonly string[]): Exchange[] =>
  prompts.map((prompt, index) => ({ id: `e${index + 1}`, prompt, attempts: {} }));

const twoLanes: Conversation['lanes'] = [
  { id: 'a', variantId: q8, device: 'auto' },
  { id: 'b', variantId: fp32, device: 'auto' },
];

function setUp(part: Partial<Conversation> = {}) {
  const clients: FakeClient[] = [];
  const pool = new EnginePool('https://tab.test/', () => {
    const client = new FakeClient();
    clients.push(client);
    return client.asClient();
  });
  let ids = 0;
  const playground = new Playground(
    aConversation({ exchanges: unasked('one?', 'two?', 'three?'), ...part }),
    {
      catalog: new Catalog([pocket]),
      pool,
      turns: new Turns<Lane>(),
      webGpu: () => 'none' as const,
      freezes: () => 0,
      now: () => Date.now(),
      newId: () => `id-${(ids += 1)}`,
    },
    () => undefined,
  );
  /** What the newest engine is asked, once it is loaded. */
  async function asked(at = -1): Promise<FakeGeneration> {
    await settle();
    const client = clients.at(at) ?? expect.fail('no engine yet');
    client.loads.at(-1)?.settle({ ok: true, value: aReport });
    await settle();
    return client.generations.at(-1) ?? expect.fail('nothing is generated');
  }
  async function answer(text: string, at = -1): Promise<void> {
    const generation = await asked(at);
    generation.say(text);
    generation.finish();
    await settle();
  }
  return { playground, clients, run: promptRunOf(playground), asked, answer };
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

function said({ request }: FakeGeneration): readonly string[] {
  return request.prompt.kind === 'chat' ? request.prompt.messages.map(({ content }) => content) : [];
}

const textsOf = ({ conversation }: Playground, lane: string) =>
  conversation.exchanges.map((exchange) => shownAnswer(exchange, lane)?.text);

test('each prompt is asked in its place, after the answer to the one before it and with it', async () => {
  const { playground, run, asked, answer } = setUp();
  expect([run.running, run.position]).toEqual([false, undefined]);
  const end = run.start();
  expect(said(await asked())).toEqual(['one?']);
  expect([run.running, run.position]).toEqual([true, 1]);
  await answer('One.');
  expect(said(await asked())).toEqual(['one?', 'One.', 'two?']);
  expect(run.position).toBe(2);
  await answer('Two.');
  expect(run.position).toBe(3);
  await answer('Three.');
  expect(await end).toEqual({ kind: 'done' });
  expect([run.running, run.position]).toEqual([false, undefined]);
  expect(textsOf(playground, 'lane-1')).toEqual(['One.', 'Two.', 'Three.']);
  // Another component that asks for it finds the same run.
  expect(promptRunOf(playground)).toBe(run);
});

test('what was asked before is not asked again', async () => {
  const answered = { id: 'x', startedAt: 1, text: 'Once.', end: 'stop' } as const;
  const [first, ...rest] = unasked('one?', 'two?');
  const attempts = { 'lane-1': { shown: 0, answers: [answered] } };
  const { clients, run, answer } = setUp({ exchanges: [{ ...(first ?? expect.fail()), attempts }, ...rest] });
  const end = run.start();
  await answer('Two.');
  expect(await end).toEqual({ kind: 'done' });
  expect(clients[0]?.generations.map(said)).toEqual([['one?', 'Once.', 'two?']]);
});

test('a lane that fails is left out of the rest, and can be asked it by another run', async () => {
  const { playground, clients, run, asked, answer } = setUp({ lanes: twoLanes });
  const end = run.start();
  await answer('A1.', 0);
  (await asked(1)).settle(fail('engine-error', 'no'));
  await answer('A2.', 0);
  await answer('A3.', 0);
  expect(await end).toEqual({ kind: 'left-out', lanes: ['b'] });
  expect(playground.conversation.exchanges.map(({ attempts }) => Object.keys(attempts))).toEqual([
    ['a', 'b'],
    ['a'],
    ['a'],
  ]);

  const rest = run.start();
  await answer('B2.');
  await answer('B3.');
  expect(await rest).toEqual({ kind: 'done' });
  expect(textsOf(playground, 'b')).toEqual(['', 'B2.', 'B3.']);
  expect(clients[0]?.generations).toHaveLength(3);
});

test.each([
  ['by its own stop', (setting: ReturnType<typeof setUp>) => setting.run.stop()],
  ['by the stop of all answers', (setting: ReturnType<typeof setUp>) => setting.playground.stop()],
])('stopped %s it asks no more, keeps what was said, and goes on from there', async (_, stop) => {
  const setting = setUp();
  const { playground, run, asked, answer } = setting;
  const end = run.start();
  await answer('One.');
  (await asked()).say('Half');
  stop(setting);
  expect(await end).toEqual({ kind: 'stopped' });
  expect(run.running).toBe(false);
  expect(playground.busy).toBe(false);
  expect(textsOf(playground, 'lane-1')).toEqual(['One.', 'Half', undefined]);

  const rest = run.start();
  expect(run.position).toBe(3);
  await answer('Three.');
  expect(await rest).toEqual({ kind: 'done' });
});

test('another conversation on the screen ends it', async () => {
  const { playground, clients, run, asked } = setUp();
  const end = run.start();
  await asked();
  await playground.open(aConversation({ id: 'other', exchanges: unasked('another?') }));
  expect(await end).toEqual({ kind: 'stopped' });
  await settle();
  expect(clients.flatMap(({ generations }) => generations)).toHaveLength(1);
  expect(playground.conversation.exchanges[0]?.attempts).toEqual({});
});

test('while something is being answered nothing is begun', async () => {
  const { playground, run, asked } = setUp();
  const sent = playground.send('mine');
  const generation = await asked();
  const last = playground.conversation.exchanges.at(-1) ?? expect.fail();
  expect(unaskedLanes(playground, last)).toEqual([]);
  expect(await run.start()).toEqual({ kind: 'not-asked', result: { kind: 'busy' } });
  generation.finish();
  await sent;
  expect(playground.conversation.exchanges[0]?.attempts).toEqual({});
});

test('a prompt that cannot be asked ends it, and says why', async () => {
  const { playground, run, answer } = setUp({ exchanges: unasked('one?', ' ', 'three?') });
  const end = run.start();
  await answer('One.');
  expect(await end).toMatchObject({
    kind: 'not-asked',
    result: { kind: 'refused', failure: { code: 'prompt-empty' } },
  });
  expect(textsOf(playground, 'lane-1')).toEqual(['One.', undefined, undefined]);
});

test('in a blind comparison the prompts of a link are as blind as typed ones', async () => {
  const { playground, run, answer } = setUp({ lanes: twoLanes, exchanges: unasked('one?', 'two?') });
  playground.blind = true;
  const end = run.start();
  await answer('A1.', 0);
  expect(playground.conversation.exchanges[0]?.blind?.order.toSorted()).toEqual(['a', 'b']);
  await answer('B1.', 1);
  await answer('A2.', 0);
  await answer('B2.', 1);
  expect(await end).toEqual({ kind: 'done' });
  expect(playground.conversation.exchanges.map(({ blind }) => blind?.revealed)).toEqual([false, false]);
});

test('an answer that had its name keeps it when another lane is asked the same', async () => {
  const answered = { id: 'x', startedAt: 1, text: 'Once.', end: 'stop' } as const;
  const exchanges = unasked('one?').map((exchange) => ({
    ...exchange,
    attempts: { a: { shown: 0, answers: [answered] } },
  }));
  const lanes = [...twoLanes, { id: 'c', variantId: q8, device: 'auto' as const }];
  const { playground, run, answer } = setUp({ lanes, exchanges });
  playground.blind = true;
  const end = run.start();
  await answer('B.');
  await answer('C.');
  expect(await end).toEqual({ kind: 'done' });
  expect(playground.conversation.exchanges[0]?.blind).toBeUndefined();
});
