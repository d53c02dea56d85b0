/**
 * A ranking from pairwise votes, by the model of Bradley & Terry, with 95 % intervals.
 *
 * **Model.** Each player i has a strength πᵢ > 0; i is preferred to j with probability πᵢ ÷ (πᵢ + πⱼ) (Bradley & Terry
 * 1952, Biometrika 39). A vote for the best of more than two is one choice among all of them, with probability
 * πᵢ ÷ Σπ (Luce 1959, the Plackett–Luce model's first choice), and not as many won pairs: it is one judgement, and
 * counting it several times would make the intervals too narrow. For two the models are the same.
 *
 * **Ties** are half a win for each of two, 1/k of one for each of k. This treats a tie as a whole judgement that was
 * divided, which keeps the intervals on the wide side.
 *
 * **Estimate.** The maximum of the likelihood, by the MM algorithm of Hunter (2004, Annals of Statistics 32),
 * each step of which raises it. Where one player has won everything, the maximum lies at infinity. So each pair that
 * was compared has an imaginary tie of weight 1 ÷ (the larger of the two players' numbers of opponents): at most one tie
 * for each player. For two players the difference of their log strengths is then ln((w₁ + ½) ÷ (w₂ + ½)), the estimate of
 * Haldane (1956) and Anscombe (1956), which is finite and has hardly any bias. As votes come in, it fades.
 *
 * **Intervals** are from the observed information at the maximum: ± 1.96 standard errors of each player's log strength
 * about the mean of its group, scaled as the rating is (the delta method, exact for a linear scale). A bootstrap was not
 * used: with few votes most resamples lack a player or a link between players, so that it says least where the doubt is
 * greatest. The same votes give the same interval, without a seed.
 *
 * **Groups.** Players that no chain of votes links cannot be compared, so each linked group has a scale of its own.
 */

/** One vote: who stood against whom, and who was preferred. */
export interface Judgement {
  /** Two or more, all different. */
  readonly players: readonly string[];
  /** One of them; undefined for a tie of all. */
  readonly winner: string | undefined;
}

export interface RankedPlayer {
  readonly player: string;
  /**
   * On the scale of chess ratings: 1000 is the mean of the group, and a player that is 400 points above another is
   * preferred to it 10 times out of 11.
   */
  readonly rating: number;
  /** The 95 % interval of the rating, against the mean of the group. */
  readonly low: number;
  readonly high: number;
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/** Players that votes link with each other, the best first. Ratings of different groups say nothing about each other. */
export type RankedGroup = readonly RankedPlayer[];

export const MEAN_RATING = 1000;
/** Rating points for one unit of the natural logarithm of a strength. */
const POINTS = 400 / Math.LN10;
/** Two-sided 95 % quantile of the normal distribution. */
const Z_95 = 1.959964;
/** Steps smaller than this, in log strength, end the search; a thousandth of a point is far above it. */
const PRECISION = 1e-10;
const MAX_STEPS = 100_000;

/** Groups of linked players, the group with most votes first. Empty without votes. */
export function rank(judgements: readonly Judgement[]): readonly RankedGroup[] {
  return linkedGroups(judgements)
    .toSorted((a, b) => b.length - a.length)
    .map(rankGroup);
}

/** The judgements, parted so that no player stands in two parts. */
function linkedGroups(judgements: readonly Judgement[]): readonly (readonly Judgement[])[] {
  /** From each player a step towards the one that stands for its group. */
  const towards = new Map<string, string>();
  const groupOf = (player: string): string => {
    let found = player;
    for (let next = towards.get(found); next !== undefined; next = towards.get(found)) found = next;
    return found;
  };
  for (const { players } of judgements) {
    const [head, ...others] = new Set(players.map(groupOf));
    if (head !== undefined) for (const other of others) towards.set(other, head);
  }
  const groups = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    const group = groupOf(judgement.players[0] ?? '');
    const others = groups.get(group);
    if (others === undefined) groups.set(group, [judgement]);
    else others.push(judgement);
  }
  return [...groups.values()];
}

/** All choices among the same players: how many, and how often each was taken. */
interface Choice {
  readonly members: readonly number[];
  weight: number;
}

function rankGroup(judgements: readonly Judgement[]): RankedGroup {
  const players = [...new Set(judgements.flatMap((judgement) => judgement.players))];
  const numbers = new Map(players.map((player, number) => [player, number]));
  const choices = new Map<string, Choice>();
  const wins = players.map(() => 0);

  const add = (members: readonly number[], weight: number, winner?: number): void => {
    const key = members.join(' ');
    const choice = choices.get(key) ?? { members, weight: 0 };
    choice.weight += weight;
    choices.set(key, choice);
    for (const member of winner === undefined ? members : [winner])
      wins[member] = at(wins, member) + weight / (winner === undefined ? members.length : 1);
  };
  for (const judgement of judgements) {
    const members = judgement.players.map((player) => numbers.get(player) ?? 0).sort((a, b) => a - b);
    add(members, 1, judgement.winner === undefined ? undefined : numbers.get(judgement.winner));
  }
  for (const { pair, weight } of imaginaryTies([...choices.values()])) add(pair, weight);

  const all = [...choices.values()];
  const logs = logStrengths(wins, all);
  const errors = standardErrors(logs, all);
  return players
    .map((player, number): RankedPlayer => {
      const rating = MEAN_RATING + POINTS * at(logs, number);
      const half = POINTS * Z_95 * at(errors, number);
      return { player, rating, low: rating - half, high: rating + half, ...record(player, judgements) };
    })
    .sort((a, b) => b.rating - a.rating);
}

function record(
  player: string,
  judgements: readonly Judgement[],
): Pick<RankedPlayer, 'wins' | 'ties' | 'losses'> {
  const own = judgements.filter(({ players }) => players.includes(player));
  const wins = own.filter(({ winner }) => winner === player).length;
  const ties = own.filter(({ winner }) => winner === undefined).length;
  return { wins, ties, losses: own.length - wins - ties };
}

/** One for each pair that was compared, together at most 1 for each player. */
function imaginaryTies(
  choices: readonly Choice[],
): readonly { readonly pair: readonly [number, number]; readonly weight: number }[] {
  const opponents = new Map<number, Set<number>>();
  for (const { members } of choices) {
    for (const one of members) {
      const known = opponents.get(one) ?? new Set();
      for (const other of members) if (other !== one) known.add(other);
      opponents.set(one, known);
    }
  }
  return [...opponents].flatMap(([one, others]) =>
    [...others]
      .filter((other) => other > one)
      .map((other) => ({
        pair: [one, other] as const,
        weight: 1 / Math.max(others.size, opponents.get(other)?.size ?? 1),
      })),
  );
}

/** Natural logarithms of the strengths, with mean 0. */
function logStrengths(wins: readonly number[], choices: readonly Choice[]): readonly number[] {
  let logs = wins.map(() => 0);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const strengths = logs.map((log) => Math.exp(log));
    const shares = wins.map(() => 0);
    for (const { members, weight } of choices) {
      const total = members.reduce((sum, member) => sum + at(strengths, member), 0);
      for (const member of members) shares[member] = at(shares, member) + weight / total;
    }
    const moved = wins.map((won, player) => Math.log(won / at(shares, player)));
    const mean = moved.reduce((sum, log) => sum + log, 0) / moved.length;
    const next = moved.map((log) => log - mean);
    const change = Math.max(...next.map((log, player) => Math.abs(log - at(logs, player))));
    logs = next;
    if (change < PRECISION) break;
  }
  return logs;
}

/**
 * Of the log strengths, about their mean. The observed information has no inverse, since only differences are known;
 * its pseudo-inverse is the covariance where the mean is held at 0, and is (I + J)⁻¹ − J with J = 1 ÷ n everywhere.
 */
function standardErrors(logs: readonly number[], choices: readonly Choice[]): readonly number[] {
  const share = 1 / logs.length;
  const information = logs.map(() => logs.map(() => share));
  for (const { members, weight } of choices) {
    const strengths = members.map((member) => Math.exp(at(logs, member)));
    const total = strengths.reduce((sum, strength) => sum + strength, 0);
    members.forEach((row, first) => {
      const line = information[row] ?? [];
      const chance = at(strengths, first) / total;
      members.forEach((column, second) => {
        const product = (chance * at(strengths, second)) / total;
        line[column] = at(line, column) + weight * ((first === second ? chance : 0) - product);
      });
    });
  }
  return inverse(information).map((line, player) => Math.sqrt(Math.max(0, at(line, player) - share)));
}

/** By Gauss & Jordan. The matrix is positive definite, so no pivot is 0 and no lines are exchanged. */
function inverse(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const size = matrix.length;
  let lines = matrix.map((line, row) => [...line, ...line.map((_, column) => (row === column ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot += 1) {
    const top = lines[pivot] ?? [];
    const scaled = top.map((value) => value / at(top, pivot));
    lines = lines.map((line, row) =>
      row === pivot ? scaled : line.map((value, column) => value - at(line, pivot) * at(scaled, column)),
    );
  }
  return lines.map((line) => line.slice(size));
}

/** Every index here comes from the list itself. */
function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
