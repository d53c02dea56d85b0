// @ts-check
/**
 * Takes the screenshots of the README from the built app, with the bundled model answering for real:
 *
 *     npm run build && node docs/screenshots/take.mjs [folder of the build]
 */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { ensureChromium, HARDWARE_FLAGS } from '../../tests/support/chromium.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
/** Each picture is part of the repository for ever. */
const MOST_BYTES = 250_000;
const ANSWER_TIMEOUT_MS = 120_000;
/** Charts and formatted text are drawn by then. */
const SETTLE_MS = 1500;

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('playwright').BrowserContextOptions} ContextOptions */

const laptop = { viewport: { width: 1440, height: 900 } };

/** @type {{ name: string, context: ContextOptions, act: (page: Page) => Promise<void> }[]} */
const pictures = [
  {
    name: 'playground.png',
    context: { ...laptop, colorScheme: 'light' },
    async act(page) {
      await askAndCompare(page, 'What is 27 + 58?');
      await page.getByRole('button', { name: 'Comparison of the latest answers' }).click();
      await page.waitForTimeout(SETTLE_MS);
      // The question is to be seen above its answers.
      await page.mouse.move(800, 500);
      await page.mouse.wheel(0, -56);
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'dark.png',
    context: { ...laptop, colorScheme: 'dark' },
    async act(page) {
      await askAndCompare(page, 'What is a token?');
      await page.getByRole('button', { name: 'All metrics of this answer' }).first().click();
      await page.getByRole('button', { name: 'All metrics of this answer' }).last().click();
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'phone.png',
    context: { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true, colorScheme: 'light' },
    async act(page) {
      await page.getByRole('button', { name: 'What is a token?' }).tap();
      await answered(page);
    },
  },
];

/**
 * @param {Page} page
 * @param {string} question one of the suggestions
 */
async function askAndCompare(page, question) {
  await page.getByRole('button', { name: question }).click();
  await answered(page);
  await page.getByRole('button', { name: 'Compare with q2' }).click();
  await answered(page);
}

/** @param {Page} page */
async function answered(page) {
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  await stop.waitFor();
  await stop.waitFor({ state: 'hidden', timeout: ANSWER_TIMEOUT_MS });
}

const outDir = process.argv[2] ?? 'dist';
const server = await preview({
  root,
  build: { outDir },
  preview: { port: 0, open: false },
  logLevel: 'error',
});
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: [...HARDWARE_FLAGS] });
try {
  for (const { name, context: options, act } of pictures) {
    const context = await browser.newContext({ locale: 'en-US', ...options });
    const page = await context.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await act(page);
    await page.waitForTimeout(SETTLE_MS);
    const path = join(here, name);
    await page.screenshot({ path });
    await context.close();
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new Error(`${name} has ${size} bytes; at most ${MOST_BYTES} are allowed`);
    console.log(`${name}: ${Math.round(size / 1000)} kB`);
  }
} finally {
  await browser.close();
  await server.close();
}
