/** Where verdicts of the self-check outlive a visit: one entry in the browser's memory, of this release alone. */

import type { Variant } from '../domain/model';
import type { Agreement, Verdict } from '../domain/self-check';
import type { Memory } from './browser-memory';

/** By `verdictKey`. */
export type Verdicts = Readonly<Record<string, Verdict>>;

export const VERDICTS_KEY = 'opentab.self-checks';

/** What a verdict holds for: another release, adapter or revision of the files is another question. */
export function verdictKey(release: string, adapter: string, { id, artifact, baseUrl }: Variant): string {
  return [...prefixOf(release), adapter, id, JSON.stringify(artifact?.origin ?? baseUrl)].join('\n');
}

/** What cannot be read is as if it had never been kept: it is checked anew. */
export function readVerdicts(memory: Memory): Verdicts {
  try {
    const kept: unknown = JSON.parse(memory.get(VERDICTS_KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).flatMap(([key, verdict]) => (isCompared(verdict) ? [[key, verdict]] : [])),
    );
  } catch {
    return {};
  }
}

/** A check that failed is not kept: the next visit tries again. Verdicts of other releases go. */
export function writeVerdicts(memory: Memory, release: string, verdicts: Verdicts): void {
  const current = prefixOf(release).join('\n');
  const kept = Object.entries(verdicts).filter(
    ([key, verdict]) => key.startsWith(`${current}\n`) && isCompared(verdict),
  );
  memory.set(VERDICTS_KEY, JSON.stringify(Object.fromEntries(kept)));
}

/** The second part grows where the check itself changes. */
function prefixOf(release: string): readonly string[] {
  return [release, 'check 1'];
}

function isCompared(value: unknown): value is Verdict & Agreement {
  if (typeof value !== 'object' || value === null) return false;
  const { state, agreement, positions, fingerprint, referenceFingerprint } = value as Partial<
    Record<'state' | keyof Agreement, unknown>
  >;
  return (
    (state === 'verified' || state === 'suspect') &&
    typeof agreement === 'number' &&
    typeof positions === 'number' &&
    typeof fingerprint === 'string' &&
    typeof referenceFingerprint === 'string'
  );
}
