/** The variants of a run: each loaded, checked against the reference, and named with its reason where it cannot be. */

import type { Candidate } from '../src/domain/benchmark';
import type { Device, LoadReport, ModelSource } from '../src/domain/engine';
import type { Failure } from '../src/domain/failure';
import type { Variant } from '../src/domain/model';
import type { RunTrace } from '../src/domain/trace';
import type { EngineClient } from '../workers/engine-client';
import type { CorrectnessGate, SkippedVariant } from './result';

export type SubjectClient = Pick<EngineClient, 'load' | 'generate' | 'topTokens' | 'unload'>;

/** What a measurement needs from the page, so that a test can give it another one. */
export interface Surroundings {
  connect(): SubjectClient;
  readonly sourceOf: (variant: Variant, device: Device) => ModelSource;
  say(line: string): void;
}

export interface Subject {
  readonly variant: Variant;
  readonly client: SubjectClient;
  readonly report: LoadReport;
  readonly gate: CorrectnessGate;
}

const never = new AbortController().signal;
/** Share of equal first choices below which a device computes wrongly. */
const LEAST_SAME = 0.9;
const GATE_TOKENS = 256;

/** Never rejects for a variant that cannot be loaded or checked: it is skipped, and the others go on. */
export async function prepare(
  variants: readonly Variant[],
  device: Device,
  surroundings: Surroundings,
): Promise<{ readonly subjects: readonly Subject[]; readonly skipped: readonly SkippedVariant[] }> {
  const subjects: Subject[] = [];
  const skipped: SkippedVariant[] = [];
  for (const variant of variants) {
    surroundings.say(`load ${variant.id} on ${device}`);
    const client = surroundings.connect();
    try {
      const report = await load(client, variant, device, surroundings);
      const gate = await gateOf(client, variant, device, surroundings);
      subjects.push({ variant, client, report, gate });
    } catch (thrown) {
      await client.unload();
      if (!(thrown instanceof Impossible)) throw thrown;
      skipped.push({ variant: variant.id, reason: thrown.message });
    }
  }
  return { subjects, skipped };
}

/** A run whose worker is gone is a failed run, and voids its own series alone. */
export function candidateOf({ variant, client }: Pick<Subject, 'variant' | 'client'>): Candidate {
  return {
    name: variant.id,
    async run(request) {
      const outcome = await client.generate(request, { signal: never, onMarks: () => undefined });
      return outcome.ok ? outcome.value : failedTrace(outcome.failure);
    },
  };
}

function failedTrace(failure: Failure): RunTrace {
  return { prefill: undefined, chunks: [], end: { kind: 'failed', failure }, returnedMs: 0 };
}

/** A variant that cannot be measured, with the reason as the result tells it. */
class Impossible extends Error {
  override readonly name = 'Impossible';

  constructor(what: string, { code, detail }: Failure) {
    super(`${what}: ${code}, ${detail}`);
  }
}

async function load(
  client: SubjectClient,
  variant: Variant,
  device: Device,
  { sourceOf }: Surroundings,
): Promise<LoadReport> {
  const outcome = await client.load(variant.engine, sourceOf(variant, device), {
    signal: never,
    onProgress: () => undefined,
  });
  if (!outcome.ok) throw new Impossible(`it could not be loaded on ${device}`, outcome.failure);
  return outcome.value;
}

/** The same tokens are forced through this device and through WASM; the share of equal first choices is the gate. */
async function gateOf(
  client: SubjectClient,
  variant: Variant,
  device: Device,
  surroundings: Surroundings,
): Promise<CorrectnessGate> {
  if (device === 'wasm') return { state: 'reference' };
  const tokens = Array.from({ length: GATE_TOKENS }, (_, index) => 300 + ((index * 7919) % 700));
  const here = await topTokens(client, tokens, device);
  surroundings.say(`check ${variant.id} against WASM`);
  const reference = surroundings.connect();
  try {
    await load(reference, variant, 'wasm', surroundings);
    const there = await topTokens(reference, tokens, 'wasm');
    const same = here.filter((token, index) => token === there[index]).length;
    const sameTop = same / Math.max(1, here.length);
    return { state: 'compared', sameTop, positions: here.length, passed: sameTop >= LEAST_SAME };
  } finally {
    await reference.unload();
  }
}

async function topTokens(
  client: SubjectClient,
  tokens: readonly number[],
  device: Device,
): Promise<readonly number[]> {
  const outcome = await client.topTokens(tokens, never);
  if (!outcome.ok) throw new Impossible(`it could not be checked on ${device}`, outcome.failure);
  return outcome.value;
}
