/** Finds a secret in whatever form it may have got out: whole or in part, as it is, encoded or turned round. */

import type { Place } from './everything-stored';

/** Shorter parts stand in innocent text by chance, and give too little away. */
const PART = 12;

const encodings = {
  plain: (text: string) => [text],
  reversed: (text: string) => [[...text].reverse().join('')],
  /** As bytes, and as JSON writes the empty ones. */
  'UTF-16': (text: string) => ['\0', '\\u0000'].map((empty) => [...text].join(empty)),
  hex: (text: string) => bothCases(Buffer.from(text).toString('hex')),
  percent: (text: string) => [
    encodeURIComponent(text),
    ...bothCases(Buffer.from(text).toString('hex')).map((hex) => hex.replace(/../g, '%$&')),
  ],
  base64: (text: string) => alignments(text, 'base64'),
  base64url: (text: string) => alignments(text, 'base64url'),
} as const;

export type Encoding = keyof typeof encodings;
export const encodingNames = Object.keys(encodings) as Encoding[];

function bothCases(hex: string): string[] {
  return [hex, hex.toUpperCase()];
}

/** What a text looks like within a longer one that is encoded whole, by where in three bytes it begins. */
function alignments(text: string, encoding: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${' '.repeat(before)}${text}`).toString(encoding);
    // Characters that also stand for bits of a neighbour are left out.
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + text.length) * 8) / 6));
  });
}

export interface Finding {
  readonly place: string;
  /** What the secret was called. */
  readonly secret: string;
  readonly encoding: Encoding;
}

interface Needle extends Omit<Finding, 'place'> {
  readonly text: string;
}

export class CanarySearch {
  /** By their first characters, so that a text is read once however many there are. */
  readonly #needles = new Map<string, Needle[]>();

  /** @param secrets by what they are called; printable ASCII, at least `PART` long */
  constructor(secrets: Readonly<Record<string, string>>) {
    for (const [secret, whole] of Object.entries(secrets)) {
      for (let start = 0; start + PART <= whole.length; start += 1) {
        for (const encoding of encodingNames) {
          for (const text of encodings[encoding](whole.slice(start, start + PART)))
            this.#add({ secret, encoding, text });
        }
      }
    }
  }

  /** Where the secrets are: each place once for every secret and encoding. */
  findings(places: readonly Place[]): Finding[] {
    const found = new Map<string, Finding>();
    for (const { name: place, text } of places) {
      for (let at = 0; at + PART <= text.length; at += 1) {
        for (const needle of this.#needles.get(text.slice(at, at + PART)) ?? []) {
          if (!text.startsWith(needle.text, at)) continue;
          const { secret, encoding } = needle;
          found.set(`${place} ${secret} ${encoding}`, { place, secret, encoding });
        }
      }
    }
    return [...found.values()];
  }

  #add(needle: Needle): void {
    const first = needle.text.slice(0, PART);
    const known = this.#needles.get(first) ?? [];
    this.#needles.set(first, [...known, needle]);
  }
}
