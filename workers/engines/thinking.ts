/**
 * What a model thinks and what it answers, told apart where both come as one text.
 *
 * Local models write their thinking in front of the answer, between two tags that the page would else show, copy and
 * send back. Some chat templates write the first tag themselves, at the end of the prompt: the answer then begins
 * inside the thinking, and only the second tag arrives.
 */

interface Tag {
  readonly open: string;
  readonly close: string;
}

/** As models were trained to write them: Qwen 3, DeepSeek R1 and SmolLM3; EXAONE Deep; Magistral. */
const tags: readonly Tag[] = [
  { open: '<think>', close: '</think>' },
  { open: '<thought>', close: '</thought>' },
  { open: '[THINK]', close: '[/THINK]' },
];

type State =
  /** Only white space or part of a tag has come: of the answer, or behind a tag of the thinking. */
  | { readonly kind: 'beginning'; readonly tag: Tag | undefined }
  | { readonly kind: 'thinking'; readonly tag: Tag }
  | { readonly kind: 'answer' };

/** New text of both; the thinking stands before the answer. */
interface Parts {
  readonly thinking: string;
  readonly answer: string;
  /** How much of the newest text is thinking, tags included: from 0 to 1. */
  readonly thought: number;
}

/**
 * Takes a text as it grows. What may still become a tag is held back; the tags and the white space behind them are
 * left out. A tag counts in front of the answer alone: in the middle of it, it is something that the model talks about.
 * Thinking ends at the first closing tag, whatever was opened inside it, or with the answer.
 */
export class ThinkingSplitter {
  #state: State = { kind: 'answer' };
  #held = '';
  /** Whether a tag has come, be it in the prompt. */
  #tagged = false;
  #thought = false;

  /** @param prompt what the model goes on with; without it the model does not think, and all of its text is answer */
  constructor(prompt?: string) {
    if (prompt === undefined) return;
    const end = prompt.trimEnd();
    const tag = tags.find(({ open }) => end.endsWith(open));
    this.#state = { kind: 'beginning', tag };
    this.#tagged = tag !== undefined;
  }

  /** Whether the model has thought anything. */
  get thought(): boolean {
    return this.#thought;
  }

  push(text: string): Parts {
    let rest = this.#held + text;
    let thinking = '';
    this.#held = '';
    while (this.#state.kind !== 'answer') {
      const { tag } = this.#state;
      if (this.#state.kind === 'beginning') {
        const inner = rest.trimStart();
        const opened = tags.find(({ open }) => inner.startsWith(open));
        if (opened !== undefined) {
          // One that is opened twice, by the prompt and by the model, is one.
          this.#state = { kind: 'beginning', tag: opened };
          this.#tagged = true;
          rest = inner.slice(opened.open.length);
        } else if (tags.some(({ open }) => open.startsWith(inner))) {
          return this.#hold(rest, text, thinking);
        } else {
          this.#state = tag === undefined ? { kind: 'answer' } : { kind: 'thinking', tag };
          if (this.#tagged) rest = inner;
        }
        continue;
      }
      const { close } = this.#state.tag;
      const end = rest.indexOf(close);
      if (end < 0) {
        const shown = rest.length - overlap(rest, close);
        return this.#hold(rest.slice(shown), text, thinking + rest.slice(0, shown));
      }
      thinking += rest.slice(0, end);
      rest = rest.slice(end + close.length);
      this.#state = { kind: 'beginning', tag: undefined };
    }
    return this.#parts(text, thinking, rest);
  }

  /** What was held back, at the end of the text, which may be an abrupt one. */
  end(): Parts {
    const held = this.#tagged && this.#state.kind === 'beginning' ? this.#held.trimStart() : this.#held;
    this.#held = '';
    const thinks = this.#state.kind !== 'answer' && this.#state.tag !== undefined;
    return this.#parts('', thinks ? held : '', thinks ? '' : held);
  }

  #hold(held: string, text: string, thinking: string): Parts {
    this.#held = held;
    return this.#parts(text, thinking, '');
  }

  #parts(text: string, thinking: string, answer: string): Parts {
    if (thinking !== '') this.#thought = true;
    if (this.#state.kind !== 'answer') return { thinking, answer, thought: this.#tagged ? 1 : 0 };
    // The answer is the end of the newest text; what of it was held back before is no part of that text.
    const answered = text === '' ? 1 : Math.min(1, answer.length / text.length);
    return { thinking, answer, thought: 1 - answered };
  }
}

/** Length of the longest end of `text` that is a beginning of `word`, and not all of it. */
export function overlap(text: string, word: string): number {
  for (let length = Math.min(text.length, word.length - 1); length > 0; length -= 1) {
    if (text.endsWith(word.slice(0, length))) return length;
  }
  return 0;
}
