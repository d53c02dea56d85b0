/** One of several answers that are shown beside each other. */
export interface SideColumn {
  /** The lane's. */
  readonly id: string;
  readonly label: string;
  readonly hue: number;
  readonly text: string;
  /** What is to be said of an answer that is not whole. */
  readonly note?: string | undefined;
}

/** Several notes as one; undefined where there is nothing to say. */
export function joinedNotes(...notes: readonly (string | undefined)[]): string | undefined {
  const said = notes.filter((note) => note !== undefined);
  return said.length === 0 ? undefined : said.join(' ');
}
