/** The one queue of downloads: one model at a time, in the order in which they were asked for. */

import type { Artifact } from '../domain/artifact';
import { failureOf, type Failure } from '../domain/failure';
import { artifactKey, folderUrl, remoteFile, type Places } from '../weights/addresses';
import { ByteRate } from '../weights/byte-rate';
import { nextPhase, type DownloadEvent, type DownloadPhase } from '../weights/download-machine';
import { NotThere, type RemoteFile } from '../weights/transfer';
import type { WeightStore } from '../weights/weight-store';
import type { WeightsClient } from '../weights/weights-client';

export interface DownloadRequest {
  /** The caller's name for it, for example a variant's id. */
  readonly id: string;
  /** What the list shows. */
  readonly label: string;
  readonly artifact: Artifact;
  /** Asked before a byte is fetched: why this machine cannot run it. */
  readonly refuse?: () => Promise<Failure | undefined>;
}

export interface DownloadsServices {
  readonly client: Pick<WeightsClient, 'pin' | 'bring'>;
  readonly store: Pick<WeightStore, 'noteUse' | 'remove'>;
  readonly places: Places;
  /** Ms, on any clock that does not jump. */
  readonly now: () => number;
  /** Asks the browser not to clear this site's storage; called once, at the first download. */
  readonly persist?: () => Promise<unknown>;
  /** Something is stored, or gone, that was not before. */
  readonly onChange?: () => void;
}

/** Files of one model that are fetched at once; requests are bounded apart from that. */
const FILES_AT_ONCE = 3;

/** One download, as a screen shows it. */
export class Download {
  readonly id: string;
  readonly label: string;
  readonly request: DownloadRequest;
  #phase = $state.raw<DownloadPhase>({ kind: 'queued' });
  #loadedBytes = $state.raw(0);
  #totalBytes = $state.raw<number | undefined>(undefined);
  #bytesPerSecond = $state.raw<number | undefined>(undefined);
  #rate = new ByteRate();
  /** Ends what is under way. */
  stop = new AbortController();
  /** Settles when nothing is under way any more. */
  ended: Promise<void> = Promise.resolve();
  /** Its name in the store, once something of it may be there. */
  key: string | undefined;

  constructor(request: DownloadRequest) {
    this.id = request.id;
    this.label = request.label;
    this.request = request;
  }

  get phase(): DownloadPhase {
    return this.#phase;
  }

  /** Bytes of the model that are here. */
  get loadedBytes(): number {
    return this.#loadedBytes;
  }

  /** Undefined until the size of every file is known. */
  get totalBytes(): number | undefined {
    return this.#totalBytes;
  }

  /** Over the last five seconds; undefined while nothing moves. */
  get bytesPerSecond(): number | undefined {
    return this.#phase.kind === 'running' ? this.#bytesPerSecond : undefined;
  }

  /** Undefined where rate or size are not known. */
  get secondsLeft(): number | undefined {
    const [rate, total] = [this.bytesPerSecond, this.#totalBytes];
    return rate === undefined || rate <= 0 || total === undefined
      ? undefined
      : (total - this.#loadedBytes) / rate;
  }

  /** For `Downloads` alone. */
  apply(event: DownloadEvent): void {
    this.#phase = nextPhase(this.#phase, event);
  }

  /** For `Downloads` alone. */
  tell(loadedBytes: number, totalBytes: number | undefined, nowMs: number): void {
    this.#loadedBytes = loadedBytes;
    this.#totalBytes = totalBytes;
    this.#rate.add(nowMs, loadedBytes);
    this.#bytesPerSecond = this.#rate.perSecond;
    this.apply({ kind: 'bytes' });
  }

  /** For `Downloads` alone. */
  beginAnew(): AbortSignal {
    this.stop = new AbortController();
    this.#rate = new ByteRate();
    return this.stop.signal;
  }
}

export class Downloads {
  #list = $state.raw<readonly Download[]>([]);
  #working = false;
  #asked = false;
  readonly #services: DownloadsServices;

  constructor(services: DownloadsServices) {
    this.#services = services;
  }

  /** Oldest first; those that are complete stay until they are dismissed. */
  get list(): readonly Download[] {
    return this.#list;
  }

  find(id: string): Download | undefined {
    return this.#list.find((download) => download.id === id);
  }

  /** True while bytes are being fetched: an update must wait. */
  get busy(): boolean {
    return this.#list.some(({ phase }) => phase.kind === 'running' || phase.kind === 'queued');
  }

  /** Adds it to the queue, or resumes it where it is in the list already. */
  start(request: DownloadRequest): Download {
    const before = this.find(request.id);
    if (before !== undefined && before.phase.kind !== 'complete' && before.phase.kind !== 'cancelled') {
      this.resume(request.id);
      return before;
    }
    if (!this.#asked) {
      this.#asked = true;
      void this.#services.persist?.().catch(() => undefined);
    }
    const download = new Download(request);
    this.#list = [...this.#list.filter(({ id }) => id !== request.id), download];
    void this.#work();
    return download;
  }

  /** Stops fetching; what has arrived stays. */
  pause(id: string): void {
    this.#end(id, 'pause');
  }

  resume(id: string): void {
    this.find(id)?.apply({ kind: 'resume' });
    void this.#work();
  }

  /** Stops, and deletes what no other model needs of it. Resolves with the bytes that this freed. */
  async cancel(id: string): Promise<number> {
    const download = this.find(id);
    if (download === undefined || download.phase.kind === 'complete') return 0;
    this.#end(id, 'cancel');
    this.dismiss(id);
    // What is on its way to the disk would come after the deletion.
    await download.ended;
    const freed =
      download.key === undefined ? 0 : await this.#services.store.remove(download.key).catch(() => 0);
    this.#services.onChange?.();
    return freed;
  }

  /** Takes it off the list. */
  dismiss(id: string): void {
    const phase = this.find(id)?.phase.kind;
    if (phase === 'running' || phase === 'queued') return;
    this.#list = this.#list.filter((download) => download.id !== id);
  }

  #end(id: string, kind: 'pause' | 'cancel'): void {
    const download = this.find(id);
    download?.apply({ kind });
    download?.stop.abort(new DOMException(kind, 'AbortError'));
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (;;) {
        const next = this.#list.find(({ phase }) => phase.kind === 'queued');
        if (next === undefined) return;
        next.apply({ kind: 'turn' });
        next.ended = this.#fetch(next);
        await next.ended;
        this.#services.onChange?.();
      }
    } finally {
      this.#working = false;
    }
  }

  async #fetch(download: Download): Promise<void> {
    const { client, store, places, now } = this.#services;
    const signal = download.beginAnew();
    try {
      const refusal = await download.request.refuse?.();
      if (refusal !== undefined) {
        download.apply({ kind: 'failed', failure: refusal });
        return;
      }
      const artifact = await client.pin(download.request.artifact, places, signal);
      const folder = folderUrl(artifact.origin, places);
      download.key = artifactKey(folder, artifact);
      await store.noteUse(folder, artifact);
      const files = artifact.files.map((file) => remoteFile(folder, file));
      // eslint-disable-next-line svelte/prefer-svelte-reactivity -- what is shown of it is `download`
      const loaded = new Map<string, { readonly loaded: number; readonly total: number | undefined }>(
        files.map(({ url, bytes }) => [url, { loaded: 0, total: bytes }]),
      );
      const bring = async (file: RemoteFile) => {
        const brought = await client.bring(file, signal, {
          onNotice: (notice) => download.apply({ kind: 'notice', notice }),
          onProgress: ({ loadedBytes, totalBytes = file.bytes }) => {
            loaded.set(file.url, { loaded: loadedBytes, total: totalBytes });
            const all = [...loaded.values()];
            const total = all.every((one) => one.total !== undefined)
              ? all.reduce((sum, one) => sum + (one.total ?? 0), 0)
              : undefined;
            download.tell(
              all.reduce((sum, one) => sum + one.loaded, 0),
              total,
              now(),
            );
          },
        });
        if (brought === 'not-there') throw new NotThere(`${file.path}: HTTP 404`);
      };
      // The largest first, so that no large one is left alone at the end.
      await eachOf(
        [...files].sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0)),
        FILES_AT_ONCE,
        bring,
      );
      if (!signal.aborted) download.apply({ kind: 'stored' });
    } catch (thrown) {
      if (signal.aborted) return;
      download.apply({ kind: 'failed', failure: failureOf(thrown, 'network') });
      // The other files of a model that cannot be completed now wait for the next try.
      download.stop.abort(thrown);
    }
  }
}

async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
