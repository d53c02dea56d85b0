import { expect, test } from 'vitest';
import { FailureError } from '../../src/domain/failure';
import { answerText, failureOfTrace, recordRun, type Mark } from '../../src/domain/trace';
import { aRequest, scriptedEngine } from '../support/fake-engine';

function recorder() {
  let ticks = 0;
  const marks: Mark[] = [];
  const stop = new AbortController();
  return {
    marks,
    stop,
    context: {
      signal: stop.signal,
      // Each look at the clock is 10 ms after the one before.
      now: () => (ticks += 10),
      onMark: (mark: Mark) => marks.push(mark),
    },
  };
}

test('each delivery is stamped as it is handed over, relative to submit', async () => {
  const { context, marks } = recorder();
  const engine = scriptedEngine((_, { prefill, emit }) => {
    prefill({ tokens: 7, cached: 3 });
    emit({ text: 'a', tokens: 1 });
    emit({ text: 'b' });
    return Promise.resolve({ reason: 'stop' });
  });
  const trace = await recordRun(engine, aRequest(), context);
  expect(trace.prefill).toEqual({ atMs: 10, tokens: 7, cached: 3 });
  expect(trace.chunks).toEqual([
    { atMs: 20, text: 'a', tokens: 1 },
    { atMs: 30, text: 'b', tokens: undefined },
  ]);
  expect(trace.returnedMs).toBe(40);
  expect(trace.end).toEqual({ kind: 'completed', completion: { reason: 'stop' } });
  expect(marks.map((mark) => mark.kind)).toEqual(['prefill', 'chunk', 'chunk']);
});

test('a failure is an end of the trace, and what came before it is kept', async () => {
  const { context } = recorder();
  const engine = scriptedEngine((_, { emit }) => {
    emit({ text: 'half', tokens: 1 });
    return Promise.reject(new FailureError('device-lost', 'gone'));
  });
  const trace = await recordRun(engine, aRequest(), context);
  expect(answerText(trace)).toBe('half');
  expect(failureOfTrace(trace)).toEqual({ code: 'device-lost', detail: 'gone' });
});

test('an unknown error becomes an engine error with its name', async () => {
  const engine = scriptedEngine(() => {
    throw new RangeError('too much');
  });
  const trace = await recordRun(engine, aRequest(), recorder().context);
  expect(failureOfTrace(trace)).toEqual({ code: 'engine-error', detail: 'RangeError: too much' });
});

test('an aborted run completes with what was said', async () => {
  const { context, stop } = recorder();
  const engine = scriptedEngine(async (_, { signal, emit }) => {
    emit({ text: 'so far', tokens: 2 });
    stop.abort();
    await Promise.resolve();
    return { reason: signal.aborted ? 'aborted' : 'stop' };
  });
  const trace = await recordRun(engine, aRequest(), context);
  expect(trace.end).toMatchObject({ completion: { reason: 'aborted' } });
  expect(answerText(trace)).toBe('so far');
  expect(failureOfTrace(trace)).toBeUndefined();
});

test('what is billed for an answer that failed is kept with its end', async () => {
  const usage = { input: 8, cacheRead: 4, cacheWrite: 0, output: 5, thinking: 0 };
  const engine = scriptedEngine((_, { emit }) => {
    emit({ text: 'I cannot' });
    return Promise.reject(new FailureError('answer-refused', 'no', { usage }));
  });
  const trace = await recordRun(engine, aRequest(), recorder().context);
  expect(trace.end).toEqual({
    kind: 'failed',
    failure: { code: 'answer-refused', detail: 'no' },
    usage,
  });
});
