/** The numbers of the break-even view, as the person left them. */

import * as v from 'valibot';
import type { TokenPrices } from '../domain/cost';
import { browserMemory, type Memory } from './browser-memory';

const MEMORY_KEY = 'opentab.break-even';

/** The range of each number that counts; both ends are allowed. No product of them leaves what a number can hold. */
export const evenRanges = {
  requestsPerDay: { min: 0, max: 1e9 },
  promptTokens: { min: 0, max: 1e9 },
  outputTokens: { min: 0, max: 1e9 },
  inputPrice: { min: 0, max: 1e9 },
  outputPrice: { min: 0, max: 1e9 },
  prefillRate: { min: 0.01, max: 1e9 },
  decodeRate: { min: 0.01, max: 1e9 },
  hardware: { min: 0, max: 1e9 },
  idleWatts: { min: 0, max: 1e9 },
} as const;

export type EvenField = keyof typeof evenRanges;
export type EvenNumbers = Readonly<Record<EvenField, number>>;
/** What stands in the fields: some may be empty, or hold what cannot be. */
type Entered = Record<EvenField, number | undefined>;

const names = Object.keys(evenRanges) as EvenField[];

/** Plausible for a small team; what an API costs and what a machine reaches is nobody's guess. */
const first: Readonly<Entered> = {
  requestsPerDay: 200,
  promptTokens: 800,
  outputTokens: 300,
  inputPrice: undefined,
  outputPrice: undefined,
  prefillRate: undefined,
  decodeRate: undefined,
  hardware: 0,
  idleWatts: 0,
};

const keptSchema = v.object({
  numbers: v.record(v.string(), v.nullable(v.number())),
  pricedAs: v.pipe(v.string(), v.maxLength(1_000)),
});

export class BreakEvenFields {
  #entered = $state.raw<Readonly<Entered>>(first);
  #pricedAs = $state.raw('');
  readonly #memory: Memory;

  constructor(memory: Memory = browserMemory()) {
    this.#memory = memory;
    const kept = read(memory.get(MEMORY_KEY));
    if (kept === undefined) return;
    this.#entered = remembered(kept.numbers);
    this.#pricedAs = kept.pricedAs;
  }

  get(field: EvenField): number | undefined {
    return this.#entered[field];
  }

  /** The model that the prices were taken from, by its variant; empty for numbers of one's own. */
  get pricedAs(): string {
    return this.#pricedAs;
  }

  /** A field that is emptied is kept as empty. A price that is typed is no model's any more. */
  set(field: EvenField, value: number | undefined): void {
    const own = field === 'inputPrice' || field === 'outputPrice';
    this.#keep({ ...this.#entered, [field]: value }, own ? '' : this.#pricedAs);
  }

  takePrices(variantId: string, { input, output }: Pick<TokenPrices, 'input' | 'output'>): void {
    this.#keep({ ...this.#entered, inputPrice: input, outputPrice: output }, variantId);
  }

  /** Undefined while a field is empty or outside its range. */
  get numbers(): EvenNumbers | undefined {
    const entered = this.#entered;
    return areNumbers(entered) ? entered : undefined;
  }

  /** At once, for the next visit. */
  #keep(entered: Readonly<Entered>, pricedAs: string): void {
    this.#entered = entered;
    this.#pricedAs = pricedAs;
    const numbers = Object.fromEntries(names.map((name) => [name, entered[name] ?? null]));
    this.#memory.set(MEMORY_KEY, JSON.stringify({ numbers, pricedAs }));
  }
}

/** What was kept, and for fields of a newer release than that their first number. */
function remembered(kept: Readonly<Record<string, number | null>>): Entered {
  const numbers: Entered = { ...first };
  for (const name of names) {
    const value = kept[name];
    if (value !== undefined) numbers[name] = value ?? undefined;
  }
  return numbers;
}

function areNumbers(entered: Readonly<Entered>): entered is EvenNumbers {
  return names.every((name) => {
    const value = entered[name];
    return typeof value === 'number' && value >= evenRanges[name].min && value <= evenRanges[name].max;
  });
}

function read(stored: string | undefined): v.InferOutput<typeof keptSchema> | undefined {
  try {
    const parsed = v.safeParse(keptSchema, JSON.parse(stored ?? ''));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Nothing was kept, or something that is no JSON.
    return undefined;
  }
}
