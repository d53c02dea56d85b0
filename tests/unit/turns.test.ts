import { expect, test } from 'vitest';
import { Turns } from '../../src/state/turns';

const never = () => new AbortController().signal;
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('turns come in the order of asking, one at a time', async () => {
  const turns = new Turns<string>();
  const began: string[] = [];
  const ask = async (owner: string) => {
    const turn = await turns.take(owner, never());
    began.push(owner);
    return turn;
  };
  const [a, b, c] = [ask('a'), ask('b'), ask('c')];
  await settled();
  expect(began).toEqual(['a']);
  expect(turns.current).toBe('a');
  expect(turns.ahead('c')).toEqual(['a', 'b']);
  (await a).end();
  (await b).end();
  (await c).end();
  expect(began).toEqual(['a', 'b', 'c']);
  expect(turns.current).toBeUndefined();
});

test('who gives up while waiting is passed over, and rejects with the reason', async () => {
  const turns = new Turns<string>();
  const first = await turns.take('a', never());
  const stop = new AbortController();
  const second = turns.take('b', stop.signal);
  const third = turns.take('c', never());
  const reason = new Error('enough');
  stop.abort(reason);
  await expect(second).rejects.toBe(reason);
  first.end();
  await third;
  expect(turns.current).toBe('c');
});

test('who has given up before asking gets no turn', async () => {
  const turns = new Turns<string>();
  await expect(turns.take('a', AbortSignal.abort())).rejects.toThrow();
  expect(turns.current).toBeUndefined();
});

test('giving up during the turn does not end it, and ending twice ends it once', async () => {
  const turns = new Turns<string>();
  const stop = new AbortController();
  const turn = await turns.take('a', stop.signal);
  stop.abort();
  expect(turns.current).toBe('a');
  const next = turns.take('b', never());
  turn.end();
  turn.end();
  await next;
  expect(turns.current).toBe('b');
});

test('every change of hands is told', async () => {
  const seen: (string | undefined)[] = [];
  const turns: Turns<string> = new Turns(() => seen.push(turns.current));
  const a = await turns.take('a', never());
  const b = turns.take('b', never());
  a.end();
  (await b).end();
  expect(seen).toEqual(['a', 'b', undefined]);
});
