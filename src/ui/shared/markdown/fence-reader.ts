/**
 * Fenced code, read without a parser: it may be long, and each line of it stands for itself. What was read of a fence
 * that is still open is kept, so that a step costs what was added to it and the last piece, however long it is.
 */

import type { Block } from './ast';
import { behindLines, codePieces } from './code-pieces';
import { makeVisible, type TextSource } from './visible-text';

/** Markdown's lines end with a line feed, a carriage return, or both; those of a regular expression with others too. */
const LINE_START = '(?<![^\\n\\r])';

export interface FenceStep {
  readonly block: Block;
  /** True once the line that ends it is whole. */
  readonly closed: boolean;
  /** Where it ends in the source, or what there is of it. */
  readonly end: number;
}

export class FenceReader {
  /** Columns before the opening marks, which every line of the code may have too. */
  readonly indent: number;
  /** False while the first line may still grow. */
  readonly opened: boolean;
  readonly #language: string;
  readonly #closing: RegExp;
  /** Whole pieces, and the whole lines after them. */
  readonly #done: string[] = [];
  #lines = '';
  /** Where the first line begins that is neither. */
  #at: number;
  /** What it came to, where nothing that follows can change it. */
  #ended: FenceStep | undefined;

  /**
   * @param text what stands at `from`: the whole first line, or all that there is of it
   * @returns undefined where no fence begins there
   */
  static at(from: number, text: string): FenceReader | undefined {
    const opening = /( {0,3})(`{3,}(?=[^`\n\r]*(?:[\n\r]|$))|~{3,})[ \t]*([^\n\r]*)(?:\r?\n|\r|$)/y;
    const [line, indent = '', marks = '', info = ''] = opening.exec(text) ?? [];
    if (line === undefined) return undefined;
    // Behind a carriage return there may still come the rest of a line break.
    const whole = line.endsWith('\n') || (line.endsWith('\r') && text.length > line.length);
    return new FenceReader(from + line.length, indent.length, marks, info, whole);
  }

  private constructor(at: number, indent: number, marks: string, info: string, opened: boolean) {
    const [language = ''] = info.trim().split(/\s/, 1);
    this.#at = at;
    this.indent = indent;
    this.opened = opened;
    this.#language = makeVisible(withoutNull(language));
    const mark = `${marks.charAt(0)}{${marks.length},}`;
    this.#closing = new RegExp(`${LINE_START} {0,3}${mark}[ \\t]*(?:\\r?\\n|\\r?$|(?=\\r))`);
  }

  /** Reads on up to `end`, which is never before where it read to the last time. */
  read(source: TextSource, end: number): FenceStep {
    if (this.#ended !== undefined) return this.#ended;
    const text = source.slice(this.#at, end);
    const close = this.#closing.exec(text);
    const inside = text.slice(0, close?.index ?? text.length);
    const whole = inside.lastIndexOf('\n') + 1;
    const closeEnd = close === null ? end : this.#at + close.index + close[0].length;
    this.#take(inside.slice(0, whole));
    this.#at += whole;
    const last = (this.#lines + this.#clean(inside.slice(whole))).replace(/(?:\r?\n|\r)$/, '');
    const step = {
      block: { kind: 'code', language: this.#language, code: [...this.#done, ...codePieces(last)] },
      // A last line without its line break may still grow into something else.
      closed: close?.[0].endsWith('\n') === true,
      end: closeEnd,
    } as const;
    if (close !== null && text.includes('\n', close.index)) this.#ended = step;
    return step;
  }

  #take(lines: string): void {
    this.#lines += this.#clean(lines);
    for (;;) {
      const cut = behindLines(this.#lines);
      // The last line break may be that before the end of the fence, which is no part of the code.
      if (cut === undefined || !this.#lines.includes('\n', cut)) return;
      this.#done.push(this.#lines.slice(0, cut));
      this.#lines = this.#lines.slice(cut);
    }
  }

  #clean(text: string): string {
    return withoutNull(this.indent === 0 ? text : withoutIndent(text, this.indent));
  }
}

/** Each line without its first `columns` (1 to 3) of white space. What is left of a cut tab (4 columns) is spaces. */
function withoutIndent(text: string, columns: number): string {
  const margin = new RegExp(`${LINE_START}(?: {0,${columns - 1}}(\\t)| {1,${columns}})`, 'g');
  return text.replaceAll(margin, (_, tab?: string) => (tab === undefined ? '' : ' '.repeat(4 - columns)));
}

/** Markdown has no U+0000. */
function withoutNull(text: string): string {
  return text.replaceAll('\u0000', '\ufffd');
}
