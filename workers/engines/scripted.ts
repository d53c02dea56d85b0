/**
 * A scripted engine for tests: says what it is told, at the times it is told, and fails where it is told.
 *
 * The script is the model's address: `scripted:` and JSON. It obeys the same contract as every other engine.
 */

import {
  SCHEMA_IGNORED,
  type Completion,
  type Engine,
  type EngineFacts,
  type GenerateContext,
  type GenerateRequest,
  type LoadContext,
  type ModelSource,
  type Prompt,
} from '../../src/domain/engine';
import { FailureError, type FailureCode } from '../../src/domain/failure';

/** What the engine does. Every field has a default, so `{}` is a script. */
export interface Script {
  /** Deliveries of an answer, in order; `{prompt}` becomes the last message. */
  readonly chunks?: readonly string[];
  /** How often the deliveries are repeated. */
  readonly repeat?: number;
  readonly tokensPerChunk?: number;
  /** Ms before the first delivery, and between deliveries. */
  readonly firstMs?: number;
  readonly everyMs?: number;
  readonly loadMs?: number;
  readonly failLoad?: FailureCode;
  /** Deliveries before the answer fails; with `failGenerate`. */
  readonly failAfter?: number;
  readonly failGenerate?: FailureCode;
  /** Ends the worker from inside after so many deliveries. */
  readonly dieAfter?: number;
  /** Ignores cancellation, as an engine that is stuck in a long call does. */
  readonly deaf?: boolean;
  readonly contextTokens?: number;
  /** Never says how many tokens a prompt takes. */
  readonly stuckCount?: boolean;
}

const PREFIX = 'scripted:';

/** The address of a script, to be used as a variant's `baseUrl`. */
export function scriptUrl(script: Script): string {
  return PREFIX + encodeURIComponent(JSON.stringify(script));
}

export class ScriptedEngine implements Engine {
  #script: Script | undefined;

  async load(source: ModelSource, context: LoadContext): Promise<EngineFacts> {
    const script = JSON.parse(decodeURIComponent(source.baseUrl.slice(PREFIX.length))) as Script;
    const steps = 4;
    for (let step = 1; step <= steps; step += 1) {
      await pause((script.loadMs ?? 0) / steps, context.signal);
      context.onProgress({ phase: 'download', loadedBytes: step * 1000, totalBytes: steps * 1000 });
    }
    if (script.failLoad !== undefined) throw new FailureError(script.failLoad, 'scripted');
    context.onProgress({ phase: 'compile' });
    this.#script = script;
    return {
      engine: 'Scripted 1',
      device: source.device,
      adapter: 'none',
      contextTokens: script.contextTokens ?? 1024,
    };
  }

  async generate(request: GenerateRequest, context: GenerateContext): Promise<Completion> {
    const script = this.#require();
    const promptTokens = wordsOf(request.prompt);
    const contextTokens = script.contextTokens ?? 1024;
    if (promptTokens >= contextTokens) {
      throw new FailureError('context-full', `${promptTokens} of ${contextTokens} tokens`);
    }
    const chunks = Array.from(
      { length: script.repeat ?? 1 },
      () => script.chunks ?? ['Hello', ' there', '.'],
    ).flat();
    const tokensPerChunk = script.tokensPerChunk ?? 1;
    const signal = script.deaf === true ? new AbortController().signal : context.signal;
    context.prefill({ tokens: promptTokens, cached: 0 });
    let made = 0;
    const end = (reason: Completion['reason']): Completion => ({
      reason,
      promptTokens,
      cachedTokens: 0,
      completionTokens: made,
      ...(request.jsonSchema !== undefined && { ignored: [SCHEMA_IGNORED] }),
    });
    const started = performance.now();
    for (const [index, chunk] of chunks.entries()) {
      if (made >= request.sampling.maxTokens) return end('length');
      // Due times come from the clock, so that a timer's minimum delay does not lower the rate that was asked for.
      const due = started + (script.firstMs ?? 0) + index * (script.everyMs ?? 0);
      if (signal.aborted || !(await pauseUntil(due, signal))) return end('aborted');
      if (index === script.failAfter)
        throw new FailureError(script.failGenerate ?? 'engine-error', 'scripted');
      if (index === script.dieAfter) {
        // However late it is: what it emitted before has been posted by then.
        await pauseUntil(performance.now() + (script.everyMs ?? 0), signal);
        close();
        await new Promise(() => undefined);
      }
      made += tokensPerChunk;
      context.emit({
        text: chunk.replaceAll('{prompt}', lastMessage(request.prompt)),
        tokens: tokensPerChunk,
      });
    }
    return end('stop');
  }

  countTokens(prompt: Prompt): Promise<number> {
    if (this.#script?.stuckCount === true) return new Promise(() => undefined);
    return Promise.resolve(wordsOf(prompt));
  }

  unload(): Promise<void> {
    this.#script = undefined;
    return Promise.resolve();
  }

  #require(): Script {
    if (this.#script === undefined) throw new FailureError('engine-error', 'no model is loaded');
    return this.#script;
  }
}

/** A word is a token here. */
function wordsOf(prompt: Prompt): number {
  return prompt.kind === 'tokens'
    ? prompt.tokens.length
    : prompt.messages.reduce((sum, message) => sum + message.content.split(/\s+/).length + 3, 0);
}

function lastMessage(prompt: Prompt): string {
  return prompt.kind === 'chat' ? (prompt.messages.at(-1)?.content ?? '') : '';
}

/** False where the signal ended the wait. A time that has passed needs no wait. */
async function pauseUntil(due: number, signal: AbortSignal): Promise<boolean> {
  const left = due - performance.now();
  if (left <= 0) return true;
  try {
    await pause(left, signal);
    return true;
  } catch {
    return false;
  }
}

/** Waits, or rejects with the signal's reason. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
