/** The variants of a run: each loaded, checked against the reference, and named with its reason where it cannot be. */

import type { BenchmarkRow, Candidate, Workload } from '../src/domain/benchmark';
import type { Device, LoadReport, ModelSource } from '../src/domain/engine';
import type { Failure } from '../src/domain/failure';
import type { Variant } from '../src/domain/model';
import { checkWindows, judge, LEAST_AGREEMENT } from '../src/domain/self-check';
import type { RunTrace } from '../src/domain/trace';
import type { EngineClient } from '../workers/engine-client';
import type { ResultRow, RowCheck, SkippedVariant } from './result';

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
  readonly check: RowCheck;
}

const never = new AbortController().signal;

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
      const check = await checkOf(client, variant, device, surroundings);
      subjects.push({ variant, client, report, check });
    } catch (thrown) {
      await client.unload();
      if (!(thrown instanceof Impossible)) throw thrown;
      skipped.push({ variant: variant.id, reason: thrown.message });
    }
  }
  return { subjects, skipped };
}

/** The rows of one variant. A device that computes wrongly is not measured: fast and wrong is no speed. */
export function rowsOf(
  { variant, check }: Pick<Subject, 'variant' | 'check'>,
  suite: readonly Workload[],
  measured: readonly BenchmarkRow[],
): readonly ResultRow[] {
  if (check.state !== 'suspect') {
    return measured
      .filter(({ candidate }) => candidate === variant.id)
      .map((row) => ({ ...row, selfCheck: check }));
  }
  const [agreement, least] = [check.agreement, LEAST_AGREEMENT].map(
    (share) => `${(share * 100).toFixed(1)} %`,
  );
  const reason = `computes wrongly: it chose as WASM did at ${agreement} of ${check.positions} positions, under ${least}`;
  return suite.map((workload) => ({
    kind: 'withheld',
    candidate: variant.id,
    workload,
    reason,
    selfCheck: check,
  }));
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

/** The same tokens are forced through this device and through WASM, and their choices are compared. */
async function checkOf(
  client: SubjectClient,
  variant: Variant,
  device: Device,
  surroundings: Surroundings,
): Promise<RowCheck> {
  if (device === 'wasm') return { state: 'reference' };
  const here = await topTokens(client, device);
  surroundings.say(`check ${variant.id} against WASM`);
  const reference = surroundings.connect();
  try {
    await load(reference, variant, 'wasm', surroundings);
    const verdict = judge(here, await topTokens(reference, 'wasm'));
    if (verdict.state !== 'not-checked') return verdict;
    throw new Impossible(`it could not be checked on ${device}`, {
      code: 'engine-error',
      detail: verdict.detail ?? verdict.reason,
    });
  } finally {
    await reference.unload();
  }
}

async function topTokens(client: SubjectClient, device: Device): Promise<readonly number[]> {
  const tops: number[] = [];
  for (const window of checkWindows) {
    const outcome = await client.topTokens(window, never);
    if (!outcome.ok) throw new Impossible(`it could not be checked on ${device}`, outcome.failure);
    tops.push(...outcome.value);
  }
  return tops;
}
