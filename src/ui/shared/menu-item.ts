import type { Component } from 'svelte';

/** A line of a menu. */
export type MenuItem =
  | {
      readonly label: string;
      readonly icon?: Component<{ 'aria-hidden'?: 'true' }> | undefined;
      /** Shown at the end of the line: a shortcut, a size. */
      readonly hint?: string | undefined;
      readonly disabled?: boolean | undefined;
      readonly danger?: boolean | undefined;
      /** Makes the line a choice that is taken or not. */
      readonly checked?: boolean | undefined;
      onselect(): void;
    }
  | { readonly separator: true };
