/**
 * Characters that have no shape of their own but change what a person believes to read: control characters
 * (terminal escapes among them), bidirectional marks and overrides, invisible separators, tags and variation
 * selectors that can carry hidden text. Joiners (U+200C, U+200D) are spared: emoji and several scripts need them.
 */
const DECEPTIVE =
  // eslint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E01EF}]|\r(?!\n)/gu;

/** The same text with every deceptive character as an escape that can be seen, such as ⟨U+202E⟩. */
export function makeVisible(text: string): string {
  return text.replace(DECEPTIVE, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}

/** What a text is read from: a string, or one that still grows. Offsets are UTF-16 code units, none negative. */
export interface TextSource {
  readonly length: number;
  slice(from: number, to: number): string;
}

/** `end`, or one less where half a character would be the last; at most the length of the text. */
export function wholeEnd(text: TextSource, end: number): number {
  if (end >= text.length) return text.length;
  const last = text.slice(end - 1, end).charCodeAt(0);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

/** At most `limit` UTF-16 code units from `start`, never with half a character at the end. */
export function sliceWhole(text: TextSource, start: number, limit: number): string {
  return text.slice(start, wholeEnd(text, start + limit));
}
