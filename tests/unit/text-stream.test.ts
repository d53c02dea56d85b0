import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextStream } from '../../workers/engines/text-stream';

/** A tokenizer whose tokens are pieces of UTF-8, as byte-level ones are. */
function pieces(parts: readonly Uint8Array[]) {
  const decode = (tokens: readonly number[]) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      Uint8Array.from(tokens.flatMap((token) => [...(parts[token] ?? [])])),
    );
  return { decode, tokens: parts.map((_, index) => index) };
}

/** Cuts the bytes of `text` before each of these offsets. */
function cut(text: string, offsets: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const borders = [
    0,
    ...[...new Set(offsets)].filter((at) => at > 0 && at < bytes.length).sort((a, b) => a - b),
  ];
  return borders.map((from, index) => bytes.slice(from, borders[index + 1] ?? bytes.length));
}

function stream(parts: readonly Uint8Array[], stop: readonly string[] = []) {
  const { decode, tokens } = pieces(parts);
  const text = new TextStream(decode, stop);
  const shown: string[] = [];
  for (const token of tokens) {
    const growth = text.push(token);
    shown.push(growth.text);
    if (growth.stopped) return { shown, text: shown.join(''), stopped: true };
  }
  shown.push(text.end().text);
  return { shown, text: shown.join(''), stopped: false };
}

const SAMPLE = 'aé€😀 ﷽\u{1F468}\u200D\u{1F469}z';

test('a character that is split at any byte appears once, whole', () => {
  const { length } = new TextEncoder().encode(SAMPLE);
  for (let at = 1; at < length; at += 1) {
    const { shown, text } = stream(cut(SAMPLE, [at]));
    expect(text).toBe(SAMPLE);
    for (const part of shown) expect(part).not.toMatch(/\uFFFD|\p{Surrogate}/u);
  }
  const bytewise = stream(
    cut(
      SAMPLE,
      Array.from({ length }, (_, at) => at),
    ),
  );
  expect(bytewise.text).toBe(SAMPLE);
  expect(bytewise.shown.join('|')).not.toMatch(/\uFFFD|\p{Surrogate}/u);
});

test('no text is lost, wherever tokens begin and end', () => {
  const characters = fc.constantFrom('a', ' ', 'é', '€', '😀', '\u200D', '﷽', '\u{10FFFF}');
  const texts = fc.string({ unit: characters, maxLength: 20 });
  fc.assert(
    fc.property(texts, fc.array(fc.nat({ max: 60 })), (text, offsets) => {
      expect(stream(cut(text, offsets)).text).toBe(text);
    }),
  );
});

test('nothing at all is no text, though a decoder refuses to decode nothing', () => {
  const text = new TextStream((tokens) => {
    if (tokens.length === 0) throw new Error('nothing to decode');
    return 'a';
  }, []);
  expect(text.end().text).toBe('');
});

test('an answer that ends inside a character keeps what stands before it', () => {
  const bytes = new TextEncoder().encode('abc€');
  expect(stream([bytes.slice(0, 2), bytes.slice(2, 4)]).text).toBe('abc');
});

test('an answer ends before a stop string, wherever that is split', () => {
  const text = 'Yes. STOP and more';
  for (let at = 1; at < text.length; at += 1) {
    const { text: shown, stopped } = stream(cut(text, [at]), ['STOP']);
    expect({ shown, stopped }).toEqual({ shown: 'Yes. ', stopped: true });
  }
  const bytewise = stream(
    cut(
      text,
      Array.from(text, (_, at) => at),
    ),
    ['STOP'],
  );
  expect(bytewise).toMatchObject({ text: 'Yes. ', stopped: true });
});

test('what only looked like a stop string is shown in the end', () => {
  const everyByte = (text: string) =>
    cut(
      text,
      Array.from(text, (_, at) => at),
    );
  expect(stream(everyByte('one STO'), ['STOP'])).toMatchObject({ text: 'one STO', stopped: false });
  expect(stream(everyByte('SSTO! SSTOP'), ['STOP'])).toMatchObject({ text: 'SSTO! S', stopped: true });
});

test('the earliest of several stop strings counts, and an empty one is none', () => {
  expect(stream(cut('a B c D', []), ['D', 'B', ''])).toMatchObject({ text: 'a ', stopped: true });
  expect(stream(cut('abc', [1]), [''])).toMatchObject({ text: 'abc', stopped: false });
});

test('with any stop strings, what is shown is the text up to the first of them', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '€'), maxLength: 24 });
  const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '€'), minLength: 1, maxLength: 4 }), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(letters, stops, fc.array(fc.nat({ max: 60 })), (text, stop, offsets) => {
      // A stop string counts as soon as it is complete, so the first to end decides where several overlap.
      const characters = cut(text, [...offsets, ...borders(text)]);
      const { text: shown, stopped } = stream(characters, stop);
      const ends = stop
        .map((word) => text.indexOf(word) + word.length)
        .filter((_, i) => text.includes(stop[i] ?? ''));
      expect(stopped).toBe(ends.length > 0);
      if (stopped) {
        expect(stop.some((word) => text.startsWith(shown + word))).toBe(true);
        expect(stop.every((word) => !shown.includes(word))).toBe(true);
      } else {
        expect(shown).toBe(text);
      }
    }),
  );
});

/** Byte offsets between characters. */
function borders(text: string): number[] {
  let at = 0;
  return Array.from(text, (character) => (at += new TextEncoder().encode(character).length));
}
