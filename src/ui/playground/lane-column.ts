import type { LaneId } from '../../domain/conversation';

/** A lane's column on the page: it can take over the focus from what goes away. Undefined where it is not shown. */
export function laneColumn(id: LaneId): HTMLElement | undefined {
  return document.querySelector<HTMLElement>(`[data-lane="${CSS.escape(id)}"]`) ?? undefined;
}
