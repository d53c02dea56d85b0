/** What this browser offers for running a model, as far as it tells. */
export interface Machine {
  readonly webGpu: 'hardware' | 'software' | 'none';
  readonly features: ReadonlySet<string>;
  /** The longest buffer that the adapter makes, in bytes. */
  readonly maxBufferBytes: number;
  /** Memory of the whole machine in bytes; undefined where the browser does not tell, or tells no more than a bound. */
  readonly memoryBytes: number | undefined;
  /** Bytes that the site may still store; undefined where the browser does not tell. */
  readonly storageBytes: number | undefined;
}
