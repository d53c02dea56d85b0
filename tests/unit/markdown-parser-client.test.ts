import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  createParser,
  type ParseAnswer,
  type ParserPort,
  type ParseRequest,
} from '../../src/ui/shared/markdown/parser-client';

/** A worker that answers when the test says so. */
class FakePort implements ParserPort {
  readonly requests: ParseRequest[] = [];
  terminated = false;
  onmessage: ParserPort['onmessage'] = null;
  onerror: ParserPort['onerror'] = null;

  postMessage(request: ParseRequest): void {
    this.requests.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(id: number): void {
    const data: ParseAnswer = { id, blocks: [{ block: { kind: 'rule' }, start: id, end: id }] };
    this.onmessage?.(new MessageEvent('message', { data }));
  }
}

let ports: FakePort[];

function newParser() {
  return createParser(() => {
    const port = new FakePort();
    ports.push(port);
    return port;
  });
}

beforeEach(() => {
  ports = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('each request gets its own answer, in whatever order they come', async () => {
  const parse = newParser();
  const [first, second] = [parse('a'), parse('b')];
  ports[0]?.answer(2);
  ports[0]?.answer(1);
  expect((await first)?.[0]?.start).toBe(1);
  expect((await second)?.[0]?.start).toBe(2);
  expect(ports).toHaveLength(1);
});

test('a parser that hangs is ended, and the next request starts a new one', async () => {
  const parse = newParser();
  const warm = parse('quick');
  ports[0]?.answer(1);
  await warm;
  const slow = parse('slow');
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await slow).toBeUndefined();
  expect(ports[0]?.terminated).toBe(true);
  const next = parse('next');
  ports[1]?.answer(3);
  expect(await next).toHaveLength(1);
});

test('the first answer may take longer, because the parser has to be fetched', async () => {
  const parse = newParser();
  const first = parse('a');
  await vi.advanceTimersByTimeAsync(15_000);
  ports[0]?.answer(1);
  expect(await first).toHaveLength(1);
});

test('a parser that cannot be started is not tried for ever', async () => {
  const parse = newParser();
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const result = parse('a');
    ports.at(-1)?.onerror?.(new Event('error') as ErrorEvent);
    expect(await result).toBeUndefined();
  }
  expect(ports).toHaveLength(3);
});
