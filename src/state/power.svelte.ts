/** What the person says of the machine's draw and of the tariff; nothing is assumed until they do. */

import * as v from 'valibot';
import type { PowerSetting } from '../domain/energy';
import { browserMemory, type Memory } from './browser-memory';

const MEMORY_KEY = 'opentab.power';

/** The range of each number that a person can set; both ends are allowed. */
export const powerRanges = { watts: { min: 1, max: 5000 }, tariff: { min: 0, max: 10 } } as const;

const powerSchema = v.object({
  watts: v.pipe(v.number(), v.minValue(powerRanges.watts.min), v.maxValue(powerRanges.watts.max)),
  tariff: v.pipe(v.number(), v.minValue(powerRanges.tariff.min), v.maxValue(powerRanges.tariff.max)),
});

export class Power {
  #setting = $state.raw<PowerSetting | undefined>();
  readonly #memory: Memory;

  constructor(memory: Memory = browserMemory()) {
    this.#memory = memory;
    this.#setting = read(memory.get(MEMORY_KEY));
  }

  /** Undefined where the person has not said. */
  get setting(): PowerSetting | undefined {
    return this.#setting;
  }

  /** @returns false where a number is outside its range: nothing changes then */
  set(setting: PowerSetting): boolean {
    const parsed = v.safeParse(powerSchema, setting);
    if (!parsed.success) return false;
    this.#setting = parsed.output;
    this.#memory.set(MEMORY_KEY, JSON.stringify(parsed.output));
    return true;
  }

  forget(): void {
    this.#setting = undefined;
    this.#memory.set(MEMORY_KEY, '');
  }
}

function read(stored: string | undefined): PowerSetting | undefined {
  try {
    const parsed = v.safeParse(powerSchema, JSON.parse(stored ?? ''));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
