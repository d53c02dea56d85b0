/** One run while it happens: the text so far, its deliveries, and the metrics of both. */

import type { TimelinePoint } from '../domain/conversation';
import { RunTally, type RunMetrics } from '../domain/metrics';
import type { Mark } from '../domain/trace';
import { GrowingText } from './growing-text.svelte';
import { LiveTimeline } from './live-timeline';

/** Live figures are refreshed this often, in ms; text is refreshed with every batch. */
const METRICS_EVERY_MS = 250;

export class LiveRun {
  readonly text = new GrowingText();
  /** What the model thinks before it answers. */
  readonly thinking = new GrowingText();
  readonly #tally = new RunTally();
  readonly #deliveries = new LiveTimeline();
  #prefill: { atMs: number; tokens: number; cached: number } | undefined;
  #metrics = $state.raw<RunMetrics>(new RunTally().metrics(undefined));
  #timeline = $state.raw<readonly TimelinePoint[]>([]);
  #refreshedAtMs = -Infinity;

  get metrics(): RunMetrics {
    return this.#metrics;
  }

  get timeline(): readonly TimelinePoint[] {
    return this.#timeline;
  }

  /** True once the prompt has entered the model and nothing has come out yet. */
  get prefilling(): boolean {
    return this.text.length === 0 && this.thinking.length === 0;
  }

  add(marks: readonly Mark[]): void {
    let fresh = '';
    let thought = '';
    for (const mark of marks) {
      if (mark.kind === 'prefill') this.#prefill = mark;
      else {
        this.#tally.add(mark.chunk);
        this.#deliveries.add(mark.chunk);
        if (mark.chunk.thinking === true) thought += mark.chunk.text;
        else fresh += mark.chunk.text;
      }
    }
    if (fresh !== '') this.text.append(fresh);
    if (thought !== '') this.thinking.append(thought);
    const latest = this.#deliveries.latestMs ?? -Infinity;
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
    const long = this.#deliveries.condensed;
    return {
      text: this.text.toString(),
      thinking: this.thinking.toString(),
      metrics: long ? this.#metrics : this.#tally.metrics(this.#prefill),
      timeline: long ? this.#timeline : this.#deliveries.points(),
    };
  }

  #refresh(atMs: number): void {
    this.#refreshedAtMs = atMs;
    this.#metrics = this.#tally.metrics(this.#prefill);
    this.#timeline = this.#deliveries.points();
  }
}
