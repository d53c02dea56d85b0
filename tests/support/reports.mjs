// @ts-check
/** Reads how many tests passed, failed and were skipped from the runners' own reports. */
import { readFile } from 'node:fs/promises';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Vitest's JSON report. A file that fails without a failed test in it (it did not load, or a hook threw)
 * counts as one failure.
 *
 * @param {string} path
 * @returns {Promise<Counts>}
 */
export async function readVitestReport(path) {
  const report = JSON.parse(await readFile(path, 'utf8'));
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults;
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Playwright's JSON report. A test that passed only when tried again counts as failed.
 *
 * @param {string} path
 * @returns {Promise<Counts>}
 */
export async function readPlaywrightReport(path) {
  const { stats } = JSON.parse(await readFile(path, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/**
 * The JUnit report of pytest, which has no JSON report of its own.
 *
 * @param {string} path
 * @returns {Promise<Counts>}
 */
export async function readJUnitReport(path) {
  const suites = (await readFile(path, 'utf8')).match(/<testsuite\s[^>]*>/g) ?? [];
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
  return counts;
}
