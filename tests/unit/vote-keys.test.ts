import { expect, test } from 'vitest';
import { voteKeys } from '../../src/ui/playground/vote-keys';

test('each answer has the number and the letter of its place, and no other vote has one of these', () => {
  const keys = voteKeys([
    { place: 0, label: 'A' },
    { place: 2, label: 'C' },
  ]);
  expect(keys).toEqual([
    { key: '1', letter: 'A', verdict: { kind: 'best', at: 0 } },
    { key: '3', letter: 'C', verdict: { kind: 'best', at: 1 } },
    { key: 'T', verdict: { kind: 'tie' } },
    { key: '0', verdict: { kind: 'bad' } },
  ]);
});
