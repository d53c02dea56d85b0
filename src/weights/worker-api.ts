/** What crosses the boundary of `weights.worker.ts`: plain data, buffers and streams. */

import type { Artifact, Origin } from '../domain/artifact';
import type { Outcome } from '../domain/failure';
import type { Places } from './addresses';
import type { FilePiece } from './file-piece';
import type { HubToken } from './hub-token';
import type { Survey } from './origins';
import type { FileProgress, Notice, RemoteFile } from './transfer';

/** Unique within a worker. */
export type CallId = number;

export type TransferEvent =
  | { readonly kind: 'progress'; readonly progress: FileProgress }
  | { readonly kind: 'notice'; readonly notice: Notice };

/** `not-there`: the server says that there is no such file. */
export type Brought = 'stored' | 'not-there';

export interface PassedResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

export interface WeightsWorkerApi {
  /** For addresses below its `hubUrl` alone, and always in a header. Undefined forgets it. */
  setToken(token: HubToken | undefined): Promise<void>;
  /** See `pinArtifact`. */
  pin(id: CallId, artifact: Artifact, places: Places): Promise<Outcome<Artifact>>;
  /** See `surveyOrigin`. */
  survey(id: CallId, origin: Origin, places: Places): Promise<Outcome<Survey>>;
  /** See `fetchPiece`. */
  piece(id: CallId, url: string, from: number, to: number): Promise<Outcome<FilePiece>>;
  bring(id: CallId, file: RemoteFile, onEvent: (event: TransferEvent) => void): Promise<Outcome<Brought>>;
  /** A stored file's chunk, fetched again. */
  chunk(id: CallId, file: RemoteFile, index: number): Promise<Outcome<ArrayBuffer>>;
  /** A plain request, for where nothing can be stored. */
  pass(id: CallId, url: string): Promise<Outcome<PassedResponse>>;
  /** Unknown ids are ignored: the call has ended meanwhile. */
  cancel(id: CallId): Promise<void>;
}
