import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { pocket } from '../../src/catalog/pocket';
import { shownAnswer, type Conversation } from '../../src/domain/conversation';
import { exampleSchema } from '../../src/domain/json-schema';
import { EnginePool } from '../../src/state/engine-pool.svelte';
import type { Lane } from '../../src/state/lane.svelte';
import { KEEP_PARTIAL_EVERY_MS, Playground } from '../../src/state/playground.svelte';
import { Turns } from '../../src/state/turns';
import { aConversation } from '../support/conversations';
import { FakeClient, aReport } from '../support/fake-client';

const [q8, fp32] = pocket.variants.map(({ id }) => id) as [string, string];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(part: Partial<Conversation> = {}) {
  const clients: FakeClient[] = [];
  const kept: Conversation[] = [];
  let ids = 0;
  let freezes = 0;
  const pool = new EnginePool('https://tab.test/', () => {
    const client = new FakeClient();
    clients.push(client);
    return client.asClient();
  });
  const services = {
    catalog: new Catalog([pocket]),
    pool,
    turns: new Turns<Lane>(),
    webGpu: () => 'none' as const,
    freezes: () => freezes,
    now: () => Date.now(),
    newId: () => `id-${(ids += 1)}`,
  };
  const playground = new Playground(aConversation(part), services, (conversation) => kept.push(conversation));
  const latest = () => clients.at(-1) ?? expect.fail('no client yet');
  return {
    playground,
    kept,
    clients,
    lane: (index = 0) => playground.lanes[index] ?? expect.fail(`no lane ${index}`),
    latest,
    freeze: () => (freezes += 1),
    /** Lets the engine that is loading be ready. */
    load: async (client = latest()) => {
      client.loads.at(-1)?.settle({ ok: true, value: aReport });
      await settle();
    },
    generation: (client = latest()) => client.generations.at(-1) ?? expect.fail('nothing is generated'),
  };
}

/** What a lane has said so far; undefined while nothing of it is on the screen. */
function liveText({ phase }: Lane): string | undefined {
  return 'live' in phase ? phase.live?.text.toString() : undefined;
}

const twoLanes = {
  lanes: [
    { id: 'a', variantId: q8, device: 'auto' },
    { id: 'b', variantId: fp32, device: 'auto' },
  ],
} as const;

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

test('a prompt is answered, and what was asked for is kept with what ran', async () => {
  const { playground, kept, lane, load, generation } = setUp({ draft: 'Hi' });
  const sent = playground.send('Hi');
  await settle();
  expect(lane().phase.kind).toBe('loading');
  expect(playground.conversation).toMatchObject({ title: 'Hi', draft: '' });
  await load();
  generation().say('Hello', '.');
  expect(lane().phase.kind).toBe('running');
  expect(liveText(lane())).toBe('Hello.');
  generation().finish();
  expect(await sent).toEqual({ kind: 'sent' });
  const exchange = playground.conversation.exchanges[0];
  expect(exchange && shownAnswer(exchange, 'lane-1')).toMatchObject({
    text: 'Hello.',
    end: 'stop',
    run: { variantId: q8, device: 'wasm', engine: 'Fake 1', metrics: { outputTokens: 2 } },
  });
  expect(kept.at(-1)).toBe(playground.conversation);
  expect(playground.busy).toBe(false);
});

test('a growing answer is kept at most a second old, and replaced by the whole one', async () => {
  const { playground, kept, load, generation } = setUp();
  void playground.send('Hi');
  await settle();
  const keptAnswer = () => {
    const exchange = kept.at(-1)?.exchanges[0];
    return exchange && shownAnswer(exchange, 'lane-1');
  };
  expect(keptAnswer()).toMatchObject({ text: '', end: 'interrupted' });
  await load();
  generation().say('One', ' two');
  await vi.advanceTimersByTimeAsync(KEEP_PARTIAL_EVERY_MS);
  const partial = keptAnswer();
  expect(partial).toMatchObject({
    text: 'One two',
    end: 'interrupted',
    run: { metrics: { outputTokens: 2 } },
  });
  expect(playground.conversation.exchanges[0]?.attempts).toEqual({});
  playground.setDraft('next');
  expect(keptAnswer()?.text).toBe('One two');
  generation().finish();
  await settle();
  expect(keptAnswer()).toMatchObject({ id: partial?.id, text: 'One two', end: 'stop' });
  expect(kept.at(-1)?.exchanges[0]?.attempts['lane-1']?.answers).toHaveLength(1);
  const { length } = kept;
  await vi.advanceTimersByTimeAsync(5 * KEEP_PARTIAL_EVERY_MS);
  expect(kept).toHaveLength(length);
});

test('lanes answer one after another', async () => {
  const { playground, clients, lane, load, generation } = setUp(twoLanes);
  const sent = playground.send('Hi');
  await settle();
  expect([lane(0).phase.kind, lane(1).phase.kind]).toEqual(['loading', 'waiting']);
  await load();
  generation().finish();
  await settle();
  expect([lane(0).phase.kind, lane(1).phase.kind]).toEqual(['idle', 'loading']);
  await load();
  generation().finish();
  await sent;
  expect(clients).toHaveLength(2);
});

test('stop keeps what was said, in the lane that ran and in the one that waited', async () => {
  const { playground, lane, load, generation } = setUp(twoLanes);
  const sent = playground.send('Hi');
  await settle();
  await load();
  generation().say('Half');
  playground.stop();
  playground.stop();
  expect(lane(0).phase.kind).toBe('stopping');
  expect(liveText(lane(0))).toBe('Half');
  await sent;
  const attempts = playground.conversation.exchanges[0]?.attempts;
  expect(attempts?.['a']?.answers[0]).toMatchObject({ text: 'Half', end: 'stopped' });
  expect(attempts?.['b']?.answers[0]).toMatchObject({ text: '', end: 'stopped' });
});

test('a worker that dies leaves the part, and the lane can be asked again', async () => {
  const { playground, latest, load, generation } = setUp();
  const sent = playground.send('Hi');
  await settle();
  await load();
  generation().say('So', ' far');
  latest().terminate({ code: 'worker-died', detail: 'crash' });
  await sent;
  const [exchange] = playground.conversation.exchanges;
  expect(exchange && shownAnswer(exchange, 'lane-1')).toMatchObject({
    text: 'So far',
    end: 'failed',
    failure: { code: 'worker-died' },
    run: { metrics: { outputTokens: 2, e2elMs: 20 }, timeline: [{ atMs: 10 }, { atMs: 20 }] },
  });
  const again = playground.regenerate(exchange?.id ?? '', playground.lanes[0] ?? expect.fail());
  await settle();
  await load();
  generation().say('All');
  generation().finish();
  await again;
  expect(playground.conversation.exchanges[0]?.attempts['lane-1']).toMatchObject({
    shown: 1,
    answers: [{ text: 'So far' }, { text: 'All' }],
  });
});

test('a second prompt while one is being answered changes nothing', async () => {
  const { playground, load, generation } = setUp();
  const first = playground.send('One');
  expect(await playground.send('Two')).toEqual({ kind: 'busy' });
  await settle();
  expect(await playground.send('Two')).toEqual({ kind: 'busy' });
  expect(await playground.editAndResend(playground.conversation.exchanges[0]?.id ?? '', 'Three')).toEqual({
    kind: 'busy',
  });
  await load();
  generation().finish();
  expect(await first).toEqual({ kind: 'sent' });
  expect(playground.conversation.exchanges.map(({ prompt }) => prompt)).toEqual(['One']);
});

test('another conversation opens when the partial answer has been kept in the old one', async () => {
  const { playground, kept, load, generation } = setUp();
  void playground.send('Hi');
  await settle();
  await load();
  generation().say('Half');
  const opened = playground.open(aConversation({ id: 'other' }));
  await vi.advanceTimersByTimeAsync(100);
  await opened;
  expect(playground.conversation.id).toBe('other');
  expect(playground.busy).toBe(false);
  const old = kept.findLast(({ id }) => id === 'conversation-1')?.exchanges[0];
  expect(old && shownAnswer(old, 'lane-1')).toMatchObject({ text: 'Half', end: 'stopped' });
  expect(kept.every(({ id }) => id === 'conversation-1')).toBe(true);
});

test('opening another conversation while a prompt is prepared drops the question, not the prompt', async () => {
  const { playground, kept, latest, load } = setUp({ system: 'x'.repeat(2000), draft: 'Hi' });
  const sent = playground.send('Hi');
  await settle();
  latest().tokens = () => 5000;
  await load();
  expect(playground.overflow).toMatchObject({ tokens: 5000, contextTokens: 1024, canTrim: false });
  await playground.open(aConversation({ id: 'other' }));
  expect(await sent).toEqual({ kind: 'cancelled' });
  expect(playground.overflow).toBeUndefined();
  expect(kept).toEqual([]);
  expect(playground.conversation.exchanges).toEqual([]);
});

test('a lane removed while it loads ends its engine, and its end is kept', async () => {
  const { playground, clients, lane } = setUp(twoLanes);
  const sent = playground.send('Hi');
  await settle();
  await playground.removeLane(lane(0));
  await settle();
  expect(clients.map(({ terminated }) => terminated)).toEqual([true, false]);
  playground.stop();
  await sent;
  const attempts = playground.conversation.exchanges[0]?.attempts;
  expect(attempts?.['a']?.answers[0]?.end).toBe('stopped');
  expect(playground.lanes.map(({ id }) => id)).toEqual(['b']);
});

test('a lane removed while another uses its engine leaves that engine alone', async () => {
  const { playground, clients, lane, load, generation } = setUp({
    lanes: [
      { id: 'a', variantId: q8, device: 'auto' },
      { id: 'b', variantId: q8, device: 'wasm' },
    ],
  });
  const sent = playground.send('Hi');
  await settle();
  await load();
  generation().say('Half');
  await playground.removeLane(lane(0));
  await settle();
  generation().say('Whole');
  generation().finish();
  await sent;
  expect(clients).toHaveLength(1);
  expect(clients[0]?.terminated).toBe(false);
  const attempts = playground.conversation.exchanges[0]?.attempts;
  expect(attempts?.['a']?.answers[0]).toMatchObject({ text: 'Half', end: 'stopped' });
  expect(attempts?.['b']?.answers[0]).toMatchObject({ text: 'Whole', end: 'stop' });
});

test('a long conversation is trimmed where the person agrees', async () => {
  const past = (n: number) => ({
    id: `e${n}`,
    prompt: 'p'.repeat(400),
    attempts: {
      'lane-1': { shown: 0, answers: [{ id: 'x', startedAt: 0, text: 't', end: 'stop' as const }] },
    },
  });
  const { playground, latest, load, generation } = setUp({ exchanges: [past(1), past(2), past(3)] });
  const sent = playground.send('Now');
  await settle();
  latest().tokens = (messages) => messages * 200;
  await load();
  expect(playground.overflow).toMatchObject({ tokens: 1400, canTrim: true });
  playground.decideOverflow('trim');
  await settle();
  generation().finish();
  expect(await sent).toEqual({ kind: 'sent' });
});

test('a title follows the first prompt, edited or not, until the person gives one', async () => {
  const { playground, load, generation } = setUp();
  const sent = playground.send('First');
  await settle();
  await load();
  generation().finish();
  await sent;
  const edited = playground.editAndResend(playground.conversation.exchanges[0]?.id ?? '', 'Better');
  await settle();
  generation().finish();
  await edited;
  expect(playground.conversation.title).toBe('Better');
  playground.rename('Mine');
  const again = playground.editAndResend(playground.conversation.exchanges[0]?.id ?? '', 'Best');
  await settle();
  generation().finish();
  await again;
  expect(playground.conversation.title).toBe('Mine');
});

test('an answer during which the page was frozen is whole, and its figures do not count', async () => {
  const { playground, load, generation, freeze } = setUp();
  const sent = playground.send('Hi');
  await settle();
  await load();
  generation().say('one', ' two');
  freeze();
  generation().finish();
  await sent;
  const [exchange] = playground.conversation.exchanges;
  expect(exchange && shownAnswer(exchange, 'lane-1')).toMatchObject({ text: 'one two', end: 'interrupted' });
});

test('an impossible setting or an empty prompt is refused before anything happens', async () => {
  const { playground, kept, clients } = setUp();
  expect(await playground.send(' \n')).toMatchObject({ failure: { code: 'prompt-empty' } });
  playground.setSampling({ ...playground.conversation.sampling, temperature: 9 });
  expect(await playground.send('Hi')).toMatchObject({
    failure: { code: 'bad-parameter', detail: 'temperature' },
  });
  expect(playground.conversation.exchanges).toEqual([]);
  expect(clients).toEqual([]);
  expect(kept).toHaveLength(1);
});

test('a schema goes to the engine, and stays with the answer that was to follow it', async () => {
  const { playground, load, generation } = setUp();
  playground.setJson({ on: true, text: exampleSchema });
  const sent = playground.send('Hi');
  // From now on it is no schema: what was asked stays what it was.
  playground.setJson({ on: true, text: '{' });
  await vi.dynamicImportSettled();
  await settle();
  await load();
  const jsonSchema = JSON.stringify(JSON.parse(exampleSchema));
  expect(generation().request.jsonSchema).toBe(jsonSchema);
  generation().finish();
  await sent;
  const [exchange] = playground.conversation.exchanges;
  expect(exchange && shownAnswer(exchange, 'lane-1')?.run?.jsonSchema).toBe(jsonSchema);
  expect(await playground.send('More')).toEqual({
    kind: 'refused',
    failure: { code: 'schema-refused', detail: 'not-json' },
  });
  expect(playground.conversation).toMatchObject({ json: { on: true, text: '{' }, exchanges: [exchange] });
  playground.setJson({ on: false, text: '{' });
  const again = playground.regenerate(exchange?.id ?? '', playground.lanes[0] ?? expect.fail());
  await settle();
  expect('jsonSchema' in generation().request).toBe(false);
  generation().finish();
  await again;
});

test('what stands in the prompt field stays where something else was sent', async () => {
  const { playground } = setUp({ draft: 'half a thought' });
  void playground.send('A suggestion');
  await settle();
  expect(playground.conversation).toMatchObject({
    draft: 'half a thought',
    exchanges: [{ prompt: 'A suggestion' }],
  });
});

test('a lane that leaves, or changes its model, while another is prepared is not asked', async () => {
  for (const leave of ['remove', 'configure'] as const) {
    const { playground, lane, load, latest } = setUp(twoLanes);
    // The second lane's prompt has to be counted, so its model is loaded while the first one waits.
    const sent = playground.send('x'.repeat(2000));
    await settle();
    await load();
    expect(playground.busy).toBe(true);
    const [first, second] = [lane(0), lane(1)];
    const gone =
      leave === 'remove'
        ? playground.removeLane(first)
        : playground.configureLane(first, { variantId: fp32 });
    await gone;
    await load();
    await settle();
    playground.decideOverflow('cancel');
    expect(first.busy).toBe(false);
    expect(second.busy).toBe(true);
    latest().generations.at(-1)?.finish();
    await sent;
    expect(Object.keys(playground.conversation.exchanges[0]?.attempts ?? {})).toEqual(['b']);
  }
});

test('nothing is asked while another conversation is about to be shown', async () => {
  const { playground, load } = setUp();
  void playground.send('Hi');
  await settle();
  await load();
  const shown: string[] = [];
  const opened = playground.open(aConversation({ id: 'other' }), () =>
    shown.push(playground.conversation.id),
  );
  expect(shown).toEqual([]);
  expect(await playground.send('Too late')).toEqual({ kind: 'busy' });
  await opened;
  expect(shown).toEqual(['other']);
  expect(playground.conversation.exchanges).toEqual([]);
});

test('system prompt and prompt together are never enormous, sent or edited', async () => {
  const { playground, load, generation } = setUp();
  const first = playground.send('Hi');
  await settle();
  await load();
  generation().finish();
  await first;
  const id = playground.conversation.exchanges[0]?.id ?? '';
  const refused = { kind: 'refused', failure: { code: 'context-full' } };
  expect(await playground.editAndResend(id, 'x'.repeat(1_000_001))).toMatchObject(refused);
  playground.setSystem('x'.repeat(1_000_000));
  expect(await playground.send('one more')).toMatchObject(refused);
  expect(playground.conversation.exchanges).toHaveLength(1);
});

test('an edit is undone while nothing came after it, and never at the cost of what did', async () => {
  const { playground, load, generation } = setUp();
  const prompts = () => playground.conversation.exchanges.map(({ prompt }) => prompt);
  const finish = async (sent: Promise<unknown>) => {
    await settle();
    if (playground.busy && playground.lanes[0]?.phase.kind === 'loading') await load();
    generation().finish();
    await sent;
  };
  const edit = async (prompt: string) => {
    let undo: () => Promise<boolean> = () => expect.fail('not accepted');
    const { id = '' } = playground.conversation.exchanges[0] ?? {};
    await finish(playground.editAndResend(id, prompt, (way) => (undo = way)));
    return undo;
  };
  await finish(playground.send('One'));
  await finish(playground.send('Two'));
  const undo = await edit('Three');
  expect(prompts()).toEqual(['Three']);
  expect(await undo()).toBe(true);
  expect(prompts()).toEqual(['One', 'Two']);
  expect(await undo()).toBe(false);

  const late = await edit('Four');
  await finish(playground.send('Five'));
  expect(await late()).toBe(false);
  expect(prompts()).toEqual(['Four', 'Five']);
});

test('a lane whose model nobody here knows says so, loads nothing, and answers once it is given another', async () => {
  const gone = 'gone/in/this/release';
  const { playground, clients, lane, load, generation } = setUp({
    lanes: [{ id: 'a', variantId: gone, device: 'auto' }],
  });
  expect(await playground.send('Hi')).toEqual({ kind: 'sent' });
  const [exchange] = playground.conversation.exchanges;
  expect(exchange && shownAnswer(exchange, 'a')).toMatchObject({
    end: 'failed',
    failure: { code: 'model-missing', detail: gone },
  });
  expect(clients).toEqual([]);
  expect(await lane().prepare()).toMatchObject({ ok: false, failure: { code: 'model-missing' } });

  await playground.configureLane(lane(), { variantId: q8 });
  const sent = playground.regenerate(exchange?.id ?? '', lane());
  await settle();
  await load();
  generation().say('Hello.');
  generation().finish();
  expect(await sent).toEqual({ kind: 'sent' });
  const [again] = playground.conversation.exchanges;
  expect(again && shownAnswer(again, 'a')).toMatchObject({ text: 'Hello.', end: 'stop' });
});

/** Sends to both lanes of `twoLanes` and lets each answer. */
async function answerBoth({
  playground,
  clients,
  load,
  generation,
}: ReturnType<typeof setUp>): Promise<void> {
  const sent = playground.send('Which?');
  for (const at of [0, 1]) {
    await settle();
    const client = clients[at] ?? expect.fail(`lane ${at} has no engine`);
    if (client.generations.length === 0) await load(client);
    generation(client).say(`Answer ${at}`);
    generation(client).finish();
  }
  await sent;
}

test('a blind prompt is shown in an order drawn by lot, hidden until it is revealed', async () => {
  const setting = setUp(twoLanes);
  const { playground, kept } = setting;
  playground.blind = true;
  await answerBoth(setting);
  const [exchange] = playground.conversation.exchanges;
  expect(exchange?.blind?.order.toSorted()).toEqual(['a', 'b']);
  expect(exchange?.blind?.revealed).toBe(false);
  expect(playground.namesHidden).toBe(true);

  playground.reveal(exchange?.id ?? '');
  expect(playground.namesHidden).toBe(false);
  expect(kept.at(-1)?.exchanges[0]).toEqual({ ...exchange, blind: { ...exchange?.blind, revealed: true } });
});

test('names stay hidden for the next prompt, whatever is chosen meanwhile', async () => {
  const hidden = { id: 'e', prompt: 'p', attempts: {}, blind: { order: ['b', 'a'], revealed: false } };
  const setting = setUp({ ...twoLanes, exchanges: [hidden] });
  expect(setting.playground.blind).toBe(true);
  setting.playground.blind = false;
  await answerBoth(setting);
  expect(setting.playground.conversation.exchanges.at(-1)?.blind?.revealed).toBe(false);
});

test('with one lane asked, and when it is not chosen, nothing is hidden', async () => {
  const setting = setUp(twoLanes);
  const { playground, lane, load, generation } = setting;
  playground.blind = true;
  const alone = playground.send('Which?', lane(0));
  await settle();
  await load();
  generation().finish();
  await alone;
  playground.blind = false;
  const both = playground.send('Which?');
  await settle();
  playground.stop();
  await both;
  expect(playground.conversation.exchanges.map(({ blind }) => blind)).toEqual([undefined, undefined]);
});

test('a conversation goes on as blind as its last prompt was, and a new one as the one before it', async () => {
  const { playground } = setUp();
  const asked = { id: 'e', prompt: 'p', attempts: {} };
  await playground.open(
    aConversation({ exchanges: [{ ...asked, blind: { order: ['a', 'b'], revealed: true } }] }),
  );
  expect(playground.blind).toBe(true);
  await playground.open(aConversation({ id: 'new' }));
  expect(playground.blind).toBe(true);
  await playground.open(aConversation({ id: 'other', exchanges: [asked] }));
  expect(playground.blind).toBe(false);
});

test('what is billed for a failed answer is kept with the part that came', async () => {
  const { playground, load, generation } = setUp();
  const sent = playground.send('Hi');
  await settle();
  await load();
  const usage = { input: 8, cacheRead: 4, cacheWrite: 0, output: 5, thinking: 0 };
  const chunks = [{ atMs: 10, text: 'I cannot', tokens: undefined }];
  const failure = { code: 'answer-refused', detail: 'no' } as const;
  const end = { kind: 'failed', failure, usage } as const;
  generation().settle({ ok: true, value: { prefill: undefined, chunks, end, returnedMs: 20 } });
  await sent;
  const exchange = playground.conversation.exchanges[0];
  expect(exchange && shownAnswer(exchange, 'lane-1')).toMatchObject({
    text: 'I cannot',
    end: 'failed',
    failure: { code: 'answer-refused' },
    run: { usage },
  });
});

const gguf = pocket.variants.find(({ engine }) => engine === 'wllama')?.id ?? expect.fail('no GGUF');

test('the context length of a lane is told to its engine, copied with it, and dropped again', async () => {
  const { playground, kept, lane, latest, clients } = setUp({
    lanes: [{ id: 'a', variantId: gguf, device: 'auto', contextTokens: 512 }],
  });
  expect([lane().contextTokens, lane().askedContext]).toEqual([512, 512]);
  void lane().prepare();
  await settle();
  expect(latest().sources).toMatchObject([{ contextTokens: 512 }]);
  expect(playground.duplicateLane(lane(), gguf)?.setup).toMatchObject({ contextTokens: 512 });
  await playground.removeLane(lane(1));
  await playground.configureLane(lane(), { contextTokens: undefined });
  expect(clients[0]?.terminated).toBe(true);
  expect(lane().contextTokens).toBe(1024);
  expect(kept.at(-1)?.lanes).toEqual([{ id: 'a', variantId: gguf, device: 'auto' }]);
  expect(playground.addLane(gguf, { device: 'wasm', contextTokens: 256 })?.setup).toMatchObject({
    device: 'wasm',
    contextTokens: 256,
  });
});

test('a length that is longer than the model’s window, or that its engine takes anyway, is no choice of its own', () => {
  const { playground, lane } = setUp({
    lanes: [
      { id: 'a', variantId: gguf, device: 'auto', contextTokens: 8192 },
      { id: 'b', variantId: q8, device: 'auto', contextTokens: 512 },
    ],
  });
  expect(playground.lanes.map(({ askedContext }) => askedContext)).toEqual([undefined, undefined]);
  expect([lane(0).contextTokens, lane(1).contextTokens]).toEqual([1024, 1024]);
});

test('a count that ended the engine is what the answer fails with, and the lane can be asked again', async () => {
  const { playground, lane, load, latest, generation } = setUp();
  const first = playground.send('Hi');
  await settle();
  await load();
  generation().finish();
  await first;
  const stuck = latest();
  stuck.countTokens = () => {
    stuck.terminate({ code: 'count-timeout', detail: 'no count' });
    return Promise.resolve({ ok: false, failure: { code: 'count-timeout', detail: 'no count' } });
  };
  expect(await playground.send('Again')).toEqual({ kind: 'sent' });
  const exchange = () => playground.conversation.exchanges.at(-1) ?? expect.fail('no exchange');
  expect(shownAnswer(exchange(), 'lane-1')).toMatchObject({
    end: 'failed',
    failure: { code: 'count-timeout' },
  });
  const sent = playground.regenerate(exchange().id, lane());
  await settle();
  await load();
  generation().say('Hello.');
  generation().finish();
  await sent;
  expect(shownAnswer(exchange(), 'lane-1')).toMatchObject({ text: 'Hello.', end: 'stop' });
});
