/**
 * What an answer is made of once it has been read: only things that are safe to show.
 *
 * Text in this tree has passed `makeVisible`; addresses have passed `linkAddress`; there is no HTML and no image
 * source in it at all. The exception is `code`, which is kept as written so that a copy of it works.
 */

import type { LinkAddress } from './link-address';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'emphasis'; readonly children: readonly Inline[] }
  | { readonly kind: 'deleted'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly address: LinkAddress; readonly children: readonly Inline[] }
  /** A link that leads nowhere a person may go: its words and its address, as text. */
  | { readonly kind: 'inert-link'; readonly url: string; readonly children: readonly Inline[] }
  /** Stands for an image that is not loaded. `host` is empty where the image was inside the answer. */
  | { readonly kind: 'image'; readonly alt: string; readonly host: string };

export type Alignment = 'left' | 'center' | 'right' | undefined;
export type Cell = readonly Inline[];

export interface ListItem {
  /** Undefined where the item is no task. */
  readonly checked: boolean | undefined;
  readonly children: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly start: number | undefined;
      readonly loose: boolean;
      readonly items: readonly ListItem[];
    }
  /** `code` as `codePieces` cuts it. */
  | { readonly kind: 'code'; readonly language: string; readonly code: readonly string[] }
  | {
      readonly kind: 'table';
      readonly align: readonly Alignment[];
      readonly head: readonly Cell[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | { readonly kind: 'rule' }
  /** Text that could not be read as Markdown. */
  | { readonly kind: 'plain'; readonly text: string };

/** A top-level block and where it stands in the text that was parsed, in UTF-16 code units. */
export interface PlacedBlock {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}
