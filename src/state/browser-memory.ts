/** Small things that outlive a visit: a few short strings in `localStorage`, or in memory where that is refused. */

export interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

/**
 * @param open gives the storage; even touching `localStorage` throws where the browser blocks it, so it is asked
 *   for inside, and what cannot be stored lasts until the page is closed.
 */
export function browserMemory(open: () => Pick<Storage, 'getItem' | 'setItem'> = () => localStorage): Memory {
  const unstored = new Map<string, string>();
  return {
    get(key) {
      const value = unstored.get(key);
      if (value !== undefined) return value;
      try {
        return open().getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    set(key, value) {
      try {
        open().setItem(key, value);
        unstored.delete(key);
      } catch {
        unstored.set(key, value);
      }
    },
  };
}
