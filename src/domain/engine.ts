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
export const onnxPrecisions = ['fp32', 'fp16', 'q8', 'q4', 'q4f16', 'q2', 'q2f16'] as const;
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
  /** The same folder with what is known of its files: with their hashes they are stored by content, and need no request. */
  readonly artifact?: Artifact;
  /** Absolute URL of the compiled code that belongs to the model, where it has such. */
  readonly libraryUrl?: string;
  /** Tokens to make room for, where the person chose; else the engine takes what the model and a modest memory allow. */
  readonly contextTokens?: number;
}

/** Tokens that engines with a fixed cache make room for where nobody chose: a long chat, and modest beside the model. */
export const DEFAULT_CONTEXT_TOKENS = 4096;

/** What a model's context window will be in an engine that is told nothing of it. */
export function expectedContext(engine: EngineId, modelTokens: number): number {
  const fixed = engine === 'wllama' || engine === 'web-llm';
  return fixed ? Math.min(modelTokens, DEFAULT_CONTEXT_TOKENS) : modelTokens;
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

export interface Message {
  readonly role: Role;
  readonly content: string;
}

/**
 * A chat goes through the model's own template; token ids go in as they are (benchmarks). An engine that reads text
 * alone puts as many other tokens in their place.
 */
export type Prompt =
  | { readonly kind: 'chat'; readonly messages: readonly Message[] }
  | { readonly kind: 'tokens'; readonly tokens: readonly number[] };

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
  /** The answer ends before the first of these. */
  readonly stop: readonly string[];
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
