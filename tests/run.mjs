// @ts-check
/**
 * `npm test`: every check and every test. `npm test -- unit e2e` runs only the steps named.
 *
 * All steps run even if one fails. What failed is named once more at the end, where a log that was cut still shows
 * it. The exit code is 1 if anything failed, and the last line is always `N passed, N failed`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isStopping, ROOT } from './support/command.mjs';
import { STEPS } from './support/steps.mjs';

/** @typedef {import('./support/steps.mjs').Step} Step */
/** @typedef {import('./support/steps.mjs').StepResult} StepResult */

const chosen = chooseSteps(process.argv.slice(2));
const total = { passed: 0, failed: 0, skipped: 0 };
const nameWidth = Math.max(...chosen.map(({ name }) => name.length));
/** @type {Set<string>} */
const failedSteps = new Set();
/** @type {string[]} */
const failures = [];

for (const step of chosen) {
  const startedAt = performance.now();
  const result = await runStep(step);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const { counts } = result;
  if (counts.failed > 0) {
    failedSteps.add(step.name);
    failures.push(`${step.name}  ${step.about}`, ...(result.failedTests ?? []).map(indent));
  }
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  console.log(
    `${mark(result)}  ${step.name.padEnd(nameWidth)}  ${seconds.padStart(6)} s  ${describe(step, result)}`,
  );
  if (counts.failed > 0) console.log(`\n${indent(result.output)}\n`);
}

if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
if (total.skipped > 0) console.log(`\n${total.skipped} skipped`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** @param {string[]} names */
function chooseSteps(names) {
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`No such step: ${unknown.join(', ')}`);
    console.error(STEPS.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n'));
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
  return names.length === 0 ? STEPS : STEPS.filter(({ name }) => names.includes(name));
}

/**
 * @param {Step} step
 * @returns {Promise<StepResult>}
 */
async function runStep(step) {
  const obstacle = isStopping() ? 'the run was stopped' : unmetNeed(step);
  if (obstacle !== undefined) return failure(`not run: ${obstacle}`);
  try {
    const result = await step.run();
    return isStopping() ? failure('the run was stopped') : result;
  } catch (error) {
    return failure(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/**
 * Without this, end-to-end tests after a failed build would run against the previous one.
 *
 * @param {Step} step
 */
function unmetNeed({ name, needs }) {
  for (const [needed, product] of Object.entries(needs)) {
    if (failedSteps.has(needed)) return `"${needed}" failed`;
    if (!existsSync(join(ROOT, product))) return `${product} is missing: npm test -- ${needed} ${name}`;
  }
  return undefined;
}

/**
 * @param {string} output
 * @returns {StepResult}
 */
function failure(output) {
  return { counts: { passed: 0, failed: 1, skipped: 0 }, output };
}

/** @param {StepResult} result */
function mark({ counts, reason }) {
  if (counts.failed > 0) return 'FAIL';
  return reason === undefined ? 'ok  ' : 'skip';
}

/**
 * @param {Step} step
 * @param {StepResult} result
 */
function describe({ about }, { counts, reason }) {
  if (reason !== undefined) return `${about}: skipped, ${reason}`;
  const { passed, failed, skipped: left } = counts;
  if (passed + failed + left <= 1) return about;
  const parts = [`${passed} passed`, failed > 0 && `${failed} failed`, left > 0 && `${left} skipped`];
  return `${about}: ${parts.filter(Boolean).join(', ')}`;
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^(?=.)/gm, '      ');
}
