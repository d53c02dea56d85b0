/** Images on their way from the draft to the lanes, and what is said of lanes that cannot take them. */

import { expect, test, vi } from 'vitest';
import { Catalog } from '../../src/catalog/catalog';
import { pocket } from '../../src/catalog/pocket';
import { shownAnswer, type Conversation } from '../../src/domain/conversation';
import type { Prompt } from '../../src/domain/engine';
import type { ModelCard } from '../../src/domain/model';
import { EnginePool, sourceOf } from '../../src/state/engine-pool.svelte';
import type { Lane } from '../../src/state/lane.svelte';
import { Playground } from '../../src/state/playground.svelte';
import { Turns } from '../../src/state/turns';
import { aConversation } from '../support/conversations';
import { FakeClient, aReport } from '../support/fake-client';
import { green, redBlue } from '../support/images';

const [blind = expect.fail('Pocket has no variant')] = pocket.variants;
const seeing = { ...blind, id: 'seeing/gguf/q8_0', engine: 'wllama', projector: 'mmproj.gguf' } as const;
const seeingModel: ModelCard = { ...pocket, id: 'seeing', variants: [seeing] };

const both = [
  { id: 'sees', variantId: seeing.id, device: 'auto' },
  { id: 'blind', variantId: blind.id, device: 'auto' },
] as const;

function setUp(part: Partial<Conversation> = {}) {
  const clients = new Map<string, FakeClient>();
  let ids = 0;
  const pool = new EnginePool('https://tab.test/', (variant) => {
    const client = new FakeClient();
    clients.set(variant.id, client);
    return client.asClient();
  });
  const services = {
    catalog: new Catalog([seeingModel, pocket]),
    pool,
    turns: new Turns<Lane>(),
    webGpu: () => 'none' as const,
    freezes: () => 0,
    now: () => Date.now(),
    newId: () => `id-${(ids += 1)}`,
  };
  const playground = new Playground(aConversation({ lanes: both, ...part }), services, () => undefined);
  const answered = new Map<string, number>();
  return {
    playground,
    /** Lets the engine of a variant answer, loading it if need be, and tells what it was asked. */
    answer: async (variantId: string): Promise<Prompt> => {
      const nth = answered.get(variantId) ?? 0;
      const generation = await vi.waitFor(() => {
        const client = clients.get(variantId) ?? expect.fail(`${variantId} is not asked for`);
        client.loads.at(-1)?.settle({ ok: true, value: aReport });
        return client.generations[nth] ?? expect.fail(`${variantId} is not asked`);
      });
      answered.set(variantId, nth + 1);
      generation.say('An answer.');
      generation.finish();
      return generation.request.prompt;
    },
    ignoredBy: (lane: string) => {
      const exchange = playground.conversation.exchanges.at(-1) ?? expect.fail('nothing was asked');
      return shownAnswer(exchange, lane)?.run?.ignored;
    },
  };
}

const asked = { role: 'user', content: 'Which colour?' } as const;

test('who can take an image gets it; who cannot gets the text, and the answer says so', async () => {
  const { playground, answer, ignoredBy } = setUp({ draft: asked.content, draftImages: [redBlue] });
  const { draftImages } = playground.conversation;
  const sent = playground.send(asked.content, undefined, draftImages);
  expect(await answer(seeing.id)).toEqual({ kind: 'chat', messages: [{ ...asked, images: [redBlue] }] });
  expect(await answer(blind.id)).toEqual({ kind: 'chat', messages: [asked] });
  expect(await sent).toEqual({ kind: 'sent' });
  expect([ignoredBy('sees'), ignoredBy('blind')]).toEqual([undefined, ['images']]);
  expect(playground.conversation).toMatchObject({ draft: '', draftImages: [] });
  expect(playground.conversation.exchanges[0]?.images).toEqual([redBlue]);
});

test('without images nothing is said of them, and nothing is kept of them', async () => {
  const { playground, answer, ignoredBy } = setUp();
  const sent = playground.send(asked.content);
  await answer(seeing.id);
  await answer(blind.id);
  await sent;
  expect([ignoredBy('sees'), ignoredBy('blind')]).toEqual([undefined, undefined]);
  expect(playground.conversation.exchanges[0]).not.toHaveProperty('images');
});

test('what is attached while a prompt goes out stays for the next one', async () => {
  const { playground, answer } = setUp({ lanes: [both[0]], draftImages: [redBlue] });
  const sent = playground.send(asked.content, undefined, playground.conversation.draftImages);
  playground.setDraftImages([redBlue, green]);
  await answer(seeing.id);
  await sent;
  expect(playground.conversation.exchanges[0]?.images).toEqual([redBlue]);
  expect(playground.conversation.draftImages).toEqual([green]);
});

test('a suggestion beside the draft takes no image of it', async () => {
  const { playground, answer } = setUp({ lanes: [both[0]], draftImages: [redBlue] });
  const sent = playground.send('What is a token?');
  expect(await answer(seeing.id)).toEqual({
    kind: 'chat',
    messages: [{ role: 'user', content: 'What is a token?' }],
  });
  await sent;
  expect(playground.conversation.draftImages).toEqual([redBlue]);
});

test('images stay when a prompt is edited, and when it is answered anew', async () => {
  const { playground, answer } = setUp({ lanes: [both[0]] });
  const first = playground.send(asked.content, undefined, [redBlue]);
  await answer(seeing.id);
  await first;
  const id = () => playground.conversation.exchanges[0]?.id ?? expect.fail('nothing was asked');
  const lane = playground.lanes[0] ?? expect.fail('no lane');
  const again = playground.regenerate(id(), lane);
  expect(await answer(seeing.id)).toEqual({ kind: 'chat', messages: [{ ...asked, images: [redBlue] }] });
  await again;
  const edited = playground.editAndResend(id(), 'And now?');
  expect(await answer(seeing.id)).toEqual({
    kind: 'chat',
    messages: [{ role: 'user', content: 'And now?', images: [redBlue] }],
  });
  await edited;
  expect(playground.conversation.exchanges).toMatchObject([{ prompt: 'And now?', images: [redBlue] }]);
});

test('the engine is told which file reads the images', () => {
  expect(sourceOf(seeing, 'wasm', 'https://tab.test/').projector).toBe('mmproj.gguf');
  expect(sourceOf(blind, 'wasm', 'https://tab.test/')).not.toHaveProperty('projector');
});
