import type { TimelinePoint } from '../../../domain/conversation';
import { median } from '../../../domain/statistics';

/** Ms from the delivery before; undefined for the first one. */
export function gapsOf(points: readonly TimelinePoint[]): (number | undefined)[] {
  return points.map((point, index) => {
    const before = points[index - 1];
    return before === undefined ? undefined : point.atMs - before.atMs;
  });
}

/** Index of the point nearest in time, 0 where there is none. */
export function nearestIndex(points: readonly TimelinePoint[], atMs: number): number {
  let nearest = 0;
  points.forEach((point, index) => {
    const best = points[nearest];
    if (best === undefined || Math.abs(point.atMs - atMs) < Math.abs(best.atMs - atMs)) nearest = index;
  });
  return nearest;
}

/** A gap this many times the median is a stall. */
export const STALL_FACTOR = 4;
/** Fewer gaps than this have no usual length. */
const LEAST_GAPS = 8;

/** Indices of the deliveries that came after a stall. */
export function stallsOf(gaps: readonly (number | undefined)[]): number[] {
  const known = gaps.filter((gap) => gap !== undefined);
  if (known.length < LEAST_GAPS) return [];
  const limit = STALL_FACTOR * (median(known) ?? 0);
  return gaps.flatMap((gap, index) => (gap !== undefined && gap > limit ? [index] : []));
}
