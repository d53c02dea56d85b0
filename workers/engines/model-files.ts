/**
 * How an engine gets a model's files: as an answer to its `fetch`, from the weight store, every byte verified. What is
 * not stored yet is fetched into the store first. Where the browser stores nothing, the files come as they are fetched.
 */

import { stated } from '../../src/catalog/pocket-files';
import type { Artifact, Origin } from '../../src/domain/artifact';
import type { LoadPhase, LoadProgress, ModelSource } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import { artifactKey, folderUrl, HUB_URL, isCommit, remoteFile } from '../../src/weights/addresses';
import { StorageUnavailable } from '../../src/weights/database';
import { pinArtifact } from '../../src/weights/origins';
import { HEAD_BYTES, whyNotAModelFile } from '../../src/weights/model-file';
import { NotThere, type RemoteFile, type TransferEvents } from '../../src/weights/transfer';
import { WeightStore } from '../../src/weights/weight-store';
import { WeightsClient } from '../../src/weights/weights-client';
import { StallWatch } from './stall-watch';
import { readBody } from './whole-body';

export interface ModelFilesOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
  /** Where the files come from; with its artifact they are known by their content and need no request once stored. */
  readonly source?: Pick<ModelSource, 'baseUrl' | 'artifact'>;
  /** What the bytes are for; `download` unless given. The engine's own code is not stored here. */
  readonly phase?: 'engine' | 'download';
}

interface FileState {
  readonly download: { readonly loaded: number; readonly total: number };
  readonly read: { readonly loaded: number; readonly total: number };
}

const NOTHING = { loaded: 0, total: 0 };

/** What is known of a model's files by now, and the folder that their addresses begin with. */
interface Known {
  readonly artifact: Artifact;
  readonly folder: string;
}

/** One per worker, made when the first file is asked for. */
let shared: { readonly store: WeightStore; readonly far: WeightsClient } | undefined;

/** Makes a stand-in for `fetch` that an engine can be given. When all that was asked for has come, compiling begins. */
export function modelFetch(options: ModelFilesOptions): typeof fetch {
  const { phase = 'download', signal, source } = options;
  const files = new Map<string, FileState>();
  let noted = false;
  let stores = phase === 'download';
  let knowing: Promise<Known | undefined> | undefined;

  const note = (url: string, of: Exclude<LoadPhase, 'compile'>, loaded: number, total: number) => {
    const before = files.get(url) ?? { download: NOTHING, read: NOTHING };
    const part = of === 'cache-read' ? 'read' : 'download';
    files.set(url, { ...before, [part]: { loaded, total } });
    const sum = (key: 'loaded' | 'total') =>
      [...files.values()].reduce((all, file) => all + file[part][key], 0);
    options.onProgress({ phase: of, loadedBytes: sum('loaded'), totalBytes: sum('total') });
  };
  const noteCompile = (name: string) => {
    const all = [...files.values()];
    const arrived = all.every(
      ({ download, read }) => download.loaded === download.total && read.loaded === read.total,
    );
    if (phase === 'download' && arrived && name.endsWith('.onnx')) options.onProgress({ phase: 'compile' });
  };

  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const address = new URL(url, location.href).href;
    let file = askedFile(address, source);
    if (file === undefined) return new Response('', { status: 404 });
    if (stores) {
      try {
        knowing ??= known();
        const all = await knowing;
        const pinned = all === undefined ? file : pinnedFile(address, file, source, all);
        if (pinned === undefined) return new Response('', { status: 404 });
        file = pinned;
        return await fromStore(file);
      } catch (thrown) {
        signal.throwIfAborted();
        if (thrown instanceof NotThere && !isRequired(file.path)) return new Response('', { status: 404 });
        if (!needsNoStorage(thrown, file)) throw thrown;
        console.warn(`Model files are not stored: ${String(thrown)}`);
        stores = false;
      }
    }
    return asFetched(file, init);
  };

  /**
   * The artifact with what its origin states of each file, so that its bytes are known by their content. No request is
   * made where that is known already: it is stated with the model, or all of a commit, which never changes, is stored.
   */
  async function known(): Promise<Known | undefined> {
    if (source?.artifact === undefined) return undefined;
    const { baseUrl } = source;
    const artifact = stated(source.artifact);
    // Nobody can be asked for what the person dropped here.
    if (artifact.origin.kind === 'local') return { artifact, folder: baseUrl };
    if (artifact.prefixes === undefined && artifact.files.every(({ sha256 }) => sha256 !== undefined))
      return { artifact, folder: baseUrl };
    shared ??= { store: new WeightStore(), far: new WeightsClient() };
    const { store, far } = shared;
    const places = { appUrl: baseUrl, hubUrl: HUB_URL };
    const origin: Origin = artifact.origin.kind === 'hub' ? artifact.origin : { kind: 'url', url: baseUrl };
    const withFolder = (found: Artifact) => ({
      artifact: { ...found, origin: origin === artifact.origin ? found.origin : artifact.origin },
      folder: found.origin.kind === 'hub' ? folderUrl(found.origin, places) : baseUrl,
    });
    const before = await store.recall(baseUrl, artifact);
    const stored = before?.complete === true ? before.artifact : undefined;
    if (stored?.origin.kind === 'hub' && isCommit(stored.origin.revision)) return withFolder(stored);
    try {
      const asked = { ...artifact, origin };
      const pinned = isHere({ url: baseUrl })
        ? await pinArtifact(asked, { fetch: (...request) => fetch(...request), places, signal })
        : await far.pin(asked, places, signal);
      return withFolder(pinned);
    } catch (thrown) {
      signal.throwIfAborted();
      // Offline, what was learned before will do.
      if (before === undefined) throw thrown;
      return withFolder(before.artifact);
    }
  }

  async function fromStore(file: RemoteFile): Promise<Response> {
    shared ??= { store: new WeightStore(), far: new WeightsClient() };
    const { store, far } = shared;
    let blob = await store.find(file, signal);
    if (blob === undefined && source?.artifact?.origin.kind === 'local')
      throw new FailureError('file-missing', `${file.path}: deleted from this browser`);
    if (blob === undefined) {
      const events: TransferEvents = {
        onProgress: ({ loadedBytes, totalBytes }) =>
          note(file.url, 'download', loadedBytes, totalBytes ?? file.bytes ?? loadedBytes),
      };
      if (isHere(file)) {
        blob = await store.bring(file, signal, events);
      } else {
        if ((await far.bring(file, signal, events)) === 'not-there')
          throw new NotThere(`${file.path}: HTTP 404`);
        blob = await store.find(file, signal);
        if (blob === undefined) throw new FailureError('file-incomplete', `${file.path}: not stored`);
      }
    }
    await noteUse(store, file);
    const found = blob;
    const body = store.read(found, {
      signal,
      ...(source?.artifact?.origin.kind !== 'local' && {
        repair: (index: number) =>
          isHere(file) ? store.fetchChunk(file, found, index, signal) : far.chunk(file, index, signal),
      }),
      events: {
        onProgress: ({ loadedBytes, totalBytes = found.bytes }) => {
          note(file.url, 'cache-read', loadedBytes, totalBytes);
          if (loadedBytes === totalBytes) noteCompile(file.path);
        },
      },
    });
    return new Response(body, { headers: { 'content-length': String(found.bytes) } });
  }

  /** So that it is listed, and can be deleted, as one thing. Not worth failing a load for. */
  async function noteUse(store: WeightStore, file: RemoteFile): Promise<void> {
    const all = await knowing;
    if (all !== undefined && noted) return;
    noted = true;
    const noting =
      all === undefined || source?.artifact === undefined
        ? store.noteFile(source?.baseUrl ?? file.url.slice(0, file.url.lastIndexOf('/') + 1), file)
        : store.noteUse(all.folder, all.artifact, artifactKey(source.baseUrl, source.artifact));
    await noting.catch((thrown: unknown) => console.warn('The use of a model was not noted:', thrown));
  }

  async function asFetched(file: RemoteFile, init: RequestInit | undefined): Promise<Response> {
    const name = file.path.split('/').at(-1) ?? file.path;
    let arrived = { loaded: 0, total: 0 };
    const watch = new StallWatch(signal, {
      stalled: new FailureError('network', `${name}: stalled, no byte for 10 s`),
      // The lane then names what it waits for.
      tell: () => note(file.url, phase, arrived.loaded, arrived.total),
    });
    try {
      return await watched(file, name, init, watch, (loaded, total) => {
        arrived = { loaded, total };
        watch.moved();
        note(file.url, phase, loaded, total);
      });
    } finally {
      watch.end();
    }
  }

  async function watched(
    file: RemoteFile,
    name: string,
    init: RequestInit | undefined,
    watch: StallWatch,
    onBytes: (loaded: number, total: number) => void,
  ): Promise<Response> {
    const response = await watch.guard(reach(file.url, { ...init, signal: watch.signal }));
    watch.moved();
    // The engine asks for optional files too, and takes a 404 as an answer.
    if (response.status === 404 && !isRequired(name)) return response;
    if (!response.ok) throw new FailureError('file-missing', `${name}: HTTP ${response.status}`);
    const body = await readBody(response, name, watch, onBytes);
    const why = whyNotAModelFile({
      name,
      start: body.subarray(0, HEAD_BYTES),
      contentType: response.headers.get('content-type') ?? '',
      bytes: body.byteLength,
    });
    if (why !== undefined) throw new FailureError('not-a-model-file', `${name}: ${why}`);
    if (phase === 'download' && cameFromCache(file.url)) {
      note(file.url, 'download', 0, 0);
      note(file.url, 'cache-read', body.byteLength, body.byteLength);
    }
    noteCompile(name);
    return new Response(body, { headers: { 'content-length': String(body.byteLength) } });
  }
}

/** Undefined where the model is known to have no such file: there is nobody to ask. */
function askedFile(url: string, source: ModelFilesOptions['source']): RemoteFile | undefined {
  const plain = { blob: url, url, path: url.slice(url.lastIndexOf('/') + 1) };
  const { artifact, baseUrl = '' } = source ?? {};
  if (artifact === undefined) return plain;
  const found = fileAt(url, baseUrl, baseUrl, artifact);
  if (found !== undefined || !url.startsWith(baseUrl)) return found ?? plain;
  const path = decodeURIComponent(url.slice(baseUrl.length));
  return artifact.prefixes?.some((prefix) => path.startsWith(prefix)) === true ? plain : undefined;
}

/** The same file where its bytes are pinned; undefined where its origin turned out not to have it. */
function pinnedFile(
  url: string,
  file: RemoteFile,
  source: ModelFilesOptions['source'],
  { artifact, folder }: Known,
): RemoteFile | undefined {
  const baseUrl = source?.baseUrl ?? '';
  return fileAt(url, baseUrl, folder, artifact) ?? (url.startsWith(baseUrl) ? undefined : file);
}

function fileAt(url: string, baseUrl: string, folder: string, { files }: Artifact): RemoteFile | undefined {
  const path = url.startsWith(baseUrl) ? decodeURIComponent(url.slice(baseUrl.length)) : undefined;
  const file = files.find((one) => one.path === path || one.fixedUrl === url);
  return file && remoteFile(folder, file);
}

/** Only the weights' own worker may reach other origins. */
function isHere({ url }: Pick<RemoteFile, 'url'>): boolean {
  return new URL(url).origin === new URL(location.href).origin;
}

/** What the app itself serves is small, and is worth an answer even where it cannot be kept. */
function needsNoStorage(thrown: unknown, file: RemoteFile): boolean {
  if (thrown instanceof StorageUnavailable) return true;
  return thrown instanceof FailureError && thrown.failure.code === 'storage-full' && isHere(file);
}

/** True where the browser had the body already: less came over the network than the body is long. */
function cameFromCache(url: string): boolean {
  const entry = performance.getEntriesByName(url, 'resource').at(-1);
  return entry instanceof PerformanceResourceTiming && entry.transferSize < entry.encodedBodySize;
}

/** Without these there is no model, so a 404 is the cause to report and not what the engine makes of it. */
function isRequired(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /\.(?:onnx|gguf|safetensors)$/.test(name) || name === 'config.json' || name === 'tokenizer.json';
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const elsewhere = new URL(url).origin !== new URL(location.href).origin;
    if (!elsewhere || shared === undefined) return await fetch(url, init);
    return await shared.far.pass(url, init.signal ?? new AbortController().signal);
  } catch (thrown) {
    if (init.signal?.aborted === true) throw init.signal.reason;
    throw new FailureError('network', `${new URL(url).host}: ${String(thrown)}`, { cause: thrown });
  }
}
