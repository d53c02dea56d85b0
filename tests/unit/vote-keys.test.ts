import { expect, test } from 'vitest';
import { voteKeys } from '../../src/ui/playground/vote-keys';

test('each answer has the number of its place, and the other votes a letter', () => {
  const keys = voteKeys([
    { place: 0, label: 'A' },
    { place: 2, label: 'C' },
  ]);
  expect(keys).toEqual([
    { key: '1', verdict: { kind: 'best', at: 0 } },
    { key: '3', verdict: { kind: 'best', at: 1 } },
    { key: 'T', verdict: { kind: 'tie' } },
    { key: 'B', verdict: { kind: 'bad' } },
  ]);
});
