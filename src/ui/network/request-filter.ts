/** Which requests of the ledger are listed. */

import type { NetworkEntry, RequestPurpose } from '../../domain/network';

export type Filtered<Value extends string> = Value | 'any';

export interface RequestFilter {
  /** An origin. */
  readonly host: Filtered<string>;
  readonly purpose: Filtered<RequestPurpose>;
  /** `yes` also takes those of which it is not known. */
  readonly prompt: Filtered<'yes' | 'no'>;
}

export function matches({ host, purpose, prompt }: RequestFilter, entry: NetworkEntry): boolean {
  return (
    (host === 'any' || entry.origin === host) &&
    (purpose === 'any' || entry.purpose === purpose) &&
    (prompt === 'any' || (prompt === 'no') === (entry.prompt === 'no'))
  );
}

/**
 * A request to the app's own site that is known to carry no prompt. There are hundreds of them in a visit.
 * @param here the app's own origin
 */
export function isOwnFile({ origin, prompt, redirectedTo }: NetworkEntry, here: string): boolean {
  return origin === here && prompt === 'no' && (redirectedTo === undefined || redirectedTo === here);
}

/** What a link to the ledger holds that shows the requests to one host: "#/network?host=api.example.com". */
export function hostLink(screen: string, host: string): string {
  return `${screen}?host=${encodeURIComponent(host)}`;
}

/** The origin that the address names by its host; `any` where it names none of `origins`. */
export function linkedHost(hash: string, origins: readonly string[]): Filtered<string> {
  const query = /^#[^?]*\?(.*)$/.exec(hash)?.[1];
  const host = query === undefined ? null : new URLSearchParams(query).get('host');
  return origins.find((origin) => new URL(origin).host === host) ?? 'any';
}
