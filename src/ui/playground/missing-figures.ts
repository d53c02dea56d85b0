/** Which figures of a run are not there, and why: a rate that would have to be guessed is left out and not made up. */

import type { AnswerRun } from '../../domain/conversation';
import { m } from '../../messages/messages.js';
import { metricDefinitions, type MetricId } from '../shared/metric-definitions';

export interface MissingFigures {
  readonly ids: readonly MetricId[];
  readonly why: string;
}

type Run = Pick<AnswerRun, 'metrics' | 'usage' | 'device'>;

/** In the order of a run; nothing where all that a run can have is known. */
export function missingFigures(run: Run): readonly MissingFigures[] {
  const why: readonly (readonly [why: string | undefined, ...ids: readonly MetricId[]])[] = [
    [noPrefill(run), 'prefillRate'],
    [noCount(run), 'decodeRate', 'tpot', 'tokensPerChunk'],
    [noStream(run), 'decodeRate', 'tpot', 'charactersPerSecond', 'iclP50'],
  ];
  const told = new Set<MetricId>();
  return why.flatMap(([text, ...all]) => {
    const ids = all.filter(
      (id) => !told.has(id) && metricDefinitions[id].value({ run: run.metrics }) === undefined,
    );
    if (text === undefined || ids.length === 0) return [];
    for (const id of ids) told.add(id);
    return [{ ids, why: text }];
  });
}

function noPrefill({ device, metrics }: Run): string {
  if (device === 'remote') return m.missing_prefill_remote();
  const { promptTokens, cachedTokens } = metrics;
  const cached = promptTokens !== undefined && cachedTokens !== undefined && cachedTokens >= promptTokens;
  return cached ? m.missing_prefill_cached() : m.missing_prefill_untold();
}

/** Undefined where the tokens that came are known. */
function noCount({ device, metrics, usage }: Run): string | undefined {
  if (metrics.outputTokens !== undefined) return undefined;
  if (device !== 'remote') return m.missing_count_here();
  return usage === undefined ? m.missing_count_unreported() : m.missing_count_thinking();
}

/** Rates need two deliveries at different times; undefined where something else is why one is not there. */
function noStream({ metrics }: Run): string | undefined {
  const { ttftMs, e2elMs } = metrics;
  if (ttftMs === undefined || e2elMs === undefined) return m.missing_stream_nothing();
  return e2elMs > ttftMs && metrics.outputTokens !== 1 ? undefined : m.missing_stream_one();
}
