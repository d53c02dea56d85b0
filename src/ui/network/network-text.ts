/** What the ledger's entries are called on the screen. */

import type { NetworkEntry, RequestContext, RequestPurpose } from '../../domain/network';
import { m } from '../../messages/messages.js';
import { getLocale } from '../../messages/runtime.js';

export const purposeNames: Readonly<Record<RequestPurpose, () => string>> = {
  answer: m.network_purpose_answer,
  'provider-check': m.network_purpose_provider_check,
  'sign-in': m.network_purpose_sign_in,
  listing: m.network_purpose_listing,
  model: m.network_purpose_model,
  engine: m.network_purpose_engine,
  app: m.network_purpose_app,
  update: m.network_purpose_update,
  other: m.network_purpose_other,
};

export const contextNames: Readonly<Record<RequestContext, () => string>> = {
  page: m.network_by_page,
  engine: m.network_by_engine,
  provider: m.network_by_provider,
  weights: m.network_by_weights,
  markdown: m.network_by_markdown,
  inspector: m.network_by_inspector,
  worker: m.network_by_worker,
  'service-worker': m.network_by_service_worker,
};

/** A host's name, or words for the app's own. */
export function hostName(origin: string): string {
  return origin === location.origin ? m.network_here() : new URL(origin).host;
}

export function statusText({ state, status }: NetworkEntry): string {
  const word = {
    open: m.network_state_open,
    failed: m.network_state_failed,
    cancelled: m.network_state_cancelled,
    done: m.network_state_done,
  }[state]();
  if (status === undefined) return word;
  return state === 'done' ? String(status) : `${status} · ${word}`;
}

/** Where the answer came from, where it was not simply the server that was asked. */
export function answeredByText({ answeredBy, redirectedTo }: NetworkEntry): string | undefined {
  if (answeredBy === 'cache') return m.network_from_cache();
  if (answeredBy === 'service-worker') return m.network_from_service_worker();
  return redirectedTo === undefined ? undefined : m.network_redirected({ host: hostName(redirectedTo) });
}

export function promptText({ prompt }: NetworkEntry): string | undefined {
  if (prompt === 'no') return undefined;
  return prompt === 'yes' ? m.network_prompt_yes() : m.network_prompt_unknown();
}

/** A time of day with its seconds. */
export function clockTime(epochMs: number): string {
  return new Intl.DateTimeFormat(getLocale(), { timeStyle: 'medium' }).format(epochMs);
}

export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(getLocale()).format(names);
}
