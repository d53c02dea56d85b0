/** How lanes, precisions and devices are named, and why one cannot run. */

import type { AnswerEnd, LaneSetup, RunDevice } from '../../domain/conversation';
import type { Device, LoadPhase } from '../../domain/engine';
import type { ModelCard, Variant } from '../../domain/model';
import { parseRemoteVariantId } from '../../domain/provider';
import type { AdapterReport } from '../../hardware/adapter';
import { m } from '../../messages/messages.js';
import type { Lane } from '../../state/lane.svelte';

export function deviceName(device: RunDevice): string {
  if (device === 'remote') return m.provider_device();
  return device === 'webgpu' ? m.lane_device_webgpu() : m.lane_device_wasm();
}

/** "q8", or "API" for what computes elsewhere. */
export function precisionName({ precision }: Variant): string {
  return precision === 'api' ? m.provider_precision() : precision;
}

/** "Pocket q8"; the id itself for what this release does not know any more. */
export function variantName(cards: readonly ModelCard[], variantId: string): string {
  for (const card of cards) {
    const variant = card.variants.find(({ id }) => id === variantId);
    if (variant !== undefined) return `${card.name} ${variant.precision}`;
  }
  const remote = parseRemoteVariantId(variantId);
  return remote === undefined ? variantId : `${remote.model} ${m.provider_precision()}`;
}

/**
 * Which tokenizer cut the text of an answer by `variantId`: the same for all precisions of a model. A model that is not
 * in `cards` shares its tokenizer with nothing that is known.
 */
export function tokenizerOf(cards: readonly ModelCard[], variantId: string): string {
  return cards.find(({ variants }) => variants.some(({ id }) => id === variantId))?.id ?? variantId;
}

/** "2 · Pocket q8", as lanes are named in tables and exports. */
export function laneLabel(lane: Lane, index: number): string {
  const { card, variant } = lane.entry;
  if (card.missing === true) return `${index + 1} · ${card.name}`;
  return m.lane_label({ number: index + 1, model: card.name, precision: precisionName(variant) });
}

/** Why `variant` cannot run on `device` here; undefined where it can. */
export function obstacle(variant: Variant, device: Device, adapter: AdapterReport): string | undefined {
  if (!variant.devices.includes(device)) return m.lane_obstacle_device({ device: deviceName(device) });
  if (device === 'wasm') return undefined;
  if (adapter.kind === 'none') return m.lane_obstacle_no_webgpu();
  const missing = variant.requiredFeatures.find((feature) => !adapter.features.has(feature));
  return missing === undefined ? undefined : m.lane_obstacle_feature({ feature: missing });
}

/** Why the lane runs where it runs. */
export function deviceReason(choice: LaneSetup['device'], device: Device, adapter: AdapterReport): string {
  if (choice !== 'auto') return m.lane_device_chosen({ device: deviceName(device) });
  if (device === 'webgpu') {
    return adapter.description === ''
      ? m.lane_device_auto_webgpu()
      : m.lane_device_auto_webgpu_named({ adapter: adapter.description });
  }
  return adapter.kind === 'software' ? m.lane_device_auto_software() : m.lane_device_auto_none();
}

/** Where a lane behind an API computes, or what is missing for it. */
export function remoteReason(provider: string | undefined): string {
  return provider === undefined || provider === ''
    ? m.provider_lane_missing()
    : m.provider_lane_at({ provider });
}

/** Where the prompts of a lane behind an API go, or what is missing for it. */
export function goesTo(provider: string | undefined): string {
  return provider === undefined || provider === ''
    ? m.provider_lane_missing()
    : m.provider_lane_goes_to({ provider });
}

/** The variants of `card` that could stand beside the ones in use, those not yet in use first. */
export function nextVariant(
  card: ModelCard,
  lanes: readonly Lane[],
  device: Device,
  adapter: AdapterReport,
): Variant | undefined {
  const used = new Set(lanes.map((lane) => lane.entry.variant.id));
  const runnable = card.variants.filter((variant) => obstacle(variant, device, adapter) === undefined);
  return runnable.find((variant) => !used.has(variant.id)) ?? runnable[0];
}

/** What a lane is doing, in a word or two. */
export function stateText(lane: Lane): string {
  switch (lane.phase.kind) {
    case 'idle':
      return m.lane_state_idle();
    case 'waiting':
      return m.lane_waiting();
    case 'loading':
      return m.lane_loading();
    case 'running':
      return m.lane_streaming();
    case 'stopping':
      return m.lane_stopping();
  }
}

/** How an answer ended, in a word. */
export function endState(end: AnswerEnd): string {
  switch (end) {
    case 'stop':
    case 'length':
      return m.lane_state_answered();
    case 'stopped':
      return m.lane_state_stopped();
    case 'failed':
      return m.lane_state_failed();
    case 'interrupted':
      return m.lane_state_interrupted();
  }
}

export function loadPhaseName(phase: LoadPhase): string {
  switch (phase) {
    case 'connect':
      return m.provider_loading_connect();
    case 'engine':
      return m.lane_loading_engine();
    case 'download':
      return m.lane_loading_download();
    case 'cache-read':
      return m.lane_loading_cache_read();
    case 'compile':
      return m.lane_loading_compile();
  }
}

/** What is said of an answer's end; undefined where there is nothing to say. */
export function endText(end: AnswerEnd): string | undefined {
  switch (end) {
    case 'stop':
    case 'failed':
      return undefined;
    case 'length':
      return m.lane_end_length();
    case 'stopped':
      return m.lane_end_stopped();
    case 'interrupted':
      return m.lane_end_interrupted();
  }
}
