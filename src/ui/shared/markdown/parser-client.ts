/** The page's half of the parser: started at first use, shared by every answer, restarted when it hangs. */

import type { PlacedBlock } from './ast';

export interface ParseRequest {
  readonly id: number;
  readonly text: string;
}

export interface ParseAnswer {
  readonly id: number;
  readonly blocks: PlacedBlock[] | undefined;
}

/** Resolves with undefined where the text cannot be parsed, or not in time. Never rejects. */
export type Parse = (text: string) => Promise<PlacedBlock[] | undefined>;

/** The least that is needed of a `Worker`. */
export interface ParserPort {
  postMessage(request: ParseRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<ParseAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** A window of text takes a few ms; this is for input made to be slow. The clock starts with each answer. */
const DEADLINE_MS = 4000;
/** Fetching and starting the worker happens once and depends on the network. */
const START_DEADLINE_MS = 20_000;
/** After so many the worker is taken to be blocked, and answers stay plain text. */
const MOST_FAILED_STARTS = 3;

export function createParser(start: () => ParserPort): Parse {
  let port: ParserPort | undefined;
  let lastId = 0;
  let started = false;
  let failedStarts = 0;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const waiting = new Map<number, (blocks: PlacedBlock[] | undefined) => void>();

  function watch(): void {
    clearTimeout(deadline);
    deadline = undefined;
    if (waiting.size > 0) deadline = setTimeout(abandon, started ? DEADLINE_MS : START_DEADLINE_MS);
  }

  /** Everything that waits is shown as plain text; the next request starts a new worker. */
  function abandon(): void {
    if (!started) failedStarts += 1;
    port?.terminate();
    port = undefined;
    const settled = [...waiting.values()];
    waiting.clear();
    watch();
    for (const settle of settled) settle(undefined);
  }

  function open(): ParserPort {
    const opened = start();
    opened.onmessage = ({ data }) => {
      started = true;
      const settle = waiting.get(data.id);
      waiting.delete(data.id);
      watch();
      settle?.(data.blocks);
    };
    opened.onerror = abandon;
    return opened;
  }

  return (text) =>
    new Promise((resolve) => {
      if (failedStarts >= MOST_FAILED_STARTS) {
        resolve(undefined);
        return;
      }
      lastId += 1;
      waiting.set(lastId, resolve);
      if (waiting.size === 1) watch();
      port ??= open();
      port.postMessage({ id: lastId, text });
    });
}

export const parseInWorker = createParser(
  () => new Worker(new URL('./parser.worker.ts', import.meta.url), { type: 'module', name: 'markdown' }),
);
