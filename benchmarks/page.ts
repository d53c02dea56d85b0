/**
 * The page half of the headless benchmark: the app's own engines, measured by the app's own code.
 *
 * `run.mjs` opens this page from the build and calls `window.opentabBenchmark`.
 */

import { pocket } from '../src/catalog/pocket';
import { pocketHashes } from '../src/catalog/pocket-hashes';
import { runProtocol, workloads } from '../src/domain/benchmark';
import { defaultSampling } from '../src/domain/conversation';
import type { Device, ModelSource } from '../src/domain/engine';
import type { Variant } from '../src/domain/model';
import { reportAdapter, type AdapterReport } from '../src/hardware/adapter';
import { watchFreezes } from '../src/hardware/freezes';
import { EngineClient, spawnEngineWorker } from '../workers/engine-client';
import type { BareReply, BareRequest } from './bare.worker';
import { RESULT_VERSION, type BenchmarkResult, type Machine, type MeasuredVariant } from './result';
import { candidateOf, prepare, rowsOf } from './subjects';

export interface BenchmarkRequest {
  readonly device: Device;
  /** Ids or precisions; empty means all that this adapter can run. */
  readonly variants: readonly string[];
  readonly workloads: readonly string[];
  readonly repetitions: number;
  readonly pauseMs: number;
  readonly note: string;
}

export interface BenchmarkChoices {
  /** Ids and precisions. */
  readonly variants: readonly string[];
  readonly workloads: readonly string[];
  readonly adapter: AdapterReport['kind'];
}

declare global {
  interface Window {
    opentabBenchmark(request: BenchmarkRequest): Promise<BenchmarkResult>;
    /** What may be asked for, and whether there is an adapter to run on. */
    opentabChoices(): Promise<BenchmarkChoices>;
    /** The engine alone, in a bare worker, on a chat prompt: loaded at the first call. */
    opentabBare(request: BareRun): Promise<NonNullable<BareReply>>;
    /** Given by the headless runner, to show what is happening. */
    opentabProgress?: (line: string) => void;
  }
}

window.opentabBenchmark = async (request) => {
  const adapter = await reportAdapter();
  const startedAt = new Date().toISOString();
  const chosen = pocket.variants.filter(
    (variant) =>
      request.variants.length === 0 ||
      request.variants.includes(variant.id) ||
      request.variants.includes(variant.precision),
  );
  const unfit = chosen.flatMap((variant) => {
    const reason = whyNot(variant, request.device, adapter);
    return reason === undefined ? [] : [{ variant: variant.id, reason }];
  });
  const runnable = chosen.filter((variant) => whyNot(variant, request.device, adapter) === undefined);
  const hidden = watchVisibility();
  const freezes = watchFreezes();
  const { subjects, skipped } = await prepare(runnable, request.device, {
    connect: () => new EngineClient({ spawn: spawnEngineWorker }),
    sourceOf,
    say,
  });
  const suite = workloads.filter(
    ({ name }) => request.workloads.length === 0 || request.workloads.includes(name),
  );
  const sound = subjects.filter(({ check }) => check.state !== 'suspect');
  const rows = await runProtocol(sound.map(candidateOf), suite, {
    repetitions: request.repetitions,
    pauseMs: request.pauseMs,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    disturbed: () =>
      hidden()
        ? 'the page was hidden'
        : freezes() > 0
          ? 'the page was frozen or the machine slept'
          : undefined,
    onRun: ({ candidate, workload, round }) => say(`${workload} ${candidate} ${round}`),
  });
  for (const { client } of subjects) await client.unload();
  return {
    format: 'opentab-benchmark',
    version: RESULT_VERSION,
    app: __APP_VERSION__,
    startedAt,
    machine: await machineOf(adapter),
    note: request.note,
    repetitions: request.repetitions,
    measured: subjects.map((subject): MeasuredVariant => ({
      variant: subject.variant.id,
      model: pocket.name,
      precision: subject.variant.precision,
      device: request.device,
      ...filesOf(subject.variant),
      load: subject.report,
      rows: rowsOf(subject, suite, rows),
    })),
    skipped: [...unfit, ...skipped],
  };
};

window.opentabChoices = async () => ({
  variants: [...new Set(pocket.variants.flatMap(({ id, precision }) => [precision, id]))],
  workloads: workloads.map(({ name }) => name),
  adapter: (await reportAdapter()).kind,
});

export interface BareRun {
  readonly variant: string;
  readonly device: string;
  readonly prompt: string;
}

let bare: Promise<Worker> | undefined;

window.opentabBare = async ({ variant: precision, device, prompt }) => {
  bare ??= (async () => {
    const worker = new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' });
    const variant = pocket.variants.find((one) => one.precision === precision);
    if (variant === undefined) throw new Error(`Pocket has no variant "${precision}"`);
    const source = sourceOf(variant, device === 'webgpu' ? 'webgpu' : 'wasm');
    await askBare(worker, { kind: 'load', source });
    return worker;
  })();
  const reply = await askBare(await bare, {
    kind: 'generate',
    request: {
      prompt: { kind: 'chat', messages: [{ role: 'user', content: prompt }] },
      sampling: defaultSampling,
      ignoreEndOfSequence: false,
    },
  });
  if (reply === undefined) throw new Error('the bare engine gave no answer');
  return reply;
};

/** The worker takes one message at a time, so the next one that it posts is the answer. */
function askBare(worker: Worker, message: BareRequest): Promise<BareReply> {
  return new Promise((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<BareReply>) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(message);
  });
}

function sourceOf(variant: Variant, device: Device): ModelSource {
  return {
    baseUrl: new URL(`../${variant.baseUrl}`, location.href).href,
    precision: variant.precision,
    device,
    requiredFeatures: device === 'webgpu' ? variant.requiredFeatures : [],
    ...(variant.files && { files: variant.files }),
    ...(variant.artifact && { artifact: variant.artifact }),
  };
}

function whyNot(variant: Variant, device: Device, adapter: AdapterReport): string | undefined {
  if (!variant.devices.includes(device)) return `does not run on ${device}`;
  if (variant.engine === 'wllama') return 'its engine shows no logits, so its correctness cannot be checked';
  if (device === 'wasm') return undefined;
  if (adapter.kind === 'none') return 'this browser gives no WebGPU adapter';
  const missing = variant.requiredFeatures.filter((feature) => !adapter.features.has(feature));
  return missing.length === 0 ? undefined : `the adapter lacks ${missing.join(', ')}`;
}

function filesOf({ id, artifact }: Variant): Pick<MeasuredVariant, 'origin' | 'files'> {
  if (artifact === undefined) throw new Error(`${id} has no list of its files`);
  const hashes: Readonly<Record<string, string>> = pocketHashes;
  const files = artifact.files.map(({ path, bytes }) => {
    const sha256 = hashes[path];
    if (bytes === undefined || sha256 === undefined) throw new Error(`${path} of ${id} has no size or hash`);
    return { path, bytes, sha256 };
  });
  return { origin: artifact.origin, files };
}

async function machineOf(adapter: AdapterReport): Promise<Machine> {
  const own = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  return {
    userAgent: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    deviceMemory: (navigator as { deviceMemory?: number }).deviceMemory,
    adapter: {
      kind: adapter.kind,
      isFallbackAdapter: own?.info.isFallbackAdapter,
      vendor: own?.info.vendor ?? '',
      architecture: own?.info.architecture ?? '',
      description: adapter.description,
      subgroupSizes: subgroupSizesOf(own?.info),
      features: [...adapter.features].sort(),
      limits: own ? limitsOf(own.limits) : {},
    },
    crossOriginIsolated,
    timerResolutionMs: timerResolution(),
  };
}

function subgroupSizesOf(info: GPUAdapterInfo | undefined): Machine['adapter']['subgroupSizes'] {
  const { subgroupMinSize: min, subgroupMaxSize: max }: Partial<GPUAdapterInfo> = info ?? {};
  return min === undefined || max === undefined ? undefined : { min, max };
}

/** Limits are accessors of a prototype: `for in` finds them, `Object.keys` does not. */
function limitsOf(limits: GPUSupportedLimits): Record<string, number> {
  const all: Record<string, number> = {};
  for (const name in limits) {
    const value: unknown = Reflect.get(limits, name);
    if (typeof value === 'number') all[name] = value;
  }
  return all;
}

/** The smallest difference between two readings of the clock, over 50 changes. */
function timerResolution(): number {
  let smallest = Infinity;
  for (let change = 0; change < 50; change += 1) {
    const start = performance.now();
    let next = start;
    while (next === start) next = performance.now();
    smallest = Math.min(smallest, next - start);
  }
  return smallest;
}

/** True once the page has been hidden at any time since the call. */
function watchVisibility(): () => boolean {
  let hidden = document.visibilityState === 'hidden';
  document.addEventListener('visibilitychange', () => {
    hidden ||= document.visibilityState === 'hidden';
  });
  return () => hidden;
}

function say(line: string): void {
  window.opentabProgress?.(line);
}
