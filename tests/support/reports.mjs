// @ts-check
/** Reads how many tests passed, failed and were skipped, and which failed, from the runners' own reports. */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { ROOT } from './command.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ counts: Counts, failedTests: string[] }} Report `failedTests`: file and title of each */

/**
 * Vitest's JSON report. A file that fails without a failed test in it (it did not load, or a hook threw)
 * counts as one failure.
 *
 * @param {string} path
 * @returns {Promise<Report>}
 */
export async function readVitestReport(path) {
  const report = JSON.parse(await readFile(path, 'utf8'));
  /** @type {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }[]} */
  const files = report.testResults;
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  const failedTests = files.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${relative(ROOT, name)}: ${fullName}`),
  );
  return { counts, failedTests: [...failedTests, ...brokenFiles.map(({ name }) => relative(ROOT, name))] };
}

/**
 * Playwright's JSON report. A test that passed only when tried again counts as failed.
 *
 * @param {string} path
 * @returns {Promise<Report>}
 */
export async function readPlaywrightReport(path) {
  const { stats, suites } = JSON.parse(await readFile(path, 'utf8'));
  return {
    counts: { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
    failedTests: specsIn(suites)
      .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
      .map(({ file, line, title }) => `${file}:${line}: ${title}`),
  };
}

/** @typedef {{ file: string, line: number, title: string, tests: { status: string }[] }} Spec */
/** @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite */

/**
 * @param {Suite[]} suites
 * @returns {Spec[]}
 */
function specsIn(suites) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsIn(suite.suites ?? [])]);
}

/**
 * The JUnit report of pytest, which has no JSON report of its own.
 *
 * @param {string} path
 * @returns {Promise<Report>}
 */
export async function readJUnitReport(path) {
  const report = await readFile(path, 'utf8');
  const suites = report.match(/<testsuite\s[^>]*>/g) ?? [];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites) {
    const attribute = (/** @type {string} */ name) =>
      Number(new RegExp(`\\s${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const failed = attribute('failures') + attribute('errors');
    const skipped = attribute('skipped');
    counts.failed += failed;
    counts.skipped += skipped;
    counts.passed += Math.max(0, attribute('tests') - failed - skipped);
  }
  const failedTests = [
    ...report.matchAll(/<testcase [^>]*?classname="([^"]*)" name="([^"]*)"[^>]*><(?:failure|error)/g),
  ];
  return { counts, failedTests: failedTests.map(([, file, name]) => `${file}: ${name}`) };
}
