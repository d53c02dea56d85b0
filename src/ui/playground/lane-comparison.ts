/** The lanes' answers to one prompt, as a comparison with words. */

import { compare, comparedMetrics, type Comparison, type MetricNames } from '../../domain/comparison';
import { shownAnswer, type Exchange } from '../../domain/conversation';
import type { ModelCard } from '../../domain/model';
import type { Lane } from '../../state/lane.svelte';
import { metricDefinitions } from '../shared/metric-definitions';
import { deviceName, laneLabel, tokenizerOf, variantName } from './lane-text';

/** One name per lane: after what answered, which the lane may not be set to any more. */
export function answerLabels(
  lanes: readonly Lane[],
  exchange: Exchange,
  cards: readonly ModelCard[],
): readonly string[] {
  const runs = lanes.map((lane) => shownAnswer(exchange, lane.id)?.run);
  const devices = new Set(runs.flatMap((run) => run?.device ?? []));
  return lanes.map((lane, index) => {
    const run = runs[index];
    if (run === undefined) return laneLabel(lane, index);
    const name = `${index + 1} · ${variantName(cards, run.variantId)}`;
    return devices.size > 1 ? `${name} · ${deviceName(run.device)}` : name;
  });
}

export function comparisonOf(
  lanes: readonly Lane[],
  exchange: Exchange,
  cards: readonly ModelCard[],
): Comparison {
  const labels = answerLabels(lanes, exchange, cards);
  return compare(
    lanes.map((lane, index) => {
      const answer = shownAnswer(exchange, lane.id);
      return {
        label: labels[index] ?? '',
        tokenizer: tokenizerOf(cards, answer?.run?.variantId ?? lane.setup.variantId),
        end: answer?.end,
        metrics: answer?.run?.metrics,
      };
    }),
  );
}

/** The metrics by their names in the reader's language. */
export function metricNames(): MetricNames {
  return Object.fromEntries(
    comparedMetrics.map(({ id }) => [id, metricDefinitions[id].name()]),
  ) as MetricNames;
}
