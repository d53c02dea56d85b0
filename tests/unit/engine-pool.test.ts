import { expect, test, vi } from 'vitest';
import { pocket } from '../../src/catalog/pocket';
import type { Variant } from '../../src/domain/model';
import { EnginePool, type LoadHooks } from '../../src/state/engine-pool.svelte';
import { FakeClient, aReport } from '../support/fake-client';
import { aRequest } from '../support/fake-engine';

const [q8, fp32] = pocket.variants as [Variant, Variant];
const never = () => new AbortController().signal;

function setUp(hooks: LoadHooks = {}) {
  const clients: FakeClient[] = [];
  const connect = () => {
    const client = new FakeClient();
    clients.push(client);
    return client.asClient();
  };
  const pool = new EnginePool('https://tab.test/app/', connect, hooks);
  const at = (index: number): FakeClient => {
    const client = clients[index];
    if (client === undefined) throw new Error(`there are only ${clients.length} clients`);
    return client;
  };
  return { pool, clients, at };
}

const ready = { ok: true, value: aReport } as const;
const broken = { ok: false, failure: { code: 'network', detail: 'down' } } as const;

test('lanes on the same variant and device share an engine, and one load', async () => {
  const { pool, clients, at } = setUp();
  const slot = pool.slot(q8, 'wasm');
  expect(pool.slot(q8, 'wasm')).toBe(slot);
  expect(pool.slot(q8, 'webgpu')).not.toBe(slot);
  expect(pool.peek(fp32, 'wasm')).toBeUndefined();
  const loads = [slot.ensureLoaded(never()), slot.ensureLoaded(never())];
  expect(slot.phase.kind).toBe('loading');
  at(0).loads[0]?.settle(ready);
  expect(await Promise.all(loads)).toEqual([ready, ready]);
  expect(await slot.ensureLoaded(never())).toEqual(ready);
  expect(clients).toHaveLength(1);
});

test('a load that failed ends its worker and can be tried again', async () => {
  const { pool, at } = setUp();
  const slot = pool.slot(q8, 'wasm');
  const first = slot.ensureLoaded(never());
  at(0).loads[0]?.settle(broken);
  expect(await first).toEqual(broken);
  expect(slot.phase).toEqual({ kind: 'failed', failure: broken.failure });
  expect(at(0).terminated).toBe(true);
  const second = slot.ensureLoaded(never());
  at(1).loads[0]?.settle(ready);
  expect(await second).toEqual(ready);
  expect(slot.phase.kind).toBe('ready');
});

test('one lane giving up leaves the load to the others; the last one ends it', async () => {
  const { pool, at } = setUp();
  const slot = pool.slot(q8, 'wasm');
  const [one, two] = [new AbortController(), new AbortController()];
  const outcomes = [slot.ensureLoaded(one.signal), slot.ensureLoaded(two.signal)];
  one.abort();
  expect((await outcomes[0])?.ok).toBe(false);
  expect(slot.phase.kind).toBe('loading');
  two.abort();
  expect((await outcomes[1])?.ok).toBe(false);
  expect(slot.phase.kind).toBe('idle');
  expect(at(0).terminated).toBe(true);
});

test('who comes right after an abandoned load gets a load of their own', async () => {
  const { pool, at } = setUp();
  const slot = pool.slot(q8, 'wasm');
  const stop = new AbortController();
  void slot.ensureLoaded(stop.signal);
  stop.abort();
  const next = slot.ensureLoaded(never());
  at(1).loads[0]?.settle(ready);
  expect(await next).toEqual(ready);
  expect(slot.phase.kind).toBe('ready');
});

test('an engine that failed is ended and can be loaded anew; a long prompt is no failure of it', async () => {
  const { pool, at } = setUp();
  const slot = pool.slot(q8, 'wasm');
  const loading = slot.ensureLoaded(never());
  at(0).loads[0]?.settle(ready);
  await loading;
  const end = (code: 'context-full' | 'device-lost') => ({
    ok: true as const,
    value: {
      prefill: undefined,
      chunks: [],
      end: { kind: 'failed' as const, failure: { code, detail: '' } },
      returnedMs: 0,
    },
  });
  const long = slot.generate(aRequest(), { signal: never(), onMarks: () => undefined });
  at(0).generations[0]?.settle(end('context-full'));
  await long;
  expect(slot.phase.kind).toBe('ready');
  const lost = slot.generate(aRequest(), { signal: never(), onMarks: () => undefined });
  at(0).generations[1]?.settle(end('device-lost'));
  await lost;
  expect(slot.phase).toEqual({ kind: 'failed', failure: { code: 'device-lost', detail: '' } });
  expect(at(0).terminated).toBe(true);
  expect((await slot.generate(aRequest(), { signal: never(), onMarks: () => undefined })).ok).toBe(false);
  const again = slot.ensureLoaded(never());
  at(1).loads[0]?.settle(ready);
  expect((await again).ok).toBe(true);
});

test('a worker that dies while nobody asks is seen', async () => {
  const { pool, at } = setUp();
  const slot = pool.slot(q8, 'wasm');
  const loading = slot.ensureLoaded(never());
  at(0).loads[0]?.settle(ready);
  await loading;
  at(0).terminate({ code: 'worker-died', detail: 'crash' });
  await Promise.resolve();
  expect(slot.phase).toEqual({ kind: 'failed', failure: { code: 'worker-died', detail: 'crash' } });
});

test('what no lane needs is ended, loading or loaded, and the rest is kept', async () => {
  const { pool, at } = setUp();
  const [kept, loaded, loading] = [pool.slot(q8, 'wasm'), pool.slot(fp32, 'wasm'), pool.slot(fp32, 'webgpu')];
  for (const [index, slot] of [kept, loaded].entries()) {
    const load = slot.ensureLoaded(never());
    at(index).loads[0]?.settle(ready);
    await load;
  }
  const waiting = loading.ensureLoaded(never());
  await pool.keepOnly([{ variant: q8, device: 'wasm' }]);
  expect((await waiting).ok).toBe(false);
  expect([at(0), at(1), at(2)].map(({ terminated }) => terminated)).toEqual([false, true, true]);
  expect(kept.phase.kind).toBe('ready');
  expect(pool.peek(fp32, 'wasm')).toBeUndefined();
});

test('what has to come before a load is waited for, and a load that succeeded is told once', async () => {
  const told: string[] = [];
  let open: () => void = () => undefined;
  const allowed = new Promise<void>((resolve) => (open = resolve));
  const clients: FakeClient[] = [];
  const pool = new EnginePool(
    'https://tab.test/app/',
    () => {
      const client = new FakeClient();
      clients.push(client);
      return client.asClient();
    },
    {
      before: (variant) => {
        told.push(`before ${variant.id}`);
        return allowed;
      },
      loaded: (variant) => void told.push(`loaded ${variant.id}`),
    },
  );
  const first = pool.slot(q8, 'wasm').ensureLoaded(never());
  await Promise.resolve();
  expect(clients[0]?.loads).toEqual([]);
  open();
  await vi.waitFor(() => expect(clients[0]?.loads).toHaveLength(1));
  clients[0]?.loads[0]?.settle(ready);
  await first;
  const second = pool.slot(fp32, 'wasm').ensureLoaded(never());
  await vi.waitFor(() => expect(clients[1]?.loads).toHaveLength(1));
  clients[1]?.loads[0]?.settle(broken);
  await second;
  expect(told).toEqual([`before ${q8.id}`, `loaded ${q8.id}`, `before ${fp32.id}`]);
});

test('a run begins once those who were told have made way; a load is told with its device', async () => {
  let makeWay: () => void = () => undefined;
  const loads: unknown[] = [];
  const { pool, at } = setUp({
    loaded: ({ id }, device) => loads.push([id, device]),
    beforeRun: () => new Promise((resolve) => (makeWay = resolve)),
  });
  const slot = pool.slot(q8, 'webgpu');
  const loading = slot.ensureLoaded(never());
  await vi.waitFor(() => expect(at(0).loads).toHaveLength(1));
  at(0).loads[0]?.settle(ready);
  await loading;
  expect(loads).toEqual([[q8.id, 'webgpu']]);
  const answer = slot.generate(aRequest(), { signal: never(), onMarks: () => undefined });
  await Promise.resolve();
  expect(at(0).generations).toHaveLength(0);
  makeWay();
  await vi.waitFor(() => expect(at(0).generations).toHaveLength(1));
  at(0).generations[0]?.finish();
  expect((await answer).ok).toBe(true);
});

test('how a load or an answer ended is told with its failure, an answer that is there without one, a stop not at all', async () => {
  const told: unknown[] = [];
  const { pool, at } = setUp({ ended: ({ id }, failure) => told.push([id, failure?.code]) });
  const slot = pool.slot(q8, 'wasm');
  const unloaded = slot.ensureLoaded(never());
  at(0).loads[0]?.settle(broken);
  await unloaded;
  expect(told).toEqual([[q8.id, 'network']]);

  const loading = slot.ensureLoaded(never());
  at(1).loads[0]?.settle(ready);
  await loading;
  // That the model is there is no answer yet.
  expect(told).toHaveLength(1);
  const answering = slot.generate(aRequest(), { signal: never(), onMarks: () => undefined });
  at(1).generations[0]?.finish();
  await answering;
  expect(told.at(-1)).toEqual([q8.id, undefined]);

  const stop = new AbortController();
  const stopping = slot.generate(aRequest(), { signal: stop.signal, onMarks: () => undefined });
  stop.abort();
  await stopping;
  expect(told).toHaveLength(2);

  const refused = slot.generate(aRequest(), { signal: never(), onMarks: () => undefined });
  at(1).generations[2]?.settle({ ok: false, failure: { code: 'key-rejected', detail: 'HTTP 401' } });
  await refused;
  expect(told.at(-1)).toEqual([q8.id, 'key-rejected']);
});

test('a stop does not wait for those who make way', async () => {
  const { pool, at } = setUp({ beforeRun: () => new Promise(() => undefined) });
  const slot = pool.slot(q8, 'webgpu');
  const loading = slot.ensureLoaded(never());
  at(0).loads[0]?.settle(ready);
  await loading;
  const stop = new AbortController();
  void slot.generate(aRequest(), { signal: stop.signal, onMarks: () => undefined });
  stop.abort();
  // The client refuses what was cancelled before it began.
  await vi.waitFor(() => expect(at(0).generations[0]?.signal.aborted).toBe(true));
});

test('the likeliest tokens are told of a loaded engine; one that fails at it is ended', async () => {
  const { pool, at } = setUp();
  const slot = pool.slot(q8, 'wasm');
  expect(await slot.topTokens([1])).toMatchObject({ ok: false });
  const loading = slot.ensureLoaded(never());
  at(0).loads[0]?.settle(ready);
  await loading;
  expect(await slot.topTokens([1, 2])).toEqual({ ok: true, value: [1, 2] });
  at(0).top = () => Promise.resolve(broken);
  expect(await slot.topTokens([1])).toEqual(broken);
  expect(slot.phase).toEqual({ kind: 'failed', failure: broken.failure });
  expect(at(0).terminated).toBe(true);
});

test('lanes on the same variant at different context lengths have an engine each, which is told its own', async () => {
  const { pool, at } = setUp();
  const gguf = pocket.variants.find(({ engine }) => engine === 'wllama') ?? expect.fail('no GGUF');
  const [plain, long] = [pool.slot(gguf, 'wasm'), pool.slot(gguf, 'wasm', 8192)];
  expect(long).not.toBe(plain);
  expect(pool.slot(gguf, 'wasm', 8192)).toBe(long);
  expect(pool.peek(gguf, 'wasm', 512)).toBeUndefined();
  void plain.ensureLoaded(never());
  void long.ensureLoaded(never());
  await vi.waitFor(() => expect(at(1).sources).toHaveLength(1));
  expect([at(0).sources[0]?.contextTokens, at(1).sources[0]?.contextTokens]).toEqual([undefined, 8192]);
  await pool.keepOnly([{ variant: gguf, device: 'wasm', contextTokens: 8192 }]);
  expect([at(0).terminated, at(1).terminated]).toEqual([true, false]);
});

test('what is released is ended on every device and at every context length, and nothing else is', async () => {
  const { pool, at } = setUp();
  const slots = [pool.slot(q8, 'wasm'), pool.slot(q8, 'webgpu', 512), pool.slot(fp32, 'wasm')];
  for (const [index, slot] of slots.entries()) {
    const loading = slot.ensureLoaded(never());
    at(index).loads[0]?.settle(ready);
    await loading;
  }
  await pool.release([q8]);
  expect([at(0), at(1), at(2)].map(({ terminated }) => terminated)).toEqual([true, true, false]);
  expect(pool.peek(q8, 'wasm')).toBeUndefined();
});
