/** What the lanes have to tell someone who does not see them: only the one that changed speaks. */

export interface LaneNow {
  readonly id: string;
  /** "2 · Pocket q8". */
  readonly label: string;
  /** The exchange that it is answering; undefined where it is not. */
  readonly exchangeId: string | undefined;
  /** What it is doing, in a word or two; undefined where it has just stopped doing it. */
  readonly doing: string | undefined;
}

export class LaneNews {
  readonly #before = new Map<string, LaneNow>();

  /**
   * The sentences about the lanes that changed since the last call; none where nothing did.
   * @param ended how a lane's answer to an exchange ended, in a word; undefined where there is none
   */
  take(
    lanes: readonly LaneNow[],
    ended: (laneId: string, exchangeId: string) => string | undefined,
  ): string[] {
    const news = lanes.flatMap((lane) => {
      const before = this.#before.get(lane.id);
      // The moment between the last word and the answer in the conversation is no news.
      if (lane.exchangeId !== undefined && lane.doing === undefined) return [];
      this.#before.set(lane.id, lane);
      const left = before?.exchangeId !== undefined && before.exchangeId !== lane.exchangeId;
      const said =
        lane.exchangeId === undefined
          ? left && ended(lane.id, before.exchangeId)
          : (left || lane.doing !== before?.doing) && lane.doing;
      return typeof said === 'string' ? [`${lane.label}: ${said}`] : [];
    });
    const present = new Set(lanes.map(({ id }) => id));
    for (const id of this.#before.keys()) if (!present.has(id)) this.#before.delete(id);
    return news;
  }
}
