import { expect, test } from 'vitest';
import type { Answer, Attempts, Exchange } from '../../src/domain/conversation';
import {
  contestantsOf,
  judgementsOf,
  letterOf,
  votesCsv,
  votesJson,
  type Vote,
} from '../../src/domain/votes';
import { aRun } from '../support/conversations';

function answered(id: string, part: Partial<Answer> = {}): Attempts {
  const answer = {
    id,
    startedAt: 0,
    text: 'text',
    end: 'stop',
    run: aRun(`variant-${id}`),
    ...part,
  } as const;
  return { shown: 0, answers: [answer] };
}

function anExchange(attempts: Exchange['attempts']): Exchange {
  return { id: 'e', prompt: 'Which?', attempts };
}

function aVote(part: Partial<Vote> = {}): Vote {
  return {
    exchangeId: 'e',
    conversationId: 'c',
    votedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    blind: true,
    contestants: [
      { place: 0, answerId: 'a1', variantId: 'x/q8', device: 'wasm' },
      { place: 1, answerId: 'a2', variantId: 'y/q4', device: 'remote' },
    ],
    verdict: { kind: 'best', at: 1 },
    ...part,
  };
}

const nameOf = (variantId: string) => `model ${variantId}`;

test('whole answers stand for election, in the order that is asked for', () => {
  const exchange = anExchange({
    one: answered('1'),
    two: answered('2', { end: 'length' }),
    three: answered('3'),
  });
  const contestants = contestantsOf(exchange, ['three', 'one', 'missing', 'two']);
  expect(contestants).toEqual([
    { lane: 'three', place: 0, answerId: '3', variantId: 'variant-3', device: 'wasm' },
    { lane: 'one', place: 1, answerId: '1', variantId: 'variant-1', device: 'wasm' },
    { lane: 'two', place: 3, answerId: '2', variantId: 'variant-2', device: 'wasm' },
  ]);
});

test('an answer that is not whole, or is another lane’s, does not', () => {
  const exchange = anExchange({
    failed: answered('1', { end: 'failed' }),
    stopped: answered('2', { end: 'stopped' }),
    frozen: answered('3', { end: 'interrupted' }),
    empty: answered('4', { text: '' }),
    whole: answered('5'),
    copy: answered('5'),
  });
  expect(contestantsOf(exchange, Object.keys(exchange.attempts)).map(({ lane }) => lane)).toEqual(['whole']);
});

test('the shown attempt is the one that is voted on', () => {
  const first = answered('1').answers;
  const second = answered('2').answers;
  const exchange = anExchange({ one: { shown: 0, answers: [...first, ...second] } });
  expect(contestantsOf(exchange, ['one']).map(({ answerId }) => answerId)).toEqual(['1']);
});

test('votes become judgements about variants', () => {
  const players = ['x/q8', 'y/q4'];
  expect(judgementsOf([aVote(), aVote({ verdict: { kind: 'tie' } })])).toEqual([
    { players, winner: 'y/q4' },
    { players, winner: undefined },
  ]);
});

test('ids that stand for one model are one player, and one of them against the other counts for nobody', () => {
  const standFor = (id: string) => (id === 'x/q8' ? 'y/q4' : id);
  expect(judgementsOf([aVote()], standFor)).toEqual([]);
  const third = { place: 0, answerId: 'a3', variantId: 'z/q4', device: 'wasm' } as const;
  const [, second] = aVote().contestants;
  if (second === undefined) throw new Error('there is no second contestant');
  const former = { ...second, variantId: 'x/q8' };
  expect(judgementsOf([aVote({ contestants: [third, former] })], standFor)).toEqual([
    { players: ['z/q4', 'y/q4'], winner: 'y/q4' },
  ]);
});

test('both bad, and a variant against itself, count for nobody', () => {
  const twice = aVote().contestants.map((contestant) => ({ ...contestant, variantId: 'x/q8' }));
  expect(judgementsOf([aVote({ verdict: { kind: 'bad' } }), aVote({ contestants: twice })])).toEqual([]);
});

test('letters name the places', () => {
  expect([0, 1, 5].map(letterOf)).toEqual(['A', 'B', 'F']);
});

test('the JSON file says what it is and when each vote was cast', () => {
  const file = JSON.parse(votesJson([aVote()], nameOf)) as unknown;
  const { votedAt, contestants, ...rest } = aVote();
  expect(new Date(votedAt).getUTCFullYear()).toBe(2026);
  expect(file).toEqual({
    format: 'opentab-votes',
    version: 1,
    votes: [
      {
        time: '2026-01-02T03:04:05.000Z',
        ...rest,
        contestants: contestants.map((one) => ({ ...one, model: nameOf(one.variantId) })),
      },
    ],
  });
});

test('the CSV file has a line for each contestant, and no formula for a spreadsheet', () => {
  const contestants = [
    { place: 0, answerId: 'a1', variantId: '=1+1', device: 'wasm' },
    { place: 1, answerId: 'a2', variantId: 'say "q4", twice', device: 'remote' },
  ] as const;
  const votes = [aVote({ contestants }), aVote({ verdict: { kind: 'tie' }, blind: false })];
  expect(votesCsv(votes, nameOf)).toBe(
    [
      'time,conversation,exchange,blind,place,answer,variant,model,device,result',
      "2026-01-02T03:04:05.000Z,c,e,true,1,a1,'=1+1,model =1+1,wasm,loss",
      '2026-01-02T03:04:05.000Z,c,e,true,2,a2,"say ""q4"", twice","model say ""q4"", twice",remote,win',
      '2026-01-02T03:04:05.000Z,c,e,false,1,a1,x/q8,model x/q8,wasm,tie',
      '2026-01-02T03:04:05.000Z,c,e,false,2,a2,y/q4,model y/q4,remote,tie',
      '',
    ].join('\r\n'),
  );
});
