/** An answer that an engine hands over as text: ended at a stop string, and counted as the engine counts its steps. */

import type { Completion, GenerateContext } from '../../src/domain/engine';
import { TextStream, emitGrowth } from './text-stream';
import type { ThinkingSplitter } from './thinking';

export class Answer {
  readonly #stop = new AbortController();
  readonly #pieces: string[] = [];
  readonly #text: TextStream;
  readonly #context: GenerateContext;
  readonly #endsItself: boolean;
  #made = 0;
  #finish: string | null = null;

  /**
   * @param endsItself false where the end of the sequence is ignored: then every step made a token of the answer
   * @param apart by default all text is answer
   */
  constructor(
    stop: readonly string[],
    context: GenerateContext,
    endsItself: boolean,
    apart?: ThinkingSplitter,
  ) {
    this.#text = new TextStream((ids) => ids.map((id) => this.#pieces[id] ?? '').join(''), stop, apart);
    this.#context = context;
    this.#endsItself = endsItself;
  }

  /** Aborted when a stop string was reached: the engine is to stop, and what it still says is dropped. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /**
   * @param piece new text, in whole characters
   * @param steps tokens that the engine has made so far, the one that ends a sequence included
   * @param finish why the engine ended; null while it goes on
   */
  add(piece: string, steps: number, finish: string | null): void {
    if (this.stopped.aborted || this.#finish !== null) return;
    this.#finish = finish;
    // Half a character, or a token that is not text: it belongs to the next delivery, or it ends the sequence.
    if (piece === '' && finish === null) return;
    const ending = finish === 'stop' && this.#endsItself ? 1 : 0;
    const tokens = Math.max(0, steps - ending - this.#made);
    if (tokens === 0 && piece === '') return;
    this.#made += tokens;
    this.#pieces.push(piece);
    const growth = this.#text.push(this.#pieces.length - 1);
    if (growth.stopped) this.#stop.abort();
    emitGrowth(this.#context, growth, tokens);
  }

  /** Hands over what was held back as a possible tag or stop string, and tells how the answer ended. */
  end(): Pick<Completion, 'reason' | 'completionTokens'> {
    const rest = this.#text.end();
    if (!this.stopped.aborted) emitGrowth(this.#context, rest, 0);
    const stopped = this.stopped.aborted || this.#finish === 'stop';
    const aborted = this.#context.signal.aborted && this.#finish !== 'length';
    return { reason: stopped ? 'stop' : aborted ? 'aborted' : 'length', completionTokens: this.#made };
  }
}
