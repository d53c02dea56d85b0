/** What an answer costs, computed by hand. */

import { describe, expect, test } from 'vitest';
import {
  addCosts,
  answerCost,
  costOf,
  costsIn,
  type Cost,
  type KnownPrices,
} from '../../src/domain/answer-cost';
import type { Price } from '../../src/domain/cost';
import type { AnswerRun, Conversation } from '../../src/domain/conversation';
import type { Failure } from '../../src/domain/failure';
import { listPrice } from '../../src/providers/prices';
import { MAX_PRICES, Prices } from '../../src/state/prices.svelte';
import { aConversation } from '../support/conversations';

const price: Price = { input: 2, cacheRead: 0.2, cacheWrite: 2.5, output: 10, date: '2026-01-01' };
const usage = { input: 1000, cacheRead: 500, cacheWrite: 200, output: 100, thinking: 50 };

/** What an answer cost; undefined where that is not known. */
function costIn(prices: Prices, run: AnswerRun): Cost | undefined {
  const billed = answerCost({ run }, prices);
  return billed?.kind === 'known' ? billed.cost : undefined;
}

describe('cost of an answer', () => {
  test('every kind of token at its own price, thinking at that of the answer', () => {
    const cost = costOf(usage, price);
    expect(cost.input).toBeCloseTo(0.002, 12);
    expect(cost.cached).toBeCloseTo(0.0001 + 0.0005, 12);
    expect(cost.output).toBeCloseTo(0.001, 12);
    expect(cost.thinking).toBeCloseTo(0.0005, 12);
    expect(cost.total).toBeCloseTo(0.0041, 12);
  });

  test('cached tokens cost as much as others where no price is named for them', () => {
    expect(costOf(usage, { input: 2, output: 10, date: '2026-01-01' }).cached).toBeCloseTo(0.0014, 12);
  });

  test('a prompt above the limit is billed as a whole at the other rates', () => {
    const long = { ...price, long: { above: 1699, input: 4, cacheRead: 0.4, cacheWrite: 5, output: 15 } };
    expect(costOf(usage, long).total).toBeCloseTo(0.004 + 0.0002 + 0.001 + 0.0015 + 0.00075, 12);
    expect(costOf({ ...usage, input: 999 }, long).input).toBeCloseTo(0.001998, 12);
  });

  test('a sum says how many answers it does not hold, and why', () => {
    expect(addCosts([])).toBeUndefined();
    const known = { kind: 'known', cost: costOf(usage, price) } as const;
    const unknown = (why: 'no-usage' | 'no-price') => ({ kind: 'unknown', why }) as const;
    expect(addCosts([known, unknown('no-price'), unknown('no-usage'), unknown('no-price')])).toEqual({
      total: expect.closeTo(0.0041, 12) as number,
      unknown: { 'no-usage': 1, 'no-price': 2, 'incomplete-price': 0 },
    });
  });
});

describe('list prices', () => {
  test('are found by the name and its dated forms, each with date and source', () => {
    expect(listPrice('anthropic', 'claude-haiku-4-5')).toMatchObject({ input: 1, output: 5, cacheRead: 0.1 });
    expect(listPrice('anthropic', 'claude-haiku-4-5-20251001')).toEqual(
      listPrice('anthropic', 'claude-haiku-4-5'),
    );
    expect(listPrice('openai', 'gpt-6.1-sol-2026-09-29')?.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(listPrice('gemini', 'gemini-3.8-flash')?.source).toMatch(/^https:/);
  });

  test('are not guessed', () => {
    expect(listPrice('openai', 'gpt-6.1-sol-mini')).toBeUndefined();
    expect(listPrice('openai', 'constructor')).toBeUndefined();
    expect(listPrice('compatible', 'claude-haiku-4-5')).toBeUndefined();
  });
});

describe('prices of a person', () => {
  function memory(content: Record<string, string> = {}) {
    return {
      content,
      get: (key: string) => content[key],
      set: (key: string, value: string) => void (content[key] = value),
    };
  }
  const account = {
    id: 'a',
    kind: 'anthropic',
    name: 'A',
    baseUrl: 'https://a.example',
    models: [],
  } as const;
  const services = (store = memory()) => ({
    account: (id: string) => (id === 'a' ? account : undefined),
    now: () => Date.UTC(2026, 10, 21),
    memory: store,
  });
  const variantId = 'api:a/claude-haiku-4-5';

  test('stand in the place of the list, outlive the visit, and can be taken back', () => {
    const store = memory();
    new Prices(services(store)).set(variantId, { input: 7, output: 9 });
    const prices = new Prices(services(store));
    expect(prices.price(variantId)).toEqual({ input: 7, output: 9, date: '2026-11-21' });
    expect(prices.isOwn(variantId)).toBe(true);
    prices.reset(variantId);
    expect(prices.price(variantId)?.input).toBe(1);
  });

  test('what was stored and cannot be read is passed over', () => {
    for (const stored of ['{', '[{"variantId":"x","price":{"input":-1,"output":1,"date":"2026-01-01"}}]'])
      expect(new Prices(services(memory({ 'opentab.prices': stored }))).price(variantId)?.input).toBe(1);
  });

  test('what another tab has entered since is not lost, and what it took away does not come back', () => {
    const store = memory();
    const one = new Prices(services(store));
    const two = new Prices(services(store));
    const own = (prices: Prices) => ['one', 'two', 'three'].filter((name) => prices.isOwn(`api:a/${name}`));
    one.set('api:a/one', { input: 1, output: 2 });
    two.set('api:a/two', { input: 3, output: 4 });
    expect(own(new Prices(services(store)))).toEqual(['one', 'two']);
    expect(own(two)).toEqual(['one', 'two']);
    two.reset('api:a/one');
    one.set('api:a/three', { input: 5, output: 6 });
    expect(own(new Prices(services(store)))).toEqual(['two', 'three']);
    expect(own(two)).toEqual(['two']);
    two.readAnew();
    expect(own(two)).toEqual(['two', 'three']);
  });

  test('more prices than can be read again are not stored: the ones that were entered first give way', () => {
    const stored = Array.from({ length: MAX_PRICES }, (_, at) => ({
      variantId: `api:a/${at}`,
      price: { input: 1, output: 1, date: '2026-01-01' },
    }));
    const store = memory({ 'opentab.prices': JSON.stringify(stored) });
    const prices = new Prices(services(store));
    prices.set('api:a/0', { input: 7, output: 9 });
    prices.set('api:a/new', { input: 2, output: 3 });
    for (const one of [prices, new Prices(services(store))])
      expect(['new', '0', '1', '2'].map((name) => one.isOwn(`api:a/${name}`))).toEqual([
        true,
        true,
        false,
        true,
      ]);
  });

  test('a conversation sums every attempt of every lane behind an API, and local ones cost nothing', () => {
    const prices = new Prices(services());
    const base = aConversation();
    const run = (part: Partial<AnswerRun>): AnswerRun => ({
      variantId,
      device: 'remote',
      engine: 'e',
      adapter: 'h',
      sampling: base.sampling,
      metrics: { tokenBasis: 'none', characters: 0 } as AnswerRun['metrics'],
      timeline: [],
      ...part,
    });
    const answer = (id: string, made: AnswerRun) => ({
      id,
      startedAt: 1,
      text: 'x',
      end: 'stop' as const,
      run: made,
    });
    const million = { input: 1e6, cacheRead: 0, cacheWrite: 0, output: 0, thinking: 0 };
    const conversation: Conversation = {
      ...base,
      exchanges: [
        {
          id: 'e',
          prompt: 'p',
          attempts: {
            one: {
              shown: 0,
              answers: [answer('1', run({ usage: million })), answer('2', run({ usage: million }))],
            },
            two: { shown: 0, answers: [answer('3', run({}))] },
            three: { shown: 0, answers: [answer('4', run({ device: 'wasm', variantId: 'pocket/onnx/q8' }))] },
          },
        },
      ],
    };
    const allKnown = { 'no-usage': 0, 'no-price': 0, 'incomplete-price': 0 };
    expect(costsIn(conversation, prices)).toEqual({ total: 2, unknown: { ...allKnown, 'no-usage': 1 } });
    expect(costsIn(conversation, prices, 'one')).toEqual({ total: 2, unknown: allKnown });
    expect(costsIn(conversation, prices, 'three')).toBeUndefined();
    // A duplicated lane has the answers of the other: nobody is billed for them again.
    const [exchange] = conversation.exchanges;
    if (exchange === undefined) throw new Error('there is no exchange');
    const one = exchange.attempts['one'];
    const attempts = { ...exchange.attempts, ...(one && { copy: one }) };
    const copied = { ...conversation, exchanges: [{ ...exchange, attempts }] };
    expect(costsIn(copied, prices)?.total).toBe(2);
    expect(costsIn(copied, prices, 'copy')?.total).toBe(2);
  });
});

describe('an answer that failed', () => {
  const prices = { entered: () => price, price: () => price };
  const none = { entered: () => undefined, price: () => undefined };
  const failedRun: AnswerRun = {
    variantId: 'api:a/m',
    device: 'remote',
    engine: 'e',
    adapter: 'h',
    sampling: aConversation().sampling,
    metrics: { tokenBasis: 'none', characters: 0 } as AnswerRun['metrics'],
    timeline: [],
  };
  const costAfter = (failure: Failure, known: KnownPrices = prices, run = failedRun) =>
    answerCost({ run, failure }, known);

  test('cost nothing where it was turned away, or nothing was sent, whether or not a price is known', () => {
    const free = { kind: 'known', cost: { total: 0 } };
    for (const known of [prices, none]) {
      expect(costAfter({ code: 'key-rejected', detail: '', unbilled: true }, known)).toMatchObject(free);
      expect(costAfter({ code: 'key-missing', detail: '' }, known)).toMatchObject(free);
    }
  });

  test('cost nobody knows what where it broke off, and what was reported where something was', () => {
    const unknown = { kind: 'unknown', why: 'no-usage' };
    for (const code of ['stream-cut', 'provider-error', 'answer-refused', 'rate-limited'] as const)
      expect(costAfter({ code, detail: '' })).toEqual(unknown);
    const billed = { ...failedRun, usage };
    expect(costAfter({ code: 'answer-refused', detail: '' }, prices, billed)).toMatchObject({
      kind: 'known',
      cost: { total: expect.closeTo(0.0041, 12) as number },
    });
    expect(costAfter({ code: 'answer-refused', detail: '' }, none, billed)).toEqual({
      kind: 'unknown',
      why: 'no-price',
    });
  });
});

describe('a price in the making', () => {
  const remembered = () => {
    const content: Record<string, string> = {};
    return {
      get: (key: string) => content[key],
      set: (key: string, value: string) => void (content[key] = value),
    };
  };
  const pricesOf = (memory: ReturnType<typeof remembered>, today = Date.UTC(2026, 10, 21)) =>
    new Prices({
      account: (id) =>
        ({
          o: { id, kind: 'openai', name: 'O', baseUrl: 'https://o.example', models: [] } as const,
          g: { id, kind: 'gemini', name: 'G', baseUrl: 'https://g.example', models: [] } as const,
        })[id],
      now: () => today,
      memory,
    });
  const run = (variantId: string): AnswerRun => ({
    variantId,
    device: 'remote',
    engine: 'e',
    adapter: 'h',
    sampling: aConversation().sampling,
    metrics: { tokenBasis: 'none', characters: 0 } as AnswerRun['metrics'],
    timeline: [],
    usage,
  });

  test('half of a price is no price: the other half is not free', () => {
    const memory = remembered();
    pricesOf(memory).set('api:x/mine', { input: 4 });
    const prices = pricesOf(memory);
    expect(prices.price('api:x/mine')).toBeUndefined();
    expect(prices.entered('api:x/mine')).toMatchObject({ input: 4 });
    expect(costIn(prices, run('api:x/mine'))).toBeUndefined();
    prices.set('api:x/mine', { ...prices.entered('api:x/mine'), output: 20 });
    expect(costIn(prices, run('api:x/mine'))?.total).toBeCloseTo((1700 * 4 + 150 * 20) / 1e6, 12);
    prices.set('api:x/mine', { ...prices.entered('api:x/mine'), output: undefined });
    expect(costIn(prices, run('api:x/mine'))).toBeUndefined();
  });

  test('a rate that is corrected leaves what long prompts cost as it was', () => {
    const memory = remembered();
    const id = 'api:o/gpt-6.1-sol';
    const before = pricesOf(memory);
    before.set(id, { ...before.entered(id), input: 3 });
    const prices = pricesOf(memory);
    expect(prices.isOwn(id)).toBe(true);
    expect(prices.price(id)).toEqual({
      input: 3,
      cacheRead: 0.1,
      cacheWrite: 2.5,
      output: 10,
      long: { above: 272_000, input: 4, cacheRead: 0.2, cacheWrite: 5, output: 15 },
      date: '2026-11-21',
    });
    const long = { ...usage, input: 300_000 };
    expect(costIn(prices, { ...run(id), usage: long })?.input).toBeCloseTo(1.2, 12);
  });

  test('the prices of long prompts can be entered, changed and taken away; half of them is none', () => {
    const memory = remembered();
    const prices = pricesOf(memory);
    const id = 'api:x/mine';
    prices.set(id, { input: 1, output: 2, long: { above: 1000 } });
    expect(prices.price(id)).toBeUndefined();
    prices.set(id, { ...prices.entered(id), long: { above: 1000, input: 10, output: 20 } });
    expect(costIn(prices, run(id))?.total).toBeCloseTo((1700 * 10 + 150 * 20) / 1e6, 12);
    expect(pricesOf(memory).price(id)).toEqual(prices.price(id));
    prices.set(id, { ...prices.entered(id), long: undefined });
    expect(costIn(prices, run(id))?.total).toBeCloseTo((1700 * 1 + 150 * 2) / 1e6, 12);
  });

  test('where nothing is left of a price of one’s own, the list holds again', () => {
    const prices = pricesOf(remembered());
    const id = 'api:o/gpt-5.5';
    prices.set(id, { input: 1 });
    prices.set(id, { input: undefined, long: {} });
    expect(prices.isOwn(id)).toBe(false);
    expect(prices.price(id)?.input).toBe(5);
  });

  test('a price of a limited time says until when, and what was not looked up is marked', () => {
    const id = 'api:g/gemini-3.8-flash';
    const lasting = pricesOf(remembered(), Date.UTC(2026, 11, 31, 23));
    const price = lasting.price(id);
    expect(price?.until).toBe('2026-12-31');
    expect(price && lasting.isStale(price)).toBe(false);
    expect(price && pricesOf(remembered(), Date.UTC(2027, 0, 1)).isStale(price)).toBe(true);
    expect(lasting.price('api:o/gpt-5.6-terra')?.unchecked).toBe('long-prompts');
    // What a person enters is theirs: neither is said of it.
    lasting.set(id, { ...lasting.entered(id), input: 1 });
    expect(lasting.price(id)).not.toHaveProperty('until');
  });
});
