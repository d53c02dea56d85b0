// @ts-check
/** One line that says how far it is; only where there is a terminal to write it to. */

const EVERY_MS = 500;

/**
 * @param {number} total bytes
 * @param {NodeJS.WriteStream | undefined} stream
 */
export function meter(total, stream) {
  const startedAt = performance.now();
  let bytes = 0;
  let shownAt = 0;
  const show = stream?.isTTY === true;
  return {
    /** @param {number} more bytes that are there now; negative where they had to be thrown away */
    add(more) {
      bytes += more;
      const now = performance.now();
      if (!show || now - shownAt < EVERY_MS) return;
      shownAt = now;
      const perSecond = bytes / ((now - startedAt) / 1000);
      const left = perSecond > 0 ? Math.round((total - bytes) / perSecond) : 0;
      stream?.write(
        `\r${((bytes / total) * 100).toFixed(1)} %  ${(bytes / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB  ` +
          `${(perSecond / 1e6).toFixed(1)} MB/s  ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')} left \u001b[K`,
      );
    },
    end() {
      if (show) stream?.write('\r\u001b[K');
    },
  };
}
