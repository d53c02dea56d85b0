/**
 * Chromium's own log of its network stack (`--log-net-log=FILE`): what was really asked for, below pages, workers and
 * service workers. It is complete once the browser has been closed.
 */

import { readFile } from 'node:fs/promises';

/** A request that reached the network stack, with the redirects that it was sent on by. */
export interface LoggedRequest {
  readonly method: string;
  /** The first is what was asked for. */
  readonly urls: readonly string[];
  /** The origin of the page or worker that asked; other words for the browser, which also asks by itself. */
  readonly initiator: string;
}

interface Constants {
  readonly logEventTypes: Readonly<Record<string, number>>;
}

interface LogEvent {
  readonly type: number;
  readonly source: { readonly id: number };
  readonly params?: { readonly url?: string; readonly method?: string; readonly initiator?: string };
}

export async function loggedRequests(file: string): Promise<LoggedRequest[]> {
  const [first = '', ...lines] = (await readFile(file, 'utf8')).split('\n');
  const { constants } = JSON.parse(`${first.replace(/,$/, '')}}`) as { constants: Constants };
  const started = constants.logEventTypes['URL_REQUEST_START_JOB'];
  if (started === undefined) throw new Error('the log knows no event for a request');
  const requests = new Map<number, LoggedRequest>();
  for (const line of lines) {
    // An event on each line, and a few lines of other things around them.
    if (!line.startsWith('{"params"')) continue;
    const { type, source, params } = JSON.parse(line.replace(/(?:,|\],)$/, '')) as LogEvent;
    if (type !== started || params?.url === undefined) continue;
    const { method = '', url, initiator = '' } = params;
    const known = requests.get(source.id) ?? { method, urls: [], initiator };
    requests.set(source.id, { ...known, urls: [...known.urls, url] });
  }
  return [...requests.values()];
}
