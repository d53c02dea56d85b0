// @ts-check
/**
 * A first visit on loopback, from an empty profile: navigation to the first token of an answer, split by span.
 *
 *   node benchmarks/first-visit.mjs [--device wasm|webgpu] [--reps 5] [--note TEXT] [--json FILE]
 */
import { parseArgs } from 'node:util';
import { median } from './figures.mjs';
import { onStage } from './harness.mjs';
import { wholeNumber } from './options.mjs';
import { describeHost, hostLine, writeReport } from './report.mjs';

const { values } = parseArgs({
  options: {
    device: { type: 'string', default: 'wasm' },
    reps: { type: 'string', default: '5' },
    note: { type: 'string', default: '' },
    json: { type: 'string' },
    build: { type: 'boolean', default: false },
  },
});
const repetitions = wholeNumber('--reps', values.reps, 1);
const startedAt = new Date().toISOString();
/** The spans of a load, and the wait for the first token; the rest of the figures is about the whole answer. */
const OF_A_FIRST_ANSWER = /load|engine|download|cache|compil|TTFT|first token/i;

await onStage({ rebuild: values.build }, async ({ browser, address }) => {
  /** @type {Map<string, number[]>} */
  const spans = new Map();
  for (let round = 1; round <= repetitions; round += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    const suggestion = page.getByRole('list', { name: 'Try one of these' }).getByRole('button').first();
    await suggestion.waitFor();
    note(spans, 'navigation to usable page', await page.evaluate(() => performance.now()));
    await page.getByRole('combobox', { name: 'Runs on' }).selectOption(values.device);
    const pressed = await page.evaluate(() => performance.now());
    await suggestion.click();
    const shown = await page.waitForFunction(
      () => (document.querySelector('.markdown')?.textContent ?? '') !== '' && performance.now(),
      undefined,
      { timeout: 300_000, polling: 'raf' },
    );
    note(spans, 'press to first token on screen', Number(await shown.jsonValue()) - pressed);
    // The page's own figures say what that time consists of.
    await page.getByRole('button', { name: 'Regenerate' }).waitFor({ timeout: 300_000 });
    await page.getByRole('button', { name: 'All metrics' }).click();
    const rows = page.getByRole('region', { name: 'All metrics' }).locator('dl > div');
    await rows.first().waitFor();
    for (const row of await rows.all()) {
      const name = (await row.locator('dt').innerText()).trim();
      const ms = milliseconds((await row.locator('dd').innerText()).trim());
      if (ms !== undefined && OF_A_FIRST_ANSWER.test(name)) note(spans, `  ${name}`, ms);
    }
    await context.close();
  }
  const host = describeHost(browser);
  console.log(hostLine(host));
  console.log(`first visit on loopback, ${values.device}, ${repetitions} fresh profiles, median ms:`);
  for (const [name, samples] of spans) {
    console.log(
      `${name.padEnd(34)} ${median(samples).toFixed(0).padStart(6)}  (${samples.map((ms) => ms.toFixed(0)).join(', ')})`,
    );
  }
  await writeReport(values.json, {
    benchmark: 'first-visit',
    startedAt,
    host,
    note: values.note,
    options: { device: values.device, repetitions },
    figures: {
      spans: [...spans].map(([name, samplesMs]) => ({
        name: name.trim(),
        medianMs: median(samplesMs),
        samplesMs,
      })),
    },
  });
});

/**
 * What the page writes as `512 ms` or `1.2 s`, in ms.
 *
 * @param {string} text
 */
function milliseconds(text) {
  const match = /^([\d.,]+)\s*(ms|s)$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]?.replace(',', '')) * (match[2] === 's' ? 1000 : 1);
}

/**
 * @param {Map<string, number[]>} spans
 * @param {string} name
 * @param {number} ms
 */
function note(spans, name, ms) {
  spans.set(name, [...(spans.get(name) ?? []), ms]);
}
