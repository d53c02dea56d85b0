/** How the Models screen names sizes, engines and what stands against a variant. */

import type { Obstacle } from '../../catalog/estimate';
import type { EngineId } from '../../domain/engine';
import type { Machine } from '../../domain/machine';
import type { CatalogVariant, OpennessAnswer } from '../../domain/model';
import { m } from '../../messages/messages.js';
import type { BitBand, SizeBand, VariantFit } from '../../state/models.svelte';
import { formatBytes, formatInteger } from '../shared/format';

/** The engines that a model of the catalogue can run on. */
export const catalogEngines = ['transformers-js', 'wllama', 'web-llm'] as const satisfies readonly EngineId[];

export const sizeNames: Readonly<Record<SizeBand, () => string>> = {
  tiny: m.models_size_tiny,
  small: m.models_size_small,
  medium: m.models_size_medium,
  large: m.models_size_large,
};

export const bitNames: Readonly<Record<BitBand, () => string>> = {
  two: m.models_bits_two,
  four: m.models_bits_four,
  eight: m.models_bits_eight,
  sixteen: m.models_bits_sixteen,
};

export const answerNames: Readonly<Record<OpennessAnswer, () => string>> = {
  yes: m.models_answer_yes,
  partly: m.models_answer_partly,
  no: m.models_answer_no,
  unknown: m.models_answer_unknown,
};

/** Its bytes, said to be about that many where they are computed, and to be unknown where they are. */
export function downloadText({ bytes, bytesFrom }: CatalogVariant): string {
  if (bytes === 0) return m.size_unknown();
  return bytesFrom === 'published' ? formatBytes(bytes) : m.models_about({ bytes: formatBytes(bytes) });
}

/** Whether a variant fits this machine at the chosen context, or what stands against it and at which it would. */
export function hereText({ variant, fit, fitsAt }: VariantFit): string {
  if (fit.obstacles.length > 0) {
    const shorter = fitsAt > 0 ? [m.models_fits_at({ tokens: formatInteger(fitsAt) })] : [];
    return [...fit.obstacles.map(obstacleText), ...shorter].join(' · ');
  }
  if (variant.bytes === 0) return m.models_fit_unknown();
  return fit.device === 'webgpu' ? m.models_fits_webgpu() : m.models_fits_wasm();
}

/** The memory that a variant is thought to take. */
export function needText({ variant, fit }: Pick<VariantFit, 'variant' | 'fit'>): string {
  return variant.bytes === 0
    ? m.models_answer_unknown()
    : m.models_about({ bytes: formatBytes(fit.need.total) });
}

export function obstacleText(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'no-webgpu':
      return m.models_obstacle_no_webgpu();
    case 'software-webgpu':
      return m.models_obstacle_software_webgpu();
    case 'feature':
      return m.models_obstacle_feature({ feature: obstacle.feature });
    case 'buffer':
      return m.models_obstacle_buffer(bytesOf(obstacle));
    case 'address-space':
      return m.models_obstacle_address_space(bytesOf(obstacle));
    case 'memory':
      return m.models_obstacle_memory(bytesOf(obstacle));
    case 'storage':
      return m.models_obstacle_storage(bytesOf(obstacle));
  }
}

function bytesOf({ needs, offers }: { readonly needs: number; readonly offers: number }) {
  return { needs: formatBytes(needs), offers: formatBytes(offers) };
}

/** What this machine offers, a phrase each. */
export function machineText(machine: Machine): readonly string[] {
  const memory =
    machine.memoryBytes === undefined
      ? m.models_machine_memory_unknown()
      : m.models_machine_memory({ bytes: formatBytes(machine.memoryBytes) });
  const storage =
    machine.storageBytes === undefined
      ? m.models_machine_storage_unknown()
      : m.models_machine_storage({ bytes: formatBytes(machine.storageBytes) });
  return [...gpuText(machine), memory, storage];
}

function gpuText({ webGpu, features, maxBufferBytes }: Machine): readonly string[] {
  switch (webGpu) {
    case 'none':
      return [m.models_machine_gpu_none()];
    case 'software':
      return [m.models_machine_gpu_software()];
    case 'hardware':
      return [
        m.models_machine_gpu({ bytes: formatBytes(maxBufferBytes) }),
        features.has('shader-f16') ? m.models_machine_half() : m.models_machine_no_half(),
      ];
  }
}
