/** How downloads and stored models are put into words. */

import type { CatalogVariant } from '../../domain/model';
import { m } from '../../messages/messages.js';
import type { Download } from '../../state/download.svelte';
import type { ModelStorage } from '../../state/model-storage.svelte';
import { formatBytes, formatBytesProgress, formatDuration } from '../shared/format';
import type { FailureText } from '../shared/failure-text';
import { downloadText } from './models-text';

type Stored = Parameters<ModelStorage['entryOf']>[0] & ReturnType<ModelStorage['of']>;
type Notice = Exclude<Extract<Download['phase'], { kind: 'running' }>['notice'], undefined>;

/** Where the hub was given the person's token and refuses all the same. */
export const tokenDeniedText: FailureText = { what: m.hub_token_denied_what, next: m.hub_token_denied_next };

/** The catalogue's name of something stored, or where it came from. */
export function storedName(storage: ModelStorage, stored: NonNullable<Stored>): string {
  const entry = storage.entryOf(stored);
  if (entry !== undefined) return `${entry.model.name} ${entry.variant.precision}`;
  const { origin } = stored;
  switch (origin.kind) {
    case 'hub':
      return origin.repository;
    case 'app':
      return origin.path;
    case 'url':
      return origin.url;
    case 'local':
      return origin.id;
  }
}

/** What the download is at: bytes, speed, time left, or what it waits for. */
export function stateText(download: Download): string {
  const { phase, loadedBytes, totalBytes, bytesPerSecond, secondsLeft } = download;
  const progress = loadedBytes > 0 ? [formatBytesProgress(loadedBytes, totalBytes)] : [];
  switch (phase.kind) {
    case 'queued':
      return [...progress, m.models_download_waiting()].join(' · ');
    case 'paused':
      return [m.models_download_paused(), ...progress].join(' · ');
    case 'running':
      if (totalBytes === undefined && loadedBytes === 0) return m.models_download_starting();
      if (loadedBytes === totalBytes) return [...progress, m.models_download_checking()].join(' · ');
      return [
        formatBytesProgress(loadedBytes, totalBytes),
        ...(bytesPerSecond === undefined
          ? []
          : [m.models_download_speed({ bytes: formatBytes(bytesPerSecond) })]),
        ...(secondsLeft === undefined
          ? []
          : [m.models_download_left({ time: formatDuration(Math.ceil(secondsLeft) * 1000) })]),
      ].join(' · ');
    case 'failed':
      return [m.models_download_failed(), ...progress].join(' · ');
    case 'complete':
    case 'cancelled':
      return progress.join('');
  }
}

export function noticeText(notice: Notice): string {
  switch (notice.kind) {
    case 'retrying':
      return m.models_notice_retrying({ time: formatDuration(notice.waitMs) });
    case 'stalled':
      return m.models_notice_stalled();
    case 'restarted':
      return m.models_notice_restarted();
    case 'repaired':
      return m.models_notice_repaired({ bytes: formatBytes(notice.bytes) });
  }
}

/**
 * What the download takes against what the browser says that it offers.
 *
 * @param wholeBytes what it turned out to be, where a part of it is here already
 */
export function preflightText(
  variant: CatalogVariant,
  hereBytes: number,
  freeBytes: number | undefined,
  wholeBytes?: number,
): string {
  if (wholeBytes === undefined && variant.bytes === 0)
    return freeBytes === undefined
      ? m.models_preflight_no_size()
      : m.models_preflight_no_size_offers({ offers: formatBytes(freeBytes) });
  const left = Math.max(0, (wholeBytes ?? variant.bytes) - hereBytes);
  const rest = formatBytes(left);
  const restText = wholeBytes === undefined ? m.models_about({ bytes: rest }) : rest;
  const bytes = hereBytes > 0 ? restText : downloadText(variant);
  if (freeBytes === undefined) return m.models_preflight_unknown({ bytes });
  const offers = formatBytes(freeBytes);
  if (left > freeBytes) return m.models_preflight_short({ bytes, offers });
  return hereBytes > 0 ? m.models_preflight_rest({ bytes, offers }) : m.models_preflight({ bytes, offers });
}
