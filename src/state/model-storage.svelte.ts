/**
 * Downloads and what is stored, as the Models and Settings screens show them: matched with the catalogue by the names
 * that the store gives. With the weights' room behind it this is a chunk of its own: see `StorageDoor`.
 */

import { SHORTEST_CONTEXT_TOKENS } from '../domain/engine';
import type { CatalogModel, CatalogVariant } from '../domain/model';
import { artifactKey, folderUrl, HUB_URL } from '../weights/addresses';
import type { StoredArtifact } from '../weights/chunk-store';
import { WeightStore } from '../weights/weight-store';
import { WeightsClient } from '../weights/weights-client';
import { cannotRun } from './cannot-run';
import type { Download } from './download.svelte';
import { Downloads, type DownloadsServices } from './downloads.svelte';
import type { Models } from './models.svelte';
import { permitSources } from './permit-sources';
import { StoredModels } from './stored-models.svelte';

export interface ModelStorageServices {
  readonly models: Pick<Models, 'all' | 'entry' | 'machine'>;
  /** Absolute address of the app's folder, with a slash at its end. */
  readonly appUrl: string;
  readonly storage: StorageManager | undefined;
  /** Ms, on a clock that does not jump. */
  readonly now: () => number;
  /** All files of a variant are stored. */
  readonly onStored: (entry: ModelVariant) => void;
  /** Remembers over visits whether a download is unfinished. */
  readonly noteUnfinished: (unfinished: boolean) => void;
}

/** A variant with its model. */
export interface ModelVariant {
  readonly model: CatalogModel;
  readonly variant: CatalogVariant;
}

export class ModelStorage {
  readonly downloads: Downloads;
  readonly stored: StoredModels;
  readonly #services: ModelStorageServices;
  readonly #places: DownloadsServices['places'];
  readonly #variants = $derived.by(() => {
    const variants = this.#services.models.all.flatMap((model) =>
      model.variants.map((variant) => [this.#keyOf(variant), { model, variant }] as const),
    );
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- it is made anew, never changed
    return new Map<string, ModelVariant>(variants);
  });
  readonly #stored = $derived.by(
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- it is made anew, never changed
    () => new Map(this.stored.list.map((one) => [one.key, one])),
  );
  readonly #unfinished = $derived.by(() =>
    this.stored.list.flatMap((stored) => {
      const known = stored.complete || stored.storedBytes === 0 ? undefined : this.#variants.get(stored.key);
      // What was dropped here cannot be gone on with: there is nobody to ask for the rest.
      if (known === undefined || stored.origin.kind === 'local') return [];
      return this.download(known.variant) === undefined ? [{ ...known, stored }] : [];
    }),
  );

  /** `store` and `client` are parameters for tests. */
  constructor(
    services: ModelStorageServices,
    store: DownloadsServices['store'] & Pick<WeightStore, 'list' | 'pin'> = new WeightStore(),
    client: DownloadsServices['client'] & Pick<WeightsClient, 'renew'> = new WeightsClient(),
  ) {
    const { models, appUrl, storage, now, onStored } = services;
    this.#services = services;
    this.#places = { appUrl, hubUrl: HUB_URL };
    this.stored = new StoredModels(store, storage);
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing that is shown
    const permitted = new Set<string>();
    this.downloads = new Downloads({
      client,
      store,
      places: this.#places,
      now,
      persist: () => this.stored.persist(),
      permit: async ({ id, artifact }) => {
        const baseUrl = models.entry(id)?.variant.baseUrl;
        if (baseUrl !== undefined && (await permitSources({ baseUrl, artifact }, permitted))) client.renew();
      },
      onStored: ({ id }) => {
        const entry = this.#variantOf(id);
        if (entry !== undefined) onStored(entry);
      },
      onChange: () => void this.refresh(),
    });
  }

  /** The download of a variant that runs, waits, is paused or failed. */
  download({ id }: Pick<CatalogVariant, 'id'>): Download | undefined {
    const download = this.downloads.find(id);
    return download?.phase.kind === 'complete' ? undefined : download;
  }

  /** What of a variant is stored, whole or in part. */
  of(variant: CatalogVariant): StoredArtifact | undefined {
    return this.#stored.get(this.#keyOf(variant));
  }

  /** What the catalogue calls something stored; undefined where it has no such entry, or none any more. */
  entryOf({ key }: Pick<StoredArtifact, 'key'>): ModelVariant | undefined {
    return this.#variants.get(key);
  }

  /** What an earlier visit began and did not finish. */
  get unfinished(): readonly (ModelVariant & { readonly stored: StoredArtifact })[] {
    return this.#unfinished;
  }

  /** What may be deleted to make room for `variant`: not pinned, not being fetched, longest unused first. */
  deletableFor(variant: CatalogVariant): readonly StoredArtifact[] {
    const own = this.#keyOf(variant);
    const fetching = this.downloads.list.flatMap(({ key, phase }) =>
      key !== undefined && phase.kind === 'running' ? [key] : [],
    );
    return this.stored.deletable.filter(
      ({ key, storedBytes }) => key !== own && !fetching.includes(key) && storedBytes > 0,
    );
  }

  /** Begins the download of a variant, or goes on with it. */
  fetch({ model, variant }: ModelVariant): void {
    const { noteUnfinished, models } = this.#services;
    noteUnfinished(true);
    this.downloads.start({
      id: variant.id,
      label: `${model.name} ${variant.precision}`,
      artifact: variant.artifact,
      refuse: () => {
        const { machine } = models;
        // Whatever context is tried in the list: how long it is to be is chosen in a lane.
        return Promise.resolve(machine && cannotRun(model, variant, SHORTEST_CONTEXT_TOKENS, machine));
      },
    });
  }

  /** Deletes what is stored under this key. Resolves with the bytes that this freed. */
  async remove(stored: Pick<StoredArtifact, 'key'>): Promise<number> {
    const variant = this.entryOf(stored)?.variant;
    const download = variant && this.download(variant);
    // What is on its way to the disk would come after the deletion.
    const cancelled = download === undefined ? 0 : await this.downloads.cancel(download.id);
    const freed = cancelled + (await this.stored.remove(stored.key));
    await this.refresh();
    return freed;
  }

  async refresh(): Promise<void> {
    await this.stored.refresh();
    const going = this.downloads.list.some(({ phase }) => phase.kind !== 'complete');
    if (this.stored.failure === undefined)
      this.#services.noteUnfinished(going || this.stored.list.some(({ complete }) => !complete));
  }

  #keyOf({ artifact }: CatalogVariant): string {
    return artifactKey(folderUrl(artifact.origin, this.#places), artifact);
  }

  #variantOf(id: string): ModelVariant | undefined {
    return [...this.#variants.values()].find(({ variant }) => variant.id === id);
  }
}
