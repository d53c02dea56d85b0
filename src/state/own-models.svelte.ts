/** Adding a model of one's own: looked into first, shown, and taken only then. What was added is in `OwnList`. */

import { readAddress, type OwnAddress } from '../catalog/own/address';
import type { Inspector } from '../catalog/own/inspector';
import { asRefusal, propose, refused, type OwnFolder, type Proposal } from '../catalog/own/propose';
import type { OwnModelRefused } from '../catalog/own/refusal';
import { fitOf } from '../catalog/estimate';
import type { ArtifactFile } from '../domain/artifact';
import { SHORTEST_CONTEXT_TOKENS } from '../domain/engine';
import { FailureError } from '../domain/failure';
import type { CatalogModel, Variant } from '../domain/model';
import { addressProblem } from '../domain/provider';
import { artifactKey, folderUrl, remoteFile } from '../weights/addresses';
import { isComplete } from '../weights/chunk-store';
import { storeLocalFile } from '../weights/local-files';
import type { WeightStore } from '../weights/weight-store';
import type { WeightsClient } from '../weights/weights-client';
import { cannotRun } from './cannot-run';
import type { ModelStorage } from './model-storage.svelte';
import type { Models } from './models.svelte';
import { droppedModels, type DroppedModel, type LocalFile } from './own-dropped';
import { farFolder, localFolder, type FarServices } from './own-folders';
import type { OwnList } from './own-list.svelte';
import { permitSources } from './permit-sources';

export type { DroppedModel, LocalFile };

export type AddPhase =
  | { readonly kind: 'idle' }
  /** `where` is what was typed, or the name of what was dropped. */
  | { readonly kind: 'looking'; readonly where: string }
  /** Dropped files that are several models: one is chosen, looked into and taken, then the next. */
  | { readonly kind: 'several'; readonly models: readonly DroppedModel[] }
  | { readonly kind: 'found'; readonly proposal: Proposal }
  /** Dropped files on their way into the store, in bytes. */
  | { readonly kind: 'storing'; readonly name: string; readonly loaded: number; readonly total: number }
  | { readonly kind: 'refused'; readonly refused: OwnModelRefused };

export interface OwnModelsServices extends FarServices {
  readonly client: FarServices['client'] & Pick<WeightsClient, 'renew'>;
  readonly list: OwnList;
  readonly inspector: Pick<Inspector, 'header' | 'template'>;
  readonly store: WeightStore;
  readonly models: Pick<Models, 'machine'>;
  /** Undefined where the browser stores nothing. */
  readonly storage: () => Pick<ModelStorage, 'downloads' | 'of' | 'remove' | 'refresh'> | undefined;
  /** Ends the engines of these variants, and what they are doing. Must not reject. */
  readonly unload: (variants: readonly Variant[]) => Promise<void>;
  /** True where the page itself came over TLS: it may then ask no server without it. */
  readonly overTls: boolean;
}

export class OwnModels {
  #phase = $state.raw<AddPhase>({ kind: 'idle' });
  /** Ends what is under way. */
  #stop = new AbortController();
  /** Where the files of the proposal are. */
  #folder: OwnFolder | undefined;
  /** What was dropped together and is not taken yet, and which of it is looked into. */
  #several = $state.raw<readonly DroppedModel[]>([]);
  #chosen: DroppedModel | undefined;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing that is shown
  readonly #permitted = new Set<string>();
  readonly #services: OwnModelsServices;

  constructor(services: OwnModelsServices) {
    this.#services = services;
  }

  get phase(): AddPhase {
    return this.#phase;
  }

  /** True where a cancel leads back to a choice among several models. */
  get amongSeveral(): boolean {
    return this.#several.length > 0;
  }

  /** Looks into a repository of the hub, a folder on another server, or one file there. Never rejects. */
  async look(text: string): Promise<void> {
    const address = readAddress(text);
    this.#several = [];
    await this.#look(text.trim(), async (signal) => {
      if (address === undefined) throw refused({ kind: 'not-an-address' }, text.trim().slice(0, 200));
      this.#refuseInsecure(address);
      await this.#permit(address);
      return farFolder(address, this.#services, signal);
    });
  }

  /** Looks into files of this machine: a model, or several to choose from. Never rejects. */
  async lookAtFiles(files: readonly LocalFile[]): Promise<void> {
    const { inspector, places } = this.#services;
    this.#several = [];
    await this.#look(files[0]?.path ?? '', async (signal) => {
      const models = await droppedModels(files, inspector, signal);
      const [only] = models;
      if (only === undefined) throw refused({ kind: 'nothing-dropped' }, 'no file');
      return models.length > 1 ? models : localFolder(only, places);
    });
  }

  /** Looks into one of several models that were dropped together. Never rejects. */
  async choose(model: DroppedModel): Promise<void> {
    this.#chosen = model;
    await this.#look(model.name, () => localFolder(model, this.#services.places));
  }

  /** Ends what is under way, or forgets what was found; a choice among several comes again, and ends with the next. */
  cancel(): void {
    if (this.#phase.kind === 'several') this.#several = [];
    this.#rest();
  }

  /** Takes what was found: files of this machine are stored now, others when they are asked for. Never rejects. */
  async take(): Promise<CatalogModel | undefined> {
    const folder = this.#folder;
    if (this.#phase.kind !== 'found' || folder === undefined) return undefined;
    const { model } = this.#phase.proposal;
    if (folder.origin.kind === 'local' && !(await this.#store(model, folder))) return undefined;
    this.#services.list.add(model);
    await this.#services.storage()?.refresh();
    this.#several = this.#several.filter((one) => one !== this.#chosen);
    this.#rest();
    return model;
  }

  /** Unloads and forgets a model, and deletes what is stored of it. Resolves with the bytes that this freed. */
  async remove(model: CatalogModel): Promise<number> {
    const storage = this.#services.storage();
    await this.#services.unload(model.variants);
    let freed = 0;
    for (const variant of model.variants) {
      freed += (await storage?.downloads.cancel(variant.id)) ?? 0;
      const stored = storage?.of(variant);
      if (stored !== undefined) freed += (await storage?.remove(stored)) ?? 0;
    }
    this.#services.list.remove(model);
    return freed;
  }

  /** Ends what is under way. */
  #rest(): void {
    this.#stop.abort(new DOMException('cancelled', 'AbortError'));
    this.#folder = undefined;
    const models = this.#several;
    this.#phase = models.length === 0 ? { kind: 'idle' } : { kind: 'several', models };
  }

  async #look(
    where: string,
    open: (signal: AbortSignal) => Promise<OwnFolder | readonly DroppedModel[]>,
  ): Promise<void> {
    this.#rest();
    const stop = new AbortController();
    this.#stop = stop;
    this.#phase = { kind: 'looking', where };
    let phase: AddPhase;
    let name = where;
    let folder: OwnFolder | undefined;
    try {
      const opened = await open(stop.signal);
      if (!('files' in opened)) {
        if (stop.signal.aborted) return;
        this.#several = opened;
        this.#rest();
        return;
      }
      folder = opened;
      name = folder.where;
      const proposal = await propose(folder, this.#services.inspector, stop.signal);
      this.#refuseTooLarge(proposal.model);
      phase = { kind: 'found', proposal };
    } catch (thrown) {
      phase = { kind: 'refused', refused: asRefusal(thrown, name) };
    }
    if (stop.signal.aborted) return;
    this.#folder = phase.kind === 'found' ? folder : undefined;
    this.#phase = phase;
  }

  #refuseInsecure(address: OwnAddress): void {
    if (address.kind === 'hub' || !this.#services.overTls) return;
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- only its text is kept
    const { host } = new URL(address.url);
    if (addressProblem(address.url) === 'insecure') throw refused({ kind: 'insecure-address', host }, host);
  }

  /** The person named the place: that is what permits it. */
  async #permit(address: OwnAddress): Promise<void> {
    const { places, client } = this.#services;
    const origin =
      address.kind === 'hub'
        ? ({ kind: 'hub', repository: address.repository, revision: address.revision } as const)
        : ({ kind: 'url', url: address.url } as const);
    const source = { baseUrl: folderUrl(origin, places), artifact: { origin, files: [] } };
    if (await permitSources(source, this.#permitted)) client.renew();
  }

  /** Only where no variant can run for want of room; what else stands against one is said on the card. */
  #refuseTooLarge(model: CatalogModel): void {
    const { machine } = this.#services.models;
    if (machine === undefined) return;
    // However long a context is tried in the list: in a lane it can be as short as this.
    const contextTokens = SHORTEST_CONTEXT_TOKENS;
    const [smallest] = [...model.variants].sort((one, other) => one.bytes - other.bytes);
    const runs = model.variants.some(
      (variant) => cannotRun(model, variant, contextTokens, machine) === undefined,
    );
    if (runs || smallest === undefined) return;
    for (const device of smallest.devices) {
      const { obstacles } = fitOf(model, { ...smallest, devices: [device] }, contextTokens, machine);
      for (const obstacle of obstacles) {
        if (obstacle.kind !== 'buffer' && obstacle.kind !== 'address-space') continue;
        const { needs, offers } = obstacle;
        throw refused({ kind: 'too-large', needs, offers }, `${obstacle.kind}: ${needs} of ${offers} bytes`);
      }
    }
  }

  /** False where it did not come to that: cancelled, or refused by the store. */
  async #store(model: CatalogModel, folder: OwnFolder): Promise<boolean> {
    const { store } = this.#services;
    const { signal } = this.#stop;
    const artifacts = model.variants.map(({ artifact }) => artifact);
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made here, and gone with the call
    const files = new Map<string, ArtifactFile>(
      artifacts.flatMap((artifact) => artifact.files.map((file) => [file.path, file] as const)),
    );
    const total = [...files.values()].reduce((sum, { bytes = 0 }) => sum + bytes, 0);
    const tell = (loaded: number) => {
      if (!signal.aborted) this.#phase = { kind: 'storing', name: model.name, loaded, total };
    };
    tell(0);
    try {
      // Named before they are there: what a closed tab leaves half stored can then be seen, and deleted.
      for (const artifact of artifacts) await store.noteUse(folder.baseUrl, artifact);
      let before = 0;
      for (const file of files.values()) {
        const blob = folder.fileOf?.(file.path);
        if (blob === undefined) throw new FailureError('file-missing', file.path);
        const from = before;
        const target = remoteFile(folder.baseUrl, file);
        // A model that was added before is not written again, so that a cancel takes nothing from it.
        if (!isComplete(await store.chunks.blob(target.blob)))
          await storeLocalFile(store, target, blob, signal, {
            onProgress: ({ loadedBytes }) => tell(from + loadedBytes),
          });
        before += blob.size;
        tell(before);
      }
      signal.throwIfAborted();
      return true;
    } catch (thrown) {
      const known = this.#services.list.list.some(({ id }) => id === model.id);
      for (const artifact of known ? [] : artifacts)
        await store.remove(artifactKey(folder.baseUrl, artifact)).catch(() => 0);
      if (!signal.aborted) this.#phase = { kind: 'refused', refused: asRefusal(thrown, model.name) };
      return false;
    }
  }
}
