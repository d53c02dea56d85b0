// @ts-check
/**
 * What the app costs: decode rate of a whole lane (worker, protocol, page, rendering) ÷ decode rate of the same engine
 * in a bare worker. Both answer the same prompt greedily; runs take turns, so that a change of the machine hits both.
 *
 *   node benchmarks/overhead.mjs [--device wasm|webgpu] [--variant q8] [--reps 20] [--note TEXT] [--json FILE]
 *
 * Exit code 1 where the median ratio is under what is promised.
 */
import { parseArgs } from 'node:util';
import { median, medianRange } from './figures.mjs';
import { onStage } from './harness.mjs';
import { wholeNumber } from './options.mjs';
import { describeHost, hostLine, writeReport } from './report.mjs';
import { storedAnswers } from './stored.mjs';

/** What the app promises to leave of an engine's rate. */
const LEAST_RATIO = 0.97;
const PROMPT = 'Tell me a story about a fox and a lighthouse.';

const { values } = parseArgs({
  options: {
    device: { type: 'string', default: 'wasm' },
    variant: { type: 'string', default: 'q8' },
    reps: { type: 'string', default: '20' },
    note: { type: 'string', default: '' },
    json: { type: 'string' },
    build: { type: 'boolean', default: false },
  },
});
const repetitions = wholeNumber('--reps', values.reps, 3);
const startedAt = new Date().toISOString();

await onStage({ rebuild: values.build }, async ({ browser, address }) => {
  const context = await browser.newContext();
  const app = await context.newPage();
  await app.goto(`${address}?variant=pocket/onnx/${values.variant}`);
  await app.getByRole('combobox', { name: 'Runs on' }).selectOption(values.device);
  const prompt = app.getByRole('textbox', { name: 'Your prompt' });
  /** @type {string | undefined} */
  let seen;
  const ask = async () => {
    await prompt.fill(PROMPT);
    const finished = allFinished(app);
    await prompt.press('Enter');
    await finished;
    const [answer] = await storedAnswers(app, { lanes: 1, count: 1, seen });
    if (answer === undefined) throw new Error('the answer has no figures');
    seen = answer.id;
    return answer;
  };
  await ask();

  const bare = await context.newPage();
  await bare.goto(`${address}benchmarks/`);
  const request = { variant: values.variant, device: values.device, prompt: PROMPT };
  await bare.evaluate((asked) => window.opentabBare(asked), request);

  /** @type {{ app: number[], bare: number[] }} */
  const rates = { app: [], bare: [] };
  for (let round = 1; round <= repetitions; round += 1) {
    const inLane = async () => {
      await app.bringToFront();
      // A conversation is written down as a whole while it grows, so that one of many answers would cost more than most.
      await app.getByRole('button', { name: 'New conversation' }).click();
      await app.locator('.exchange').first().waitFor({ state: 'detached' });
      return ask();
    };
    const without = async () => {
      await bare.bringToFront();
      return bare.evaluate((asked) => window.opentabBare(asked), request);
    };
    // Each goes first as often as the other: what the one warms or heats up, the other finds.
    const early = round % 2 === 0 ? await without() : undefined;
    const lane = await inLane();
    const plain = early ?? (await without());
    if (lane.tokens !== plain.tokens)
      throw new Error(`${lane.tokens} tokens in the app, ${plain.tokens} without`);
    rates.app.push(lane.decodeRate);
    rates.bare.push(plain.decodeRate);
    console.error(
      `  ${round}/${repetitions}: app ${lane.decodeRate.toFixed(1)}, bare ${plain.decodeRate.toFixed(1)} tok/s`,
    );
  }
  const ratios = rates.app.map((rate, index) => rate / (rates.bare[index] ?? Number.NaN));
  const host = describeHost(browser);
  console.log(hostLine(host));
  console.log(`app ÷ bare engine, ${values.device}, ${values.variant}, ${repetitions} pairs:`);
  const ratio = median(ratios);
  const range = medianRange(ratios);
  const confident =
    range === undefined
      ? 'too few pairs for an interval'
      : `${range.low.toFixed(3)} to ${range.high.toFixed(3)}`;
  console.log(`median ratio ${ratio.toFixed(3)} (95 % confidence: ${confident})`);
  console.log(`single pairs ${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)}`);
  console.log(ratio >= LEAST_RATIO ? 'PASSED' : `FAILED: the median is under ${LEAST_RATIO}`);
  if (ratio < LEAST_RATIO) process.exitCode = 1;
  await writeReport(values.json, {
    benchmark: 'overhead',
    startedAt,
    host,
    note: values.note,
    options: { device: values.device, variant: values.variant, repetitions, prompt: PROMPT },
    figures: {
      medianRatio: ratio,
      medianRange: range,
      leastRatio: Math.min(...ratios),
      greatestRatio: Math.max(...ratios),
      ratios,
      tokensPerSecond: rates,
    },
  });
});

/**
 * Resolves when the answer that is asked for after this call is finished. It waits in the page, for a change of state:
 * to look again and again would itself keep the page busy while it is measured.
 *
 * @param {import('playwright').Page} page
 */
function allFinished(page) {
  return page.evaluate(
    () =>
      new Promise((/** @type {(value: void) => void} */ resolve) => {
        new MutationObserver((_, observer) => {
          const states = [...document.querySelectorAll('.answer')].map((one) =>
            one.getAttribute('data-state'),
          );
          if (states.length === 0 || states.some((state) => state !== 'done')) return;
          observer.disconnect();
          resolve();
        }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
      }),
  );
}
