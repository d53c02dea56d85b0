// @ts-check
/** The file that a measurement can be kept in: the figures, and the machine that they are of. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, platform, release, totalmem } from 'node:os';

/**
 * What the machine is, without its name or its owner's.
 *
 * @param {import('playwright').Browser} browser
 * @returns {import('./result').Host}
 */
export function describeHost(browser) {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() || 'unknown',
    cores: processors.length,
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    os: `${platform()} ${release()}`,
    browser: `Chromium ${browser.version()}`,
  };
}

/**
 * @param {import('./result').Host} host
 */
export function hostLine({ cpu, cores, memoryGiB, os, browser }) {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB · ${os} · ${browser}`;
}

/**
 * Writes `figures` with what they were measured on; without a file, nothing.
 *
 * @param {string | undefined} file
 * @param {object} report
 * @param {string} report.benchmark its command's name
 * @param {string} report.startedAt ISO 8601, UTC
 * @param {import('./result').Host} report.host
 * @param {string} report.note what the person who ran it says
 * @param {Readonly<Record<string, unknown>>} report.options
 * @param {Readonly<Record<string, unknown>>} report.figures with their units in their names
 */
export async function writeReport(file, report) {
  if (file === undefined) return;
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const whole = { format: 'opentab-measurement', version: 1, app: manifest.version, ...report };
  await writeJson(file, whole);
}

/**
 * @param {string} file
 * @param {unknown} value
 */
export async function writeJson(file, value) {
  await writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
  console.error(`Wrote ${file}`);
}
