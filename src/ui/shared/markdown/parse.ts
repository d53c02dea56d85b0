/**
 * Markdown (CommonMark and GFM) to the safe tree of `ast.ts`. Runs in a worker; carries the parser with it.
 *
 * Reference links and footnotes are left as text: their targets may come much later in a stream, and a block that
 * is finished never changes again. Blocks of raw HTML are read as paragraphs, so that Markdown in them works.
 */

import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Block, Cell, Inline, ListItem, PlacedBlock } from './ast';
import { codePieces } from './code-pieces';
import { linkAddress } from './link-address';
import { makeVisible } from './visible-text';

type Node = ReturnType<typeof fromMarkdown>['children'][number];

/** Deeper nesting than a person can follow is shown as it was written: it would exhaust the width, then the stack. */
const MAX_DEPTH = 10;

const extensions = [
  gfm({ singleTilde: false }),
  { disable: { null: ['definition', 'htmlFlow', 'gfmFootnoteDefinition', 'gfmFootnoteCall'] } },
];
const mdastExtensions = [gfmFromMarkdown()];

/** Throws where the parser gives up, for example on thousands of nested quotes. */
export function parseMarkdown(text: string): PlacedBlock[] {
  const tree = fromMarkdown(text, { extensions, mdastExtensions });
  const reader = new Reader(text);
  const blocks: PlacedBlock[] = [];
  let last: Node | undefined;
  for (const node of tree.children) {
    const start = node.position?.start.offset ?? 0;
    if (isMisreadItem(last, text.slice(start))) {
      const rest = parseMarkdown(text.slice(start));
      return [...blocks, ...rest.map((placed) => moved(placed, start))];
    }
    blocks.push({ block: reader.block(node, 0), start, end: node.position?.end.offset ?? text.length });
    last = node;
  }
  return blocks;
}

/**
 * Whether a block has to be read again by itself. micromark 4.0 treats list items with an empty first line as if
 * they interrupted a paragraph (CommonMark 0.31, section 5.2), also where indented code comes before them and where
 * they are the content of another block.
 */
function isMisreadItem(last: Node | undefined, text: string): boolean {
  if (last?.type !== 'code' && last?.type !== 'paragraph') return false;
  return /^(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*)+(?:\r?\n|$)/.test(text);
}

function moved({ block, start, end }: PlacedBlock, by: number): PlacedBlock {
  return { block, start: start + by, end: end + by };
}

class Reader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  block(node: Node, depth: number): Block {
    if (depth > MAX_DEPTH) return { kind: 'plain', text: this.#source(node) };
    switch (node.type) {
      case 'paragraph':
        return { kind: 'paragraph', children: this.#inlines(node.children, depth) };
      case 'heading':
        return { kind: 'heading', level: node.depth, children: this.#inlines(node.children, depth) };
      case 'blockquote':
        return { kind: 'quote', children: node.children.map((child) => this.block(child, depth + 1)) };
      case 'list': {
        const items = node.children.map((item): ListItem => ({
          checked: item.checked ?? undefined,
          children: item.children.map((child) => this.block(child, depth + 1)),
        }));
        const loose = node.spread === true || node.children.some((item) => item.spread === true);
        return { kind: 'list', start: node.ordered === true ? (node.start ?? 1) : undefined, loose, items };
      }
      case 'code':
        return { kind: 'code', language: this.#language(node), code: codePieces(node.value) };
      case 'table': {
        const [head = [], ...rows] = node.children.map((row) =>
          row.children.map((cell): Cell => this.#inlines(cell.children, depth)),
        );
        return { kind: 'table', align: (node.align ?? []).map((side) => side ?? undefined), head, rows };
      }
      case 'thematicBreak':
        return { kind: 'rule' };
      // Switched off, or never at the level of blocks.
      case 'break':
      case 'definition':
      case 'delete':
      case 'emphasis':
      case 'footnoteDefinition':
      case 'footnoteReference':
      case 'html':
      case 'image':
      case 'imageReference':
      case 'inlineCode':
      case 'link':
      case 'linkReference':
      case 'listItem':
      case 'strong':
      case 'tableCell':
      case 'tableRow':
      case 'text':
      case 'yaml':
        return { kind: 'plain', text: this.#source(node) };
    }
  }

  #inlines(nodes: readonly Node[], depth: number): Inline[] {
    const inlines: Inline[] = [];
    for (const node of nodes) {
      const inline = this.#inline(node, depth + 1);
      const last = inlines.at(-1);
      if (inline.kind === 'text' && last?.kind === 'text') {
        inlines[inlines.length - 1] = { kind: 'text', text: last.text + inline.text };
      } else inlines.push(inline);
    }
    return inlines;
  }

  #inline(node: Node, depth: number): Inline {
    if (depth > MAX_DEPTH) return { kind: 'text', text: this.#source(node) };
    switch (node.type) {
      case 'text':
        return { kind: 'text', text: makeVisible(node.value) };
      case 'inlineCode':
        return { kind: 'code', text: makeVisible(node.value) };
      case 'break':
        return { kind: 'break' };
      case 'html':
        // The one tag that models write where Markdown has nothing: a line break inside a table cell.
        return /^<br\s*\/?>$/i.test(node.value)
          ? { kind: 'break' }
          : { kind: 'text', text: makeVisible(node.value) };
      case 'strong':
      case 'emphasis':
        return { kind: node.type, children: this.#inlines(node.children, depth) };
      case 'delete':
        return { kind: 'deleted', children: this.#inlines(node.children, depth) };
      case 'link': {
        const children = this.#inlines(node.children, depth);
        const address = linkAddress(node.url);
        if (address !== undefined) return { kind: 'link', address, children };
        return { kind: 'inert-link', url: makeVisible(node.url), children };
      }
      case 'image':
        return {
          kind: 'image',
          alt: makeVisible(node.alt ?? ''),
          host: linkAddress(node.url)?.destination ?? '',
        };
      // Switched off, or never inside a line.
      case 'blockquote':
      case 'code':
      case 'definition':
      case 'footnoteDefinition':
      case 'footnoteReference':
      case 'heading':
      case 'imageReference':
      case 'linkReference':
      case 'list':
      case 'listItem':
      case 'paragraph':
      case 'table':
      case 'tableCell':
      case 'tableRow':
      case 'thematicBreak':
      case 'yaml':
        return { kind: 'text', text: this.#source(node) };
    }
  }

  /** The language as it was written, escapes and all: `BlockStream` reads fences without a parser. */
  #language(node: Node): string {
    const start = node.position?.start.offset ?? 0;
    const [, language = ''] = /^(?:`{3,}|~{3,})[ \t]*(\S*)/.exec(this.#text.slice(start, start + 1000)) ?? [];
    return makeVisible(language.replaceAll('\u0000', '\ufffd'));
  }

  #source(node: Node): string {
    return makeVisible(this.#text.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0));
  }
}
