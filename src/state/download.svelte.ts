/** One download, as a screen shows it; `Downloads` is the queue that it stands in. */

import type { Artifact } from '../domain/artifact';
import type { Failure } from '../domain/failure';
import { ByteRate } from '../weights/byte-rate';
import { nextPhase, type DownloadEvent, type DownloadPhase } from '../weights/download-machine';

export interface DownloadRequest {
  /** The caller's name for it, for example a variant's id. */
  readonly id: string;
  /** What the list shows. */
  readonly label: string;
  readonly artifact: Artifact;
  /** Asked before a byte is fetched: why this machine cannot run it. */
  readonly refuse?: () => Promise<Failure | undefined>;
}

export class Download {
  readonly id: string;
  readonly label: string;
  readonly request: DownloadRequest;
  #phase = $state.raw<DownloadPhase>({ kind: 'queued' });
  #loadedBytes = $state.raw(0);
  #totalBytes = $state.raw<number | undefined>(undefined);
  #bytesPerSecond = $state.raw<number | undefined>(undefined);
  #rate = new ByteRate();
  /** Bytes that came over the network: what was here before is progress and no speed. */
  #fetchedBytes = 0;
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
  tell(
    loadedBytes: number,
    totalBytes: number | undefined,
    fetched?: { readonly moreBytes: number; readonly nowMs: number },
  ): void {
    this.#loadedBytes = loadedBytes;
    this.#totalBytes = totalBytes;
    if (fetched === undefined) return;
    this.#fetchedBytes += fetched.moreBytes;
    this.#rate.add(fetched.nowMs, this.#fetchedBytes);
    this.#bytesPerSecond = this.#rate.perSecond;
    this.apply({ kind: 'bytes' });
  }

  /** For `Downloads` alone. */
  beginAnew(): AbortSignal {
    this.stop = new AbortController();
    this.#rate = new ByteRate();
    this.#bytesPerSecond = undefined;
    return this.stop.signal;
  }
}
