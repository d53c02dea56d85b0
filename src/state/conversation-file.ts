/**
 * Conversations as a file: what an export holds, and how an import is checked.
 *
 * A file comes from anywhere, so nothing of it is used unread: the text becomes exactly the fields that a
 * `Conversation` has, within bounds, or the result says which part is wrong. A record of the browser's own storage
 * goes through the same check, because an older or newer release may have written it.
 */

import * as v from 'valibot';
import {
  MAX_LANES,
  MAX_STOPS,
  MAX_STOP_CHARACTERS,
  defaultSampling,
  type Conversation,
} from '../domain/conversation';
import { thinkingEfforts } from '../domain/engine';
import { failureCodes } from '../domain/failure';
import { MAX_IMAGES, MAX_NAME, imageCount, isKeptImage } from '../domain/images';
import type { ConversationSummary } from './conversation-list';

export type { ConversationSummary };

const FORMAT = 'opentab-conversations';
/** Raised when a reader of the old version would misunderstand the new one. */
const VERSION = 2;
/** Readers of the first version would drop images without a word; what holds none is still for them. */
const VERSION_WITHOUT_IMAGES = 1;

/** Longest file that is read, in UTF-16 code units (at least as many bytes). An engine's longest text has twice as many. */
export const MAX_FILE_LENGTH = 256 * 1024 * 1024;

const MAX_TIMELINE_POINTS = 4_096;

export type FileProblem =
  | { readonly kind: 'too-large'; readonly maxLength: number }
  | { readonly kind: 'not-json' }
  /** JSON, but not a file of this app. */
  | { readonly kind: 'not-conversations' }
  /** Written by a release that knows more than this one. */
  | { readonly kind: 'newer-version'; readonly version: number }
  | {
      readonly kind: 'damaged';
      /** Which conversation of the file, counted from 1. */
      readonly conversation: number;
      /** Path of the first wrong field inside it, for example `lanes.0.device`; empty for the whole. */
      readonly field: string;
    };

export type FileOutcome =
  | { readonly ok: true; readonly conversations: readonly Conversation[] }
  | { readonly ok: false; readonly problem: FileProblem };

/** The text of an export file. */
export function writeConversationFile(conversations: readonly Conversation[]): string {
  const version = conversations.some((one) => imageCount(one) > 0) ? VERSION : VERSION_WITHOUT_IMAGES;
  return JSON.stringify({ format: FORMAT, version, conversations });
}

/** Reads an export file. Fields that this release does not know are dropped. */
export function readConversationFile(text: string): FileOutcome {
  if (text.length > MAX_FILE_LENGTH) return wrong({ kind: 'too-large', maxLength: MAX_FILE_LENGTH });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return wrong({ kind: 'not-json' });
  }
  const frame = v.safeParse(frameSchema, json);
  if (!frame.success) return wrong({ kind: 'not-conversations' });
  const { version } = frame.output;
  if (version > VERSION) return wrong({ kind: 'newer-version', version });
  const body = v.safeParse(bodySchema, json);
  if (!body.success) return wrong({ kind: 'not-conversations' });
  const conversations: Conversation[] = [];
  for (const [index, candidate] of body.output.conversations.entries()) {
    const parsed = v.safeParse(conversationSchema, candidate, { abortEarly: true });
    if (!parsed.success) {
      const field = v.getDotPath(parsed.issues[0]) ?? '';
      return wrong({ kind: 'damaged', conversation: index + 1, field });
    }
    conversations.push(parsed.output);
  }
  return { ok: true, conversations };
}

/** A stored record as a conversation; undefined where it is not one. */
export function readConversation(record: unknown): Conversation | undefined {
  const parsed = v.safeParse(conversationSchema, record, { abortEarly: true });
  return parsed.success ? parsed.output : undefined;
}

/** The few fields that a list needs, without the cost of checking all others. */
export function readSummary(record: unknown): ConversationSummary | undefined {
  const parsed = v.safeParse(summarySchema, record);
  return parsed.success ? parsed.output : undefined;
}

function wrong(problem: FileProblem): FileOutcome {
  return { ok: false, problem };
}

/** Ids become keys of objects and of lists on screen: a name that every object has would be found where nothing is. */
const id = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(128),
  v.check((name) => !(name in Object.prototype)),
);

export const shortText = v.pipe(v.string(), v.maxLength(1_000));
const amount = v.pipe(v.number(), v.finite());
const time = v.pipe(v.number(), v.finite(), v.minValue(0));
const maybeAmount = v.optional(amount);

function distinctIds(items: readonly { readonly id: string }[]): boolean {
  return new Set(items.map((item) => item.id)).size === items.length;
}

/** A number that is not one (JSON writes `NaN` as null) is a setting that was left empty: it gets its default. */
function setting(otherwise: number) {
  return v.fallback(amount, otherwise);
}

export const samplingSchema = v.pipe(
  v.object({
    temperature: setting(defaultSampling.temperature),
    topP: setting(defaultSampling.topP),
    topK: setting(defaultSampling.topK),
    repetitionPenalty: setting(defaultSampling.repetitionPenalty),
    maxTokens: setting(defaultSampling.maxTokens),
    seed: setting(defaultSampling.seed),
    // Another release may have taken more of them, or longer ones: that must not make a conversation unreadable.
    stop: v.pipe(
      v.array(v.string()),
      v.transform((stops) => stops.filter((stop) => stop.length <= MAX_STOP_CHARACTERS).slice(0, MAX_STOPS)),
    ),
    thinking: v.exactOptional(v.unknown()),
  }),
  v.transform(({ thinking, ...others }) => {
    // Nor must an effort that another release knows.
    const effort = thinkingEfforts.find((one) => one === thinking);
    return { ...others, ...(effort !== undefined && { thinking: effort }) };
  }),
);

export const jsonAnswerSchema = v.object({ on: v.boolean(), text: v.string() });

/** JSON leaves unknown figures out; in memory they are there and undefined. */
const metricsSchema = v.pipe(
  v.object({
    tokenBasis: v.picklist(['counted', 'reported', 'none']),
    ttftMs: maybeAmount,
    promptTokens: maybeAmount,
    cachedTokens: maybeAmount,
    prefillRate: maybeAmount,
    outputTokens: maybeAmount,
    thinkingTokens: maybeAmount,
    tpotMs: maybeAmount,
    decodeRate: maybeAmount,
    icl: v.optional(v.object({ p50: amount, p95: amount, p99: amount, max: amount })),
    tokensPerChunk: maybeAmount,
    e2elMs: maybeAmount,
    characters: amount,
    charactersPerSecond: maybeAmount,
  }),
  v.transform((known) => ({
    tokenBasis: known.tokenBasis,
    ttftMs: known.ttftMs,
    promptTokens: known.promptTokens,
    cachedTokens: known.cachedTokens,
    prefillRate: known.prefillRate,
    outputTokens: known.outputTokens,
    thinkingTokens: known.thinkingTokens,
    tpotMs: known.tpotMs,
    decodeRate: known.decodeRate,
    icl: known.icl,
    tokensPerChunk: known.tokensPerChunk,
    e2elMs: known.e2elMs,
    characters: known.characters,
    charactersPerSecond: known.charactersPerSecond,
  })),
);

const device = v.picklist(['webgpu', 'wasm', 'remote']);

const usageSchema = v.object({
  input: amount,
  cacheRead: amount,
  cacheWrite: amount,
  output: amount,
  thinking: amount,
});

const runSchema = v.object({
  variantId: shortText,
  device,
  engine: shortText,
  adapter: shortText,
  sampling: samplingSchema,
  jsonSchema: v.exactOptional(v.string()),
  metrics: metricsSchema,
  timeline: v.pipe(v.array(v.object({ atMs: amount, tokens: amount })), v.maxLength(MAX_TIMELINE_POINTS)),
  usage: v.exactOptional(usageSchema),
  ignored: v.exactOptional(v.pipe(v.array(shortText), v.maxLength(MAX_STOPS))),
});

const answerSchema = v.object({
  id,
  startedAt: time,
  text: v.string(),
  thinking: v.exactOptional(v.string()),
  end: v.picklist(['stop', 'length', 'stopped', 'failed', 'interrupted']),
  failure: v.exactOptional(
    v.object({
      code: v.fallback(v.picklist(failureCodes), 'engine-error'),
      detail: v.string(),
      unbilled: v.exactOptional(v.boolean()),
    }),
  ),
  run: v.exactOptional(runSchema),
});

const attemptsSchema = v.pipe(
  v.object({
    shown: amount,
    answers: v.pipe(
      v.array(answerSchema),
      v.check((items) => distinctIds(items)),
    ),
  }),
  v.transform(({ shown, answers }) => ({
    shown: Math.max(0, Math.min(Math.trunc(shown), answers.length - 1)),
    answers,
  })),
);

const side = v.pipe(v.number(), v.integer(), v.minValue(1));

const imagesSchema = v.pipe(
  v.array(
    v.pipe(
      v.object({
        mediaType: v.picklist(['image/png', 'image/jpeg']),
        base64: v.string(),
        width: side,
        height: side,
        name: v.pipe(v.string(), v.maxLength(MAX_NAME)),
      }),
      v.check(isKeptImage),
    ),
  ),
  v.maxLength(MAX_IMAGES),
);

const exchangeSchema = v.object({
  id,
  prompt: v.string(),
  images: v.exactOptional(imagesSchema),
  // Lanes that were removed keep their answers here, so there may be more of them than lanes.
  attempts: v.record(id, attemptsSchema),
  blind: v.exactOptional(
    v.object({
      order: v.pipe(
        v.array(id),
        v.maxLength(MAX_LANES),
        v.check((lanes) => new Set(lanes).size === lanes.length),
      ),
      revealed: v.boolean(),
    }),
  ),
});

/** What a person chose for a lane, as files and links have it. */
export const laneChoice = {
  variantId: shortText,
  device: v.picklist(['webgpu', 'wasm', 'auto']),
  contextTokens: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
} as const;
const laneSchema = v.object({ id, ...laneChoice });

const conversationSchema = v.object({
  id,
  title: shortText,
  named: v.boolean(),
  createdAt: time,
  updatedAt: time,
  lanes: v.pipe(
    v.array(laneSchema),
    v.minLength(1),
    v.maxLength(MAX_LANES),
    v.check((items) => distinctIds(items)),
  ),
  system: v.string(),
  sampling: samplingSchema,
  json: v.exactOptional(jsonAnswerSchema),
  // As many as a person made: the length of a file bounds them there.
  exchanges: v.pipe(
    v.array(exchangeSchema),
    v.check((items) => distinctIds(items)),
  ),
  draft: v.string(),
  draftImages: v.exactOptional(imagesSchema),
}) satisfies v.GenericSchema<unknown, Conversation>;

const summarySchema = v.object({ id, title: shortText, updatedAt: time });

const frameSchema = v.object({
  format: v.literal(FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const bodySchema = v.object({
  conversations: v.array(v.unknown()),
});
