/** What was found fastest on this machine, per model: used when a lane is made with that model. */

import type { Device } from '../domain/engine';
import type { ModelCard } from '../domain/model';
import type { Memory } from './browser-memory';

export interface FastestChoice {
  readonly variantId: string;
  readonly device: Device;
}

type Choices = Readonly<Record<string, FastestChoice>>;

const MEMORY_KEY = 'opentab.fastest';

export class FastestHere {
  readonly #memory: Memory;
  readonly #adapter: () => string | undefined;

  /** @param adapter what the GPU calls itself, once it is known: with another one, nothing is known of this machine */
  constructor(memory: Memory, adapter: () => string | undefined) {
    this.#memory = memory;
    this.#adapter = adapter;
  }

  /** Undefined too where the model has that variant no more. */
  of({ id, variants }: Pick<ModelCard, 'id' | 'variants'>): FastestChoice | undefined {
    const choice = this.#adapter() === undefined ? undefined : this.#read()[this.#keyOf(id)];
    const known = variants.find((variant) => variant.id === choice?.variantId);
    return choice !== undefined && known?.devices.includes(choice.device) === true ? choice : undefined;
  }

  /** Without a choice the model begins again with what the catalogue names first. */
  keep(modelId: string, choice: FastestChoice | undefined): void {
    const choices = Object.entries(this.#read()).filter(([key]) => key !== this.#keyOf(modelId));
    if (choice !== undefined) choices.push([this.#keyOf(modelId), choice]);
    this.#memory.set(MEMORY_KEY, JSON.stringify(Object.fromEntries(choices)));
  }

  #keyOf(modelId: string): string {
    return `${this.#adapter() ?? '?'}\n${modelId}`;
  }

  /** What cannot be read is as if nothing had been chosen. */
  #read(): Choices {
    try {
      const kept: unknown = JSON.parse(this.#memory.get(MEMORY_KEY) ?? '{}');
      if (typeof kept !== 'object' || kept === null) return {};
      return Object.fromEntries(
        Object.entries(kept).flatMap(([key, choice]) => (isChoice(choice) ? [[key, choice]] : [])),
      );
    } catch {
      return {};
    }
  }
}

function isChoice(value: unknown): value is FastestChoice {
  if (typeof value !== 'object' || value === null) return false;
  const { variantId, device } = value as Partial<Record<keyof FastestChoice, unknown>>;
  return typeof variantId === 'string' && (device === 'webgpu' || device === 'wasm');
}
