/** The ledger as a file: the same figures as on the screen, in units that a program reads. */

import type { NetworkEntry } from '../domain/network';
import type { NetworkLedger } from './network-ledger.svelte';

const columns = [
  'time',
  'durationMs',
  'context',
  'method',
  'origin',
  'path',
  'redirectedTo',
  'purpose',
  'prompt',
  'variantId',
  'bytesOut',
  'bytesIn',
  'status',
  'state',
  'answeredBy',
  'called',
] as const;

type Row = Readonly<Record<(typeof columns)[number], string | number | boolean | undefined>>;

function rowOf({ startedAt, durationMs, ...entry }: NetworkEntry): Row {
  return {
    redirectedTo: undefined,
    variantId: undefined,
    bytesOut: undefined,
    bytesIn: undefined,
    status: undefined,
    answeredBy: undefined,
    ...entry,
    time: new Date(startedAt).toISOString(),
    durationMs: durationMs === undefined ? undefined : Math.round(durationMs * 10) / 10,
  };
}

/** @param here the app's own origin */
export function networkJson(ledger: NetworkLedger, entries: readonly NetworkEntry[], here: string): string {
  return JSON.stringify(
    {
      format: 'opentab-network-ledger',
      version: 1,
      site: here,
      visitStartedAt: new Date(ledger.startedAt).toISOString(),
      /** Of the whole visit, whatever is listed below. */
      total: ledger.total,
      byOrigin: Object.fromEntries(ledger.byOrigin),
      requests: entries.map((entry) => {
        const row = rowOf(entry);
        return Object.fromEntries(columns.map((column) => [column, row[column]]));
      }),
    },
    undefined,
    2,
  );
}

/** RFC 4180, with a row of names first. */
export function networkCsv(entries: readonly NetworkEntry[]): string {
  const lines = entries.map((entry) => {
    const row = rowOf(entry);
    return columns.map((column) => field(row[column]));
  });
  return [[...columns], ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

function field(value: string | number | boolean | undefined): string {
  const text = value === undefined ? '' : String(value);
  // A spreadsheet takes what begins so for a formula; another site chooses its addresses.
  const plain = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
