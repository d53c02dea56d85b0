/** What this browser offers for running a model. */

/** `software`: an adapter that computes on the CPU. It works, but WASM is faster there. */
export type WebGpuKind = 'hardware' | 'software' | 'none';

export interface AdapterReport {
  readonly kind: WebGpuKind;
  /** The adapter's own words about itself; often blank, as browsers hide them. */
  readonly description: string;
  readonly features: ReadonlySet<string>;
  readonly maxBufferBytes: number;
  /** Cross-origin isolation: WASM threads and a 5 µs clock. */
  readonly isolated: boolean;
}

/** Software rasterisers by the names that they give themselves, for browsers without `isFallbackAdapter`. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|microsoft basic render/i;

/** Asks for an adapter. Never rejects: a browser that throws here has none. */
export async function reportAdapter(gpu: GPU | undefined = navigator.gpu): Promise<AdapterReport> {
  const isolated = globalThis.crossOriginIsolated === true;
  const none: AdapterReport = {
    kind: 'none',
    description: '',
    features: new Set(),
    maxBufferBytes: 0,
    isolated,
  };
  try {
    const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null || adapter === undefined) return none;
    return {
      kind: isSoftware(adapter) ? 'software' : 'hardware',
      description: describeAdapter(adapter),
      features: new Set(adapter.features),
      maxBufferBytes: adapter.limits.maxBufferSize,
      isolated,
    };
  } catch (thrown) {
    console.warn('WebGPU gave no adapter:', thrown);
    return none;
  }
}

/** The adapter's own words about itself; empty where the browser hides them. */
export function describeAdapter({ info: { vendor, architecture, description } }: GPUAdapter): string {
  return description || [vendor, architecture].filter((word) => word !== '').join(' ');
}

/** True for an adapter that computes on the CPU. */
export function isSoftware(adapter: GPUAdapter): boolean {
  const { vendor, architecture, description } = adapter.info;
  return isFallback(adapter) || softwareNames.test(`${vendor} ${architecture} ${description}`);
}

/** The flag moved from the adapter to its info in 2024; both are read. */
function isFallback(adapter: GPUAdapter): boolean {
  const holder = adapter as { isFallbackAdapter?: boolean; info?: { isFallbackAdapter?: boolean } };
  return holder.info?.isFallbackAdapter ?? holder.isFallbackAdapter ?? false;
}
