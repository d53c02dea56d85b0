/** Short notices that come and go by themselves. `ToastRegion` shows them. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'neutral' | 'danger';
  /** What can be done about it, such as undoing. The notice goes when it is done. */
  readonly action: { readonly label: string; run(): void } | undefined;
  readonly durationMs: number;
}

export interface NewToast {
  readonly text: string;
  readonly tone?: Toast['tone'];
  readonly action?: Toast['action'];
  readonly durationMs?: number;
}

const DURATION_MS = 6000;
/** Longer, because there is something to decide. */
const ACTION_DURATION_MS = 12_000;
/** An older one goes when there are more. */
const MOST_SHOWN = 4;

class Toasts {
  #shown = $state.raw<readonly Toast[]>([]);
  #lastId = 0;

  get shown(): readonly Toast[] {
    return this.#shown;
  }

  show({ text, tone = 'neutral', action, durationMs }: NewToast): number {
    this.#lastId += 1;
    const toast: Toast = {
      id: this.#lastId,
      text,
      tone,
      action,
      durationMs: durationMs ?? (action === undefined ? DURATION_MS : ACTION_DURATION_MS),
    };
    this.#shown = [...this.#shown, toast].slice(-MOST_SHOWN);
    return toast.id;
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
