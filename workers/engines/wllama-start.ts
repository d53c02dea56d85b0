/** Starting llama.cpp: its files come from this build, its worker is known to start, its model file is known to be one. */

import { Wllama } from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import compatLoaderUrl from '@wllama/wllama-compat/wasm/wllama.js?url';
import compatWasmUrl from '@wllama/wllama-compat/wasm/wllama.wasm?url';
import { MAX_PARTS, readGgufHeader, type GgufHeader } from '../../src/catalog/gguf-header';
import { textArchitectures } from '../../src/catalog/gguf-types';
import type { LoadContext, ModelSource } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { noteRequest } from '../../src/network/recorder';
import { modelFetch } from './model-files';
import { blobOf } from './whole-body';

/** Ms that an empty worker may take to say that it runs. */
const PROBE_DEADLINE_MS = 10_000;

export interface GgufModel {
  /** Of the first part: the others hold tensors alone. */
  readonly header: GgufHeader;
  readonly parts: readonly Blob[];
  /** What turns images into tokens, where the model has it. */
  readonly projector: Blob | undefined;
  /** Of all of them. */
  readonly bytes: number;
}

/** Fetches the model's file, or its parts in order, and checks each before llama.cpp sees a byte of it. */
export async function fetchModel(source: ModelSource, context: LoadContext): Promise<GgufModel> {
  const files = source.files ?? [];
  if (files.length === 0) throw new FailureError('bad-parameter', 'a GGUF model needs the name of its file');
  if (files.length > MAX_PARTS) throw new FailureError('not-a-model-file', `${files.length} parts`);
  const fetchFile = modelFetch({ ...context, source });
  const parts: Blob[] = [];
  const headers: GgufHeader[] = [];
  const read = async (file: string) => {
    const response = await fetchFile(new URL(file, source.baseUrl));
    if (!response.ok) throw new FailureError('file-missing', `${file}: HTTP ${response.status}`);
    const part = await blobOf(response);
    const header = await readGgufHeader(part);
    context.signal.throwIfAborted();
    return { part, header };
  };
  for (const file of files) {
    const { part, header } = await read(file);
    headers.push(header);
    parts.push(part);
  }
  const [header] = headers;
  if (header === undefined)
    throw new FailureError('bad-parameter', 'a GGUF model needs the name of its file');
  if (header.parts !== files.length) {
    throw new FailureError('file-missing', `the model has ${header.parts} parts, ${files.length} are named`);
  }
  if (!textArchitectures.has(header.architecture)) {
    throw new FailureError('architecture-unsupported', `"${header.architecture.slice(0, 100)}"`);
  }
  const projector = source.projector === undefined ? undefined : await read(source.projector);
  if (projector !== undefined && projector.header.architecture !== 'clip') {
    const { architecture } = projector.header;
    throw new FailureError('not-a-model-file', `"${architecture.slice(0, 100)}" is no projector of images`);
  }
  const bytes = [...parts, ...(projector ? [projector.part] : [])].reduce((sum, { size }) => sum + size, 0);
  return { header, parts, projector: projector?.part, bytes };
}

/** An engine without a model, its files set to those of this build: by default some would come from a CDN. */
export async function startWllama(
  context: LoadContext,
  onServerError: (error: unknown) => void,
): Promise<Wllama> {
  await probeWorker(context.signal);
  const files = {
    wasm: urlOf(wasmUrl),
    compatWasm: urlOf(compatWasmUrl),
    compatLoader: urlOf(compatLoaderUrl),
  };
  const logger = {
    debug: () => undefined,
    log: () => undefined,
    warn: () => undefined,
    error: (_: unknown, error?: unknown) => onServerError(error),
  };
  const wllama = new Wllama({ default: files.wasm }, { suppressNativeLog: true, logger });
  // For browsers without JSPI or 64-bit memory.
  wllama.setCompat({ worker: files.compatLoader, wasm: files.compatWasm });
  // Fetched here first, so that its bytes are counted and its absence is named; its worker then has it from the cache.
  // No recorder runs in that worker, so its request is told from here.
  const { wasmPath } = wllama.getWorkerResources();
  await modelFetch({ ...context, phase: 'engine' })(wasmPath);
  noteRequest(new URL(wasmPath, import.meta.url).href, { purpose: 'engine', prompt: false });
  return wllama;
}

function urlOf(asset: string): string {
  return new URL(asset, import.meta.url).href;
}

/** llama.cpp runs in a worker made from a blob. Where a policy forbids those it would wait for ever, and say nothing. */
async function probeWorker(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const url = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module' });
  try {
    await new Promise<void>((resolve, reject) => {
      const blocked = (why: string) => () => reject(new FailureError('worker-blocked', why));
      const timer = setTimeout(blocked('a worker from a blob did not start'), PROBE_DEADLINE_MS);
      worker.onmessage = () => {
        clearTimeout(timer);
        resolve();
      };
      worker.onerror = () => {
        clearTimeout(timer);
        blocked('a worker from a blob is not allowed')();
      };
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}
