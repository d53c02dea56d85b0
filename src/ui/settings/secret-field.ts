/** A field for a secret, as who reads it sees it: the text is never in the page's state, only in the element. */

export class SecretField {
  #input: HTMLInputElement | undefined;

  /** For `{@attach}`. */
  readonly attach = (input: HTMLInputElement): (() => void) => {
    this.#input = input;
    return () => {
      this.#input = undefined;
    };
  };

  read(): string {
    return this.#input?.value ?? '';
  }

  clear(): void {
    if (this.#input !== undefined) this.#input.value = '';
  }

  focus(): void {
    this.#input?.focus();
  }
}
