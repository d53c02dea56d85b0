/** ONNX Runtime as this build serves it, and the GPU device below it. */

import { env } from '@huggingface/transformers';
import ortLoaderUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import ortWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import type { LoadContext, ModelSource } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { describeAdapter, isSoftware } from '../../src/hardware/adapter';
import { modelFetch } from './model-files';

/**
 * Nothing is fetched from anyone else: the runtime's wasm and its loader are files of this build. The wasm is fetched
 * here and handed over, because it is most of a first load's bytes and the runtime tells nothing of its progress.
 */
export async function serveRuntimeFromHere({ signal, onProgress }: LoadContext): Promise<void> {
  env.useWasmCache = false;
  const wasm = env.backends.onnx.wasm;
  if (wasm === undefined) throw new FailureError('engine-error', 'ONNX Runtime has no WASM backend');
  wasm.wasmPaths = { mjs: new URL(ortLoaderUrl, import.meta.url).href };
  const response = await modelFetch({ signal, onProgress, phase: 'engine' })(
    new URL(ortWasmUrl, import.meta.url),
  );
  if (!response.ok) throw new FailureError('file-missing', `the engine's own code: HTTP ${response.status}`);
  wasm.wasmBinary = await response.arrayBuffer();
  // This is a worker already, one per model.
  wasm.proxy = false;
}

export interface PreparedGpu {
  /** The adapter's description of itself. */
  readonly description: string;
  /** What ONNX Runtime is to compute on, where that must not be a device of its own choice. */
  readonly device: GPUDevice | undefined;
}

/** Checks what the variant needs before a byte is fetched. */
export async function prepareGpu(source: ModelSource): Promise<PreparedGpu> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null || adapter === undefined) {
    throw new FailureError('webgpu-unavailable', 'no WebGPU adapter');
  }
  const missing = source.requiredFeatures.filter((feature) => !adapter.features.has(feature));
  if (missing.length > 0) throw new FailureError('feature-missing', missing.join(', '));
  return {
    description: describeAdapter(adapter) || 'WebGPU adapter',
    device: isSoftware(adapter) ? await deviceWithoutSubgroups(adapter) : undefined,
  };
}

/**
 * ONNX Runtime's attention is written for subgroups of 8 invocations and more. A software adapter has 4 of them, and
 * there, from a prompt of 32 tokens on, it computes something else without any error. Where the device has no
 * subgroups, it takes a way that needs none. An adapter states the least size that it may use, which
 * need not be the size that it uses: on hardware the self-check is what finds such a fault.
 */
async function deviceWithoutSubgroups(adapter: GPUAdapter): Promise<GPUDevice> {
  const limits = [
    'maxBufferSize',
    'maxStorageBufferBindingSize',
    'maxStorageBuffersPerShaderStage',
    'maxComputeWorkgroupStorageSize',
    'maxComputeInvocationsPerWorkgroup',
    'maxComputeWorkgroupSizeX',
    'maxComputeWorkgroupSizeY',
    'maxComputeWorkgroupSizeZ',
    'maxComputeWorkgroupsPerDimension',
  ] as const;
  return adapter.requestDevice({
    requiredFeatures: (['shader-f16'] as const).filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]])),
  });
}

/** Rejects when the engine's device is lost. That is handled here too, so that an idle loss is not an unhandled one. */
export function deviceLoss({ device }: PreparedGpu): Promise<never> {
  const loss = Promise.resolve(device ?? env.backends.onnx.webgpu?.device)
    .then((watched) => watched?.lost ?? new Promise<never>(() => undefined))
    .then((info): never => {
      throw new FailureError('device-lost', `${info.reason}: ${info.message}`);
    });
  loss.catch(() => undefined);
  return loss;
}
