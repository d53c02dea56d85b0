// @ts-check
/** What `npm test` runs, in order. A step is a check (one pass or fail) or a suite of tests (one each). */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ROOT, run, tool } from './command.mjs';
import { pythonObstacle } from './python.mjs';
import { readJUnitReport, readPlaywrightReport, readVitestReport } from './reports.mjs';

/** @typedef {import('./reports.mjs').Counts} Counts */
/** @typedef {import('./reports.mjs').Report} Report */

/**
 * @typedef {object} StepResult
 * @property {Counts} counts
 * @property {string} output shown when something failed
 * @property {readonly string[]} [failedTests] file and title of each
 * @property {string} [reason] why the step was skipped
 */

/**
 * @typedef {object} Step
 * @property {string} name as given on the command line: `npm test -- unit e2e`
 * @property {string} about
 * @property {Record<string, string>} needs steps that must come before, and the file each leaves behind
 * @property {() => Promise<StepResult>} run
 */

const CHECK_TIMEOUT_MS = 5 * 60_000;
const SUITE_TIMEOUT_MS = 55 * 60_000;

const RESULTS = join(ROOT, 'tests', 'results');
const MESSAGES = { messages: 'src/messages/messages.js' };
const BUILD = { build: 'dist/index.html' };

/** Test addresses that a proxy must not be asked for. */
const LOCAL_ONLY = { NO_PROXY: 'localhost,127.0.0.1', no_proxy: 'localhost,127.0.0.1' };

/** @type {Report} */
const NO_REPORT = { counts: { passed: 0, failed: 0, skipped: 0 }, failedTests: [] };

/** @type {readonly Step[]} */
export const STEPS = [
  // The strategy is the one in vite.config.ts: both write the same files.
  check('messages', 'texts compile in every language', {}, [
    [
      ...tool('@inlang/paraglide-js', 'paraglide-js'),
      ...['compile', '--project', './project.inlang', '--outdir', './src/messages', '--emit-ts-declarations'],
      ...['--strategy', 'localStorage', 'preferredLanguage', 'baseLocale'],
    ],
  ]),
  check('format', 'prettier', {}, [[...tool('prettier'), '--check', '--log-level', 'warn', '.']]),
  check('lint', 'eslint', MESSAGES, [[...tool('eslint'), '--max-warnings', '0', '.']]),
  check('types', 'svelte-check, all TypeScript included', MESSAGES, [
    [...tool('svelte-check'), '--fail-on-warnings', '--output', 'human', '--tsconfig', './tsconfig.json'],
  ]),
  check('direction', 'dependencies point one way', MESSAGES, [
    [
      ...tool('dependency-cruiser', 'depcruise'),
      ...['--config', '.dependency-cruiser.cjs', 'src', 'workers', 'benchmarks', 'tests'],
    ],
  ]),
  check('dead-code', 'knip', MESSAGES, [[...tool('knip'), '--no-progress']]),
  check('build', 'vite build', MESSAGES, [[...tool('vite'), 'build']]),
  check('size', "the page's own JavaScript before any engine loads", BUILD, [tool('size-limit')]),
  suite('unit', 'vitest in Node', MESSAGES, vitestCommand('unit'), 'unit.json', readVitestReport),
  suite(
    'browser',
    'vitest in Chromium',
    MESSAGES,
    vitestCommand('browser'),
    'browser.json',
    readVitestReport,
    {
      before: ensureBrowser,
    },
  ),
  suite(
    'e2e',
    'Playwright against the build',
    BUILD,
    [...tool('playwright'), 'test', '--config', 'tests/playwright.config.ts'],
    'e2e.json',
    readPlaywrightReport,
    { before: ensureBrowser },
  ),
  suite(
    'python',
    'the bundled model',
    {},
    ['python3', '-m', 'pytest', 'models/pocket/tests', '-q', `--junitxml=${join(RESULTS, 'python.xml')}`],
    'python.xml',
    readJUnitReport,
    { before: pythonObstacle },
  ),
];

/**
 * @param {string} name
 * @param {string} about
 * @param {Record<string, string>} needs
 * @param {string[][]} commands all are run, so that one run shows every complaint
 * @returns {Step}
 */
function check(name, about, needs, commands) {
  const runAll = async () => {
    let failed = false;
    const outputs = [];
    for (const command of commands) {
      const { ok, output } = await run(command, { timeoutMs: CHECK_TIMEOUT_MS });
      if (ok) continue;
      failed = true;
      outputs.push(output);
    }
    return {
      counts: { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 },
      output: outputs.join('\n\n'),
    };
  };
  return { name, about, needs, run: runAll };
}

/**
 * @param {string} name
 * @param {string} about
 * @param {Record<string, string>} needs
 * @param {string[]} command
 * @param {string} reportName file in tests/results that the command writes
 * @param {(path: string) => Promise<Report>} readReport
 * @param {{ before?: () => Promise<string | undefined> }} [options] `before` says why to skip the suite
 * @returns {Step}
 */
function suite(name, about, needs, command, reportName, readReport, { before } = {}) {
  const report = join(RESULTS, reportName);
  const runSuite = async () => {
    const reason = await before?.();
    if (reason !== undefined) return { counts: { passed: 0, failed: 0, skipped: 1 }, output: '', reason };
    await mkdir(RESULTS, { recursive: true });
    // An old report must not stand in for a runner that crashed before writing its own.
    await rm(report, { force: true });
    const { ok, output } = await run(command, { timeoutMs: SUITE_TIMEOUT_MS, env: LOCAL_ONLY });
    const { counts, failedTests } = existsSync(report) ? await readReport(report) : NO_REPORT;
    return { ...judge(counts, ok, output), failedTests };
  };
  return { name, about, needs, run: runSuite };
}

/**
 * A runner can fail without a failed test (a file that does not load, an error between tests), and can
 * succeed without running one. Both count as one failure.
 *
 * @param {Counts} counts
 * @param {boolean} ok
 * @param {string} output
 * @returns {StepResult}
 */
function judge(counts, ok, output) {
  if (counts.failed > 0) return { counts, output };
  if (!ok) return { counts: { ...counts, failed: 1 }, output };
  if (counts.passed === 0)
    return { counts: { ...counts, failed: 1 }, output: `${output}\n\nno test was run` };
  return { counts, output };
}

/** @param {string} project */
function vitestCommand(project) {
  const report = join(RESULTS, `${project}.json`);
  return [
    ...[...tool('vitest'), 'run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ];
}

/** A missing browser is a failure, not a reason to skip: without it most of the app would go untested. */
async function ensureBrowser() {
  await ensureChromium();
  return undefined;
}
