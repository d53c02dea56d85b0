import { expect, test } from 'vitest';
import { MEAN_RATING, rank, type Judgement, type RankedGroup } from '../../src/domain/ranking';
import { wordsFrom } from '../../src/domain/shuffle';

const POINTS = 400 / Math.LN10;

function duels(first: string, second: string, won: number, lost: number, tied = 0): Judgement[] {
  const players = [first, second];
  return [
    ...Array.from({ length: won }, () => ({ players, winner: first })),
    ...Array.from({ length: lost }, () => ({ players, winner: second })),
    ...Array.from({ length: tied }, () => ({ players, winner: undefined })),
  ];
}

function only(groups: readonly RankedGroup[]): RankedGroup {
  expect(groups).toHaveLength(1);
  return groups[0] ?? [];
}

function ratingOf(group: RankedGroup, player: string) {
  return group.find((one) => one.player === player) ?? expect.fail(`${player} is not ranked`);
}

test('no votes, no ranking', () => {
  expect(rank([])).toEqual([]);
});

test.each([
  [7, 3, 0],
  [30, 10, 5],
  [1, 0, 0],
  [0, 4, 1],
])('two players: %i won, %i lost, %i tied has the closed form', (won, lost, tied) => {
  const group = only(rank(duels('x', 'y', won, lost, tied)));
  const x = ratingOf(group, 'x');
  const y = ratingOf(group, 'y');
  // Haldane & Anscombe: half a win is added to each, and a tie is half a win for each.
  const wonHalf = won + tied / 2 + 0.5;
  const lostHalf = lost + tied / 2 + 0.5;
  expect(x.rating - y.rating).toBeCloseTo(POINTS * Math.log(wonHalf / lostHalf), 5);
  expect((x.rating + y.rating) / 2).toBeCloseTo(MEAN_RATING, 8);
  // The variance of the difference is 1/w₁ + 1/w₂; each stands half of it from the mean.
  const halfWidth = (1.959964 * POINTS * Math.sqrt(1 / wonHalf + 1 / lostHalf)) / 2;
  expect(x.high - x.rating).toBeCloseTo(halfWidth, 4);
  expect(x.rating - x.low).toBeCloseTo(halfWidth, 4);
  expect(x).toMatchObject({ wins: won, losses: lost, ties: tied });
  expect(y).toMatchObject({ wins: lost, losses: won, ties: tied });
});

test('players in the same position have the same rating and interval, whatever the order of the votes', () => {
  const round = [...duels('a', 'b', 3, 1), ...duels('b', 'c', 3, 1), ...duels('c', 'a', 3, 1)];
  const group = only(rank(round));
  for (const { rating, low, high } of group) {
    expect(rating).toBeCloseTo(MEAN_RATING, 6);
    expect(high - low).toBeCloseTo((group[0]?.high ?? 0) - (group[0]?.low ?? 0), 6);
  }
  const votes = [...duels('a', 'b', 5, 2), ...duels('b', 'c', 4, 4, 2), ...duels('a', 'c', 1, 0)];
  const forward = only(rank(votes));
  const backward = only(
    rank(votes.toReversed().map((vote) => ({ ...vote, players: vote.players.toReversed() }))),
  );
  for (const { player, rating, low } of forward) {
    expect(ratingOf(backward, player).rating).toBeCloseTo(rating, 6);
    expect(ratingOf(backward, player).low).toBeCloseTo(low, 6);
  }
});

test('turning every vote round mirrors the ranking', () => {
  const votes = [...duels('a', 'b', 5, 2, 1), ...duels('b', 'c', 6, 3), ...duels('a', 'c', 4, 2)];
  const mirrored = votes.map(({ players, winner }) => ({
    players,
    winner: winner === undefined ? undefined : players.find((player) => player !== winner),
  }));
  const group = only(rank(votes));
  const mirror = only(rank(mirrored));
  for (const { player, rating, high } of group) {
    expect(ratingOf(mirror, player).rating).toBeCloseTo(2 * MEAN_RATING - rating, 5);
    expect(ratingOf(mirror, player).low).toBeCloseTo(2 * MEAN_RATING - high, 5);
  }
});

test('a player that won everything has a finite rating with a wide interval', () => {
  const group = only(rank(duels('x', 'y', 6, 0)));
  const x = ratingOf(group, 'x');
  expect(Number.isFinite(x.rating) && Number.isFinite(x.high)).toBe(true);
  expect(x.low).toBeLessThan(MEAN_RATING + 400);
  expect(x.high).toBeGreaterThan(x.rating + 100);
});

test('more votes make the interval narrower', () => {
  const width = (times: number) => {
    const x = ratingOf(only(rank(duels('x', 'y', 6 * times, 4 * times))), 'x');
    return x.high - x.low;
  };
  // A hundred times the votes: a tenth of the width, but for the imaginary tie.
  expect(width(1) / width(100)).toBeGreaterThan(9);
  expect(width(1) / width(100)).toBeLessThan(10.1);
});

test('players that no vote links are ranked apart, the group with most votes first', () => {
  const groups = rank([...duels('a', 'b', 1, 0), ...duels('x', 'y', 2, 1), ...duels('y', 'z', 1, 1)]);
  expect(groups.map((group) => group.map(({ player }) => player).toSorted())).toEqual([
    ['x', 'y', 'z'],
    ['a', 'b'],
  ]);
  const joined = rank([...duels('a', 'b', 1, 0), ...duels('x', 'y', 2, 1), ...duels('b', 'y', 1, 1)]);
  expect(only(joined)).toHaveLength(4);
});

test('the best of three is one choice among three', () => {
  const players = ['a', 'b', 'c'];
  const votes = ['a', 'a', 'a', 'b', 'b', 'c', undefined].map((winner) => ({ players, winner }));
  const group = only(rank(votes));
  // With all choices among the same three, a strength is the share of what it won: with the imaginary ties, each of
  // weight ½, this is where the likelihood has no slope.
  const strengths = group.map(({ rating }) => Math.exp((rating - MEAN_RATING) / POINTS));
  const total = strengths.reduce((sum, one) => sum + one, 0);
  group.forEach(({ wins, ties }, one) => {
    const own = strengths[one] ?? 0;
    const pairs = strengths.filter((_, other) => other !== one).map((other) => own / (own + other));
    const expected = (7 * own) / total + 0.5 * pairs.reduce((sum, chance) => sum + chance, 0);
    expect(wins + ties / 3 + 0.5).toBeCloseTo(expected, 6);
  });
  expect(group.map(({ player }) => player)).toEqual(players);
  expect(ratingOf(group, 'c')).toMatchObject({ wins: 1, ties: 1, losses: 5 });
});

/** Votes between all pairs of players of known strength, drawn by chance. */
function synthetic(strengths: ReadonlyMap<string, number>, rounds: number, seed: string): Judgement[] {
  const random = wordsFrom(seed);
  const names = [...strengths.keys()];
  return names.flatMap((one, place) =>
    names.slice(place + 1).flatMap((other) =>
      Array.from({ length: rounds }, () => {
        const a = strengths.get(one) ?? 0;
        const b = strengths.get(other) ?? 0;
        return { players: [one, other], winner: random() / 2 ** 32 < a / (a + b) ? one : other };
      }),
    ),
  );
}

const known = new Map([
  ['best', 8],
  ['good', 4],
  ['fair', 2],
  ['poor', 1],
]);
const meanLog = [...known.values()].reduce((sum, strength) => sum + Math.log(strength), 0) / known.size;
const truth = (player: string) => MEAN_RATING + POINTS * (Math.log(known.get(player) ?? 0) - meanLog);

test('known strengths are found again', () => {
  const group = only(rank(synthetic(known, 2_000, 'strengths')));
  expect(group.map(({ player }) => player)).toEqual([...known.keys()]);
  for (const { player, rating } of group) expect(Math.abs(rating - truth(player))).toBeLessThan(20);
});

test('a 95 % interval holds the true rating about 95 times out of 100', () => {
  const held = Array.from({ length: 250 }, (_, round) =>
    only(rank(synthetic(known, 20, `coverage-${round}`))).filter(
      ({ player, low, high }) => low <= truth(player) && truth(player) <= high,
    ),
  ).flat().length;
  // 1,000 intervals, four of each round not independent: 3 standard deviations of a round's mean are about 0.03.
  expect(held / 1_000).toBeGreaterThan(0.92);
  expect(held / 1_000).toBeLessThan(0.98);
});
