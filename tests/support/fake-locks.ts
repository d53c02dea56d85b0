/** Web Locks for tests: one browser, with as many tabs as a test wants. */

import type { Locks } from '../../src/state/conversation-lock';

type Held = () => unknown;
type Tab = NonNullable<Locks> & { close(): void };

export function fakeLocks(): { tab(): Tab } {
  /** Who holds or waits for each name, in order. */
  const queues = new Map<string, { readonly start: () => void }[]>();

  function tab(): Tab {
    const ends: (() => void)[] = [];
    const locks = {
      request: (name: string, { signal }: LockOptions, held: Held) =>
        new Promise<never>((resolve, reject) => {
          const queue = queues.get(name) ?? [];
          queues.set(name, queue);
          const leave = () => {
            const at = queue.indexOf(entry);
            if (at >= 0) queue.splice(at, 1);
            if (at === 0) queue[0]?.start();
          };
          const refuse = () => {
            leave();
            reject(signal?.reason);
          };
          const entry = {
            start: () => {
              signal?.removeEventListener('abort', refuse);
              ends.push(leave);
              void Promise.resolve(held())
                .then(leave)
                .then(() => resolve(undefined as never));
            },
          };
          signal?.addEventListener('abort', refuse, { once: true });
          if (queue.push(entry) === 1) entry.start();
        }),
      close: () => {
        for (const end of ends) end();
      },
    };
    // The other overload, without options, is used by nobody who is tested with these.
    return locks as unknown as Tab;
  }
  return { tab };
}
