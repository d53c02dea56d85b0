/**
 * The numerics self-check: does this GPU compute a model as the CPU does?
 *
 * Fixed tokens are forced through the model on both, and at each position the likeliest next token is compared. A GPU,
 * driver or kernel that computes wrongly gives fluent nonsense or worse without any error; here it shows.
 */

import type { Device, EngineId } from './engine';

/**
 * Share of equal first choices below which a device is suspect.
 *
 * Rounding does not come near it: on the tokens below, Pocket's 16-bit weights choose as its 32-bit ones do at all 256
 * positions, and its 8-bit ones at 97 %. What really changes a model does: its 4-bit weights agree at 61 %, its 2-bit
 * ones at 18 %. A device is compared on the same weights, so all that it may add is rounding.
 */
export const LEAST_AGREEMENT = 0.9;

const WINDOWS = 4;
const WINDOW_TOKENS = 64;

/**
 * What is forced, a forward pass each. Ids rather than a text, because an engine's tokenizer is not part of its port,
 * and these are in every vocabulary of 1,000 tokens or more and reserved in none: on Pocket and on a model of the hub
 * they are the same. Short windows, because no pass can be stopped midway: an answer waits for one window at most, and
 * the logits of one stay below 40 MB for a vocabulary of 150,000 tokens.
 */
export const checkWindows: readonly (readonly number[])[] = Array.from({ length: WINDOWS }, (_, window) =>
  Array.from({ length: WINDOW_TOKENS }, (_, at) => 300 + (((window * WINDOW_TOKENS + at) * 7919) % 700)),
);

export interface Agreement {
  /** Share of positions with the same likeliest token, in [0, 1]. */
  readonly agreement: number;
  readonly positions: number;
  /** What this device chose and what the CPU chose, as a hash each: two machines that agree show the same. */
  readonly fingerprint: string;
  readonly referenceFingerprint: string;
}

export type NotCheckedReason =
  /** This browser has no WebGPU. */
  | 'no-webgpu'
  /** Its only adapter computes on the CPU. */
  | 'software-adapter'
  /** It runs on the CPU, which is what GPUs are compared with. */
  | 'on-cpu'
  /** The engine does not show what it computed, only what it says. */
  | 'no-logits'
  /** It does not run on the CPU, so there is nothing to compare with. */
  | 'no-reference'
  /** The CPU's engine cannot hold it. */
  | 'too-large'
  /** It is large: a second copy in memory is the person's choice. */
  | 'on-request'
  /** The model, or what it is compared with, broke. */
  | 'failed';

export type Verdict =
  | ({ readonly state: 'verified' | 'suspect' } & Agreement)
  | { readonly state: 'not-checked'; readonly reason: NotCheckedReason; readonly detail?: string };

/** Compares the likeliest tokens of this device with the reference's. Nothing compared is nothing checked. */
export function judge(here: readonly number[], reference: readonly number[]): Verdict {
  if (here.length === 0 || here.length !== reference.length) {
    const detail = `${here.length} positions here, ${reference.length} on the CPU`;
    return { state: 'not-checked', reason: 'failed', detail };
  }
  const agreement = here.filter((token, at) => token === reference[at]).length / here.length;
  return {
    state: agreement >= LEAST_AGREEMENT ? 'verified' : 'suspect',
    agreement,
    positions: here.length,
    fingerprint: fingerprintOf(here),
    referenceFingerprint: fingerprintOf(reference),
  };
}

/** FNV-1a of 32 bits over the ids as little-endian words, in hexadecimal: to tell results apart, not to protect them. */
export function fingerprintOf(tokens: readonly number[]): string {
  let hash = 0x811c9dc5;
  for (const token of tokens) {
    for (let shift = 0; shift < 32; shift += 8)
      hash = Math.imul(hash ^ ((token >>> shift) & 0xff), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Engines that show the logits of a forced text (`Engine.topTokens`). */
const showLogits: readonly EngineId[] = ['transformers-js'];

const MiB = 2 ** 20;

/** Bytes that an engine takes while it loads files of so many bytes: them twice, and its own code and buffers. */
export function bytesToLoad(bytes: number): number {
  return 2 * bytes + 128 * MiB;
}

/**
 * Bytes of files up to which the reference is loaded unasked: 512 MiB take 1.1 GiB on the CPU, beside what the GPU
 * holds. That is what a tab of a machine with 8 GiB can spare; a smaller machine gets its share of it.
 */
const AUTOMATIC_BYTES = 512 * MiB;
const AUTOMATIC_SHARE = 1 / 16;
/** What WebAssembly can address. */
const ADDRESS_SPACE = 4096 * MiB;

export interface Subject {
  readonly engine: EngineId;
  readonly devices: readonly Device[];
  readonly bytes: number;
}

export interface CheckMachine {
  readonly webGpu: 'hardware' | 'software' | 'none';
  /** Memory of the machine in bytes; undefined where the browser does not tell, or tells 8 GiB or more. */
  readonly memoryBytes: number | undefined;
}

/** Why `subject` on `device` is not checked unasked; undefined where it is. */
export function whyNotChecked(
  { engine, devices, bytes }: Subject,
  device: Device,
  { webGpu, memoryBytes = Infinity }: CheckMachine,
): NotCheckedReason | undefined {
  if (webGpu === 'none') return 'no-webgpu';
  if (device === 'wasm') return webGpu === 'software' ? 'software-adapter' : 'on-cpu';
  if (webGpu === 'software') return 'software-adapter';
  if (!showLogits.includes(engine)) return 'no-logits';
  if (!devices.includes('wasm')) return 'no-reference';
  if (bytesToLoad(bytes) > ADDRESS_SPACE) return 'too-large';
  return bytes > Math.min(AUTOMATIC_BYTES, memoryBytes * AUTOMATIC_SHARE) ? 'on-request' : undefined;
}
