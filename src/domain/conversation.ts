/** A conversation as data: what is kept, exported and imported. */

import type { Device, ImagePart, Message, Sampling, TokenUsage } from './engine';
import type { Failure } from './failure';
import type { JsonAnswer } from './json-schema';
import type { RunMetrics } from './metrics';

export type LaneId = string;

/** What a person chose for a lane. `auto` is WebGPU on real hardware, else WASM. */
export interface LaneSetup {
  readonly id: LaneId;
  readonly variantId: string;
  readonly device: Device | 'auto';
  /** Tokens of context to make room for; undefined for what the engine takes by itself. See `fixesContext`. */
  readonly contextTokens?: number;
}

/** `interrupted`: the page was closed or frozen while the answer was made, so its figures count for nothing. */
export type AnswerEnd = 'stop' | 'length' | 'stopped' | 'failed' | 'interrupted';

/** One delivery of the timeline: ms since submit, and tokens in it (0 where they were not counted). */
export interface TimelinePoint {
  readonly atMs: number;
  readonly tokens: number;
}

/** Where an answer was computed: on this machine, or at a provider's. */
export type RunDevice = Device | 'remote';

/** What produced an answer: asked for, and what ran. Both are kept apart from the lane's present setup. */
export interface AnswerRun {
  readonly variantId: string;
  readonly device: RunDevice;
  readonly engine: string;
  readonly adapter: string;
  readonly sampling: Sampling;
  /** The schema that the answer was to follow, as JSON. */
  readonly jsonSchema?: string;
  readonly metrics: RunMetrics;
  readonly timeline: readonly TimelinePoint[];
  /** What an API says that it counted, and so bills. */
  readonly usage?: TokenUsage;
  /** Parameters that were asked for and not taken over, by their names. */
  readonly ignored?: readonly string[];
}

export interface Answer {
  readonly id: string;
  /** Ms since the epoch. */
  readonly startedAt: number;
  readonly text: string;
  /** What the model thought before it answered; it is not sent along with later prompts. */
  readonly thinking?: string;
  readonly end: AnswerEnd;
  readonly failure?: Failure;
  readonly run?: AnswerRun;
}

/** A lane's answers to one prompt: regenerating adds one, and none is thrown away. */
export interface Attempts {
  readonly shown: number;
  readonly answers: readonly Answer[];
}

/** Answers that are shown as A, B, C in an order of their own, without names until they are revealed. */
export interface BlindRound {
  readonly order: readonly LaneId[];
  readonly revealed: boolean;
}

/** One prompt and what the lanes that took part made of it. */
export interface Exchange {
  readonly id: string;
  readonly prompt: string;
  /** What was attached to the prompt. */
  readonly images?: readonly ImagePart[];
  readonly attempts: Readonly<Record<LaneId, Attempts>>;
  readonly blind?: BlindRound;
}

export interface Conversation {
  readonly id: string;
  readonly title: string;
  /** True once the person named it; until then the title follows the first prompt. */
  readonly named: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lanes: readonly LaneSetup[];
  readonly system: string;
  readonly sampling: Sampling;
  /** Whether answers are to be JSON, and the schema; files of earlier releases do not have it. */
  readonly json?: JsonAnswer;
  readonly exchanges: readonly Exchange[];
  /** What stands in the prompt field and was not sent. */
  readonly draft: string;
  /** What is attached to it. */
  readonly draftImages?: readonly ImagePart[];
}

export const MAX_LANES = 6;

/** More than this in system prompt and prompt freezes tokenizers and fits no model; a pasted file is usually why. */
export const MAX_PROMPT_CHARACTERS = 1_000_000;

/** Most stop strings of a conversation, and the longest of them in UTF-16 code units. */
export const MAX_STOPS = 64;
export const MAX_STOP_CHARACTERS = 1_000;

/**
 * The stop strings of a text with one per line, in which `\n` stands for a line break.
 * Undefined where they are too many or too long.
 */
export function stopsFrom(text: string): readonly string[] | undefined {
  const lines = text.split('\n').filter((line) => line !== '');
  const stops = lines.map((line) => line.replaceAll('\\n', '\n'));
  return stops.length > MAX_STOPS || stops.some((stop) => stop.length > MAX_STOP_CHARACTERS)
    ? undefined
    : stops;
}

/** Greedy and reproducible: a first comparison shows the models' differences and not the dice's. */
export const defaultSampling: Sampling = {
  temperature: 0,
  topP: 1,
  topK: 0,
  repetitionPenalty: 1,
  maxTokens: 256,
  seed: 1,
  stop: [],
};

/** The range of each number that a person can set; both ends are allowed. */
export const samplingRanges = {
  temperature: { min: 0, max: 2, step: 0.05 },
  topP: { min: 0.01, max: 1, step: 0.01 },
  topK: { min: 0, max: 1000, step: 1 },
  repetitionPenalty: { min: 0.5, max: 2, step: 0.05 },
  maxTokens: { min: 1, max: 32768, step: 1 },
  seed: { min: 0, max: 4294967295, step: 1 },
} as const satisfies Partial<Record<keyof Sampling, { min: number; max: number; step: number }>>;

export type SamplingNumber = keyof typeof samplingRanges;

/** Names of the numbers that are outside their range, or not numbers at all. */
export function impossibleParameters(sampling: Sampling): SamplingNumber[] {
  return (Object.keys(samplingRanges) as SamplingNumber[]).filter((name) => {
    const value = sampling[name];
    const { min, max, step } = samplingRanges[name];
    return !Number.isFinite(value) || value < min || value > max || (step === 1 && !Number.isInteger(value));
  });
}

export function shownAnswer(exchange: Exchange, lane: LaneId): Answer | undefined {
  const attempts = exchange.attempts[lane];
  return attempts?.answers[attempts.shown];
}

/** Nothing on the screen may tell yet which lane gave which answer. */
export function isHidden({ blind }: Exchange): boolean {
  return blind !== undefined && !blind.revealed;
}

/** The answer added to the lane's others, and shown. */
export function withAnswer(
  exchanges: readonly Exchange[],
  exchangeId: string,
  lane: LaneId,
  answer: Answer,
): readonly Exchange[] {
  return withAttempts(exchanges, exchangeId, lane, ({ answers }) => ({
    shown: answers.length,
    answers: [...answers, answer],
  }));
}

/** The exchanges with one lane's attempts changed; as they are where there is no such exchange. */
export function withAttempts(
  exchanges: readonly Exchange[],
  exchangeId: string,
  lane: LaneId,
  change: (attempts: Attempts) => Attempts,
): readonly Exchange[] {
  return exchanges.map((exchange) => {
    if (exchange.id !== exchangeId) return exchange;
    const attempts = change(exchange.attempts[lane] ?? { shown: 0, answers: [] });
    return { ...exchange, attempts: { ...exchange.attempts, [lane]: attempts } };
  });
}

/**
 * The messages that a lane sends for a new prompt: the system prompt, the exchanges it took part in, the prompt.
 * An answer that failed before it said anything is left out together with its prompt.
 */
export function messagesFor(
  conversation: Pick<Conversation, 'system' | 'exchanges'>,
  lane: LaneId,
  prompt: string,
  images: readonly ImagePart[] = [],
): Message[] {
  const messages: Message[] = [];
  if (conversation.system.trim() !== '') messages.push({ role: 'system', content: conversation.system });
  for (const exchange of conversation.exchanges) {
    const answer = shownAnswer(exchange, lane);
    if (answer === undefined || answer.text === '') continue;
    const asked = userMessage(exchange.prompt, exchange.images);
    messages.push(asked, { role: 'assistant', content: answer.text });
  }
  messages.push(userMessage(prompt, images));
  return messages;
}

function userMessage(content: string, images: readonly ImagePart[] = []): Message {
  return { role: 'user', content, ...(images.length > 0 && { images }) };
}

/** Drops the oldest exchange of a message list, the system prompt and the newest prompt kept; undefined where none is left. */
export function trimOldest(messages: readonly Message[]): Message[] | undefined {
  const first = messages.findIndex((message) => message.role === 'user');
  if (first < 0 || first === messages.length - 1) return undefined;
  const next = messages.findIndex((message, index) => index > first && message.role === 'user');
  return [...messages.slice(0, first), ...messages.slice(next)];
}

/** More tokens than these messages can take: a token is a byte at least, and a template adds a few per message. */
export function mostTokens(messages: readonly Message[]): number {
  const encoder = new TextEncoder();
  return messages.reduce(
    (sum, { content, images = [] }) =>
      sum +
      encoder.encode(content).length +
      images.reduce((tokens, one) => tokens + mostImageTokens(one), 16),
    16,
  );
}

/** The smallest patches are 14 pixels wide; small images are made larger, to some thousand tokens at most. */
function mostImageTokens({ width, height }: ImagePart): number {
  return Math.ceil(width / 14) * Math.ceil(height / 14) + 4096;
}

/** The first words of the first prompt. */
export function titleFrom(prompt: string): string {
  // By code points: half of a surrogate pair is no character.
  const line = [...prompt.trim().replace(/\s+/g, ' ')];
  return line.length <= 48 ? line.join('') : `${line.slice(0, 47).join('').trimEnd()}…`;
}
