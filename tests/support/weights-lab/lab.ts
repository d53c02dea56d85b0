/** A page that is nothing but the weight store, for tests that drive it from outside. */

import type { Artifact } from '../../../src/domain/artifact';
import { failureOf, type Failure } from '../../../src/domain/failure';
import { folderUrl, remoteFile } from '../../../src/weights/addresses';
import { setHubToken } from '../../../src/weights/hub-token';
import type { Notice, RemoteFile } from '../../../src/weights/transfer';
import { WeightStore } from '../../../src/weights/weight-store';
import { WeightsClient } from '../../../src/weights/weights-client';
import { modelFetch } from '../../../workers/engines/model-files';

export interface LabOutcome {
  readonly failure: Failure | undefined;
  readonly notices: readonly Notice[];
}

interface BringOptions {
  readonly chunkBytes?: number;
  readonly stallMs?: number;
  /** Through the worker that the app uses. */
  readonly worker?: boolean;
}

const places = { appUrl: location.origin + '/', hubUrl: location.origin };
const client = new WeightsClient();
const progress = { loadedBytes: 0, events: 0 };
const stores = new Map<string, WeightStore>();

function storeOf({ chunkBytes = 1 << 20, stallMs = 2000 }: BringOptions): WeightStore {
  const key = `${chunkBytes} ${stallMs}`;
  const store = stores.get(key) ?? new WeightStore({ chunkBytes, stallMs });
  stores.set(key, store);
  return store;
}

async function outcomeOf(notices: readonly Notice[], work: () => Promise<unknown>): Promise<LabOutcome> {
  try {
    await work();
    return { failure: undefined, notices };
  } catch (thrown) {
    return { failure: failureOf(thrown), notices };
  }
}

const lab = {
  progress,

  bring(file: RemoteFile, options: BringOptions = {}): Promise<LabOutcome> {
    const notices: Notice[] = [];
    const events = {
      onNotice: (notice: Notice) => void notices.push(notice),
      onProgress: ({ loadedBytes }: { readonly loadedBytes: number }) => {
        progress.loadedBytes = loadedBytes;
        progress.events += 1;
      },
    };
    const { signal } = new AbortController();
    return outcomeOf(notices, () =>
      options.worker === true
        ? client.bring(file, signal, events)
        : storeOf(options).bring(file, signal, events),
    );
  },

  /** SHA-256 of the file as the store gives it. */
  async read(
    file: RemoteFile,
    options: BringOptions = {},
  ): Promise<LabOutcome & { readonly sha256: string }> {
    const notices: Notice[] = [];
    let sha256 = '';
    const outcome = await outcomeOf(notices, async () => {
      const { signal } = new AbortController();
      const store = storeOf(options);
      const blob = await store.find(file, signal);
      if (blob === undefined) throw new Error('not stored');
      const body = store.read(blob, {
        signal,
        events: { onNotice: (notice) => void notices.push(notice) },
        repair: (index) => store.fetchChunk(file, blob, index, signal),
      });
      // Piece by piece: a whole body that fails tells nothing of why.
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      const reader = body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) pieces.push(part.value);
      const hash = await crypto.subtle.digest('SHA-256', await new Blob(pieces).arrayBuffer());
      sha256 = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
    });
    return { ...outcome, sha256 };
  },

  async stored(blob: string) {
    const { chunks } = storeOf({});
    const record = await chunks.blob(blob);
    return {
      complete: record?.hashes !== undefined,
      begun: record !== undefined,
      chunks: await chunks.storedChunks(blob),
    };
  },

  async pin(artifact: Artifact, token?: string) {
    setHubToken(token, places.hubUrl);
    let pinned: Artifact | undefined;
    const outcome = await outcomeOf([], async () => {
      pinned = await client.pin(artifact, places, new AbortController().signal);
    });
    return { ...outcome, pinned };
  },

  async note(artifact: Artifact): Promise<readonly RemoteFile[]> {
    const folder = folderUrl(artifact.origin, places);
    await storeOf({}).noteUse(folder, artifact);
    return artifact.files.map((file) => remoteFile(folder, file));
  },

  list: () => storeOf({}).list(),
  remove: (key: string) => storeOf({}).remove(key),

  /** A file as an engine gets it. */
  async asEngine(path: string) {
    const phases: string[] = [];
    let bytes = 0;
    const outcome = await outcomeOf([], async () => {
      const fetchFile = modelFetch({
        signal: new AbortController().signal,
        onProgress: ({ phase }) => {
          if (!phases.includes(phase)) phases.push(phase);
        },
      });
      bytes = (await (await fetchFile(new URL(path, location.href))).arrayBuffer()).byteLength;
    });
    return { ...outcome, phases, bytes };
  },
};

declare global {
  interface Window {
    lab: typeof lab;
  }
}

window.lab = lab;
