import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pocket } from '../../src/catalog/pocket';
import { fail, succeed, type Outcome } from '../../src/domain/failure';
import type { Variant } from '../../src/domain/model';
import { checkWindows } from '../../src/domain/self-check';
import { browserMemory } from '../../src/state/browser-memory';
import type { EnginePhase } from '../../src/state/engine-pool.svelte';
import {
  GIVE_WAY_MS,
  QUIET_MS,
  SelfChecks,
  type SelfCheckServices,
} from '../../src/state/self-checks.svelte';
import { FakeClient, aReport } from '../support/fake-client';

const [q8] = pocket.variants as unknown as [Variant];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

/** A storage that several visits share. */
function aStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

/** A GPU and a CPU that choose the token itself; the test changes what they do. */
function aVisit(part: Partial<SelfCheckServices> = {}, storage = aStorage()) {
  const gpu = {
    phase: { kind: 'ready', report: aReport } as EnginePhase,
    windows: [] as (readonly number[])[],
    top: (tokens: readonly number[]): Promise<Outcome<readonly number[]>> => Promise.resolve(succeed(tokens)),
  };
  const references: FakeClient[] = [];
  const state = { busy: false };
  const checks = new SelfChecks({
    machine: () => ({ webGpu: 'hardware', memoryBytes: undefined, adapter: 'A GPU' }),
    slot: () => ({
      get phase() {
        return gpu.phase;
      },
      topTokens(tokens) {
        gpu.windows.push(tokens);
        return gpu.top(tokens);
      },
    }),
    reference: () => {
      const client = new FakeClient();
      references.push(client);
      return client.asClient();
    },
    referenceSource: ({ precision }) => ({
      baseUrl: 'https://tab.test/',
      precision,
      device: 'wasm',
      requiredFeatures: [],
    }),
    memory: browserMemory(() => storage),
    release: '1.0.0',
    busy: () => state.busy,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ...part,
  });
  return {
    checks,
    gpu,
    references,
    storage,
    state,
    reference: () => references.at(-1) ?? expect.fail('no reference was started'),
    loadReference: async () => {
      references.at(-1)?.loads.at(-1)?.settle(succeed(aReport));
      await settle();
    },
  };
}

test('a loaded model is compared in the next quiet moment, and its reference is let go', async () => {
  const { checks, gpu, reference, references, loadReference } = aVisit();
  expect(checks.of(q8, 'webgpu')).toEqual({ state: 'due' });
  checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS - 1);
  expect(gpu.windows).toEqual([]);
  await settle(1);
  expect(checks.of(q8, 'webgpu')).toEqual({ state: 'checking' });
  expect(gpu.windows).toEqual(checkWindows);
  await loadReference();
  expect(checks.of(q8, 'webgpu')).toMatchObject({ state: 'verified', agreement: 1, positions: 256 });
  expect(reference().terminated).toBe(true);
  // Known now: another load is not checked.
  checks.noteLoaded(q8, 'webgpu');
  await settle(10 * QUIET_MS);
  expect(references).toHaveLength(1);
});

test('a GPU that chooses other tokens is suspect, and can be checked again', async () => {
  const { checks, gpu, loadReference } = aVisit();
  gpu.top = (tokens) => Promise.resolve(succeed(tokens.map((token, at) => (at % 5 === 0 ? 0 : token))));
  checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  await loadReference();
  const verdict = checks.of(q8, 'webgpu');
  expect(verdict).toMatchObject({ state: 'suspect' });
  expect(verdict?.state === 'suspect' && verdict.agreement).toBeCloseTo(204 / 256);
  gpu.top = (tokens) => Promise.resolve(succeed(tokens));
  checks.check(q8);
  expect(checks.of(q8, 'webgpu')).toEqual({ state: 'due' });
  await settle(QUIET_MS);
  await loadReference();
  expect(checks.of(q8, 'webgpu')).toMatchObject({ state: 'verified' });
});

test('it waits while something answers', async () => {
  const { checks, gpu, state } = aVisit();
  state.busy = true;
  checks.noteLoaded(q8, 'webgpu');
  await settle(20 * QUIET_MS);
  expect(gpu.windows).toEqual([]);
  state.busy = false;
  await settle(QUIET_MS);
  expect(gpu.windows).toHaveLength(4);
});

test('it gives way to an answer within the window that runs, and goes on from there later', async () => {
  const { checks, gpu, references, state, loadReference } = aVisit();
  let finish: () => void = () => undefined;
  gpu.top = (tokens) => new Promise((resolve) => (finish = () => resolve(succeed(tokens))));
  checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  let free = false;
  state.busy = true;
  void checks.giveWay().then(() => (free = true));
  await settle();
  expect(free).toBe(false);
  finish();
  await settle();
  expect(free).toBe(true);
  expect(gpu.windows).toHaveLength(1);
  expect(references).toHaveLength(0);
  expect(checks.of(q8, 'webgpu')).toEqual({ state: 'due' });
  state.busy = false;
  gpu.top = (tokens) => Promise.resolve(succeed(tokens));
  await settle(QUIET_MS);
  await loadReference();
  expect(gpu.windows).toEqual(checkWindows);
  expect(checks.of(q8, 'webgpu')).toMatchObject({ state: 'verified', positions: 256 });
});

test('an answer does not wait for ever for a pass that never ends', async () => {
  const { checks, gpu } = aVisit();
  gpu.top = () => new Promise(() => undefined);
  checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  let free = false;
  void checks.giveWay().then(() => (free = true));
  await settle(GIVE_WAY_MS - 1);
  expect(free).toBe(false);
  await settle(1);
  expect(free).toBe(true);
});

test('while something else measures it is held', async () => {
  const { checks, gpu } = aVisit();
  checks.noteLoaded(q8, 'webgpu');
  const letGo = await checks.hold();
  await settle(5 * QUIET_MS);
  expect(gpu.windows).toEqual([]);
  letGo();
  await settle(QUIET_MS);
  expect(gpu.windows).toHaveLength(4);
});

test('an answer ends the reference at once, in its load and in its computing', async () => {
  const { checks, references, loadReference } = aVisit();
  checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  await checks.giveWay();
  expect(references.map(({ terminated }) => terminated)).toEqual([true]);
  await settle(QUIET_MS);
  const second = references[1] ?? expect.fail('it did not begin anew');
  second.top = () => new Promise(() => undefined);
  await loadReference();
  await checks.giveWay();
  expect(second.terminated).toBe(true);
  expect(checks.of(q8, 'webgpu')).toEqual({ state: 'due' });
});

test('a verdict outlives the visit, and holds for its release, adapter and variant alone', async () => {
  const first = aVisit();
  first.checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  await first.loadReference();
  const { storage } = first;
  const of = (part: Partial<SelfCheckServices>, variant = q8) =>
    aVisit(part, storage).checks.of(variant, 'webgpu')?.state;
  expect(of({})).toBe('verified');
  expect(of({ release: '1.0.1' })).toBe('due');
  expect(
    of({ machine: () => ({ webGpu: 'hardware', memoryBytes: undefined, adapter: 'Another GPU' }) }),
  ).toBe('due');
  expect(of({}, { ...q8, id: 'another' })).toBe('due');
  expect(of({}, { ...q8, artifact: { origin: { kind: 'local', id: 'x' }, files: [] } })).toBe('due');
});

test('what is kept of another release goes with the next verdict, and what cannot be read is as if it were not there', async () => {
  const storage = aStorage();
  const old = aVisit({ release: '0.9.0' }, storage);
  old.checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  await old.loadReference();
  const fresh = aVisit({}, storage);
  fresh.checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  await fresh.loadReference();
  expect([...storage.kept.values()].join()).not.toContain('0.9.0');
  for (const kept of ['{', '3', 'null', '{"x":{"state":"verified"}}']) {
    for (const key of storage.kept.keys()) storage.kept.set(key, kept);
    expect(aVisit({}, storage).checks.of(q8, 'webgpu')).toEqual({ state: 'due' });
  }
});

test('what cannot be loaded on the CPU is told, not kept, and not tried again unasked', async () => {
  const { checks, references, storage } = aVisit();
  checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  references[0]?.loads[0]?.settle(fail('out-of-memory', '2 GiB'));
  await settle();
  expect(checks.of(q8, 'webgpu')).toEqual({
    state: 'not-checked',
    reason: 'failed',
    detail: 'out-of-memory: 2 GiB',
  });
  checks.noteLoaded(q8, 'webgpu');
  await settle(10 * QUIET_MS);
  expect(references).toHaveLength(1);
  expect(aVisit({}, storage).checks.of(q8, 'webgpu')).toEqual({ state: 'due' });
});

test('a model that is let go is no failure', async () => {
  const { checks, gpu, references } = aVisit();
  checks.noteLoaded(q8, 'webgpu');
  gpu.top = () => {
    gpu.phase = { kind: 'idle' };
    return Promise.resolve(fail('worker-died', 'ended by the page'));
  };
  await settle(QUIET_MS);
  expect(checks.of(q8, 'webgpu')).toEqual({ state: 'due' });
  checks.noteLoaded(q8, 'webgpu');
  await settle(QUIET_MS);
  expect(references).toHaveLength(0);
});

test('a large model is checked on request alone, and what runs elsewhere never', async () => {
  const { checks, gpu } = aVisit();
  const large = { ...q8, bytes: 2 ** 30 };
  checks.noteLoaded(large, 'webgpu');
  await settle(QUIET_MS);
  expect(gpu.windows).toEqual([]);
  expect(checks.of(large, 'webgpu')).toEqual({ state: 'not-checked', reason: 'on-request' });
  checks.check(large);
  await settle(QUIET_MS);
  expect(gpu.windows).toHaveLength(4);
  expect(checks.of({ ...q8, remote: true }, 'wasm')).toBeUndefined();
});

test('on a software adapter nothing is ever computed', async () => {
  const { checks, gpu } = aVisit({
    machine: () => ({ webGpu: 'software', memoryBytes: undefined, adapter: 'SwiftShader' }),
  });
  checks.noteLoaded(q8, 'webgpu');
  await settle(10 * QUIET_MS);
  expect(gpu.windows).toEqual([]);
  expect(checks.of(q8, 'webgpu')).toEqual({ state: 'not-checked', reason: 'software-adapter' });
});

test('who has the model loaded can ask for the verdict, which is computed once', async () => {
  const { checks, references } = aVisit();
  const asked: (readonly number[])[] = [];
  const top = (tokens: readonly number[]) => {
    asked.push(tokens);
    return Promise.resolve(succeed(tokens));
  };
  const { signal } = new AbortController();
  const verdict = checks.ensure(q8, top, signal);
  await settle();
  references[0]?.loads[0]?.settle(succeed(aReport));
  expect(await verdict).toMatchObject({ state: 'verified' });
  expect(await checks.ensure(q8, top, signal)).toMatchObject({ state: 'verified' });
  expect(asked).toHaveLength(4);
  expect(await checks.ensure(q8, top, AbortSignal.abort())).toMatchObject({ state: 'verified' });
  expect(await checks.ensure({ ...q8, id: 'other' }, top, AbortSignal.abort())).toBeUndefined();
});
