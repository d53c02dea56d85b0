/** Texts side by side that are scrolled as one: each is kept at the same share of its length. */

export class ScrollTogether {
  /** Whether scrolling one scrolls the others. */
  readonly #on: () => boolean;
  readonly #all = new Set<HTMLElement>();
  /** Those that were moved here, whose next scroll event is therefore nobody's doing. */
  readonly #moved = new WeakSet<HTMLElement>();

  constructor(on: () => boolean) {
    this.#on = on;
  }

  /** An attachment for an element that scrolls. */
  readonly attach = (element: HTMLElement): (() => void) => {
    const onscroll = (): void => {
      if (this.#moved.delete(element) || !this.#on()) return;
      this.#follow(element);
    };
    this.#all.add(element);
    element.addEventListener('scroll', onscroll, { passive: true });
    return () => {
      this.#all.delete(element);
      element.removeEventListener('scroll', onscroll);
    };
  };

  #follow(leader: HTMLElement): void {
    const room = leader.scrollHeight - leader.clientHeight;
    const share = room > 0 ? leader.scrollTop / room : 0;
    for (const other of this.#all) {
      if (other === leader) continue;
      const before = other.scrollTop;
      other.scrollTop = share * (other.scrollHeight - other.clientHeight);
      // Where nothing moved there is no event to wait for.
      if (other.scrollTop !== before) this.#moved.add(other);
    }
  }
}
