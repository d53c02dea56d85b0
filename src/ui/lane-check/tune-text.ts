/** Ways to run a model, and what became of measuring them, in words. */

import { m } from '../../messages/messages.js';
import type { TuneRow } from '../../state/auto-tune.svelte';
import type { LeftOut, TuneCandidate } from '../../state/auto-tune-rules';
import type { Device } from '../../domain/engine';
import type { Summary } from '../../domain/statistics';
import { engineName } from '../shared/engine-name';
import { failureText } from '../shared/failure-text';
import { formatNumber } from '../shared/format';

/** "q8, ONNX" */
export function variantText({ variant }: Pick<TuneCandidate, 'variant'>): string {
  return `${variant.precision} · ${engineName(variant.engine)}`;
}

export function deviceText(device: Device): string {
  return device === 'webgpu' ? m.lane_device_webgpu() : m.lane_device_wasm();
}

/** One way to run the model, in a line. */
export function candidateText(candidate: TuneCandidate): string {
  return `${variantText(candidate)} · ${deviceText(candidate.device)}`;
}

export function summaryText({ mean, sd }: Pick<Summary, 'mean' | 'sd'>): string {
  return m.tune_plus_minus({ mean: formatNumber(mean), sd: formatNumber(sd) });
}

/** What is said of a row beside its figures; undefined where they speak for themselves. */
export function stateText({ state, verdict }: TuneRow, running: boolean): string | undefined {
  switch (state.kind) {
    case 'waiting':
      return running ? m.tune_state_waiting() : m.tune_not_measured();
    case 'loading':
      return m.tune_state_loading();
    case 'checking':
      return m.tune_state_checking();
    case 'measuring':
      return m.tune_state_measuring();
    case 'measured':
      return verdict === undefined || verdict.state === 'verified' ? undefined : m.tune_unverified();
    case 'suspect':
      return m.tune_state_suspect();
    case 'failed':
      return failureText[state.failure.code].what();
    case 'void':
      if (state.reason === 'hidden') return m.tune_state_hidden();
      if (state.reason === 'frozen') return m.tune_state_frozen();
      return m.tune_state_void({ reason: state.reason });
  }
}

export function leftOutText({ reason, detail = '' }: LeftOut): string {
  switch (reason) {
    case 'not-stored':
      return m.tune_left_not_stored();
    case 'software-adapter':
      return m.tune_left_software();
    case 'no-webgpu':
      return m.tune_left_no_webgpu();
    case 'feature':
      return m.tune_left_feature({ feature: detail });
  }
}
