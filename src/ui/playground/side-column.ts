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
