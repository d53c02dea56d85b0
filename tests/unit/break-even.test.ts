import { expect, test } from 'vitest';
import { breakEven, type LocalRunning } from '../../src/domain/break-even';
import { energyOf } from '../../src/domain/energy';
import { BreakEvenFields } from '../../src/state/break-even-fields.svelte';
import { Power } from '../../src/state/power.svelte';

const power = { watts: 200, tariff: 0.3 };

test('energy is power by time, and costs by the kilowatt-hour', () => {
  // 200 W for half an hour are 100 Wh, a tenth of a kWh.
  expect(energyOf(1_800_000, power)).toEqual({ wattHours: 100, cost: expect.closeTo(0.03) as number });
  expect(energyOf(0, power)).toEqual({ wattHours: 0, cost: 0 });
});

const volume = { requestsPerDay: 1000, promptTokens: 1000, outputTokens: 500 };
const prices = { input: 1, output: 4 };
const running: LocalRunning = { power, idleWatts: 0, prefillRate: 1000, decodeRate: 50, hardware: 1000 };

test('by hand: a thousand requests a day', () => {
  // API: 1000 · (1000 · 1 + 500 · 4) ÷ 10⁶ = 3. Local: 1000 · (1 s + 10 s) = 11,000 s at 200 W = 0.6111 kWh.
  const { api, local, hours, verdict } = breakEven(volume, prices, running);
  expect(api).toBeCloseTo(3);
  expect(hours).toBeCloseTo(3.0556, 3);
  expect(local).toBeCloseTo(0.18333, 4);
  expect(verdict).toEqual({ kind: 'after', days: expect.closeTo(1000 / (3 - 0.18333), 2) as number });
});

const verdictFor = (part: Partial<LocalRunning>, of = volume, at = prices) =>
  breakEven(of, at, { ...running, ...part }).verdict.kind;

test('a machine that is there anyway pays at once; one that costs more than it saves, or cannot keep up, never', () => {
  expect(verdictFor({ hardware: 0 })).toBe('at-once');
  expect(verdictFor({}, volume, { input: 0.01, output: 0.04 })).toBe('never');
  expect(verdictFor({ decodeRate: 5 })).toBe('too-slow');
  // At 2.82 dollars a day a million takes longer than any machine lasts.
  expect(verdictFor({ hardware: 1e6 })).toBe('too-late');
});

test('idle draw is counted around the clock, and the draw while answering on top of it', () => {
  // 50 W for 24 hours are 1.2 kWh: 36 cents.
  const idling = breakEven(volume, prices, { ...running, idleWatts: 50 });
  expect(idling.idle).toBeCloseTo(0.36);
  expect(idling.local).toBeCloseTo(0.18333 + 0.36, 4);
  expect(breakEven(volume, prices, running).idle).toBe(0);
  // What pays by its answers alone does not where the machine has to be on for them.
  expect(verdictFor({ hardware: 0, idleWatts: 500 })).toBe('never');
});

test('without requests, or without anything in them, there is nothing to compare, and no number is made up', () => {
  for (const nothing of [
    { ...volume, requestsPerDay: 0 },
    { ...volume, promptTokens: 0, outputTokens: 0 },
  ])
    for (const idleWatts of [0, 50]) {
      const result = breakEven(nothing, prices, { ...running, idleWatts });
      expect(result).toMatchObject({ api: 0, hours: 0, verdict: { kind: 'idle' } });
      expect(result.local).toBeCloseTo(idleWatts === 0 ? 0 : 0.36);
    }
  const free = { ...power, tariff: 0 };
  expect(verdictFor({ power: free }, volume, { input: 0, output: 0 })).toBe('free');
});

test('the numbers stay as they were left, emptied ones empty, and what is too much of anything does not count', () => {
  const stored = new Map<string, string>();
  const memory = {
    get: (key: string) => stored.get(key),
    set: (key: string, value: string) => void stored.set(key, value),
  };
  const fields = new BreakEvenFields(memory);
  expect(fields.numbers).toBeUndefined();
  fields.takePrices('api:a/m', { input: 2, output: 10 });
  fields.set('prefillRate', 500);
  fields.set('decodeRate', 50);
  fields.set('promptTokens', undefined);
  const again = new BreakEvenFields(memory);
  expect(again.pricedAs).toBe('api:a/m');
  expect(again.get('promptTokens')).toBeUndefined();
  expect(again.numbers).toBeUndefined();
  again.set('promptTokens', 900);
  expect(again.numbers).toEqual({
    requestsPerDay: 200,
    promptTokens: 900,
    outputTokens: 300,
    inputPrice: 2,
    outputPrice: 10,
    prefillRate: 500,
    decodeRate: 50,
    hardware: 0,
    idleWatts: 0,
  });
  // A price that is typed is the person's own.
  again.set('inputPrice', 3);
  expect(new BreakEvenFields(memory).pricedAs).toBe('');
  for (const impossible of [0, -1, Number.NaN, Infinity, 1e300]) {
    again.set('decodeRate', impossible);
    expect(again.numbers).toBeUndefined();
  }
  for (const damaged of ['', '{', '{"numbers":{"requestsPerDay":"many"},"pricedAs":""}', 'null']) {
    stored.set('opentab.break-even', damaged);
    expect(new BreakEvenFields(memory).get('requestsPerDay')).toBe(200);
  }
});

test('a setting is kept from visit to visit, within its bounds, until it is forgotten', () => {
  const stored = new Map<string, string>();
  const memory = {
    get: (key: string) => stored.get(key),
    set: (key: string, value: string) => void stored.set(key, value),
  };
  const first = new Power(memory);
  expect(first.setting).toBeUndefined();
  expect(first.set({ watts: 0, tariff: 0.3 })).toBe(false);
  expect(first.set({ watts: Number.NaN, tariff: 0.3 })).toBe(false);
  expect(first.setting).toBeUndefined();
  expect(first.set(power)).toBe(true);
  expect(new Power(memory).setting).toEqual(power);
  first.forget();
  expect(new Power(memory).setting).toBeUndefined();
  stored.set('opentab.power', '{"watts":"many"}');
  expect(new Power(memory).setting).toBeUndefined();
});
