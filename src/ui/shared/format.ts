/** Numbers as a person reads them: the locale's digits, three significant figures, the unit after a no-break space. */

import { m } from '../../messages/messages.js';
import { getLocale } from '../../messages/runtime.js';

const NO_BREAK_SPACE = '\u00a0';
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

const formatters = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${getLocale()} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(getLocale(), options);
  formatters.set(key, made);
  return made;
}

/** A measured value with three significant figures: `0.0123`, `12.3`, `12,300`. */
export function formatNumber(value: number): string {
  return numberFormat({ maximumSignificantDigits: 3 }).format(value);
}

/** A counted value, in full: `12,345`. */
export function formatInteger(value: number): string {
  return numberFormat({ maximumFractionDigits: 0 }).format(value);
}

/** A large count in two figures, in words: `3.5 million`. */
export function formatApproximate(value: number): string {
  return numberFormat({ notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 2 }).format(
    value,
  );
}

/** A share between 0 and 1 as a percentage: `0.5` is `50%`. */
export function formatPercent(ratio: number): string {
  return numberFormat({ style: 'percent', maximumSignificantDigits: 3 }).format(ratio);
}

function formatQuantity(value: number, unit: string): string {
  return `${formatNumber(value)}${NO_BREAK_SPACE}${unit}`;
}

/** A latency, always in ms, so that values in a column compare at a glance. */
export function formatMs(ms: number): string {
  return formatQuantity(ms, m.unit_ms());
}

/** US dollars, down to what one token costs: `$1.23`, `$0.0123`, `$0.0000123`. */
export function formatDollars(dollars: number): string {
  const digits = dollars >= 1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 };
  return numberFormat({
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 0,
    ...digits,
  }).format(dollars);
}

/** Tokens per second. */
export function formatRate(tokensPerSecond: number): string {
  return formatQuantity(tokensPerSecond, m.unit_tokens_per_second());
}

/** A duration in the unit that suits it: `850 ms`, `12.3 s`, `3 min 12 s`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return formatMs(ms);
  if (ms < 59_950) return formatQuantity(ms / 1000, m.unit_s());
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return parts([Math.floor(seconds / 60), m.unit_min()], [seconds % 60, m.unit_s()]);
  const minutes = Math.round(seconds / 60);
  return parts([Math.floor(minutes / 60), m.unit_h()], [minutes % 60, m.unit_min()]);
}

function parts(...pairs: readonly (readonly [number, string])[]): string {
  return pairs
    .filter(([amount], index) => index === 0 || amount > 0)
    .map(([amount, unit]) => `${formatInteger(amount)}${NO_BREAK_SPACE}${unit}`)
    .join(' ');
}

/** Bytes in binary units: `3.15 MiB`. */
export function formatBytes(bytes: number): string {
  return inByteUnit(bytes, byteUnit(bytes));
}

/** What something takes to fetch, where 0 stands for what nobody knows. */
export function formatSize(bytes: number): string {
  return bytes === 0 ? m.size_unknown() : formatBytes(bytes);
}

/** How far a transfer is: `1.2 MiB of 3.15 MiB`, or what has arrived where the total is not known. */
export function formatBytesProgress(loaded: number, total?: number): string {
  if (total === undefined) return formatBytes(loaded);
  return m.bytes_of_total({ loaded: inByteUnit(loaded, byteUnit(total)), total: formatBytes(total) });
}

/** The largest unit that leaves at least 1; a value that would be shown as 1,000 or more moves on to the next. */
function byteUnit(bytes: number): number {
  let unit = 0;
  while (unit < BYTE_UNITS.length - 1 && bytes / 1024 ** unit >= 999.5) unit += 1;
  return unit;
}

function inByteUnit(bytes: number, unit: number): string {
  return formatQuantity(bytes / 1024 ** unit, BYTE_UNITS[unit] ?? 'B');
}

/** A moment, given in ms since the epoch. */
export function formatDateTime(epochMs: number): string {
  return new Intl.DateTimeFormat(getLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(epochMs);
}

/** A moment as briefly as it stays clear: the time today, `yesterday`, the day this year, else the whole date. */
export function formatMoment(epochMs: number, nowMs: number): string {
  const then = new Date(epochMs);
  const now = new Date(nowMs);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (then.toDateString() === now.toDateString()) {
    return new Intl.DateTimeFormat(getLocale(), { timeStyle: 'short' }).format(then);
  }
  if (then.toDateString() === yesterday.toDateString()) {
    return new Intl.RelativeTimeFormat(getLocale(), { numeric: 'auto' }).format(-1, 'day');
  }
  if (then.getFullYear() === now.getFullYear()) {
    return new Intl.DateTimeFormat(getLocale(), { month: 'short', day: 'numeric' }).format(then);
  }
  return new Intl.DateTimeFormat(getLocale(), { dateStyle: 'medium' }).format(then);
}
