/** A vote as it is stored: what another release wrote is checked before it is used. */

import * as v from 'valibot';
import { MAX_LANES } from '../domain/conversation';
import { VOTES_VERSION, type Vote } from '../domain/votes';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
const place = v.pipe(v.number(), v.integer(), v.minValue(0));

const voteSchema = v.pipe(
  v.object({
    exchangeId: id,
    conversationId: id,
    votedAt: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(8.64e15)),
    blind: v.boolean(),
    contestants: v.pipe(
      v.array(
        v.object({ place, answerId: id, variantId: id, device: v.picklist(['webgpu', 'wasm', 'remote']) }),
      ),
      v.minLength(2),
      v.maxLength(MAX_LANES),
    ),
    verdict: v.variant('kind', [
      v.object({ kind: v.literal('best'), at: place }),
      v.object({ kind: v.literal('tie') }),
      v.object({ kind: v.literal('bad') }),
    ]),
  }),
  v.check(({ verdict, contestants }) => verdict.kind !== 'best' || verdict.at < contestants.length),
) satisfies v.GenericSchema<unknown, Vote>;

const recordSchema = v.object({ version: v.literal(VOTES_VERSION), vote: voteSchema });

export function recordOf(vote: Vote): unknown {
  return { version: VOTES_VERSION, vote };
}

/** Undefined where it is damaged, or where a newer release wrote it. */
export function readVote(record: unknown): Vote | undefined {
  const parsed = v.safeParse(recordSchema, record, { abortEarly: true });
  return parsed.success ? parsed.output.vote : undefined;
}
