/**
 * What crosses the worker's boundary: plain data only.
 *
 * An `AbortSignal`, an error's `code` and an async generator do not survive the crossing, so calls carry an id,
 * are cancelled by that id, and answer with an `Outcome`.
 */

import type {
  EngineId,
  GenerateRequest,
  LoadProgress,
  LoadReport,
  ModelSource,
  Prompt,
} from '../src/domain/engine';
import type { Outcome } from '../src/domain/failure';
import type { Mark, RunEnding } from '../src/domain/trace';

/** Made by the page, unique within a worker. */
export type CallId = number;

/** Marks of about one frame, in order. */
export type MarkBatch = readonly Mark[];

export interface EngineWorkerApi {
  /**
   * The first call: proves that the worker's script runs. The worker takes the Web Lock `lockName`, answers, and holds
   * the lock for as long as it lives, which is how the page learns of its death.
   */
  hello(lockName: string): Promise<void>;
  load(
    id: CallId,
    engine: EngineId,
    source: ModelSource,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<LoadReport>>;
  /** Answers when the page has all marks. They are not sent twice: a long trace would hold the page up. */
  generate(
    id: CallId,
    request: GenerateRequest,
    onMarks: (marks: MarkBatch) => unknown,
  ): Promise<Outcome<RunEnding>>;
  countTokens(prompt: Prompt): Promise<Outcome<number>>;
  topTokens(tokens: readonly number[]): Promise<Outcome<readonly number[]>>;
  /** Unknown ids are ignored: the call has ended meanwhile. */
  cancel(id: CallId): Promise<void>;
  unload(): Promise<Outcome<void>>;
}

/** Deliveries are stamped one by one but posted together, this often. */
export const BATCH_MS = 16;
