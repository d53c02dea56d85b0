/** The ledger as a file: the same figures as on the screen, in units that a program reads. */

import { csvText, type CsvCell } from '../domain/csv';
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

type Row = Readonly<Record<(typeof columns)[number], CsvCell>>;

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

/** With a row of names first. */
export function networkCsv(entries: readonly NetworkEntry[]): string {
  const rows = entries.map(rowOf).map((row) => columns.map((column) => row[column]));
  return csvText([columns, ...rows]);
}
