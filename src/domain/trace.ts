/** The one measuring path: every engine and every API is stamped here, inside its worker. */

import type { Completion, Engine, GenerateRequest, TokenUsage } from './engine';
import { FailureError, failureOf, type Failure } from './failure';

/**
 * One delivery of the engine. Times are ms since submit: the moment in the worker at which the loaded engine is handed
 * the request, after any wait for a turn and after the load.
 */
export interface Chunk {
  readonly atMs: number;
  readonly text: string;
  /** Tokens in this delivery; undefined where the engine did not count. */
  readonly tokens: number | undefined;
  /** True for a piece of thinking, which is no part of the answer. */
  readonly thinking?: boolean;
}

/** True where something arrived. Some APIs open or close a stream with a delivery that holds neither token nor text. */
export function carriesOutput({ text, tokens }: Chunk): boolean {
  return text !== '' || (tokens ?? 0) > 0;
}

/** What `recordRun` tells as it happens, in order. */
export type Mark =
  | { readonly kind: 'prefill'; readonly atMs: number; readonly tokens: number; readonly cached: number }
  | { readonly kind: 'chunk'; readonly chunk: Chunk };

export type RunEnd =
  | { readonly kind: 'completed'; readonly completion: Completion }
  /** A refused or failed answer may be billed too: `usage` is what an API says that it counted for it. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly usage?: TokenUsage };

/** All that is known of one run. A trace of a failed run keeps what was delivered before. */
export interface RunTrace {
  /** Prompt tokens entering the model; undefined where the engine does not say when that is. */
  readonly prefill: { readonly atMs: number; readonly tokens: number; readonly cached: number } | undefined;
  readonly chunks: readonly Chunk[];
  readonly end: RunEnd;
  /** Ms from submit to the engine's return. Not E2EL, which ends at the last delivery. */
  readonly returnedMs: number;
}

/** How a run ended, without its deliveries: they have been told one by one. */
export type RunEnding = Omit<RunTrace, 'chunks'>;

export interface RecordContext {
  readonly signal: AbortSignal;
  /** A monotonic clock in ms: `performance.now` of the worker that runs the engine. */
  now(): number;
  onMark(mark: Mark): void;
}

/**
 * Runs one request and stamps every delivery at the moment it is handed over.
 * Never rejects: a failure is an end of the trace, beside what came before it.
 */
export async function recordRun(
  engine: Engine,
  request: GenerateRequest,
  context: RecordContext,
): Promise<RunTrace> {
  const chunks: Chunk[] = [];
  let prefill: RunTrace['prefill'];
  const submitted = context.now();
  const elapsed = () => context.now() - submitted;
  let end: RunEnd;
  try {
    const completion = await engine.generate(request, {
      signal: context.signal,
      prefill(prompt) {
        prefill = { atMs: elapsed(), tokens: prompt.tokens, cached: prompt.cached };
        context.onMark({ kind: 'prefill', ...prefill });
      },
      emit(delta) {
        const chunk: Chunk = {
          atMs: elapsed(),
          text: delta.text,
          tokens: delta.tokens,
          ...(delta.thinking === true && { thinking: true }),
        };
        chunks.push(chunk);
        context.onMark({ kind: 'chunk', chunk });
      },
    });
    end = { kind: 'completed', completion };
  } catch (thrown) {
    const usage = thrown instanceof FailureError ? thrown.usage : undefined;
    end = { kind: 'failed', failure: failureOf(thrown), ...(usage && { usage }) };
  }
  return { prefill, chunks, end, returnedMs: elapsed() };
}

/** The answer so far, without the thinking before it. */
export function answerText(trace: Pick<RunTrace, 'chunks'>): string {
  return joined(trace.chunks, false);
}

/** What the model thought before it answered; empty for most models. */
export function thinkingText(trace: Pick<RunTrace, 'chunks'>): string {
  return joined(trace.chunks, true);
}

function joined(chunks: readonly Chunk[], thinking: boolean): string {
  return chunks
    .filter((chunk) => (chunk.thinking ?? false) === thinking)
    .map((chunk) => chunk.text)
    .join('');
}

/** Why the run failed; undefined where it did not. */
export function failureOfTrace(trace: Pick<RunTrace, 'end'>): Failure | undefined {
  return trace.end.kind === 'failed' ? trace.end.failure : undefined;
}
