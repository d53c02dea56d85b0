/** One run while it happens: the text so far, its deliveries, and the metrics of both. */

import type { TimelinePoint } from '../domain/conversation';
import { RunTally, type RunMetrics } from '../domain/metrics';
import { carriesOutput, type Chunk, type Mark } from '../domain/trace';

/** Live figures are refreshed this often, in ms; text is refreshed with every batch. */
const METRICS_EVERY_MS = 250;

export class LiveRun {
  /** What carried a token or text. */
  readonly #deliveries: Chunk[] = [];
  readonly #tally = new RunTally();
  #prefill: { atMs: number; tokens: number; cached: number } | undefined;
  #text = $state.raw('');
  #thinking = $state.raw('');
  #metrics = $state.raw<RunMetrics>(new RunTally().metrics(undefined));
  #timeline = $state.raw<readonly TimelinePoint[]>([]);
  #refreshedAtMs = -Infinity;

  get text(): string {
    return this.#text;
  }

  /** What the model thinks before it answers. */
  get thinking(): string {
    return this.#thinking;
  }

  get metrics(): RunMetrics {
    return this.#metrics;
  }

  get timeline(): readonly TimelinePoint[] {
    return this.#timeline;
  }

  /** True once the prompt has entered the model and nothing has come out yet. */
  get prefilling(): boolean {
    return this.#text === '' && this.#thinking === '';
  }

  add(marks: readonly Mark[]): void {
    let fresh = '';
    let thought = '';
    for (const mark of marks) {
      if (mark.kind === 'prefill') this.#prefill = mark;
      else {
        this.#tally.add(mark.chunk);
        if (carriesOutput(mark.chunk)) this.#deliveries.push(mark.chunk);
        if (mark.chunk.thinking === true) thought += mark.chunk.text;
        else fresh += mark.chunk.text;
      }
    }
    if (fresh !== '') this.#text += fresh;
    if (thought !== '') this.#thinking += thought;
    const latest = this.#deliveries.at(-1)?.atMs ?? -Infinity;
    // The first delivery is shown at once: it is what TTFT is about.
    if (latest - this.#refreshedAtMs >= METRICS_EVERY_MS) this.#refresh(latest);
  }

  /**
   * All there is at this moment, for keeping what has been said. The figures of a long run are those of its last
   * refresh, at most `METRICS_EVERY_MS` older than its text: they are asked for while other lanes are measured.
   */
  snapshot(): {
    readonly text: string;
    readonly thinking: string;
    readonly metrics: RunMetrics;
    readonly timeline: readonly TimelinePoint[];
  } {
    const long = this.#deliveries.length > MOST_POINTS;
    return {
      text: this.#text,
      thinking: this.#thinking,
      metrics: long ? this.#metrics : this.#tally.metrics(this.#prefill),
      timeline: long ? this.#timeline : pointsOf(this.#deliveries),
    };
  }

  #refresh(atMs: number): void {
    this.#refreshedAtMs = atMs;
    this.#metrics = this.#tally.metrics(this.#prefill);
    this.#timeline = pointsOf(this.#deliveries);
  }
}

/** The most points a timeline keeps: past that, neighbours are merged and their tokens added up. */
const MOST_POINTS = 2048;

/** Every delivery that carried something, so that its gaps are those of the inter-chunk latency. */
export function timelineOf(chunks: readonly Chunk[]): TimelinePoint[] {
  return pointsOf(chunks.filter(carriesOutput));
}

function pointsOf(deliveries: readonly Chunk[]): TimelinePoint[] {
  const perPoint = Math.ceil(deliveries.length / MOST_POINTS);
  const points: TimelinePoint[] = [];
  for (let start = 0; start < deliveries.length; start += perPoint) {
    let tokens = 0;
    let atMs = 0;
    for (const chunk of deliveries.slice(start, start + perPoint)) {
      tokens += chunk.tokens ?? 0;
      atMs = chunk.atMs;
    }
    points.push({ atMs, tokens });
  }
  return points;
}
