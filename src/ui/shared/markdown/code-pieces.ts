/** Code in pieces of so many lines: code that grows at its end is made and laid out anew only there. */

export const PIECE_LINES = 60;

/** The text cut behind every sixtieth line break. Joined, the pieces are the text again; there is always one. */
export function codePieces(text: string): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  for (let cut = behindLines(rest); cut !== undefined; cut = behindLines(rest)) {
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...pieces, rest];
}

/** Where the line after the first `PIECE_LINES` begins; undefined where they are not all whole. */
export function behindLines(text: string): number | undefined {
  let at = 0;
  for (let line = 0; line < PIECE_LINES; line += 1) {
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return undefined;
  }
  return at;
}
