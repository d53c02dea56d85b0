/** What a release consists of, as the build writes it into the service worker. */

export interface ReleaseFile {
  /** Relative to the app's folder; the page itself is the empty path, which every static host serves. */
  readonly path: string;
  /** SHA-256 of the file as it was built, in base64. */
  readonly sha256: string;
}

export interface Release {
  /** The page's own script, which a page of this release names. */
  readonly entry: string;
  /** What the app needs to open: stored when the release is installed. */
  readonly shell: readonly ReleaseFile[];
  /** Engines and models: large, and stored when they are used. */
  readonly onDemand: readonly ReleaseFile[];
  /** The paths among `onDemand` that each engine consists of, by the engine's id. */
  readonly engines: Readonly<Record<string, readonly string[]>>;
}

/** What the page tells its service worker. */
export type PageMessage =
  /** The page has started and has nothing urgent to do: complete what is stored, and tidy. */
  | { readonly kind: 'hello' }
  /** A model was stored: the engine that runs it should be here too, or the model is no use without a network. */
  | { readonly kind: 'keep-engine'; readonly engine: string }
  /** The person wants the new release now. */
  | { readonly kind: 'activate' };
