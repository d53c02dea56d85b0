/** Models as data: a card per model, a variant per engine and precision, and four answers about openness. */

import type { Artifact } from './artifact';
import type { Device, EngineId, Precision } from './engine';

/** One thing that can be loaded: a model at one precision for one engine. */
export interface Variant {
  /** Unique in the catalogue, for example `pocket/onnx/q8`. */
  readonly id: string;
  readonly engine: EngineId;
  readonly precision: Precision;
  /** Folder that holds `config.json`, relative to the app's base address or absolute. */
  readonly baseUrl: string;
  /** Paths in that folder, where the precision alone does not tell them: a GGUF file, or its parts in order. */
  readonly files?: readonly string[];
  /** Path in that folder of the GGUF file ("mmproj") that turns images into tokens; undefined where it reads text alone. */
  readonly projector?: string;
  /** Where its files are and what is known of them; undefined where it has none, as a model behind an API. */
  readonly artifact?: Artifact;
  /** Absolute URL of the compiled code that belongs to it, where it has such. */
  readonly libraryUrl?: string;
  /** Bytes to fetch for a first load, the engine's own code not counted; 0 where nobody knows. */
  readonly bytes: number;
  /** WebGPU features without which the variant cannot run on WebGPU. */
  readonly requiredFeatures: readonly GPUFeatureName[];
  readonly devices: readonly Device[];
  /** True where the model computes elsewhere. Such lanes run beside the local ones and not in turn with them. */
  readonly remote?: boolean;
}

/** `unknown` is an answer too: it means that nobody could check. */
export type OpennessAnswer = 'yes' | 'partly' | 'no' | 'unknown';

/** Openness is four separate questions: open weights alone say nothing of the data or the code behind them. */
export interface Openness {
  readonly weights: OpennessAnswer;
  readonly trainingData: OpennessAnswer;
  readonly trainingCode: OpennessAnswer;
  readonly permissiveLicence: OpennessAnswer;
}

/** Of a model of which nobody has said anything. */
export const unknownOpenness: Openness = {
  weights: 'unknown',
  trainingData: 'unknown',
  trainingCode: 'unknown',
  permissiveLicence: 'unknown',
};

/** What a conversation starter shows of a model; the screen says it in words. */
export type SuggestionKind = 'term' | 'cause' | 'story' | 'sum' | 'order' | 'cost';

export interface Suggestion {
  readonly prompt: string;
  readonly shows: SuggestionKind;
}

export interface ModelCard {
  readonly id: string;
  readonly name: string;
  /** Whose API it is, where the model computes elsewhere; what is not known of such a model is 0, empty or unknown. */
  readonly provider?: string;
  /** True for a name that no model here goes by: it stands for what a conversation was made with. */
  readonly missing?: boolean;
  /** 0 where nobody knows. */
  readonly parameters: number;
  /** Context window in tokens: prompt and answer together. */
  readonly contextTokens: number;
  /** SPDX identifier. */
  readonly licence: string;
  readonly openness: Openness;
  readonly variants: readonly Variant[];
  /** What the model answers well, to start with: one conversation starter per entry. */
  readonly suggestions: readonly Suggestion[];
}

/** What attention keeps of each token, for the estimate of memory. */
export interface AttentionShape {
  /** Layers that keep keys and values; the others of a hybrid model keep a state of fixed size. */
  readonly layers: number;
  readonly kvHeads: number;
  /** Values in one key, and in one value. */
  readonly headSize: number;
  readonly embedding: number;
  readonly vocabulary: number;
}

/** What a model reads. */
export type Modality = 'text' | 'image-text';

/** Where a figure comes from. `computed`: from the parameters and the bits of the precision, within some percent. */
export type FigureSource = 'published' | 'computed';

/** A variant with where its figures come from. */
export interface CatalogVariant extends Variant {
  readonly artifact: Artifact;
  readonly bytesFrom: FigureSource;
  /** What its makers say that it takes, at a context of so many tokens. */
  readonly stated?: { readonly memoryBytes: number; readonly contextTokens: number };
  /** True where somebody looked at the repository and found these files. */
  readonly checked: boolean;
}

/** A model of the catalogue: a card, with what it takes to say what it needs and how open it is. */
export interface CatalogModel extends ModelCard {
  readonly family: string;
  readonly modality: Modality;
  readonly shape: AttentionShape;
  /** Addresses: the authors' card and licence, their data and training code where they show them. */
  readonly links: {
    /** Undefined where the model is part of the app's own source. */
    readonly card?: string;
    /** Undefined where nobody said under which licence it is. */
    readonly licence?: string;
    readonly data?: string;
    readonly code?: string;
  };
  /** The authors' file that parameters, context and shape are taken from. */
  readonly factsFrom: string;
  /** True where the person added it; what nobody said of its licence is empty. */
  readonly own?: true;
  readonly variants: readonly CatalogVariant[];
}
