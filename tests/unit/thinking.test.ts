/** Thinking told apart from the answer, as text, as tokens, and at the ends of an answer. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Delta } from '../../src/domain/engine';
import { Answer } from '../../workers/engines/answer';
import { ThinkingSplitter } from '../../workers/engines/thinking';

const closing: Readonly<Record<string, string>> = {
  '<think>': '</think>',
  '<thought>': '</thought>',
  '[THINK]': '[/THINK]',
};

/** The same rule for a text that is there as a whole. */
function reference(text: string, opened: boolean): { thinking: string; answer: string } {
  let rest = opened ? `<think>${text}` : text;
  let thinking = '';
  let tagged = false;
  for (;;) {
    const opening = /^\s*(?:(<think>|<thought>|\[THINK\])\s*)+/.exec(rest);
    if (opening === null) return { thinking, answer: tagged ? rest.trimStart() : rest };
    tagged = true;
    rest = rest.slice(opening[0].length);
    const close = closing[opening[1] ?? ''] ?? expect.fail('a tag without an end');
    const end = rest.indexOf(close);
    if (end < 0) return { thinking: thinking + rest, answer: '' };
    thinking += rest.slice(0, end);
    rest = rest.slice(end + close.length);
  }
}

/** Cuts `text` before each of these offsets, in UTF-16 code units. */
function cut(text: string, offsets: readonly number[]): string[] {
  const inside = offsets.filter((at) => at > 0 && at < text.length);
  const borders = [0, ...[...new Set(inside)].sort((a, b) => a - b)];
  return borders.map((from, index) => text.slice(from, borders[index + 1] ?? text.length));
}

function split(pieces: readonly string[], prompt = '') {
  const apart = new ThinkingSplitter(prompt);
  const parts = [...pieces.map((piece) => apart.push(piece)), apart.end()];
  return {
    thinking: parts.map(({ thinking }) => thinking).join(''),
    answer: parts.map(({ answer }) => answer).join(''),
  };
}

const fragments = [
  ...['<think>', '</think>', '<thought>', '</thought>', '[THINK]', '[/THINK]', '<thi', 'nk>', '</th'],
  ...['<', '/', '[', '<b>', ' ', '\n', '\t', '\u3000', 'a', 'think', '😀', '好'],
];
const texts = fc.array(fc.constantFrom(...fragments), { maxLength: 14 }).map((parts) => parts.join(''));
const offsets = fc.array(fc.nat({ max: 80 }), { maxLength: 40 });

describe('a text', () => {
  test('is split alike wherever it is cut', () => {
    fc.assert(
      fc.property(texts, offsets, fc.boolean(), (text, cuts, opened) => {
        const prompt = opened ? 'assistant\n<think>\n' : 'assistant\n';
        expect(split(cut(text, cuts), prompt)).toEqual(reference(text, opened));
      }),
      { numRuns: 2000 },
    );
  });

  test('without a tag in front of it is answer to the last character', () => {
    fc.assert(
      fc.property(texts, offsets, (text, cuts) => {
        fc.pre(!/^\s*(?:<think>|<thought>|\[THINK\])/.test(text));
        expect(split(cut(text, cuts))).toEqual({ thinking: '', answer: text });
      }),
    );
  });

  test.each([
    ['<think>\nSix.\n</think>\n\n42', 'Six.\n', '42'],
    ['\n <think>Six.</think>42', 'Six.', '42'],
    // What an answer is about is no thinking.
    ['The tag <think>x</think> opens it.', '', 'The tag <think>x</think> opens it.'],
    ['<table>', '', '<table>'],
    // Nothing was thought.
    ['<think>\n\n</think>\n\n42', '', '42'],
    // Cut off.
    ['<think>Six times', 'Six times', ''],
    ['<think>Six.</thi', 'Six.</thi', ''],
    ['<thi', '', '<thi'],
    // Opened inside itself: the first end is the end.
    ['<think>a<think>b</think>c</think>42', 'a<think>b', 'c</think>42'],
    ['<think>a</think>\n<think>b</think>\n42', 'ab', '42'],
    ['[THINK]Six.[/THINK]42', 'Six.', '42'],
    ['<think>Six.[/THINK]</think>42', 'Six.[/THINK]', '42'],
  ])('%j', (text, thinking, answer) => {
    expect(split([text])).toEqual({ thinking, answer });
    expect(split([...text])).toEqual({ thinking, answer });
  });

  test.each([
    ['Six.\n</think>\n\n42', 'Six.\n', '42'],
    ['\n</think>42', '', '42'],
    // Some models open it once more.
    ['<think>\nSix.</think>42', 'Six.', '42'],
    ['Six times', 'Six times', ''],
    ['< 7 </think>42', '< 7 ', '42'],
  ])('%j behind a prompt that opens the thinking', (text, thinking, answer) => {
    expect(split([text], '<|assistant|><think>\n')).toEqual({ thinking, answer });
    expect(split([...text], '<|assistant|><think>\n')).toEqual({ thinking, answer });
  });

  test('behind a prompt that has closed it is answer', () => {
    expect(split(['42'], '<think>\n\n</think>\n\n')).toEqual({ thinking: '', answer: '42' });
  });

  test('of a model that is not to think is answer, tags and all', () => {
    const apart = new ThinkingSplitter();
    expect(apart.push('<think>')).toEqual({ thinking: '', answer: '<think>', thought: 0 });
    expect(apart.thought).toBe(false);
  });
});

/** What an engine hands over: pieces with the tokens that each of them took. */
function delivered(
  pieces: readonly (readonly [text: string, tokens: number])[],
  options: {
    prompt?: string;
    stop?: readonly string[];
    aborted?: boolean;
    onAdd?: (deltas: Delta[]) => void;
  } = {},
) {
  const deltas: Delta[] = [];
  const abort = new AbortController();
  const context = {
    signal: abort.signal,
    prefill: () => undefined,
    emit: (delta: Delta) => deltas.push(delta),
  };
  const apart = new ThinkingSplitter(options.prompt ?? '');
  const answer = new Answer(options.stop ?? [], context, true, apart);
  let steps = 0;
  for (const [text, tokens] of pieces) {
    steps += tokens;
    const before = deltas.length;
    answer.add(text, steps, null);
    options.onAdd?.(deltas.slice(before));
  }
  if (options.aborted === true) abort.abort();
  const end = answer.end();
  const joined = (thinking: boolean) =>
    deltas
      .filter((delta) => (delta.thinking ?? false) === thinking)
      .map(({ text }) => text)
      .join('');
  const tokensOf = (thinking: boolean) =>
    deltas
      .filter((delta) => (delta.thinking ?? false) === thinking)
      .reduce((sum, { tokens = 0 }) => sum + tokens, 0);
  return {
    deltas,
    end,
    text: { thinking: joined(true), answer: joined(false) },
    tokens: { thinking: tokensOf(true), answer: tokensOf(false) },
  };
}

describe('a delivery', () => {
  test('passes on its tokens at its moment, each of them once, and loses no text', () => {
    const tokens = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 80, maxLength: 80 });
    fc.assert(
      fc.property(texts, offsets, tokens, fc.boolean(), (text, cuts, counts, opened) => {
        const pieces = cut(text, cuts).map((piece, index) => [piece, counts[index] ?? 1] as const);
        // A delivery without text belongs to the next one.
        fc.pre(pieces.every(([piece]) => piece !== ''));
        const moments: number[] = [];
        const onAdd = (deltas: Delta[]) =>
          moments.push(deltas.reduce((sum, one) => sum + (one.tokens ?? 0), 0));
        const prompt = opened ? '<think>' : '';
        const { text: told, end, deltas } = delivered(pieces, { prompt, onAdd });
        expect(moments).toEqual(pieces.map(([, count]) => count));
        expect(told).toEqual(reference(text, opened));
        expect(end.completionTokens).toBe(moments.reduce((sum, count) => sum + count, 0));
        expect(deltas.every(({ tokens: count }) => Number.isInteger(count) && (count ?? -1) >= 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('of thinking counts as thinking, the tags with it', () => {
    const pieces = ['<think>', '\n', 'Six', ' times', '\n', '</think>', '\n\n', '42', '.'];
    const { text, tokens, deltas } = delivered(pieces.map((piece) => [piece, 1]));
    expect(text).toEqual({ thinking: 'Six times\n', answer: '42.' });
    expect(tokens).toEqual({ thinking: 7, answer: 2 });
    // As many deliveries as there were: none is lost, none is new.
    expect(deltas).toHaveLength(9);
    expect(deltas[0]).toEqual({ text: '', tokens: 1, thinking: true });
  });

  test('that holds the end of the thinking is shared out', () => {
    const { deltas } = delivered([
      ['<think>Six', 4],
      ['.</think>\n\nIt is', 5],
    ]);
    expect(deltas).toEqual([
      { text: 'Six', tokens: 4, thinking: true },
      { text: '.', tokens: 3, thinking: true },
      { text: 'It is', tokens: 2 },
    ]);
  });

  test('of an answer without thinking is as it was', () => {
    const { deltas } = delivered([
      ['Good', 1],
      [' day', 1],
    ]);
    expect(deltas).toEqual([
      { text: 'Good', tokens: 1 },
      { text: ' day', tokens: 1 },
    ]);
  });

  test('that may still become a tag is handed over in the end, however that comes', () => {
    for (const aborted of [false, true]) {
      expect(delivered([['<thi', 2]], { aborted })).toMatchObject({
        text: { thinking: '', answer: '<thi' },
        end: { reason: aborted ? 'aborted' : 'length', completionTokens: 2 },
      });
      expect(delivered([['<think>Six.</th', 3]], { aborted }).text.thinking).toBe('Six.</th');
    }
  });
});

describe('a stop string', () => {
  const pieces = ['<think>', 'Six.\n', '\nSeven.', '</think>', '\n\n', '42.', '\n', '\n', 'More.'];

  test('ends the answer and not the thinking before it', () => {
    const { text, end } = delivered(
      pieces.map((piece) => [piece, 1]),
      { stop: ['\n\n'] },
    );
    expect(text).toEqual({ thinking: 'Six.\n\nSeven.', answer: '42.' });
    expect(end.reason).toBe('stop');
  });

  test('that is never there changes nothing', () => {
    const all = pieces.map((piece) => [piece, 1] as const);
    expect(delivered(all, { stop: ['STOP'] }).text).toEqual(delivered(all).text);
  });
});
