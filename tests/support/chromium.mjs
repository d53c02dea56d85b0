// @ts-check
/**
 * Which Chromium the tests and the headless benchmark drive, and how it is launched.
 *
 * `findChromium()` only looks; `ensureChromium()` installs one where there is none.
 */
import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright';

const run = promisify(execFile);

const INSTALL_TIMEOUT_MS = 10 * 60_000;

/**
 * Chromium reads only the last `--enable-features`, so this one repeats what Playwright's own asks for:
 * the second pair keeps it from calling the browser maker's account server at startup.
 */
const FEATURES = '--enable-features=Vulkan,WebGPU,CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies';

/**
 * Headless, without the browser's own background traffic, so that every request seen during a run comes
 * from the page under test. `--no-sandbox` because containers seldom allow the sandbox's namespaces.
 */
const HEADLESS_FLAGS = Object.freeze([
  '--headless=new',
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]);

/** What a headless benchmark launches Chromium with: WebGPU on whatever adapter the machine has. */
export const HARDWARE_FLAGS = Object.freeze([...HEADLESS_FLAGS, '--enable-unsafe-webgpu', FEATURES]);

/**
 * What the tests launch Chromium with: WebGPU on the SwiftShader software adapter. It proves that results
 * are right on a machine without a GPU; it says nothing about speed, so no figure measured with these
 * flags is ever published.
 */
export const TEST_FLAGS = Object.freeze([...HARDWARE_FLAGS, '--use-webgpu-adapter=swiftshader']);

/** What to tell the person when there is no Chromium and none could be installed. */
const CHROMIUM_HELP = [
  'No Chromium was found and none could be installed. One of these helps:',
  '  - set CHROME_PATH to the executable of Chromium, Chrome or Edge',
  '  - npx playwright install --with-deps chromium',
  '  - install the "chromium" package of your system (Debian: sudo apt-get install chromium)',
].join('\n');

/**
 * Path of an installed Chromium, Chrome or Edge, or undefined. Installs nothing.
 *
 * `CHROME_PATH` wins. A value that names no executable is an error rather than a hint to look further,
 * because silently testing another browser than the one asked for would be a lie.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROME_PATH names no executable file: ${chosen}`);
    return chosen;
  }
  return [...usualPlaces(), chromium.executablePath()].find(isExecutable);
}

/**
 * Path of a Chromium, installing one if need be: Playwright's own build first, then Debian's package.
 *
 * @param {(line: string) => void} [say] told what is being tried
 * @returns {Promise<string>}
 * @throws {Error} with {@link CHROMIUM_HELP} when there is none and none could be installed
 */
export async function ensureChromium(say = (line) => console.error(line)) {
  const found = findChromium();
  // One that an earlier try installed may lack libraries; one that was chosen is not replaced behind its chooser's back.
  if (found && (process.env['CHROME_PATH'] || (await starts(found)))) return found;
  for (const { label, steps } of installers()) {
    say(`No Chromium found; trying: ${label}`);
    try {
      for (const [command = '', ...args] of steps) await run(command, args, { timeout: INSTALL_TIMEOUT_MS });
      const installed = findChromium();
      if (installed && (await starts(installed))) return installed;
      say('  it was installed, but does not start');
    } catch (error) {
      say(`  that failed: ${lastWords(error)}`);
    }
  }
  throw new Error(CHROMIUM_HELP);
}

/** @returns {string[]} */
function usualPlaces() {
  if (process.platform === 'darwin') {
    const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
    );
  }
  if (process.platform === 'win32') {
    return [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Chromium', 'Application', 'chrome.exe'),
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]);
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
  ];
  const folders = [
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @returns {{ label: string, steps: string[][] }[]} */
function installers() {
  const playwright = join(
    dirname(createRequire(import.meta.url).resolve('playwright/package.json')),
    'cli.js',
  );
  const list = [
    { label: 'playwright install chromium', steps: [[process.execPath, playwright, 'install', 'chromium']] },
  ];
  const asRoot = rootPrefix();
  if (asRoot && existsSync('/usr/bin/apt-get')) {
    list.push({
      label: 'apt-get install chromium',
      steps: [
        [...asRoot, 'apt-get', 'update', '-q'],
        [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-qy', 'chromium'],
      ],
    });
  }
  return list;
}

/**
 * The words that make a command run as root, or undefined where that needs a password.
 *
 * @returns {string[] | undefined}
 */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return ['sudo', '-n'];
  } catch {
    return undefined;
  }
}

/** Playwright's build installs without the system libraries it needs, so having the file is not enough. */
async function starts(/** @type {string} */ path) {
  try {
    await run(path, ['--version'], { timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * What a failed command said last: its first lines tell of progress.
 *
 * @param {unknown} error
 */
function lastWords(error) {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return said.split('\n').findLast((line) => /[a-z]/i.test(line)) ?? String(error);
}
