/** Lanes beside each other: one row per metric, the best value of a row, and the same table as text. */

import type { AnswerEnd } from './conversation';
import { csvText } from './csv';
import type { RunMetrics } from './metrics';

export type MetricUnit = 'ms' | 'tok/s' | 'tok' | 'char/s' | 'char' | 'US$' | 'Wh';

export interface ComparedMetric {
  readonly id: string;
  readonly unit: MetricUnit;
  /** Which direction is better; undefined where neither is. */
  readonly better: 'lower' | 'higher' | undefined;
  /**
   * What the value counts. Tokens compare only between lanes of one tokenizer, deliveries only where they also hold
   * about as many tokens, bills only where each lane's is known and none is an estimate.
   */
  readonly counts: 'tokens' | 'deliveries' | 'bills' | undefined;
  read(lane: ComparedLane): number | undefined;
}

/** Of an interrupted run no figure counts. */
function measured(read: (metrics: RunMetrics) => number | undefined): ComparedMetric['read'] {
  return ({ metrics, end }) => (metrics === undefined || end === 'interrupted' ? undefined : read(metrics));
}

/** The rows, in the order of a run: before the first token, while streaming, the whole, what it took. */
export const comparedMetrics = [
  { id: 'ttft', unit: 'ms', better: 'lower', counts: undefined, read: measured((m) => m.ttftMs) },
  {
    id: 'prefillRate',
    unit: 'tok/s',
    better: 'higher',
    counts: 'tokens',
    read: measured((m) => m.prefillRate),
  },
  {
    id: 'decodeRate',
    unit: 'tok/s',
    better: 'higher',
    counts: 'tokens',
    read: measured((m) => m.decodeRate),
  },
  { id: 'tpot', unit: 'ms', better: 'lower', counts: 'tokens', read: measured((m) => m.tpotMs) },
  {
    id: 'charactersPerSecond',
    unit: 'char/s',
    better: 'higher',
    counts: undefined,
    read: measured((m) => m.charactersPerSecond),
  },
  { id: 'iclP50', unit: 'ms', better: 'lower', counts: 'deliveries', read: measured((m) => m.icl?.p50) },
  { id: 'iclP95', unit: 'ms', better: 'lower', counts: 'deliveries', read: measured((m) => m.icl?.p95) },
  { id: 'iclP99', unit: 'ms', better: 'lower', counts: 'deliveries', read: measured((m) => m.icl?.p99) },
  { id: 'e2el', unit: 'ms', better: undefined, counts: undefined, read: measured((m) => m.e2elMs) },
  {
    id: 'promptTokens',
    unit: 'tok',
    better: undefined,
    counts: 'tokens',
    read: measured((m) => m.promptTokens),
  },
  {
    id: 'outputTokens',
    unit: 'tok',
    better: undefined,
    counts: 'tokens',
    read: measured((m) => m.outputTokens),
  },
  { id: 'reportedTokens', unit: 'tok', better: undefined, counts: 'tokens', read: (l) => l.reportedTokens },
  {
    id: 'thinkingTokens',
    unit: 'tok',
    better: undefined,
    counts: 'tokens',
    read: measured((m) => m.thinkingTokens),
  },
  {
    id: 'characters',
    unit: 'char',
    better: undefined,
    counts: undefined,
    read: measured((m) => m.characters),
  },
  { id: 'cost', unit: 'US$', better: 'lower', counts: 'bills', read: (l) => l.cost?.dollars },
  { id: 'energy', unit: 'Wh', better: undefined, counts: undefined, read: (l) => l.wattHours },
] as const satisfies readonly ComparedMetric[];

export type ComparedMetricId = (typeof comparedMetrics)[number]['id'];

/** One column: a lane, what answered in it, and how it went. */
export interface ComparedLane {
  readonly label: string;
  /** Lanes with the same name count tokens in the same unit. */
  readonly tokenizer: string;
  /** Undefined where the lane gave no answer to this prompt. */
  readonly end: AnswerEnd | undefined;
  readonly metrics: RunMetrics | undefined;
  /** What an API says that it made: the answer, and the thinking before it whether that was shown or not. */
  readonly reportedTokens?: number | undefined;
  /** Undefined where it is not known. */
  readonly cost?: ComparedCost | undefined;
  /** An estimate, of what was computed on this machine. */
  readonly wattHours?: number | undefined;
  /** True where it computed on a software adapter, whose speed means nothing: it wins no row that is about time. */
  readonly emulated?: boolean | undefined;
}

/** US dollars: a bill at a known price, or what the estimated energy comes to. */
export interface ComparedCost {
  readonly dollars: number;
  readonly estimated: boolean;
}

export interface ComparisonRow {
  readonly id: ComparedMetricId;
  readonly unit: MetricUnit;
  /** One per lane, in the lanes' order; undefined means "not known". */
  readonly values: readonly (number | undefined)[];
  /** Indices of the lanes with the best value; empty where nothing can be called best. */
  readonly best: readonly number[];
}

export interface Comparison {
  readonly lanes: readonly ComparedLane[];
  readonly rows: readonly ComparisonRow[];
  /** False where the lanes count tokens in different units; characters per second compare all the same. */
  readonly sameTokenizer: boolean;
  /** False where gaps between deliveries do not compare, because the lanes put different amounts into one. */
  readonly similarDeliveries: boolean;
  /** False where what the answers cost does not compare: one is not known, or is an estimate. */
  readonly comparableCosts: boolean;
}

/** Deliveries are alike where the most tokens in one, on average, are at most this many times the fewest. */
const SIMILAR_DELIVERIES = 1.25;

/** Rows that no lane has a value for are left out. */
export function compare(lanes: readonly ComparedLane[]): Comparison {
  const counted = lanes.filter(({ metrics, end }) => metrics !== undefined && end !== 'interrupted');
  const sameTokenizer = new Set(counted.map((lane) => lane.tokenizer)).size <= 1;
  const similarDeliveries = sameTokenizer && haveSimilarDeliveries(counted);
  const comparableCosts = lanes.every(({ metrics, cost }) => !metrics || cost?.estimated === false);
  const alike = { tokens: sameTokenizer, deliveries: similarDeliveries, bills: comparableCosts };
  const rows = comparedMetrics.map((metric: ComparedMetric & { id: ComparedMetricId }): ComparisonRow => {
    const values = lanes.map((lane) => metric.read(lane));
    const comparable = metric.better !== undefined && (metric.counts === undefined || alike[metric.counts]);
    const contenders = lanes.map(({ end, emulated }, index) =>
      isWhole(end) && !(emulated === true && isAboutTime(metric.unit)) ? values[index] : undefined,
    );
    return {
      id: metric.id,
      unit: metric.unit,
      values,
      best: comparable ? bestOf(contenders, metric.better === 'lower') : [],
    };
  });
  return {
    lanes,
    rows: rows.filter((row) => row.values.some((value) => value !== undefined)),
    sameTokenizer,
    similarDeliveries,
    comparableCosts,
  };
}

function isAboutTime(unit: MetricUnit): boolean {
  return unit === 'ms' || unit.endsWith('/s');
}

/** Only of whole answers with gaps: no other can win a row. Not known is not alike. */
function haveSimilarDeliveries(lanes: readonly ComparedLane[]): boolean {
  const sizes = lanes
    .filter(({ end, metrics }) => isWhole(end) && metrics?.icl !== undefined)
    .map(({ metrics }) => metrics?.tokensPerChunk ?? NaN);
  return sizes.length < 2 || Math.max(...sizes) <= SIMILAR_DELIVERIES * Math.min(...sizes);
}

/** An answer that was cut short measures something else, so it is shown but wins nothing. */
function isWhole(end: AnswerEnd | undefined): boolean {
  return end === 'stop' || end === 'length';
}

/** Nothing is best among fewer than two values, or where all look the same: values are equal as they are shown. */
function bestOf(values: readonly (number | undefined)[], lowest: boolean): number[] {
  const known = values.filter((value) => value !== undefined);
  const best = threeDigits(lowest ? Math.min(...known) : Math.max(...known));
  const isBest = (value: number | undefined) => value !== undefined && threeDigits(value) === best;
  if (known.length < 2 || known.every(isBest)) return [];
  return values.flatMap((value, index) => (isBest(value) ? [index] : []));
}

/** Three significant digits or all digits before the point, whichever is more: 0.0000123, 0.123, 4.57, 45.7, 457. */
export function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  if (size >= 0.1) return value.toFixed(size >= 1 ? 2 : 3);
  return value.toFixed(Math.min(20, 2 - Math.floor(Math.log10(size))));
}

/** A value as tables that are written have it; "≈" stands before an estimate. */
export function shownValue(
  { lanes }: Comparison,
  row: Pick<ComparisonRow, 'id'>,
  lane: number,
  value: number,
): string {
  return isEstimate(row, lanes[lane]) ? `≈ ${threeDigits(value)}` : threeDigits(value);
}

/** Energy always is, and a cost that follows from it. */
export function isEstimate({ id }: Pick<ComparisonRow, 'id'>, lane: ComparedLane | undefined): boolean {
  return id === 'energy' || (id === 'cost' && lane?.cost?.estimated === true);
}

export type MetricNames = Readonly<Record<ComparedMetricId, string>>;

/** A Markdown table; the best value of a row is bold. */
export function comparisonMarkdown(
  comparison: Comparison,
  names: MetricNames,
  metricHeading: string,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = comparison.rows.map((row) => {
    const values = row.values.map((value, lane) => {
      if (value === undefined) return '–';
      const text = shownValue(comparison, row, lane, value);
      return row.best.includes(lane) ? `**${text}**` : text;
    });
    return line([`${escapeMarkdown(names[row.id])} (${row.unit})`, ...values]);
  });
  return [
    line([metricHeading, ...comparison.lanes.map((lane) => lane.label)].map(escapeMarkdown)),
    line(['---', ...comparison.lanes.map(() => '---:')]),
    ...rows,
  ].join('\n');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[|\\]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Where a lane's cost comes from, for exports; undefined where it is not known. */
function costBasis({ cost }: ComparedLane): 'price' | 'energy-estimate' | undefined {
  if (cost === undefined) return undefined;
  return cost.estimated ? 'energy-estimate' : 'price';
}

/** RFC 4180, full precision, one column per lane. */
export function comparisonCsv({ lanes, rows }: Comparison): string {
  const bases = lanes.map(costBasis);
  return csvText([
    ['metric', 'unit', ...lanes.map((lane) => lane.label)],
    ...rows.map((row) => [row.id, row.unit, ...row.values]),
    ...(bases.some((basis) => basis !== undefined) ? [['costBasis', '', ...bases]] : []),
  ]);
}

/** One object per lane, its metrics by id in the unit that `units` names. */
export function comparisonJson(comparison: Comparison): string {
  const units = Object.fromEntries(comparison.rows.map((row) => [row.id, row.unit]));
  const lanes = comparison.lanes.map((lane, index) => ({
    lane: lane.label,
    tokenizer: lane.tokenizer,
    end: lane.end ?? null,
    tokenBasis: lane.metrics?.tokenBasis ?? null,
    costBasis: costBasis(lane) ?? null,
    metrics: Object.fromEntries(comparison.rows.map((row) => [row.id, row.values[index] ?? null])),
  }));
  return JSON.stringify({ units, lanes }, null, 2);
}
