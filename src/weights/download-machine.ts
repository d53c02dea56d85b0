/**
 * The life of one download, as a pure machine: what may follow what, and nothing else. `src/state/downloads` feeds it
 * with what people and the network do.
 */

import type { Failure } from '../domain/failure';
import type { Notice } from './transfer';

export type DownloadPhase =
  /** Another download goes first. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'running'; readonly notice: Notice | undefined }
  | { readonly kind: 'paused' }
  /** What has arrived is kept; `resume` goes on from there. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'complete' }
  /** Ended by the person; what had arrived is deleted. Nothing follows. */
  | { readonly kind: 'cancelled' };

export type DownloadEvent =
  | { readonly kind: 'turn' }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** Bytes came: whatever was wrong with the connection is over. */
  | { readonly kind: 'bytes' }
  | { readonly kind: 'stored' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'cancel' };

/** The phase after the event; the same object where the event means nothing then. */
export function nextPhase(phase: DownloadPhase, event: DownloadEvent): DownloadPhase {
  switch (phase.kind) {
    case 'queued':
      return fromQueued(phase, event);
    case 'running':
      return fromRunning(phase, event);
    case 'paused':
    case 'failed':
      if (event.kind === 'resume') return { kind: 'queued' };
      return event.kind === 'cancel' ? { kind: 'cancelled' } : phase;
    case 'complete':
    case 'cancelled':
      return phase;
  }
}

function fromQueued(phase: DownloadPhase, event: DownloadEvent): DownloadPhase {
  if (event.kind === 'turn') return { kind: 'running', notice: undefined };
  if (event.kind === 'pause') return { kind: 'paused' };
  return event.kind === 'cancel' ? { kind: 'cancelled' } : phase;
}

function fromRunning(
  phase: Extract<DownloadPhase, { kind: 'running' }>,
  event: DownloadEvent,
): DownloadPhase {
  switch (event.kind) {
    case 'notice':
      return { kind: 'running', notice: event.notice };
    case 'bytes': {
      // That a file began anew, or was repaired, is worth reading until the download ends.
      const passing = phase.notice?.kind === 'retrying' || phase.notice?.kind === 'stalled';
      return passing ? { kind: 'running', notice: undefined } : phase;
    }
    case 'stored':
      return { kind: 'complete' };
    case 'failed':
      return { kind: 'failed', failure: event.failure };
    case 'pause':
      return { kind: 'paused' };
    case 'cancel':
      return { kind: 'cancelled' };
    case 'turn':
    case 'resume':
      return phase;
  }
}
