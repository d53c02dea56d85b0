/** How lanes, precisions and devices are named, and why one cannot run. */

import type { CatalogEntry } from '../../catalog/catalog';
import type { LaneSetup, RunDevice } from '../../domain/conversation';
import type { Device, LoadPhase } from '../../domain/engine';
import type { ModelCard, Variant } from '../../domain/model';
import type { AdapterReport } from '../../hardware/adapter';
import { m } from '../../messages/messages.js';
import type { Lane } from '../../state/lane.svelte';

export function deviceName(device: RunDevice): string {
  if (device === 'remote') return m.provider_device();
  return device === 'webgpu' ? m.lane_device_webgpu() : m.lane_device_wasm();
}

/** "Pocket q8", or "gpt-6 · OpenAI" for what computes elsewhere: as Settings calls the account. */
export function entryName({ card, variant }: CatalogEntry): string {
  const { name, provider = '' } = card;
  if (card.missing === true) return name;
  if (variant.remote !== true) return `${name} ${variant.precision}`;
  return `${name} · ${provider === '' ? m.provider_precision() : provider}`;
}

/** "2 · Pocket q8", as lanes are named in tables and exports. */
export function laneLabel(lane: Lane, index: number): string {
  return `${index + 1} · ${entryName(lane.entry)}`;
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
