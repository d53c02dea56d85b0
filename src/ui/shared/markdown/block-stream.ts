/**
 * Reads a growing answer block by block, so that a finished block is parsed and rendered once.
 *
 * Markdown is decided line by line: once a further top-level block has begun, nothing that follows can change the
 * one before it. Only the unfinished tail is parsed again, and never more than a window of it at a time.
 */

import type { Block, PlacedBlock } from './ast';
import { FenceReader } from './fence-reader';
import type { Parse } from './parser-client';
import { makeVisible, sliceWhole, type TextSource } from './visible-text';

/** A block with its place in the answer as its key: the tail keeps its key when it is finished. */
export interface KeyedBlock {
  readonly key: number;
  readonly block: Block;
}

/** A long answer is shown in parts of so many blocks. */
export const PART_BLOCKS = 32;

/** Enough for ordinary blocks, in UTF-16 code units. */
const WINDOW = 3000;
/** A single block larger than this is shown as two. Fenced code is never cut: it needs no parser. */
const LARGE_WINDOW = 9000;

export interface Step {
  readonly parts: readonly (readonly KeyedBlock[])[];
  readonly more: boolean;
}

export class BlockStream {
  readonly #parse: Parse;
  /** What was read up to now, and how far it is finished. */
  #source: TextSource = '';
  #settledEnd = 0;
  /** Where the text ended that was read to its end; what is longer is another text. */
  #endedAt: number | undefined;
  /** Finished blocks. All parts but the last are full, and stay the same objects from then on. */
  #settled: readonly (readonly KeyedBlock[])[] = [];
  #window = WINDOW;
  /** An open fence that the tail begins with, as far as it was read. */
  #fence: FenceReader | undefined;

  constructor(parse: Parse) {
    this.#parse = parse;
  }

  /**
   * Reads on in `source` up to `end`, where it is `complete` or will grow. One step parses at most one window.
   * @returns all blocks so far, `PART_BLOCKS` to a part, and whether there is more to read right away
   */
  async step(source: TextSource, end: number, complete: boolean): Promise<Step> {
    if (!this.#goesOnWith(source, end)) this.#reset();
    // Another text was compared with the first only as far as that is settled.
    if (source !== this.#source) this.#fence = undefined;
    this.#source = source;
    this.#endedAt = complete ? end : undefined;
    this.#settledEnd += leadingBlankLines(
      source.slice(this.#settledEnd, Math.min(end, this.#settledEnd + WINDOW)),
    );
    const from = this.#settledEnd;
    const rest = end - from;
    if (rest <= 0) return { parts: this.#settled, more: false };

    const head = sliceWhole(source, from, Math.min(rest, this.#window));
    const reader = this.#fence ?? fenceAt(from, head, source, end);
    if (reader !== undefined) {
      this.#fence = reader.opened ? reader : undefined;
      const fence = reader.read(source, end);
      const keyed = { key: from + reader.indent, block: fence.block };
      if (!fence.closed && !complete) return { parts: withBlocks(this.#settled, [keyed]), more: false };
      this.#settle([keyed], fence.end);
      return { parts: this.#settled, more: fence.end < end };
    }

    const text = rest <= this.#window ? head : cutAtLine(head);
    const whole = text.length === rest;
    const answer = await this.#parse(text);
    const parsed = answer ?? [asPlain(text)];
    const keyed = parsed.map(({ block, start }) => ({ key: from + start, block }));

    const finished = whole && complete ? parsed.length : finishedCount(parsed, text);
    if (finished > 0) {
      const finishedEnd =
        finished === parsed.length ? text.length : (parsed[finished - 1]?.end ?? text.length);
      this.#settle(keyed.slice(0, finished), from + finishedEnd);
      this.#window = WINDOW;
    } else if (!whole && (answer === undefined || this.#window === LARGE_WINDOW)) {
      this.#settle(keyed, from + text.length);
    } else if (!whole) {
      this.#window = LARGE_WINDOW;
      return { parts: withBlocks(this.#settled, keyed), more: true };
    }
    const tail = whole ? keyed.slice(finished) : [];
    return { parts: withBlocks(this.#settled, tail), more: !whole };
  }

  /** A text that grows is one object all along; where another takes its place, it has to begin with the same words. */
  #goesOnWith(source: TextSource, end: number): boolean {
    if (source === this.#source) return true;
    if (this.#endedAt !== undefined && this.#endedAt !== end) return false;
    const settled = this.#settledEnd;
    return source.slice(0, settled) === this.#source.slice(0, settled);
  }

  #settle(blocks: readonly KeyedBlock[], end: number): void {
    this.#settled = withBlocks(this.#settled, blocks);
    this.#settledEnd = end;
    this.#fence = undefined;
  }

  #reset(): void {
    this.#settled = [];
    this.#settledEnd = 0;
    this.#window = WINDOW;
    this.#fence = undefined;
  }
}

/** The same parts with `blocks` after them. Full parts are passed on, so that a long answer is not copied at each step. */
function withBlocks(
  parts: readonly (readonly KeyedBlock[])[],
  blocks: readonly KeyedBlock[],
): readonly (readonly KeyedBlock[])[] {
  if (blocks.length === 0) return parts;
  const last = parts.at(-1);
  const open = last !== undefined && last.length < PART_BLOCKS ? [...last, ...blocks] : blocks;
  const all = open === blocks ? [...parts] : parts.slice(0, -1);
  for (let start = 0; start < open.length; start += PART_BLOCKS)
    all.push(open.slice(start, start + PART_BLOCKS));
  return all;
}

function asPlain(text: string): PlacedBlock {
  return { block: { kind: 'plain', text: makeVisible(text) }, start: 0, end: text.length };
}

/**
 * How many blocks at the start can never change. A block is finished when the one after it is certain to be one of
 * its own, which takes its first two lines: the second can turn the first into a table's head.
 */
function finishedCount(parsed: readonly PlacedBlock[], text: string): number {
  for (let index = parsed.length - 1; index > 0; index -= 1) {
    const firstLine = text.indexOf('\n', parsed[index]?.start);
    if (firstLine >= 0 && text.includes('\n', firstLine + 1)) return index;
  }
  return 0;
}

/** Length of the first lines that hold nothing but white space. Indentation of the next line is not one. */
function leadingBlankLines(text: string): number {
  return /^(?:[ \t]*\r?\n)*/.exec(text)?.[0].length ?? 0;
}

/** Up to the last line that begins a list item, else the last line break, else as it is. */
function cutAtLine(text: string): string {
  const items = [...text.matchAll(/\n(?=(?:[-*+]|\d{1,9}[.)]) )/g)];
  const cut = items.at(-1)?.index ?? text.lastIndexOf('\n');
  return cut <= 0 ? text : text.slice(0, cut + 1);
}

/** The fence that the tail begins with. Its first line is read whole, so that its end is known. */
function fenceAt(from: number, head: string, source: TextSource, end: number): FenceReader | undefined {
  if (!/^ {0,3}(?:```|~~~)/.test(head)) return undefined;
  return FenceReader.at(from, head.includes('\n') ? head : source.slice(from, end));
}
