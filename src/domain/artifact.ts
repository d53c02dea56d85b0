/** Where a model's files come from, as data. What was fetched once is stored once, whatever engine reads it. */

/** The place that holds a folder of model files. Every kind has the layout of a hub repository. */
export type Origin =
  /** A folder that the app serves itself, relative to its base address. */
  | { readonly kind: 'app'; readonly path: string }
  /** A Hugging Face repository (`owner/name`) at a commit, a tag or a branch. A commit never changes. */
  | { readonly kind: 'hub'; readonly repository: string; readonly revision: string }
  /** Any other server: the absolute address of the folder, with a slash at its end. */
  | { readonly kind: 'url'; readonly url: string }
  /** Files that the person dropped here; they are in the store and nowhere else. */
  | { readonly kind: 'local'; readonly id: string };

/** One file, by its path inside the origin, with slashes (`onnx/model_q4.onnx`). */
export interface ArtifactFile {
  readonly path: string;
  /** Undefined where only the server knows. */
  readonly bytes?: number;
  /** SHA-256 of the whole file, hexadecimal, where its origin states one. */
  readonly sha256?: string;
  /** True where the model does without it: its origin may not have it. */
  readonly optional?: boolean;
  /** Absolute address of a file that lies outside the folder. The address names a version, so what it gives stays. */
  readonly fixedUrl?: string;
}

/** The files that one variant needs. */
export interface Artifact {
  readonly origin: Origin;
  readonly files: readonly ArtifactFile[];
  /** Whatever the origin lists under a path that begins so belongs to it as well: parts whose number only it knows. */
  readonly prefixes?: readonly string[];
}
