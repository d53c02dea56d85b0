/** A part of a screen that an address can name behind the screen (`#/settings/storage`). */

/**
 * For `{@attach}`, on an element that can take the focus (`tabindex="-1"`): where the address names the part, or comes to
 * name it, it is scrolled to and has the focus.
 */
export function screenPart(name: string): (element: HTMLElement) => () => void {
  return (element) => {
    const show = () => {
      if (location.hash.split('/')[2] !== name) return;
      element.scrollIntoView({ block: 'start' });
      element.focus({ preventScroll: true });
    };
    // What stands above it is laid out by then.
    const frame = requestAnimationFrame(show);
    addEventListener('hashchange', show);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('hashchange', show);
    };
  };
}
