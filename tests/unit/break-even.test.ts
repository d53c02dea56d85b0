import { expect, test } from 'vitest';
import { breakEven, type LocalRunning } from '../../src/domain/break-even';
import { energyOf } from '../../src/domain/energy';
import { Power } from '../../src/state/power.svelte';

const power = { watts: 200, tariff: 0.3 };

test('energy is power by time, and costs by the kilowatt-hour', () => {
  // 200 W for half an hour are 100 Wh, a tenth of a kWh.
  expect(energyOf(1_800_000, power)).toEqual({ wattHours: 100, cost: expect.closeTo(0.03) as number });
  expect(energyOf(0, power)).toEqual({ wattHours: 0, cost: 0 });
});

const volume = { requestsPerDay: 1000, promptTokens: 1000, outputTokens: 500 };
const prices = { input: 1, output: 4 };
const running: LocalRunning = { power, prefillRate: 1000, decodeRate: 50, hardware: 1000 };

test('by hand: a thousand requests a day', () => {
  // API: 1000 · (1000 · 1 + 500 · 4) ÷ 10⁶ = 3. Local: 1000 · (1 s + 10 s) = 11,000 s at 200 W = 0.6111 kWh.
  const { api, local, hours, days } = breakEven(volume, prices, running);
  expect(api).toBeCloseTo(3);
  expect(hours).toBeCloseTo(3.0556, 3);
  expect(local).toBeCloseTo(0.18333, 4);
  expect(days).toBeCloseTo(1000 / (3 - 0.18333), 2);
});

test('a machine that is there anyway pays at once; one that costs more than it saves, or cannot keep up, never', () => {
  expect(breakEven(volume, prices, { ...running, hardware: 0 }).days).toBe(0);
  expect(breakEven(volume, { input: 0.01, output: 0.04 }, running).days).toBeUndefined();
  const slow = breakEven(volume, prices, { ...running, decodeRate: 5 });
  expect(slow.hours).toBeGreaterThan(24);
  expect(slow.days).toBeUndefined();
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
