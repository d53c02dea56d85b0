/** What each metric is called, what it means, where its value comes from and how it is written. One place for all. */

import type { LoadPhase, LoadReport, TokenUsage } from '../../domain/engine';
import type { RunMetrics } from '../../domain/metrics';
import { m } from '../../messages/messages.js';
import { formatInteger, formatNumber } from './format';

export type MetricId =
  | 'ttft'
  | 'prefillRate'
  | 'decodeRate'
  | 'tpot'
  | 'iclP50'
  | 'iclP95'
  | 'iclP99'
  | 'iclMax'
  | 'e2el'
  | 'promptTokens'
  | 'cachedTokens'
  | 'outputTokens'
  | 'reportedTokens'
  | 'thinkingTokens'
  | 'tokensPerChunk'
  | 'characters'
  | 'charactersPerSecond'
  | 'cost'
  | 'energy'
  | 'loadTotal'
  | 'loadEngine'
  | 'loadDownload'
  | 'loadCacheRead'
  | 'loadCompile';

export interface MetricSource {
  readonly run?: RunMetrics | undefined;
  readonly load?: LoadReport | undefined;
  /** What an API says that it counted. */
  readonly usage?: TokenUsage | undefined;
  /** US dollars. */
  readonly dollars?: number | undefined;
  readonly wattHours?: number | undefined;
}

/** All that an API says that it made, thinking that it did not show among it. */
export function reportedTokens(usage: TokenUsage | undefined): number | undefined {
  return usage && usage.output + usage.thinking;
}

export interface MetricDefinition {
  /** Short label for a table or a row of figures. */
  label(): string;
  /** The term in full. */
  name(): string;
  definition(): string;
  /** Unit of `value` and of `format`. */
  unit(): string;
  /** The unit of exactly one, where the language says it otherwise. */
  unitOfOne?(): string;
  /** Undefined where it is not known, never zero for that. */
  value(source: MetricSource): number | undefined;
  /** The number without its unit. */
  format(value: number): string;
  readonly better: 'higher' | 'lower' | 'none';
}

const milliseconds = { unit: m.unit_ms, format: formatNumber, better: 'lower' } as const;
const seconds = { unit: m.unit_s, format: formatNumber, better: 'lower' } as const;
const tokensPerSecond = { unit: m.unit_tokens_per_second, format: formatNumber, better: 'higher' } as const;
const tokens = {
  unit: m.unit_tokens,
  unitOfOne: m.unit_token,
  format: formatInteger,
  better: 'none',
} as const;

/** Seconds that a phase took; undefined where the load had no such phase. */
function phase(name: LoadPhase): MetricDefinition['value'] {
  return ({ load }) => {
    const span = load?.spans.find((candidate) => candidate.phase === name);
    return span === undefined ? undefined : (span.endMs - span.startMs) / 1000;
  };
}

export const metricDefinitions: Readonly<Record<MetricId, MetricDefinition>> = {
  ttft: {
    ...milliseconds,
    label: m.term_ttft_label,
    name: m.term_ttft_name,
    definition: m.term_ttft_definition,
    value: ({ run }) => run?.ttftMs,
  },
  prefillRate: {
    ...tokensPerSecond,
    label: m.term_prefill_rate_label,
    name: m.term_prefill_rate_name,
    definition: m.term_prefill_rate_definition,
    value: ({ run }) => run?.prefillRate,
  },
  decodeRate: {
    ...tokensPerSecond,
    label: m.term_decode_rate_label,
    name: m.term_decode_rate_name,
    definition: m.term_decode_rate_definition,
    value: ({ run }) => run?.decodeRate,
  },
  tpot: {
    ...milliseconds,
    label: m.term_tpot_label,
    name: m.term_tpot_name,
    definition: m.term_tpot_definition,
    value: ({ run }) => run?.tpotMs,
  },
  iclP50: {
    ...milliseconds,
    label: m.term_icl_p50_label,
    name: m.term_icl_p50_name,
    definition: m.term_icl_p50_definition,
    value: ({ run }) => run?.icl?.p50,
  },
  iclP95: {
    ...milliseconds,
    label: m.term_icl_p95_label,
    name: m.term_icl_p95_name,
    definition: m.term_icl_p95_definition,
    value: ({ run }) => run?.icl?.p95,
  },
  iclP99: {
    ...milliseconds,
    label: m.term_icl_p99_label,
    name: m.term_icl_p99_name,
    definition: m.term_icl_p99_definition,
    value: ({ run }) => run?.icl?.p99,
  },
  iclMax: {
    ...milliseconds,
    label: m.term_icl_max_label,
    name: m.term_icl_max_name,
    definition: m.term_icl_max_definition,
    value: ({ run }) => run?.icl?.max,
  },
  e2el: {
    ...milliseconds,
    label: m.term_e2el_label,
    name: m.term_e2el_name,
    definition: m.term_e2el_definition,
    value: ({ run }) => run?.e2elMs,
  },
  promptTokens: {
    ...tokens,
    label: m.term_prompt_tokens_label,
    name: m.term_prompt_tokens_name,
    definition: m.term_prompt_tokens_definition,
    value: ({ run }) => run?.promptTokens,
  },
  cachedTokens: {
    ...tokens,
    label: m.term_cached_tokens_label,
    name: m.term_cached_tokens_name,
    definition: m.term_cached_tokens_definition,
    value: ({ run }) => run?.cachedTokens,
  },
  outputTokens: {
    ...tokens,
    label: m.term_output_tokens_label,
    name: m.term_output_tokens_name,
    definition: m.term_output_tokens_definition,
    value: ({ run }) => run?.outputTokens,
  },
  reportedTokens: {
    ...tokens,
    label: m.term_reported_tokens_label,
    name: m.term_reported_tokens_name,
    definition: m.term_reported_tokens_definition,
    value: ({ usage }) => reportedTokens(usage),
  },
  thinkingTokens: {
    ...tokens,
    label: m.term_thinking_tokens_label,
    name: m.term_thinking_tokens_name,
    definition: m.term_thinking_tokens_definition,
    // What an API counted for an answer that failed is no part of its figures.
    value: ({ run, usage }) => run?.thinkingTokens ?? (usage?.thinking || undefined),
  },
  tokensPerChunk: {
    label: m.term_tokens_per_chunk_label,
    name: m.term_tokens_per_chunk_name,
    definition: m.term_tokens_per_chunk_definition,
    unit: m.unit_tokens_per_chunk,
    value: ({ run }) => run?.tokensPerChunk,
    format: formatNumber,
    better: 'none',
  },
  characters: {
    label: m.term_characters_label,
    name: m.term_characters_name,
    definition: m.term_characters_definition,
    unit: m.unit_characters,
    unitOfOne: m.unit_character,
    value: ({ run }) => run?.characters,
    format: formatInteger,
    better: 'none',
  },
  charactersPerSecond: {
    label: m.term_characters_per_second_label,
    name: m.term_characters_per_second_name,
    definition: m.term_characters_per_second_definition,
    unit: m.unit_characters_per_second,
    value: ({ run }) => run?.charactersPerSecond,
    format: formatNumber,
    better: 'higher',
  },
  cost: {
    label: m.provider_cost,
    name: m.term_cost_name,
    definition: m.term_cost_definition,
    unit: m.unit_dollars,
    value: ({ dollars }) => dollars,
    format: formatNumber,
    better: 'lower',
  },
  energy: {
    label: m.term_energy_label,
    name: m.term_energy_name,
    definition: m.term_energy_definition,
    unit: m.unit_watt_hours,
    value: ({ wattHours }) => wattHours,
    format: formatNumber,
    better: 'none',
  },
  loadTotal: {
    ...seconds,
    label: m.term_load_total_label,
    name: m.term_load_total_name,
    definition: m.term_load_total_definition,
    value: ({ load }) => (load === undefined ? undefined : load.totalMs / 1000),
  },
  loadEngine: {
    ...seconds,
    label: m.term_load_engine_label,
    name: m.term_load_engine_name,
    definition: m.term_load_engine_definition,
    value: phase('engine'),
  },
  loadDownload: {
    ...seconds,
    label: m.term_load_download_label,
    name: m.term_load_download_name,
    definition: m.term_load_download_definition,
    value: phase('download'),
  },
  loadCacheRead: {
    ...seconds,
    label: m.term_load_cache_read_label,
    name: m.term_load_cache_read_name,
    definition: m.term_load_cache_read_definition,
    value: phase('cache-read'),
  },
  loadCompile: {
    ...seconds,
    label: m.term_load_compile_label,
    name: m.term_load_compile_name,
    definition: m.term_load_compile_definition,
    value: phase('compile'),
  },
};

/** A metric's value with its unit, or an en dash where it is not known. */
export function formatMetric(id: MetricId, source: MetricSource): string {
  const metric = metricDefinitions[id];
  const value = metric.value(source);
  if (value === undefined) return m.shared_unknown_value();
  const unit = value === 1 ? (metric.unitOfOne ?? metric.unit)() : metric.unit();
  return `${metric.format(value)}\u00a0${unit}`;
}
