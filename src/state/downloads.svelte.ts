/** The one queue of downloads: one model at a time, in the order in which they were asked for. */

import { failureOf } from '../domain/failure';
import { artifactKey, folderUrl, remoteFile, type Places } from '../weights/addresses';
import { NotThere, type RemoteFile } from '../weights/transfer';
import type { WeightStore } from '../weights/weight-store';
import type { WeightsClient } from '../weights/weights-client';
import { Download, type DownloadRequest } from './download.svelte';

export interface DownloadsServices {
  readonly client: Pick<WeightsClient, 'pin' | 'bring'>;
  readonly store: Pick<WeightStore, 'noteUse' | 'remove'>;
  readonly places: Places;
  /** Ms, on any clock that does not jump. */
  readonly now: () => number;
  /** Asks the browser not to clear this site's storage; called once, at the first download. */
  readonly persist?: () => Promise<unknown>;
  /** Called before the first request for a model's files, so that the browser's policy lets them through. */
  readonly permit?: (request: DownloadRequest) => Promise<void>;
  /** All of it is stored. */
  readonly onStored?: (request: DownloadRequest) => void;
  /** Something is stored, or gone, that was not before. */
  readonly onChange?: () => void;
}

/** Files of one model that are fetched at once; requests are bounded apart from that. */
const FILES_AT_ONCE = 3;

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
    const { client, store, places, permit, onStored } = this.#services;
    const { request } = download;
    const signal = download.beginAnew();
    try {
      const refusal = await request.refuse?.();
      if (refusal !== undefined) {
        download.apply({ kind: 'failed', failure: refusal });
        return;
      }
      await permit?.(request);
      const asked = folderUrl(request.artifact.origin, places);
      // By what was asked for, not by the commit that it is today: so that it is found again without a request.
      const key = artifactKey(asked, request.artifact);
      const artifact = await client.pin(request.artifact, places, signal);
      download.key = key;
      const folder = folderUrl(artifact.origin, places);
      await store.noteUse(folder, artifact, key);
      const remote = artifact.files.map((file) => remoteFile(folder, file));
      const brought = await this.#bring(download, remote, signal);
      if (signal.aborted) return;
      const files = artifact.files.filter((_, index) => brought.includes(remote[index]));
      if (files.length < remote.length) await store.noteUse(folder, { ...artifact, files }, key);
      download.apply({ kind: 'stored' });
      onStored?.(request);
    } catch (thrown) {
      if (signal.aborted) return;
      download.apply({ kind: 'failed', failure: failureOf(thrown, 'network') });
      // The other files of a model that cannot be completed now wait for the next try.
      download.stop.abort(thrown);
    }
  }

  /** Returns the files that are there: all but optional ones that the server does not have. */
  async #bring(
    download: Download,
    files: readonly RemoteFile[],
    signal: AbortSignal,
  ): Promise<readonly (RemoteFile | undefined)[]> {
    const here: RemoteFile[] = [];
    const { client, now } = this.#services;
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- what is shown of it is `download`
    const parts = new Map<string, { readonly loaded?: number; readonly total: number | undefined }>(
      files.map(({ url, bytes }) => [url, { total: bytes }]),
    );
    const note = (url: string, loaded: number, total: number | undefined, moved: boolean) => {
      const before = parts.get(url)?.loaded;
      parts.set(url, { loaded, total });
      const all = [...parts.values()];
      const sum = (of: 'loaded' | 'total') => all.reduce((bytes, part) => bytes + (part[of] ?? 0), 0);
      // A file's first word tells what was here already.
      const moreBytes = before === undefined ? 0 : loaded - before;
      download.tell(
        sum('loaded'),
        all.every((part) => part.total !== undefined) ? sum('total') : undefined,
        moved ? { moreBytes, nowMs: now() } : undefined,
      );
    };
    const bring = async (file: RemoteFile) => {
      const brought = await client.bring(file, signal, {
        onNotice: (notice) => download.apply({ kind: 'notice', notice }),
        onProgress: ({ loadedBytes, totalBytes = file.bytes }) =>
          note(file.url, loadedBytes, totalBytes, true),
      });
      if (brought === 'not-there') {
        if (file.optional !== true) throw new NotThere(`${file.path}: HTTP 404`);
        note(file.url, 0, 0, false);
        return;
      }
      here.push(file);
      // A file that was here before says nothing of itself.
      const total = file.bytes ?? parts.get(file.url)?.total;
      if (total !== undefined) note(file.url, total, total, false);
    };
    // The largest first, so that no large one is left alone at the end.
    await eachOf(
      [...files].sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0)),
      FILES_AT_ONCE,
      bring,
    );
    return here;
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
