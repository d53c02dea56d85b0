/** A model behind an API, as an engine. One per lane; it holds no key, but asks for it each time. */

import type { LanguageModelV3, LanguageModelV3Prompt, LanguageModelV3Usage } from '@ai-sdk/provider';
import type {
  Completion,
  Engine,
  EngineFacts,
  GenerateContext,
  GenerateRequest,
  LoadContext,
  Message,
  ModelSource,
  Sampling,
  TokenUsage,
} from '../../src/domain/engine';
import { THINKING_IGNORED } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';
import type { RequestNote } from '../../src/domain/network';
import { remoteVariantId, type ProviderAccount } from '../../src/domain/provider';
import { providerDefinitions } from '../../src/providers/definitions';
import { complaintFailure } from '../../src/providers/errors';
import { finishAfterError, withUsage } from './billed';
import { guardedFetch, type GuardOptions } from './guarded-fetch';
import { imagePart, imagesRefused } from './images';
import { jsonFormat, parameterName } from './json-format';
import { modelIsThere } from './model-listing';
import { openProtocol, protocolNames } from './protocols';
import { SUMMARY_PARAMETER, mergedOptions, showsWholeThinking, thinkingCall } from './thinking-call';

export interface ProviderEngineOptions {
  readonly account: ProviderAccount;
  readonly model: string;
  /** The key for this account at its address. @throws FailureError `key-missing` */
  readonly key: () => string | undefined;
  /** Ms to wait after the latest of several "too many requests" in a row, and a note that there was none. */
  readonly backOffMs: () => number;
  readonly onSuccess: () => void;
  readonly silenceMs?: number;
}

export class ProviderEngine implements Engine {
  readonly #options: ProviderEngineOptions;
  /** Whether summaries of thinking are asked for: until the provider has refused to make them. */
  #summaries = true;

  constructor(options: ProviderEngineOptions) {
    this.#options = options;
  }

  /** Asks what costs nothing: is the key good, and is the model there. */
  async load(source: ModelSource, context: LoadContext): Promise<EngineFacts> {
    const { account, model } = this.#options;
    const { protocol } = providerDefinitions[account.kind];
    context.onProgress({ phase: 'engine' });
    await this.#warmUp();
    context.onProgress({ phase: 'connect' });
    const there = await modelIsThere(
      account,
      model,
      this.#fetch(2, { purpose: 'provider-check', prompt: false }),
      context.signal,
    );
    context.signal.throwIfAborted();
    context.onProgress({ phase: 'connect' });
    return {
      engine: protocolNames[protocol],
      device: source.device,
      adapter: new URL(account.baseUrl).host,
      // Infinity where the provider does not tell: it is the one to refuse what is too long.
      contextTokens: there?.contextTokens ?? Infinity,
    };
  }

  async generate(request: GenerateRequest, context: GenerateContext): Promise<Completion> {
    if (request.prompt.kind !== 'chat')
      throw new FailureError('engine-error', 'an API takes messages and no token ids');
    const { account, model: name } = this.#options;
    const format = jsonFormat(providerDefinitions[account.kind].protocol, request.jsonSchema);
    const thinking = thinkingCall(account.kind, name, request.sampling, this.#summaries);
    const ignored = [...this.#unknownTo(request.sampling), ...format.ignored, ...thinking.ignored];
    const unthinking = request.sampling.thinking === 'off';
    const whole = showsWholeThinking(account.kind, name);
    const heard: Heard = { ignored, unthinking, whole, reasoned: false, thought: false, said: false };
    try {
      const model = await this.#open((failure) => {
        heard.broken = failure;
      });
      const { stream } = await model.doStream({
        prompt: promptOf(request.prompt.messages),
        ...settingsOf(request.sampling),
        ...format.call,
        ...thinking.settings,
        providerOptions: mergedOptions(format.call.providerOptions, thinking.options),
        abortSignal: context.signal,
      });
      await this.#listen(stream, heard, context);
      if (context.signal.aborted) return completionOf('aborted', heard);
      if (heard.broken !== undefined) throw heard.broken;
      return this.#conclude(heard);
    } catch (thrown) {
      if (context.signal.aborted) return completionOf('aborted', heard);
      const ended = heard.finish?.raw !== undefined;
      const error = heard.broken ?? imagesRefused(this.#explain(thrown), request.prompt.messages, name);
      if (error.parameter === SUMMARY_PARAMETER && this.#summaries) {
        // A request that is refused is not billed, and the person asked for the answer, not for a summary.
        this.#summaries = false;
        return this.generate(request, context);
      }
      throw withUsage(error, usageOf(heard), ended);
    }
  }

  countTokens(): Promise<number> {
    return Promise.reject(
      new FailureError('engine-error', 'only the provider can count, and only afterwards'),
    );
  }

  unload(): Promise<void> {
    return Promise.resolve();
  }

  async #listen(
    stream: Awaited<ReturnType<LanguageModelV3['doStream']>>['stream'],
    heard: Heard,
    context: GenerateContext,
  ): Promise<void> {
    const reader = stream.getReader();
    try {
      for (;;) {
        const { done, value: part } = await reader.read();
        if (done) return;
        if (part.type === 'stream-start') {
          heard.ignored.push(
            ...part.warnings.flatMap((one) => ('feature' in one ? [parameterName(one.feature)] : [])),
          );
        } else if (part.type === 'text-delta' && part.delta !== '') {
          heard.said = true;
          context.emit({ text: part.delta });
        } else if (part.type === 'reasoning-start') {
          heard.reasoned = true;
        } else if (part.type === 'reasoning-delta' && part.delta !== '') {
          heard.reasoned = true;
          heard.thought = true;
          context.emit({ text: part.delta, thinking: true });
        } else if (part.type === 'tool-call') heard.tool = part.toolName;
        const finish = part.type === 'error' ? await finishAfterError(reader) : part;
        if (finish?.type === 'finish') {
          heard.usage = finish.usage;
          heard.finish = finish.finishReason;
        }
        if (part.type === 'error') throw part.error;
      }
    } finally {
      // Where we leave before the end, the connection is closed: what nobody reads is not to be made.
      void reader.cancel().catch(() => undefined);
    }
  }

  #conclude(heard: Heard): Completion {
    const reason = heard.finish?.unified;
    if (reason === 'content-filter')
      throw new FailureError('answer-refused', `finish reason "${heard.finish?.raw ?? reason}"`);
    if (reason === undefined || (reason === 'other' && heard.finish?.raw === undefined))
      throw new FailureError('stream-cut', 'the stream ended without saying that the answer had');
    if (reason === 'error')
      throw new FailureError('provider-error', `finish reason "${heard.finish?.raw ?? reason}"`);
    if (reason === 'tool-calls' && !heard.said)
      throw new FailureError(
        'request-rejected',
        `the model asked for a tool, "${heard.tool ?? ''}", and none is offered`,
      );
    this.#options.onSuccess();
    return completionOf(reason === 'length' ? 'length' : 'stop', heard);
  }

  #explain(thrown: unknown): FailureError {
    const known = failureIn(thrown);
    if (known !== undefined) return known;
    const name = thrown instanceof Error ? thrown.name : '';
    if (name === 'AI_JSONParseError' || name === 'AI_TypeValidationError')
      return new FailureError('stream-malformed', 'an event of the stream is not what the protocol says');
    if (name === 'AI_InvalidResponseDataError')
      return new FailureError('stream-cut', 'the stream ended without saying that the answer had');
    const complaint = complaintIn(thrown);
    return complaintFailure(
      { status: undefined, body: complaint },
      { now: Date.now(), backOffMs: this.#options.backOffMs, key: this.#keyOrNone() },
    );
  }

  #open(onBroken: (failure: FailureError) => void): Promise<LanguageModelV3> {
    const { account, model } = this.#options;
    const { protocol } = providerDefinitions[account.kind];
    const variantId = remoteVariantId(account.id, model);
    const ask = this.#fetch(1, { purpose: 'answer', prompt: true, variantId }, onBroken);
    return openProtocol({ protocol, baseUrl: account.baseUrl, model, fetch: ask });
  }

  /**
   * Runs the protocol's code once without a network, on a stream that says nothing: what it prepares at its first
   * event (some 100 ms on a slow machine) would else be part of the first answer's times.
   */
  async #warmUp(): Promise<void> {
    const { account, model } = this.#options;
    const { protocol } = providerDefinitions[account.kind];
    const headers = { 'content-type': 'text/event-stream' };
    const silent = () => Promise.resolve(new Response('data: {}\n\n', { headers }));
    const dry = await openProtocol({ protocol, baseUrl: account.baseUrl, model, fetch: silent });
    try {
      const { stream } = await dry.doStream({
        prompt: [{ role: 'user', content: [{ type: 'text', text: '' }] }],
      });
      await stream.pipeTo(new WritableStream());
    } catch {
      // An event that says nothing is no event of the protocol, and some say so by throwing.
    }
  }

  #fetch(mostRequests: number, note: RequestNote, onBroken?: (failure: FailureError) => void): typeof fetch {
    const { account, key, backOffMs, silenceMs } = this.#options;
    const { protocol } = providerDefinitions[account.kind];
    const options: GuardOptions = {
      protocol,
      key: key(),
      note,
      backOffMs,
      mostRequests,
      ...(onBroken && { onBroken }),
      ...(silenceMs !== undefined && { silenceMs }),
    };
    return guardedFetch(options);
  }

  #keyOrNone(): string | undefined {
    try {
      return this.#options.key();
    } catch {
      return undefined;
    }
  }

  /** No API of these knows a repetition penalty as local engines mean it. */
  #unknownTo(sampling: Sampling): string[] {
    return sampling.repetitionPenalty === 1 ? [] : ['repetitionPenalty'];
  }
}

/** What was learned of an answer while it came. */
interface Heard {
  readonly ignored: string[];
  /** Whether it was asked to answer without thinking. */
  readonly unthinking: boolean;
  /** Whether the thinking that it shows is all of it. */
  readonly whole: boolean;
  /** It thought, and showed something of that. */
  reasoned: boolean;
  thought: boolean;
  said: boolean;
  tool?: string;
  /** Why the stream ended before its end. */
  broken?: FailureError;
  usage?: LanguageModelV3Usage;
  finish?: { readonly unified: string; readonly raw: string | undefined };
}

function promptOf(messages: readonly Message[]): LanguageModelV3Prompt {
  return messages.map(({ role, content, images = [] }) => {
    if (role === 'system') return { role, content };
    const text = { type: 'text', text: content } as const;
    return role === 'user' ? { role, content: [...images.map(imagePart), text] } : { role, content: [text] };
  });
}

/** What stands at "off" is not sent: some models refuse to be told even that. */
function settingsOf(sampling: Sampling) {
  return {
    maxOutputTokens: sampling.maxTokens,
    temperature: sampling.temperature,
    ...(sampling.topP !== 1 && { topP: sampling.topP }),
    ...(sampling.topK !== 0 && { topK: sampling.topK }),
    // A greedy answer draws nothing that a seed could fix.
    ...(sampling.temperature !== 0 && { seed: sampling.seed }),
    ...(sampling.stop.length > 0 && { stopSequences: [...sampling.stop] }),
  };
}

function completionOf(reason: Completion['reason'], heard: Heard): Completion {
  const names = ignoredBy(heard);
  const ignored = names.length === 0 ? {} : { ignored: names };
  const usage = usageOf(heard);
  if (usage === undefined) return { reason, ...ignored };
  return {
    reason,
    ...ignored,
    usage,
    promptTokens: usage.input + usage.cacheRead + usage.cacheWrite,
    cachedTokens: usage.cacheRead,
    ...deliveredTokens(heard, usage),
  };
}

/**
 * Tokens that were delivered. Thinking that was not took its time before the first delivery, and belongs to no rate of
 * the stream. Where a part of it was, or it is counted with the answer, nobody knows how many of them came.
 */
function deliveredTokens(
  { whole, reasoned, thought }: Heard,
  { output, thinking }: TokenUsage,
): Pick<Completion, 'completionTokens'> {
  if (!reasoned) return { completionTokens: output };
  if (whole) return { completionTokens: output + thinking };
  return thought || thinking === 0 ? {} : { completionTokens: output };
}

/** Whether a model that was to answer without thinking did so can be told from what it used, whatever was said of it. */
function ignoredBy({ ignored, unthinking, thought, usage }: Heard): string[] {
  const names = new Set(ignored);
  const tokens = usage?.outputTokens.reasoning;
  if (unthinking && (thought || (tokens ?? 0) > 0)) names.add(THINKING_IGNORED);
  else if (unthinking && tokens === 0) names.delete(THINKING_IGNORED);
  return [...names];
}

/** Undefined where the provider did not tell: some send zeros for that. */
function usageOf({ usage, said }: Heard): TokenUsage | undefined {
  const total = usage?.inputTokens.total;
  const made = usage?.outputTokens.total;
  if (usage === undefined || total === undefined || made === undefined || (said && made === 0))
    return undefined;
  const cacheRead = usage.inputTokens.cacheRead ?? 0;
  const cacheWrite = usage.inputTokens.cacheWrite ?? 0;
  const thinking = Math.min(usage.outputTokens.reasoning ?? 0, made);
  return {
    input: Math.max(0, total - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: made - thinking,
    thinking,
  };
}

/** Libraries wrap what our `fetch` threw. */
function failureIn(thrown: unknown): FailureError | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof FailureError) return error;
  }
  return undefined;
}

/** The error's JSON where the library kept it, else its text. */
function complaintIn(thrown: unknown): unknown {
  if (thrown instanceof Error) {
    const data: unknown = Reflect.get(thrown, 'data');
    return typeof data === 'object' && data !== null ? unwrapped(data) : { message: thrown.message };
  }
  return typeof thrown === 'object' && thrown !== null ? { error: thrown } : { message: String(thrown) };
}

/** OpenAI's `response.failed` carries its error one level deeper. */
function unwrapped(data: object): unknown {
  const response: unknown = Reflect.get(data, 'response');
  return typeof response === 'object' && response !== null ? response : data;
}
