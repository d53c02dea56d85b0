// @ts-check
/** What the app has stored of its answers, read from where it keeps them. */

/**
 * @typedef {object} Wanted
 * @property {number} lanes
 * @property {number} count
 * @property {string | undefined} [seen] an answer that was read before: its conversation is not the newest any more
 */

/**
 * The newest finished answer of every lane to the newest conversation's last prompt, once each lane has `count`.
 *
 * @param {import('playwright').Page} page any page of the app's origin
 * @param {Wanted} wanted
 * @returns {Promise<readonly { id: string, tokens: number, decodeRate: number }[]>}
 */
export async function storedAnswers(page, wanted) {
  for (;;) {
    const answers = await page.evaluate(readAnswers, wanted);
    if (answers !== undefined) return answers;
    await page.waitForTimeout(250);
  }
}

/**
 * Runs in the page; undefined while an answer is missing.
 *
 * @param {Wanted} wanted
 */
async function readAnswers({ lanes, count, seen }) {
  /** @type {<T>(request: IDBRequest<T>) => Promise<T>} */
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await settled(indexedDB.open('opentab'));
  const records = database.transaction('conversations').objectStore('conversations').getAll();
  const conversations = /** @type {import('../src/domain/conversation').Conversation[]} */ (
    await settled(records)
  );
  database.close();
  const newest = conversations
    .filter(({ exchanges }) => exchanges.length > 0)
    .sort((a, b) => b.createdAt - a.createdAt)[0];
  const attempts = Object.values(newest?.exchanges.at(-1)?.attempts ?? {});
  const failed = attempts.flatMap(({ answers }) => answers).find(({ end }) => end === 'failed');
  if (failed !== undefined) throw new Error(`an answer failed: ${failed.failure?.detail}`);
  const finished = attempts.map(({ answers }) =>
    answers.filter(({ end }) => end === 'stop' || end === 'length'),
  );
  if (finished.length < lanes || finished.some((answers) => answers.length < count)) return undefined;
  if (finished.flat().some(({ id }) => id === seen)) return undefined;
  return finished.flatMap((answers) => {
    const last = answers.at(-1);
    const metrics = last?.run?.metrics;
    return last === undefined || metrics === undefined
      ? []
      : [{ id: last.id, tokens: metrics.outputTokens ?? 0, decodeRate: metrics.decodeRate ?? 0 }];
  });
}
