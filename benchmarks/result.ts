/** The result file: what ran, where, how fast, with what spread. Its JSON Schema is `result.schema.json`. */

import type { Origin } from '../src/domain/artifact';
import type { Device, LoadReport, Precision } from '../src/domain/engine';
import type { BenchmarkRow, Workload } from '../src/domain/benchmark';
import type { Agreement } from '../src/domain/self-check';

export const RESULT_VERSION = 4;

/** What the page cannot run is said with its reason, and nothing is measured for it. */
export interface SkippedVariant {
  readonly variant: string;
  readonly reason: string;
}

/**
 * What the self-check found of this device: agreement with WASM, position by position, on fixed token ids (see
 * `src/domain/self-check.ts`). WASM is what others are compared with, and is not compared.
 */
export type RowCheck =
  { readonly state: 'reference' } | ({ readonly state: 'verified' | 'suspect' } & Agreement);

/** A row of the protocol with what its speed rests on; where the device computes wrongly there is none. */
export type ResultRow =
  | (BenchmarkRow & { readonly selfCheck: RowCheck })
  | {
      readonly kind: 'withheld';
      readonly candidate: string;
      readonly workload: Workload;
      readonly reason: string;
      readonly selfCheck: RowCheck;
    };

export interface MeasuredFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, 64 hexadecimal digits. */
  readonly sha256: string;
}

export interface MeasuredVariant {
  readonly variant: string;
  readonly model: string;
  readonly precision: Precision;
  readonly device: Device;
  /** Where its files come from. */
  readonly origin: Origin;
  /** Every file that it consists of, its tokenizer among them. */
  readonly files: readonly MeasuredFile[];
  readonly load: LoadReport;
  readonly rows: readonly ResultRow[];
}

export interface Machine {
  readonly userAgent: string;
  /** Logical processors, as the browser tells them. */
  readonly cores: number;
  /** GiB, capped by browsers at 8; undefined where it is not told. */
  readonly deviceMemory: number | undefined;
  readonly adapter: {
    readonly kind: 'hardware' | 'software' | 'none';
    /** The browser's own word; undefined where there is no adapter, or it says nothing. */
    readonly isFallbackAdapter: boolean | undefined;
    /** As `GPUAdapterInfo` has them; blank where the browser hides them. */
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    /** Invocations of a subgroup; undefined where the browser does not tell. */
    readonly subgroupSizes: { readonly min: number; readonly max: number } | undefined;
    readonly features: readonly string[];
    /** Every limit of the adapter, by its name in the WebGPU specification. */
    readonly limits: Readonly<Record<string, number>>;
  };
  /** False means that WASM ran on one thread, whatever `cores` says. */
  readonly crossOriginIsolated: boolean;
  /** The smallest step of `performance.now` that was seen, in ms. */
  readonly timerResolutionMs: number;
}

/** The machine as its operating system tells it, which a page cannot see. */
export interface Host {
  readonly cpu: string;
  /** Logical processors. */
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
  readonly browser: string;
}

export interface BenchmarkResult {
  readonly format: 'opentab-benchmark';
  readonly version: typeof RESULT_VERSION;
  readonly app: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly machine: Machine;
  /** Added by the command; a page alone does not know it. */
  readonly host?: Host;
  /** What the person who ran it says about the machine; nothing is guessed. */
  readonly note: string;
  readonly repetitions: number;
  readonly measured: readonly MeasuredVariant[];
  readonly skipped: readonly SkippedVariant[];
}
