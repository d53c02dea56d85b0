/**
 * From a trace to the field's metrics. One definition each; the same words stand in the interface.
 * Undefined means "not known", never zero.
 */

import type { Completion } from './engine';
import { percentileOfSorted } from './statistics';
import { carriesOutput, type Chunk, type RunTrace } from './trace';

/** Where the number of output tokens comes from. Nothing is shown as a token that was not counted as one. */
export type TokenBasis = 'counted' | 'reported' | 'none';

export interface RunMetrics {
  readonly tokenBasis: TokenBasis;
  /** Time to first token, ms: submit → first delivery. A delivery carries a token or text (an API may send neither). */
  readonly ttftMs: number | undefined;
  /** Prompt tokens, the cached ones included. */
  readonly promptTokens: number | undefined;
  readonly cachedTokens: number | undefined;
  /** Uncached prompt tokens ÷ (prompt enters the model → first token), tok/s. */
  readonly prefillRate: number | undefined;
  /** Thinking that was delivered counted. */
  readonly outputTokens: number | undefined;
  /** Tokens that the model thought with before it answered; undefined where it did not, and where nobody counted them. */
  readonly thinkingTokens?: number | undefined;
  /** Time per output token, ms: (E2EL − TTFT) ÷ (n − 1). */
  readonly tpotMs: number | undefined;
  /** 1 ÷ TPOT, tok/s. */
  readonly decodeRate: number | undefined;
  /** Inter-chunk latency: gaps between deliveries, ms. */
  readonly icl:
    { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number } | undefined;
  /** Output tokens per delivery. */
  readonly tokensPerChunk: number | undefined;
  /** End-to-end latency, ms: submit → last delivery. */
  readonly e2elMs: number | undefined;
  /** Code points of the answer, thinking not counted. */
  readonly characters: number;
  /** Code points after the first delivery, thinking counted, per second. */
  readonly charactersPerSecond: number | undefined;
}

/** Works on a finished trace and on a growing one, so that live and final figures are the same figures. */
export function summarise(
  trace: Pick<RunTrace, 'prefill' | 'chunks'> & Partial<Pick<RunTrace, 'end'>>,
): RunMetrics {
  const tally = new RunTally();
  for (const chunk of trace.chunks) tally.add(chunk);
  return tally.metrics(trace.prefill, trace.end?.kind === 'completed' ? trace.end.completion : undefined);
}

/** What a run's deliveries add up to, one by one: the metrics of a long run do not walk its whole text each time. */
export class RunTally {
  /** Ms from submit to each delivery, in order. */
  readonly #times: number[] = [];
  /** Room for sorting the gaps in: the figures of a run that grows are asked for several times a second. */
  #gaps = new Float64Array(0);
  /** Undefined as soon as one delivery was not counted, and where there is none. */
  #tokens: number | undefined;
  #chunks = 0;
  /** Those of `#tokens` that are thinking. */
  #thinkingTokens = 0;
  /** Code points: all, those of the first delivery, those of thinking. */
  #delivered = 0;
  #first = 0;
  #thought = 0;

  add(chunk: Chunk): void {
    const before = this.#chunks === 0 ? 0 : this.#tokens;
    this.#tokens = before === undefined || chunk.tokens === undefined ? undefined : before + chunk.tokens;
    this.#chunks += 1;
    if (chunk.thinking === true) this.#thinkingTokens += chunk.tokens ?? 0;
    if (!carriesOutput(chunk)) return;
    const characters = codePoints(chunk.text);
    if (this.#times.length === 0) this.#first = characters;
    this.#times.push(chunk.atMs);
    this.#delivered += characters;
    if (chunk.thinking === true) this.#thought += characters;
  }

  metrics(prefill: RunTrace['prefill'], completion?: Completion): RunMetrics {
    const deliveries = this.#times.length;
    const ttftMs = this.#times[0];
    const e2elMs = this.#times[deliveries - 1];
    const streamMs = ttftMs === undefined || e2elMs === undefined ? undefined : e2elMs - ttftMs;

    const outputTokens = this.#tokens ?? completion?.completionTokens;
    const tokenBasis: TokenBasis =
      this.#tokens !== undefined
        ? 'counted'
        : completion?.completionTokens !== undefined
          ? 'reported'
          : 'none';
    const tpotMs =
      streamMs === undefined || outputTokens === undefined || outputTokens < 2 || streamMs <= 0
        ? undefined
        : streamMs / (outputTokens - 1);
    const prefillMs = prefill === undefined || ttftMs === undefined ? undefined : ttftMs - prefill.atMs;

    return {
      tokenBasis,
      ttftMs,
      promptTokens: completion?.promptTokens ?? prefill?.tokens,
      cachedTokens: completion?.cachedTokens ?? prefill?.cached,
      prefillRate:
        prefill === undefined || prefillMs === undefined || prefillMs <= 0 || prefill.tokens <= prefill.cached
          ? undefined
          : perSecond(prefill.tokens - prefill.cached, prefillMs),
      outputTokens,
      // An API reports them whether it shows the thinking or not.
      thinkingTokens:
        (this.#tokens === undefined ? completion?.usage?.thinking : this.#thinkingTokens) || undefined,
      tpotMs,
      decodeRate: tpotMs === undefined ? undefined : 1000 / tpotMs,
      icl: this.#interChunkLatency(),
      tokensPerChunk: outputTokens === undefined || deliveries === 0 ? undefined : outputTokens / deliveries,
      e2elMs,
      characters: this.#delivered - this.#thought,
      charactersPerSecond:
        streamMs === undefined || streamMs <= 0
          ? undefined
          : perSecond(this.#delivered - this.#first, streamMs),
    };
  }
  #interChunkLatency(): RunMetrics['icl'] {
    const count = this.#times.length - 1;
    if (count < 1) return undefined;
    if (this.#gaps.length < count) this.#gaps = new Float64Array(2 * count);
    const gaps = this.#gaps.subarray(0, count);
    for (let index = 0; index < count; index += 1) {
      gaps[index] = (this.#times[index + 1] ?? 0) - (this.#times[index] ?? 0);
    }
    gaps.sort();
    const [p50, p95, p99, max] = [50, 95, 99, 100].map((p) => percentileOfSorted(gaps, p));
    if (p50 === undefined || p95 === undefined || p99 === undefined || max === undefined) return undefined;
    return { p50, p95, p99, max };
  }
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function perSecond(amount: number, ms: number): number {
  return (amount * 1000) / ms;
}
