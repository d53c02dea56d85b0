/** The deliveries of a run as points against time, as few as a picture needs. */

import type { TimelinePoint } from '../domain/conversation';
import { carriesOutput, type Chunk } from '../domain/trace';

/** The most points that a timeline keeps: past that, neighbours are merged in pairs and their tokens added up. */
const MOST_POINTS = 2048;

export class LiveTimeline {
  #points: TimelinePoint[] = [];
  /** Deliveries in a full point, and in the last one. */
  #perPoint = 1;
  #inLast = 0;

  /** A delivery that carried nothing is none: the gaps are those of the inter-chunk latency. */
  add(chunk: Chunk): void {
    if (!carriesOutput(chunk)) return;
    const point = { atMs: chunk.atMs, tokens: chunk.tokens ?? 0 };
    const last = this.#points.at(-1);
    if (last !== undefined && this.#inLast < this.#perPoint) {
      this.#points[this.#points.length - 1] = merged(last, point);
      this.#inLast += 1;
      return;
    }
    if (this.#points.length === MOST_POINTS) this.#halve();
    this.#points.push(point);
    this.#inLast = 1;
  }

  /** True once points are more than one delivery. */
  get condensed(): boolean {
    return this.#perPoint > 1;
  }

  get latestMs(): number | undefined {
    return this.#points.at(-1)?.atMs;
  }

  /** As it is now: it does not change with what is added later. */
  points(): readonly TimelinePoint[] {
    return [...this.#points];
  }

  #halve(): void {
    this.#points = this.#points.flatMap((point, index) => {
      const next = this.#points[index + 1];
      return index % 2 === 1 ? [] : [next === undefined ? point : merged(point, next)];
    });
    this.#perPoint *= 2;
  }
}

function merged(first: TimelinePoint, second: TimelinePoint): TimelinePoint {
  return { atMs: second.atMs, tokens: first.tokens + second.tokens };
}

export function timelineOf(chunks: readonly Chunk[]): readonly TimelinePoint[] {
  const timeline = new LiveTimeline();
  for (const chunk of chunks) timeline.add(chunk);
  return timeline.points();
}
