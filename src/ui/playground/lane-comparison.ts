/** The lanes' answers to one prompt, as a comparison with words. */

import {
  compare,
  comparedMetrics,
  type ComparedLane,
  type Comparison,
  type MetricNames,
} from '../../domain/comparison';
import { answerCost } from '../../domain/answer-cost';
import { shownAnswer, type Answer, type Exchange } from '../../domain/conversation';
import { energyOf, type PowerSetting } from '../../domain/energy';
import { m } from '../../messages/messages.js';
import type { Lane } from '../../state/lane.svelte';
import type { App } from '../context';
import { formatDollars, formatNumber } from '../shared/format';
import { metricDefinitions, reportedTokens } from '../shared/metric-definitions';
import { deviceName } from './lane-text';
import { distinctNames, entryOf, type Naming } from './model-names';

/** What a comparison is made from, beside the lanes and their answers. */
export type Compared = Naming & Pick<App, 'prices' | 'power' | 'adapter'>;

/** One name per lane: after what answered, which the lane may not be set to any more. */
export function answerLabels(app: Naming, lanes: readonly Lane[], exchange: Exchange): readonly string[] {
  const runs = lanes.map((lane) => shownAnswer(exchange, lane.id)?.run);
  const devices = new Set(runs.flatMap((run) => run?.device ?? []));
  // A provider's name says already that it is another machine.
  devices.delete('remote');
  const ids = lanes.map((lane, index) => runs[index]?.variantId ?? lane.setup.variantId);
  const names = distinctNames(app, ids);
  return ids.map((id, index) => {
    const name = `${index + 1} · ${names.get(id) ?? id}`;
    const device = runs[index]?.device;
    return devices.size > 1 && device !== undefined && device !== 'remote'
      ? `${name} · ${deviceName(device)}`
      : name;
  });
}

export function comparisonOf(app: Compared, lanes: readonly Lane[], exchange: Exchange): Comparison {
  const labels = answerLabels(app, lanes, exchange);
  return compare(
    lanes.map((lane, index): ComparedLane => {
      const answer = shownAnswer(exchange, lane.id);
      return {
        label: labels[index] ?? '',
        tokenizer: tokenizerOf(app, answer?.run?.variantId ?? lane.setup.variantId),
        end: answer?.end,
        metrics: answer?.run?.metrics,
        reportedTokens: reportedTokens(answer?.run?.usage),
        emulated: answer?.run?.device === 'webgpu' && app.adapter.kind === 'software',
        ...(answer && spentOn(answer, app)),
      };
    }),
  );
}

/** What an answer cost, and the energy that it took: an estimate, once the person has set a wattage. */
function spentOn(
  answer: Pick<Answer, 'run' | 'failure' | 'end'>,
  { prices, power }: Pick<App, 'prices' | 'power'>,
): Pick<ComparedLane, 'cost' | 'wattHours'> {
  const billed = answerCost(answer, prices);
  if (billed !== undefined)
    return billed.kind === 'known' ? { cost: { dollars: billed.cost.total, estimated: false } } : {};
  const ms = answer.run?.metrics.e2elMs;
  if (power.setting === undefined || ms === undefined || answer.end === 'interrupted') return {};
  const { cost, wattHours } = energyOf(ms, power.setting);
  return { cost: { dollars: cost, estimated: true }, wattHours };
}

/**
 * Which tokenizer cut the text of an answer: the same for all precisions of a model. A model that nobody knows here
 * shares its tokenizer with nothing that is known.
 */
function tokenizerOf(app: Naming, variantId: string): string {
  return entryOf(app, variantId)?.card.id ?? variantId;
}

/** What of the table does not compare, and where its figures come from: a sentence each. */
export function comparisonNotes(comparison: Comparison, { power }: Pick<App, 'power'>): readonly string[] {
  const { lanes, rows, sameTokenizer, similarDeliveries, comparableCosts } = comparison;
  const has = (id: string) => rows.some((row) => row.id === id);
  const untold = ({ metrics, reportedTokens: made }: ComparedLane) =>
    made !== undefined && metrics !== undefined && metrics.outputTokens === undefined;
  const { setting } = power;
  const notes: readonly (readonly [holds: boolean, text: () => string])[] = [
    [!sameTokenizer, m.playground_comparison_tokenizers],
    [sameTokenizer && !similarDeliveries, m.playground_comparison_deliveries],
    [lanes.some(untold), m.playground_comparison_thinking],
    [lanes.some(({ emulated }) => emulated === true), m.playground_comparison_software],
    [lanes.some(({ end }) => end === 'stopped' || end === 'failed'), m.playground_comparison_cut_short],
    [lanes.some(({ cost }) => cost?.estimated === false), m.playground_comparison_cost],
    [has('energy'), () => energyNote(setting)],
    [has('cost') && lanes.some(isUnpriced), m.playground_comparison_cost_unknown],
    [has('cost') && lanes.length > 1 && !comparableCosts, m.playground_comparison_cost_apart],
  ];
  return notes.flatMap(([holds, text]) => (holds ? [text()] : []));
}

function isUnpriced({ metrics, cost }: ComparedLane): boolean {
  return metrics !== undefined && cost === undefined;
}

function energyNote(setting: PowerSetting | undefined): string {
  const { watts = 0, tariff = 0 } = setting ?? {};
  return m.playground_comparison_energy({ watts: formatNumber(watts), tariff: formatDollars(tariff) });
}

/** The metrics by their names in the reader's language. */
export function metricNames(): MetricNames {
  return Object.fromEntries(
    comparedMetrics.map(({ id }) => [id, metricDefinitions[id].name()]),
  ) as MetricNames;
}
