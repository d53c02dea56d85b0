/**
 * A link that carries a comparison's setup: which models at which precision and context length, system prompt, prompts,
 * parameters with the seed, and the JSON schema of the answers. Never an answer, never a key. It lies behind the `#` of
 * an address, which browsers send to no server.
 *
 * The text is JSON, compressed (deflate, RFC 1951) and written in base64url (RFC 4648, section 5).
 */

import * as v from 'valibot';
import { MAX_LANES, titleFrom, type Conversation, type LaneSetup } from '../domain/conversation';
import type { Sampling } from '../domain/engine';
import type { JsonAnswer } from '../domain/json-schema';
import { parseRemoteVariantId, remoteVariantId, type ProviderAccount } from '../domain/provider';
import { isSamePlace, parsePlaceId, placeId, type ProviderPlace } from '../domain/provider-place';
import { jsonAnswerSchema, laneChoice, samplingSchema, shortText } from './conversation-file';

/** Raised when a reader of the old version would misunderstand the new one. */
const VERSION = 1;
const NAME = 'setup';
/** Longest link in characters that is made or read: longer ones are cut by chat programs and some browsers. */
const MAX_LINK_LENGTH = 32_000;
/** A short link can unpack to a text without end; no setup needs more than this, in bytes. */
const MAX_UNPACKED = 1_000_000;
const MAX_PROMPTS = 100;

const setupSchema = v.object({
  version: v.literal(VERSION),
  lanes: v.pipe(v.array(v.object(laneChoice)), v.minLength(1), v.maxLength(MAX_LANES)),
  system: v.string(),
  sampling: samplingSchema,
  json: v.exactOptional(jsonAnswerSchema),
  prompts: v.pipe(v.array(v.string()), v.maxLength(MAX_PROMPTS)),
}) satisfies v.GenericSchema<unknown, Setup>;

export interface Setup {
  readonly version: typeof VERSION;
  readonly lanes: readonly Omit<LaneSetup, 'id'>[];
  readonly system: string;
  readonly sampling: Sampling;
  readonly json?: JsonAnswer;
  /** In the order in which they are asked. */
  readonly prompts: readonly string[];
}

export type SetupOutcome =
  | { readonly ok: true; readonly setup: Setup }
  /** `newer`: made by a release that knows more than this one. `damaged`: cut, changed, or no setup at all. */
  | { readonly ok: false; readonly problem: 'newer' | 'damaged' };

/**
 * What of a conversation a link would carry: all prompts that were asked, and the one that stands in the field.
 * @param accounts of this browser: lanes that go to them are named by kind and address, which open elsewhere too
 */
export function setupOf(
  { lanes, system, sampling, json, exchanges, draft }: Conversation,
  accounts: readonly ProviderAccount[] = [],
): Setup {
  const prompts = exchanges.map(({ prompt }) => prompt);
  return {
    version: VERSION,
    lanes: lanes.map(({ variantId, device, contextTokens }) => ({
      variantId: forOthers(variantId, accounts),
      device,
      ...(contextTokens !== undefined && { contextTokens }),
    })),
    system,
    sampling,
    ...(json && { json }),
    prompts: draft.trim() === '' ? prompts : [...prompts, draft],
  };
}

/**
 * The address that opens `setup`; undefined where it is too long for a link.
 * @param page the app's address
 */
export async function linkOf(setup: Setup, page: URL): Promise<string | undefined> {
  if (setup.prompts.length > MAX_PROMPTS) return undefined;
  const packed = await packedText(JSON.stringify(setup));
  const address = new URL(`#/playground?${NAME}=${packed}`, `${page.origin}${page.pathname}`).href;
  return address.length > MAX_LINK_LENGTH ? undefined : address;
}

/** True where the part of an address behind the `#` carries a setup. */
export function carriesSetup(hash: string): boolean {
  return packedIn(hash) !== undefined;
}

/** Reads the part of an address behind the `#`, which comes from anywhere: nothing of it is used unchecked. */
export async function readSetup(hash: string): Promise<SetupOutcome> {
  const packed = packedIn(hash);
  if (packed === undefined || packed.length > MAX_LINK_LENGTH) return { ok: false, problem: 'damaged' };
  let json: unknown;
  try {
    json = JSON.parse(await unpackedText(packed));
  } catch {
    return { ok: false, problem: 'damaged' };
  }
  const parsed = v.safeParse(setupSchema, json);
  if (parsed.success) return { ok: true, setup: parsed.output };
  const frame = v.safeParse(v.object({ version: v.number() }), json);
  const newer = frame.success && frame.output.version > VERSION;
  return { ok: false, problem: newer ? 'newer' : 'damaged' };
}

/**
 * The conversation that a setup opens as. A single prompt waits in the field; of several, each stands there unasked,
 * and can be asked alone or in turn with the others. Nothing is asked by itself.
 */
export function conversationFrom(
  setup: Setup,
  { id, newId, now }: { readonly id: string; readonly newId: () => string; readonly now: number },
): Conversation {
  const several = setup.prompts.length > 1;
  return {
    id,
    title: several ? titleFrom(setup.prompts[0] ?? '') : '',
    named: false,
    createdAt: now,
    updatedAt: now,
    lanes: setup.lanes.map((lane) => ({ ...lane, id: newId() })),
    system: setup.system,
    sampling: setup.sampling,
    ...(setup.json && { json: setup.json }),
    exchanges: several ? setup.prompts.map((prompt) => ({ id: newId(), prompt, attempts: {} })) : [],
    draft: several ? '' : (setup.prompts[0] ?? ''),
  };
}

/** Where the providers of a setup's lanes are, each once. */
export function placesIn({ lanes }: Setup): readonly ProviderPlace[] {
  const places = lanes.flatMap(({ variantId }) => {
    const parsed = parseRemoteVariantId(variantId);
    const place = parsed && parsePlaceId(parsed.accountId);
    return place === undefined ? [] : [place];
  });
  return places.filter((place, at) => places.findIndex((other) => isSamePlace(place, other)) === at);
}

/** True where a lane of the setup goes to an account that is no more, so that it opens for nobody. */
export function hasLostLane({ lanes }: Setup): boolean {
  return lanes.some(({ variantId }) => {
    const parsed = parseRemoteVariantId(variantId);
    return parsed !== undefined && parsePlaceId(parsed.accountId) === undefined;
  });
}

/** An account's id means nothing to anybody else. */
function forOthers(variantId: string, accounts: readonly ProviderAccount[]): string {
  const parsed = parseRemoteVariantId(variantId);
  const account = parsed && accounts.find(({ id }) => id === parsed.accountId);
  if (parsed === undefined || account === undefined) return variantId;
  const named = remoteVariantId(placeId(account), parsed.model);
  return v.is(shortText, named) ? named : variantId;
}

function packedIn(hash: string): string | undefined {
  return /^#\/playground\?(?:.*&)?setup=([\w-]+)/.exec(hash)?.[1];
}

async function packedText(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

async function unpackedText(packed: string): Promise<string> {
  const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > MAX_UNPACKED) {
      await reader.cancel();
      throw new RangeError(`a setup of more than ${MAX_UNPACKED} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
