/**
 * The port that every engine implements, and every API later: load, generate, unload.
 *
 * An engine lives in a worker of its own and is never trusted to measure itself: it hands each piece of text
 * over by `emit`, and `recordRun` stamps it there and then.
 */

import type { Artifact } from './artifact';

export type EngineId = 'transformers-js' | 'wllama' | 'web-llm' | 'provider' | 'scripted';
export type Device = 'webgpu' | 'wasm';

/** Which engines can hold an answer to a JSON schema. Transformers.js has no way to limit what it may choose next. */
export const holdsToSchema: Readonly<Record<EngineId, boolean>> = {
  'transformers-js': false,
  wllama: true,
  'web-llm': true,
  provider: true,
  scripted: false,
};
/** What `Completion.ignored` has where an answer was not held to the schema that was asked for. */
export const SCHEMA_IGNORED = 'jsonSchema';

/** ONNX files, by the name that Transformers.js gives their `dtype`. */
export const onnxPrecisions = [
  ...['fp32', 'fp16', 'q8', 'int8', 'uint8'],
  ...['q4', 'bnb4', 'q4f16', 'q2', 'q2f16'],
] as const;
/** GGUF files, by the name that llama.cpp gives their type, in small letters. */
export const ggufPrecisions = [
  ...['f32', 'f16', 'bf16', 'q8_0', 'q6_k', 'q5_k_m', 'q5_k_s', 'q5_1', 'q5_0'],
  ...['q4_k_m', 'q4_k_s', 'q4_1', 'q4_0', 'iq4_nl', 'iq4_xs', 'mxfp4'],
  ...['q3_k_l', 'q3_k_m', 'q3_k_s', 'iq3_m', 'iq3_s', 'iq3_xs', 'iq3_xxs'],
  ...['q2_k', 'q2_k_s', 'iq2_m', 'iq2_s', 'iq2_xs', 'iq2_xxs', 'iq1_m', 'iq1_s', 'tq2_0', 'tq1_0'],
] as const;
/** Compiled MLC models: bits of a weight, then the type that is computed with. */
export const mlcPrecisions = [
  'q0f32',
  'q0f16',
  'q4f32_1',
  'q4f16_1',
  'q4f32_0',
  'q4f16_0',
  'q3f16_1',
] as const;

export type OnnxPrecision = (typeof onnxPrecisions)[number];
export type GgufPrecision = (typeof ggufPrecisions)[number];
export type MlcPrecision = (typeof mlcPrecisions)[number];
/** `api`: the model computes elsewhere, and its precision is its provider's affair. */
export type Precision = OnnxPrecision | GgufPrecision | MlcPrecision | 'api';

export interface ModelSource {
  /** Absolute URL of the folder that holds the model's files, with a slash at its end. */
  readonly baseUrl: string;
  readonly precision: Precision;
  readonly device: Device;
  readonly requiredFeatures: readonly GPUFeatureName[];
  /** Paths inside the folder, where the engine cannot tell them from the precision: a GGUF file, or its parts in order. */
  readonly files?: readonly string[];
  /** Path inside the folder of the GGUF file ("mmproj") that turns images into tokens; undefined where the model reads text alone. */
  readonly projector?: string;
  /** The same folder with what is known of its files: with their hashes they are stored by content, and need no request. */
  readonly artifact?: Artifact;
  /** Absolute URL of the compiled code that belongs to the model, where it has such. */
  readonly libraryUrl?: string;
  /** Tokens to make room for, where the person chose; else the engine takes what the model and a modest memory allow. */
  readonly contextTokens?: number;
}

/** Tokens that engines with a fixed cache make room for where nobody chose: a long chat, and modest beside the model. */
export const DEFAULT_CONTEXT_TOKENS = 4096;

/** The shortest context that can be chosen, in tokens: a question and its answer. */
export const SHORTEST_CONTEXT_TOKENS = 512;

/** Which engines make room for a whole context when they load. The others take what the model has, and as it is needed. */
export const fixesContext: Readonly<Record<EngineId, boolean>> = {
  'transformers-js': false,
  wllama: true,
  'web-llm': true,
  provider: false,
  scripted: false,
};

/**
 * What a model's context window will be, in tokens.
 *
 * @param modelTokens the model's own window
 * @param chosen what the person chose, where they did
 */
export function expectedContext(
  engine: EngineId,
  modelTokens: number,
  chosen: number = DEFAULT_CONTEXT_TOKENS,
): number {
  return fixesContext[engine] ? Math.min(modelTokens, chosen) : modelTokens;
}

/** What an engine has to be told of a choice: undefined where it comes to what the engine takes by itself. */
export function contextToAsk(
  engine: EngineId,
  modelTokens: number,
  chosen: number | undefined,
): number | undefined {
  const tokens = expectedContext(engine, modelTokens, chosen);
  return tokens === expectedContext(engine, modelTokens) ? undefined : tokens;
}

/** The lengths that a person can choose among for a model with such a window (finite), shortest first. */
export function contextLengths(modelTokens: number): readonly number[] {
  const lengths: number[] = [];
  if (!Number.isFinite(modelTokens)) return lengths;
  for (let tokens = SHORTEST_CONTEXT_TOKENS; tokens < modelTokens; tokens *= 2) lengths.push(tokens);
  return [...lengths, modelTokens];
}

/** `engine` is the engine's own code; `connect` asks a provider whether key and model are good; `compile` is session creation, upload and the first dispatch. */
export type LoadPhase = 'engine' | 'connect' | 'download' | 'cache-read' | 'compile';

export interface LoadProgress {
  readonly phase: LoadPhase;
  /** Bytes of this phase so far, where it moves bytes. */
  readonly loadedBytes?: number;
  /** Bytes that the phase will move, where that is known. */
  readonly totalBytes?: number;
}

/** One span per phase: first start to last end, in ms since the load was asked for. */
export interface LoadSpan {
  readonly phase: LoadPhase;
  readonly startMs: number;
  readonly endMs: number;
  readonly bytes: number;
}

export interface LoadReport {
  /** True where no file came over the network. */
  readonly warm: boolean;
  readonly spans: readonly LoadSpan[];
  readonly totalMs: number;
  /** Name and version of the engine, for a result file. */
  readonly engine: string;
  /** Where the model really runs; an adapter's own description where it gives one. */
  readonly device: Device;
  readonly adapter: string;
  readonly contextTokens: number;
}

export type Role = 'system' | 'user' | 'assistant';

/**
 * An image of a message. Text and not bytes: it is immutable, any storage and any worker takes it, and a file of
 * conversations holds it as it is.
 */
export interface ImagePart {
  readonly mediaType: 'image/png' | 'image/jpeg';
  /** The file, as base64 (RFC 4648) with padding. */
  readonly base64: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** The file's name as the person had it. It is shown, and never sent. */
  readonly name: string;
}

/** What `Completion.ignored` has where images of the prompt were left out. */
export const IMAGES_IGNORED = 'images';

export interface Message {
  readonly role: Role;
  readonly content: string;
  /** Images that belong to a user's message, before its text. */
  readonly images?: readonly ImagePart[];
}

/**
 * A chat goes through the model's own template; token ids go in as they are (benchmarks). An engine that reads text
 * alone puts as many other tokens in their place.
 */
export type Prompt =
  | { readonly kind: 'chat'; readonly messages: readonly Message[] }
  | { readonly kind: 'tokens'; readonly tokens: readonly number[] };

/** How much a model is to think before it answers; APIs call it reasoning effort. */
export const thinkingEfforts = ['off', 'low', 'medium', 'high'] as const;
export type ThinkingEffort = (typeof thinkingEfforts)[number];
/**
 * What `Completion.ignored` has where a model did not think as it was asked to. With the effort behind it, as in
 * `thinking.low`: it thinks, and knows no degrees.
 */
export const THINKING_IGNORED = 'thinking';

export interface Sampling {
  /** 0 is greedy: always the likeliest token. */
  readonly temperature: number;
  /** Share of probability kept, in (0, 1]. 1 keeps all. */
  readonly topP: number;
  /** Number of candidates kept. 0 keeps all. */
  readonly topK: number;
  /** 1 is none. */
  readonly repetitionPenalty: number;
  readonly maxTokens: number;
  /** The same seed gives the same answer on the same engine, device and precision. */
  readonly seed: number;
  /** The answer ends before the first of these. What is thought before it does not. */
  readonly stop: readonly string[];
  /** Undefined where the model is to think as it does by itself. */
  readonly thinking?: ThinkingEffort;
}

export interface GenerateRequest {
  readonly prompt: Prompt;
  readonly sampling: Sampling;
  /** The answer is to be JSON of this schema, which `checkSchema` let through. Who cannot hold to it names it in `ignored`. */
  readonly jsonSchema?: string;
  /** True in benchmarks: exactly `maxTokens` tokens are made. */
  readonly ignoreEndOfSequence: boolean;
}

/** A piece of the answer. `tokens` is undefined where the engine did not count. */
export interface Delta {
  readonly text: string;
  readonly tokens?: number;
  /** True for what the model thinks before it answers: shown and counted apart, never part of the answer. */
  readonly thinking?: boolean;
}

/** Tokens as an API bills them. Every one of them is in exactly one of these numbers. */
export interface TokenUsage {
  /** Prompt tokens at the full price. */
  readonly input: number;
  /** Prompt tokens that were read from the provider's cache, and that were written to it. */
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Tokens of the answer, and of the thinking before it. */
  readonly output: number;
  readonly thinking: number;
}

export type EndReason = 'stop' | 'length' | 'aborted';

export interface Completion {
  readonly reason: EndReason;
  readonly promptTokens?: number;
  /** Prompt tokens that were already in the KV cache. */
  readonly cachedTokens?: number;
  /** Tokens that were delivered. Thinking that stayed hidden is not among them. */
  readonly completionTokens?: number;
  /** What an API says that it counted, and so bills. */
  readonly usage?: TokenUsage;
  /** Parameters that were asked for and not taken over, by their names. */
  readonly ignored?: readonly string[];
  /** The engine's own figures: shown beside ours, never compared with them. */
  readonly reported?: Readonly<Record<string, number>>;
}

export interface LoadContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
}

export interface GenerateContext {
  readonly signal: AbortSignal;
  /** Called once, right before the prompt's tokens enter the model. Where it is not called there is no prefill rate. */
  readonly prefill: (prompt: { readonly tokens: number; readonly cached: number }) => void;
  /** Called for each piece as the engine hands it over. Synchronous, so that the stamp is the moment of delivery. */
  readonly emit: (delta: Delta) => void;
}

export interface EngineFacts {
  /** Name and version. */
  readonly engine: string;
  readonly device: Device;
  readonly adapter: string;
  readonly contextTokens: number;
}

/**
 * The contract, checked by `tests/support/conformance.ts` against every engine:
 * - an aborted `load` rejects with the signal's reason and leaves nothing running;
 * - an aborted `generate` resolves with reason `aborted`; what was emitted stays valid;
 * - any other trouble throws, a `FailureError` where the cause is known; the worker is ended after that;
 * - `generate` is never called twice at once.
 */
export interface Engine {
  load(source: ModelSource, context: LoadContext): Promise<EngineFacts>;
  generate(request: GenerateRequest, context: GenerateContext): Promise<Completion>;
  /** Tokens that `prompt` takes, the chat template's own included. */
  countTokens(prompt: Prompt): Promise<number>;
  /**
   * The likeliest next token after each prefix of `tokens`, in one forward pass: `tokens.length` ids.
   * Two devices that compute the same model agree here; that agreement is the self-check.
   */
  topTokens?(tokens: readonly number[]): Promise<readonly number[]>;
  unload(): Promise<void>;
}
