// @ts-check
/** Runs the tools behind `npm test`: one command to its end, or to its time limit. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** The repository's root folder; every command runs there. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * How a command is asked to end. Not SIGTERM: Playwright ends the servers that it started, which are in groups of
 * their own, only where it is interrupted as by a person.
 */
const ASK_TO_END = 'SIGINT';
/** How long a command that was asked to end may take to clean up before it is ended the hard way. */
const GRACE_MS = 20_000;

/** @typedef {{ ok: boolean, output: string }} Finished `ok`: ended by itself with exit code 0 */

/** @type {Set<(signal: NodeJS.Signals) => void>} */
const running = new Set();
let stopping = false;

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    if (running.size === 0 || stopping) process.exit(1);
    stopping = true;
    for (const end of running) end(ASK_TO_END);
  });
}

/** True once the person has asked the run to stop: no further step is to start. */
export function isStopping() {
  return stopping;
}

/**
 * The command line that runs a tool installed in node_modules, without the start-up time of `npx` and
 * without its fallback of downloading what is not there.
 *
 * @param {string} packageName
 * @param {string} [binName] where the package has several
 * @returns {string[]}
 */
export function tool(packageName, binName = packageName) {
  const manifestPath = findManifest(packageName);
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const script = typeof bin === 'string' ? bin : bin[binName];
  return [process.execPath, join(dirname(manifestPath), script)];
}

/**
 * Not `require.resolve('<package>/package.json')`: some packages do not export it.
 *
 * @param {string} packageName
 */
function findManifest(packageName) {
  const folders = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  for (const folder of folders) {
    const path = join(folder, packageName, 'package.json');
    try {
      readFileSync(path);
      return path;
    } catch {
      continue;
    }
  }
  throw new Error(`${packageName} is not installed: run "npm ci"`);
}

/**
 * @param {readonly string[]} command
 * @param {{ timeoutMs: number, env?: Record<string, string> }} options
 * @returns {Promise<Finished>}
 */
export function run([program = '', ...args], { timeoutMs, env = {} }) {
  return new Promise((resolve) => {
    // A group of its own, so that a browser or server which the tool started ends together with it.
    const ownGroup = process.platform !== 'win32';
    const child = spawn(program, args, {
      cwd: ROOT,
      detached: ownGroup,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    });
    let output = '';
    const collect = (/** @type {string} */ text) => (output += text);
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);

    const end = (/** @type {NodeJS.Signals} */ signal) => {
      if (child.pid === undefined) return;
      try {
        if (ownGroup) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch (error) {
        // ESRCH: it ended in the meantime, which is what was wanted.
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    };
    let hardStop = /** @type {NodeJS.Timeout | undefined} */ (undefined);
    const timer = setTimeout(() => {
      output += `\nstopped: not finished after ${timeoutMs / 1000} s\n`;
      end(ASK_TO_END);
      hardStop = setTimeout(() => end('SIGKILL'), GRACE_MS);
    }, timeoutMs);

    running.add(end);
    const finish = (/** @type {boolean} */ ok) => {
      clearTimeout(timer);
      clearTimeout(hardStop);
      running.delete(end);
      resolve({ ok, output: stripVTControlCharacters(output).trim() });
    };
    child.once('error', (error) => {
      output += `\ncould not start ${program}: ${error.message}`;
      finish(false);
    });
    child.once('close', (code) => finish(code === 0));
  });
}
