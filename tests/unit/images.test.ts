import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messagesFor, mostTokens, trimOldest } from '../../src/domain/conversation';
import type { ImagePart, Message } from '../../src/domain/engine';
import { imageHeader } from '../../src/domain/image-header';
import {
  MAX_IMAGE_BYTES,
  MAX_SIDE,
  dataUrlOf,
  imageCount,
  isKeptImage,
  takesImages,
  withoutImages,
} from '../../src/domain/images';
import { gifStart, green, jpegStart, pngStart, redBlue, webpStart } from '../support/images';

const size = (max: number) =>
  fc.record({ width: fc.integer({ min: 1, max }), height: fc.integer({ min: 1, max }) });
const small = size(2 ** 14 - 1);

describe('the header tells type and size of', () => {
  test.each([
    ['PNG', 'image/png', size(2 ** 31 - 1), pngStart],
    ['JPEG', 'image/jpeg', size(2 ** 16 - 1), jpegStart],
    ['GIF', 'image/gif', size(2 ** 16 - 1), gifStart],
    ['lossy WebP', 'image/webp', small, (one) => webpStart('VP8 ', one)],
    ['lossless WebP', 'image/webp', small, (one) => webpStart('VP8L', one)],
    ['extended WebP', 'image/webp', size(2 ** 24), (one) => webpStart('VP8X', one)],
  ] satisfies [string, string, typeof small, (one: { width: number; height: number }) => Uint8Array][])(
    '%s, of any size; cut anywhere it tells nothing, or the same',
    (_, type, sizes, start) => {
      fc.assert(
        fc.property(sizes, fc.nat(60), (one, cut) => {
          const bytes = start(one);
          const whole = { type, ...one };
          expect(imageHeader(bytes)).toEqual(whole);
          const part = imageHeader(bytes.subarray(0, cut));
          if (part !== undefined) expect(part).toEqual(whole);
        }),
      );
    },
  );

  test('a JPEG behind a camera’s notes and tables, and not of the thumbnail in them', () => {
    const thumbnail = [...jpegStart({ width: 160, height: 120 })];
    const bytes = jpegStart({ width: 4000, height: 3000 }, [
      [0xe1, [...Array.from('Exif\0\0', (one) => one.charCodeAt(0)), ...thumbnail]],
      [0xc4, Array<number>(40).fill(7)],
      [0xdb, Array<number>(65).fill(1)],
    ]);
    expect(imageHeader(bytes)).toEqual({ type: 'image/jpeg', width: 4000, height: 3000 });
  });
});

test('whatever the bytes are, reading them comes to an end and throws nothing', () => {
  const starts = [pngStart, jpegStart, gifStart].map((start) => [...start({ width: 5, height: 7 })]);
  const bytes = fc.tuple(
    fc.constantFrom<readonly number[]>([], ...starts, [0xff, 0xd8, 0xff], [0xff, 0xd8, 0xff, 0xe0, 0, 0]),
    fc.nat(12),
    fc.array(fc.oneof(fc.constant(0xff), fc.nat(255)), { maxLength: 80 }),
  );
  fc.assert(
    fc.property(bytes, ([start, kept, rest]) => {
      const found = imageHeader(Uint8Array.from([...start.slice(0, kept), ...rest]));
      if (found !== undefined) expect(Math.min(found.width, found.height)).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});

test('text, and an image without a pixel, are no images', () => {
  expect(imageHeader(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined();
  expect(imageHeader(pngStart({ width: 0, height: 10 }))).toBeUndefined();
  expect(imageHeader(new Uint8Array())).toBeUndefined();
});

describe('an image counts as kept', () => {
  const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
  const large = (width: number): ImagePart => ({
    ...redBlue,
    base64: base64(pngStart({ width, height: 1 })),
    width,
    height: 1,
  });

  test('as it is made here', () => {
    expect([redBlue, green, large(MAX_SIDE)].map(isKeptImage)).toEqual([true, true, true]);
  });

  test.each([
    ['another type than it says', { ...redBlue, mediaType: 'image/jpeg' as const }],
    ['more pixels than are kept', large(MAX_SIDE + 1)],
    ['something else in it', { ...redBlue, base64: btoa('<svg xmlns="http://www.w3.org/2000/svg"/>') }],
    ['nothing in it', { ...redBlue, base64: '' }],
    ['text behind it', { ...redBlue, base64: `${redBlue.base64}" onload="alert(1)` }],
    ['a line break in it', { ...redBlue, base64: redBlue.base64.replace('AAAA', 'AA\nA') }],
    ['half a group at its end', { ...redBlue, base64: redBlue.base64.slice(0, -1) }],
    [
      'too many bytes',
      { ...redBlue, base64: redBlue.base64.replaceAll('=', '').padEnd(MAX_IMAGE_BYTES * 2, 'A') },
    ],
  ])('not with %s', (_, image) => {
    expect(isKeptImage(image)).toBe(false);
  });
});

test('the address of an image holds the image', () => {
  expect(dataUrlOf(green)).toBe(`data:image/png;base64,${green.base64}`);
});

test('a lane takes images where its model has a projector, or computes elsewhere', () => {
  expect([{}, { projector: 'mmproj.gguf' }, { remote: true }, { remote: false }].map(takesImages)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('images go along with their prompts, and are left out as a whole', () => {
  const answer = { id: 'x', startedAt: 0, text: 'Red.', end: 'stop' } as const;
  const exchanges = [
    { id: 'e', prompt: 'Which?', images: [redBlue], attempts: { a: { shown: 0, answers: [answer] } } },
  ];
  const messages: readonly Message[] = messagesFor({ system: '', exchanges }, 'a', 'And this?', [green]);
  expect(messages).toEqual([
    { role: 'user', content: 'Which?', images: [redBlue] },
    { role: 'assistant', content: 'Red.' },
    { role: 'user', content: 'And this?', images: [green] },
  ]);
  expect(withoutImages(messages)).toEqual(messages.map(({ role, content }) => ({ role, content })));
  const plain = messagesFor({ system: '', exchanges: [] }, 'a', 'Hello');
  expect(plain).toEqual([{ role: 'user', content: 'Hello' }]);
  expect(withoutImages(plain)).toBe(plain);
  expect(trimOldest(messages)).toEqual([{ role: 'user', content: 'And this?', images: [green] }]);
  expect(imageCount({ exchanges, draftImages: [green, redBlue] })).toBe(3);
  expect(mostTokens(messages)).toBeGreaterThan(mostTokens(withoutImages(messages)) + 2 * 4096);
});
