import { beforeEach, describe, expect, test } from 'vitest';
import {
  formatApproximate,
  formatBytes,
  formatBytesProgress,
  formatDuration,
  formatInteger,
  formatMoment,
  formatMs,
  formatNumber,
  formatPercent,
  formatRate,
} from '../../src/ui/shared/format';
import { overwriteGetLocale } from '../../src/messages/runtime.js';

beforeEach(() => overwriteGetLocale(() => 'en'));

/** Numbers are joined to their units by a no-break space; ordinary ones are easier to read in a test. */
function spaced(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('numbers', () => {
  test.each([
    [0, '0'],
    [0.012345, '0.0123'],
    [12.345, '12.3'],
    [99.96, '100'],
    [1234.5, '1,230'],
  ])('%d has three significant figures: %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test('counts are written in full', () => {
    expect(formatInteger(1_234_567)).toBe('1,234,567');
  });

  test('a share becomes a percentage', () => {
    expect(formatPercent(0.9876)).toBe('98.8%');
  });

  test('quantities carry their unit', () => {
    expect(spaced(formatMs(412.4))).toBe('412 ms');
    expect(spaced(formatRate(88.123))).toBe('88.1 tok/s');
  });
});

describe('durations', () => {
  test.each([
    [0.4, '0.4 ms'],
    [850, '850 ms'],
    [999.6, '1 s'],
    [12_345, '12.3 s'],
    [59_960, '1 min'],
    [192_000, '3 min 12 s'],
    [3_599_600, '1 h'],
    [7_500_000, '2 h 5 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(spaced(formatDuration(ms))).toBe(text);
  });
});

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '0.977 KiB'],
    [3_302_992, '3.15 MiB'],
    [1023.9 * 1024, '1 MiB'],
    [2 ** 31, '2 GiB'],
  ])('%d is %s', (bytes, text) => {
    expect(spaced(formatBytes(bytes))).toBe(text);
  });

  test('progress keeps the unit of the total', () => {
    expect(spaced(formatBytesProgress(512 * 1024, 4 * 1024 * 1024))).toBe('0.5 MiB of 4 MiB');
  });

  test('progress without a total is what has arrived', () => {
    expect(spaced(formatBytesProgress(2048))).toBe('2 KiB');
  });
});

describe('a moment', () => {
  const now = new Date(2026, 10, 21, 15, 0).getTime();

  test.each([
    ['the time today', new Date(2026, 10, 21, 4, 5), '4:05 AM'],
    ['yesterday by its name', new Date(2026, 10, 20, 23, 59), 'yesterday'],
    ['the day this year', new Date(2026, 0, 3), 'Jan 3'],
    ['the whole date before', new Date(2025, 10, 21), 'Nov 21, 2025'],
  ])('is %s', (_, then, text) => {
    // The time's parts are joined by a narrow no-break space.
    expect(formatMoment(then.getTime(), now).replaceAll('\u202f', ' ')).toBe(text);
  });
});

test('a large count is said in words', () => {
  expect(formatApproximate(3_476_224)).toBe('3.5 million');
});

test('the unit follows the language', () => {
  overwriteGetLocale(() => 'zh');
  expect(spaced(formatDuration(192_000))).toBe('3 分 12 s');
});
