import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleSchema } from '../../src/domain/json-schema';
import {
  conversationFrom,
  carriesSetup,
  linkOf,
  readSetup,
  setupOf,
  type Setup,
} from '../../src/state/setup-link';
import { aConversation } from '../support/conversations';

const page = new URL('https://tab.test/app/?variant=x#/models');

const setup: Setup = {
  ...setupOf(aConversation()),
  lanes: [
    { variantId: 'pocket/onnx/q8', device: 'auto' },
    { variantId: 'pocket/onnx/q2', device: 'wasm' },
  ],
  system: 'Be brief. 请简短。',
  prompts: ['What is a token?', 'And a 😀?'],
};

async function hashOf(what: unknown): Promise<string> {
  const link = await linkOf(what as Setup, page);
  return new URL(link ?? expect.fail('too long')).hash;
}

test('a link opens as what it was made of, and lies behind the # alone', async () => {
  const link = (await linkOf(setup, page)) ?? expect.fail('too long');
  expect(link).toMatch(/^https:\/\/tab\.test\/app\/#\/playground\?setup=[\w-]+$/);
  expect(carriesSetup(new URL(link).hash)).toBe(true);
  expect(await readSetup(new URL(link).hash)).toEqual({ ok: true, setup });
});

test('any prompts and any parameters come back as they were', async () => {
  const shaped = { temperature: 0.7, seed: 42, stop: ['END', '\n\n'], thinking: 'high' } as const;
  const sampling = { ...setup.sampling, ...shaped };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { maxLength: 5 }),
      fc.string({ unit: 'grapheme' }),
      async (prompts, system) => {
        const one = { ...setup, prompts, system, sampling, json: { on: true, text: system } };
        expect(await readSetup(await hashOf(one))).toEqual({ ok: true, setup: one });
      },
    ),
    { numRuns: 50, seed: 1 },
  );
});

test('the schema of the answers goes with it, and a link of an earlier release has none', async () => {
  const json = { on: true, text: exampleSchema };
  const made = setupOf(aConversation({ json }));
  expect(await readSetup(await hashOf(made))).toMatchObject({ ok: true, setup: { json } });
  expect(await readSetup(await hashOf({ ...made, json: { on: 'yes' } }))).toMatchObject({ ok: false });
  expect('json' in setup).toBe(false);
});

test('neither an answer nor anything else of a conversation is in it', () => {
  const conversation = aConversation({
    title: 'secret title',
    draft: 'and this?',
    exchanges: [
      {
        id: 'e',
        prompt: 'asked',
        attempts: {
          'lane-1': { shown: 0, answers: [{ id: 'a', startedAt: 1, text: 'the answer', end: 'stop' }] },
        },
      },
    ],
  });
  const made = setupOf(conversation);
  expect(made.prompts).toEqual(['asked', 'and this?']);
  expect(JSON.stringify(made)).not.toMatch(/the answer|secret title/);
});

test('one prompt waits in the field; several stand unasked, in their order', () => {
  let ids = 0;
  const frame = { id: 'new', newId: () => `id-${(ids += 1)}`, now: 5 };
  const several = conversationFrom(setup, frame);
  const title = 'What is a token?';
  expect(several).toMatchObject({ id: 'new', title, draft: '', system: setup.system, createdAt: 5 });
  expect(several.exchanges.map(({ prompt, attempts }) => [prompt, attempts])).toEqual(
    setup.prompts.map((prompt) => [prompt, {}]),
  );
  expect(new Set([...several.lanes, ...several.exchanges].map(({ id }) => id)).size).toBe(4);
  const json = { on: true, text: '{ "type": "object"' };
  const one = conversationFrom({ ...setup, prompts: ['only'], json }, frame);
  expect(one).toMatchObject({ title: '', exchanges: [], draft: 'only', json });
  expect('json' in several).toBe(false);
});

test('what is cut, changed, too long or newer is refused, and nothing of it is used', async () => {
  const whole = await hashOf(setup);
  const damaged = { ok: false, problem: 'damaged' };
  expect(await readSetup(whole.slice(0, -8))).toEqual(damaged);
  expect(await readSetup('#/playground?setup=AAAA')).toEqual(damaged);
  expect(await readSetup('#/playground')).toEqual(damaged);
  expect(await readSetup(await hashOf({ ...setup, lanes: [] }))).toEqual(damaged);
  expect(await readSetup(await hashOf({ ...setup, lanes: Array(7).fill(setup.lanes[0]) }))).toEqual(damaged);
  expect(await readSetup(await hashOf({ ...setup, version: 2, prompts: 'other' }))).toEqual({
    ok: false,
    problem: 'newer',
  });
  // A few hundred characters that unpack to ten million.
  expect(await readSetup(await hashOf({ ...setup, system: 'x'.repeat(10_000_000) }))).toEqual(damaged);
  expect(await linkOf({ ...setup, prompts: Array(101).fill('x') as string[] }, page)).toBeUndefined();
  const noise = Array.from({ length: 60_000 }, (_, at) =>
    String.fromCharCode(0x4e00 + ((at * 7919) % 20_000)),
  );
  expect(await linkOf({ ...setup, system: noise.join('') }, page)).toBeUndefined();
});

test('the context length of a lane goes with it; one that is no number of tokens is damage', async () => {
  const lanes = [{ variantId: 'pocket/gguf/q4_0', device: 'wasm', contextTokens: 512 }] as const;
  const made = setupOf(aConversation({ lanes: [{ id: 'lane-1', ...lanes[0] }] }));
  expect(made.lanes).toEqual(lanes);
  const read = await readSetup(await hashOf(made));
  expect(read).toEqual({ ok: true, setup: made });
  let ids = 0;
  const frame = { id: 'c', newId: () => `new-${(ids += 1)}`, now: 1 };
  const opened = read.ok ? conversationFrom(read.setup, frame) : expect.fail(read.problem);
  expect(opened.lanes).toEqual([{ id: 'new-1', ...lanes[0] }]);
  for (const contextTokens of [0, -1, 1.5, 1e300, '512', null]) {
    const wrong = { ...made, lanes: [{ ...lanes[0], contextTokens }] };
    expect(await readSetup(await hashOf(wrong))).toEqual({ ok: false, problem: 'damaged' });
  }
});
