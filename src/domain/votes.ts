/** Which answer a person found better, and what the answers were; never the answers themselves. */

import { csvText } from './csv';
import { shownAnswer, type Exchange, type LaneId, type RunDevice } from './conversation';
import type { Judgement } from './ranking';

/** One of the answers that were compared. */
export interface Contestant {
  /** Where it was shown, from 0: A, B, C in a blind vote, else the lane's place. */
  readonly place: number;
  readonly answerId: string;
  readonly variantId: string;
  readonly device: RunDevice;
}

export type Verdict =
  /** `at` is the place of the best one among the contestants. */
  | { readonly kind: 'best'; readonly at: number }
  | { readonly kind: 'tie' }
  /** None is any good: it says nothing about which is better. */
  | { readonly kind: 'bad' };

/** One judgement about one prompt: at most one for each exchange. */
export interface Vote {
  readonly exchangeId: string;
  readonly conversationId: string;
  /** Ms since the epoch. */
  readonly votedAt: number;
  /** Whether the names were hidden until the vote. */
  readonly blind: boolean;
  /** In the order in which they were shown. */
  readonly contestants: readonly Contestant[];
  readonly verdict: Verdict;
}

/** "A" for the first, "B" for the second. */
export function letterOf(place: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + place);
}

/**
 * Who can be voted on: the lanes, in this order, whose shown answer to this exchange is whole. An answer that failed,
 * was stopped or was cut off would be judged for something else, and a duplicated lane shows another's answer.
 */
export function contestantsOf(
  exchange: Exchange,
  order: readonly LaneId[],
): readonly (Contestant & { readonly lane: LaneId })[] {
  const seen = new Set<string>();
  return order.flatMap((lane, place) => {
    const answer = shownAnswer(exchange, lane);
    const whole = answer?.end === 'stop' || answer?.end === 'length';
    if (answer?.run === undefined || !whole || answer.text === '' || seen.has(answer.id)) return [];
    seen.add(answer.id);
    const { variantId, device } = answer.run;
    return [{ lane, place, answerId: answer.id, variantId, device }];
  });
}

/**
 * What the votes say about which variant is better. Left out are votes that none was good, and votes in which one
 * variant stood twice: two answers of one model cannot say whether that model is better than itself.
 *
 * @param standFor the name under which a variant is ranked, where several ids stand for one
 */
export function judgementsOf(
  votes: readonly Vote[],
  standFor: (variantId: string) => string = (variantId) => variantId,
): readonly Judgement[] {
  return votes.flatMap(({ verdict, contestants }) => {
    const players = contestants.map(({ variantId }) => standFor(variantId));
    if (verdict.kind === 'bad' || new Set(players).size < players.length) return [];
    return [{ players, winner: verdict.kind === 'best' ? players[verdict.at] : undefined }];
  });
}

const FORMAT = 'opentab-votes';
/** Raised when a reader of the old version would misunderstand the new one; stored records carry it too. */
export const VOTES_VERSION = 1;

/** @param nameOf what the models are called, for who reads the file elsewhere */
export function votesJson(votes: readonly Vote[], nameOf: (variantId: string) => string): string {
  const rows = votes.map(({ votedAt, contestants, ...vote }) => ({
    time: new Date(votedAt).toISOString(),
    ...vote,
    contestants: contestants.map((one) => ({ ...one, model: nameOf(one.variantId) })),
  }));
  return JSON.stringify({ format: FORMAT, version: VOTES_VERSION, votes: rows }, undefined, 2);
}

/** One line for each contestant of each vote. @param nameOf what the models are called */
export function votesCsv(votes: readonly Vote[], nameOf: (variantId: string) => string): string {
  const lines = votes.flatMap(({ contestants, verdict, ...vote }) =>
    contestants.map(({ place, answerId, variantId, device }, at) => [
      new Date(vote.votedAt).toISOString(),
      vote.conversationId,
      vote.exchangeId,
      String(vote.blind),
      String(place + 1),
      answerId,
      variantId,
      nameOf(variantId),
      device,
      resultOf(verdict, at),
    ]),
  );
  const heading = [
    'time',
    'conversation',
    'exchange',
    'blind',
    'place',
    'answer',
    'variant',
    'model',
    'device',
    'result',
  ];
  return csvText([heading, ...lines]);
}

function resultOf(verdict: Verdict, at: number): string {
  if (verdict.kind !== 'best') return verdict.kind;
  return verdict.at === at ? 'win' : 'loss';
}
