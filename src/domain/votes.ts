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

/** Two answers of one model cannot say whether that model is better than itself. */
function comparesDifferent({ contestants }: Vote): boolean {
  return new Set(contestants.map(({ variantId }) => variantId)).size === contestants.length;
}

/**
 * What the votes say about which variant is better. Left out are votes that none was good, and votes in which one
 * variant stood twice.
 */
export function judgementsOf(votes: readonly Vote[]): readonly Judgement[] {
  return votes.flatMap((vote) => {
    const { verdict, contestants } = vote;
    if (verdict.kind === 'bad' || !comparesDifferent(vote)) return [];
    const winner = verdict.kind === 'best' ? contestants[verdict.at]?.variantId : undefined;
    return [{ players: contestants.map(({ variantId }) => variantId), winner }];
  });
}

const FORMAT = 'opentab-votes';
/** Raised when a reader of the old version would misunderstand the new one; stored records carry it too. */
export const VOTES_VERSION = 1;

export function votesJson(votes: readonly Vote[]): string {
  const rows = votes.map(({ votedAt, ...vote }) => ({ time: new Date(votedAt).toISOString(), ...vote }));
  return JSON.stringify({ format: FORMAT, version: VOTES_VERSION, votes: rows }, undefined, 2);
}

/** One line for each contestant of each vote. */
export function votesCsv(votes: readonly Vote[]): string {
  const lines = votes.flatMap(({ contestants, verdict, ...vote }) =>
    contestants.map(({ place, answerId, variantId, device }, at) => [
      new Date(vote.votedAt).toISOString(),
      vote.conversationId,
      vote.exchangeId,
      String(vote.blind),
      String(place + 1),
      answerId,
      variantId,
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
    'device',
    'result',
  ];
  return csvText([heading, ...lines]);
}

function resultOf(verdict: Verdict, at: number): string {
  if (verdict.kind !== 'best') return verdict.kind;
  return verdict.at === at ? 'win' : 'loss';
}
