import { expect, test } from 'vitest';
import { pocket } from '../../src/catalog/pocket';
import type { Device, GenerateRequest, LoadReport } from '../../src/domain/engine';
import { fail, succeed, type Outcome } from '../../src/domain/failure';
import type { Variant } from '../../src/domain/model';
import type { Verdict } from '../../src/domain/self-check';
import type { RunTrace } from '../../src/domain/trace';
import { AutoTune, timeOf, type AutoTuneServices, type TuneClient } from '../../src/state/auto-tune.svelte';
import { TUNE_REPETITIONS, type TuneCandidate } from '../../src/state/auto-tune-rules';
import { aReport } from '../support/fake-client';

const [q8, fp32] = pocket.variants as unknown as [Variant, Variant];

const candidate = (variant: Variant, device: Device): TuneCandidate => ({
  name: `${variant.id}@${device}`,
  variant,
  device,
});
const onCpu = candidate(q8, 'wasm');
const onGpu = candidate(q8, 'webgpu');
const fineOnGpu = candidate(fp32, 'webgpu');

const verified: Verdict = {
  state: 'verified',
  agreement: 1,
  positions: 256,
  fingerprint: 'a',
  referenceFingerprint: 'a',
};

/** A run at this many tokens per second, prompt and answer alike. */
function traceAt(rate: number, { prompt, sampling }: GenerateRequest): RunTrace {
  const promptTokens = prompt.kind === 'tokens' ? prompt.tokens.length : 0;
  const first = (promptTokens / rate) * 1000;
  return {
    prefill: { atMs: 0, tokens: promptTokens, cached: 0 },
    chunks: Array.from({ length: sampling.maxTokens }, (_, at) => ({
      atMs: first + (at * 1000) / rate,
      text: 'x',
      tokens: 1,
    })),
    end: { kind: 'completed', completion: { reason: 'length' } },
    returnedMs: 10,
  };
}

interface Behaviour {
  readonly load?: Outcome<LoadReport>;
  readonly generate?: (request: GenerateRequest, signal: AbortSignal) => Promise<Outcome<RunTrace>>;
}

/** `rates` in tokens per second by the candidate's name. */
function aTune(
  rates: Readonly<Record<string, number>>,
  part: Partial<AutoTuneServices> = {},
  behave: (name: string) => Behaviour = () => ({}),
) {
  const log: string[] = [];
  const tune = new AutoTune({
    connect(): TuneClient {
      let name = '';
      return {
        load(_, source) {
          name = `${source.baseUrl}@${source.device}`;
          log.push(`load ${name}`);
          return Promise.resolve(behave(name).load ?? succeed(aReport));
        },
        generate(request, { signal }) {
          log.push(`run ${name}`);
          const { generate } = behave(name);
          return generate?.(request, signal) ?? Promise.resolve(succeed(traceAt(rates[name] ?? 1, request)));
        },
        topTokens: (tokens) => Promise.resolve(succeed(tokens)),
        unload: () => {
          log.push(`unload ${name}`);
          return Promise.resolve();
        },
        terminate: () => void log.push(`end ${name}`),
      };
    },
    sourceOf: ({ id, precision }, device) => ({ baseUrl: id, precision, device, requiredFeatures: [] }),
    checks: {
      ensure: () => Promise.resolve(verified),
      hold: () => Promise.resolve(() => void log.push('let go')),
    },
    release: () => Promise.resolve(void log.push('release')),
    watch: () => () => undefined,
    sleep: () => Promise.resolve(),
    adapter: { kind: 'software', features: new Set() },
    isStored: () => false,
    ...part,
  });
  return { tune, log };
}

test('each candidate is measured by the protocol, and the faster one is proposed', async () => {
  const { tune, log } = aTune({ [onCpu.name]: 50, [onGpu.name]: 100 });
  const running = tune.run([onCpu, onGpu]);
  expect(tune.busy).toBe(true);
  await running;
  expect(tune.phase).toBe('done');
  const [cpu, gpu] = tune.rows;
  expect(cpu).toMatchObject({ state: { kind: 'measured' }, verdict: undefined });
  expect(gpu).toMatchObject({ state: { kind: 'measured' }, verdict: { state: 'verified' } });
  expect(gpu?.figures.decode).toMatchObject({ n: TUNE_REPETITIONS });
  expect(gpu?.figures.decode?.mean).toBeCloseTo(100);
  expect(gpu?.figures.prefill?.mean).toBeCloseTo(100);
  expect(gpu && timeOf(gpu)?.seconds).toBeCloseTo(2.56);
  expect(tune.proposal(onCpu)).toMatchObject({ best: onGpu, tie: false });
  // The lanes' models are let go before the first load, and all that was loaded is let go in the end.
  expect(log[0]).toBe('release');
  expect(log.slice(-3)).toEqual([`unload ${onCpu.name}`, `unload ${onGpu.name}`, 'let go']);
  // They take turns.
  expect(log.filter((entry) => entry.startsWith('run')).slice(-4)).toEqual(
    [onCpu, onGpu, onCpu, onGpu].map(({ name }) => `run ${name}`),
  );
});

test('what computes wrongly gets no figure and is never proposed, however fast', async () => {
  const { tune, log } = aTune(
    { [onCpu.name]: 1, [onGpu.name]: 1000 },
    {
      checks: {
        ensure: () => Promise.resolve({ ...verified, state: 'suspect', agreement: 0.1 }),
        hold: () => Promise.resolve(() => undefined),
      },
    },
  );
  await tune.run([onCpu, onGpu]);
  expect(tune.rows[1]).toMatchObject({ state: { kind: 'suspect' }, figures: {} });
  expect(log).not.toContain(`run ${onGpu.name}`);
  expect(log).toContain(`unload ${onGpu.name}`);
  expect(tune.proposal(onGpu)?.best).toBe(onCpu);
});

test('what cannot be loaded says why, and the others are measured', async () => {
  const { tune } = aTune({}, {}, (name) =>
    name === fineOnGpu.name ? { load: fail('out-of-memory', '2 GiB') } : {},
  );
  await tune.run([fineOnGpu, onCpu]);
  expect(tune.rows).toMatchObject([
    { state: { kind: 'failed', failure: { code: 'out-of-memory' } } },
    { state: { kind: 'measured' } },
  ]);
});

test('a disturbed measurement is void, with no figure left', async () => {
  let runs = 0;
  const { tune } = aTune({}, { watch: () => () => ((runs += 1) > 4 ? 'hidden' : undefined) });
  await tune.run([onCpu]);
  expect(tune.rows).toMatchObject([{ state: { kind: 'void', reason: 'hidden' }, figures: {} }]);
  expect(tune.proposal(onCpu)).toBeUndefined();
});

test('a worker that dies voids its own row alone', async () => {
  const { tune } = aTune({}, {}, (name) =>
    name === onGpu.name ? { generate: () => Promise.resolve(fail('worker-died', 'it ended')) } : {},
  );
  await tune.run([onGpu, onCpu]);
  expect(tune.rows).toMatchObject([
    { state: { kind: 'failed', failure: { code: 'worker-died' } } },
    { state: { kind: 'measured' } },
  ]);
});

test('it is cancelled at once, and half a series is forgotten', async () => {
  let begun: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (begun = resolve));
  const { tune, log } = aTune({}, {}, () => ({
    generate: (_, signal) =>
      new Promise((resolve) => {
        begun();
        signal.addEventListener('abort', () => resolve(fail('engine-error', 'cancelled')));
      }),
  }));
  const running = tune.run([onCpu, onGpu]);
  await first;
  expect(tune.rows[0]?.state.kind).toBe('measuring');
  tune.cancel();
  await running;
  expect(tune.phase).toBe('cancelled');
  expect(tune.rows.map(({ state, figures }) => [state.kind, figures])).toEqual([
    ['waiting', {}],
    ['waiting', {}],
  ]);
  expect(log).toContain(`end ${onCpu.name}`);
  expect(log.filter((entry) => entry.startsWith('run'))).toHaveLength(1);
});

test('the figures grow while it goes', async () => {
  const seen: (number | undefined)[] = [];
  const progress: number[] = [];
  const { tune } = aTune(
    { [onCpu.name]: 50 },
    {
      sleep: () => {
        seen.push(tune.rows[0]?.figures.prefill?.n);
        progress.push(tune.progress);
        expect(tune.current?.candidate).toBe(onCpu);
        return Promise.resolve();
      },
    },
  );
  await tune.run([onCpu]);
  expect(seen.slice(0, TUNE_REPETITIONS)).toEqual([undefined, 1, 2]);
  expect(progress).toEqual([0, 1, 2, 3, 4, 5].map((samples) => samples / 6));
  expect([tune.progress, tune.current]).toEqual([1, undefined]);
});

test('a software adapter is never measured', () => {
  const { tune } = aTune({});
  const { candidates, leftOut } = tune.candidatesOf(pocket);
  expect(candidates.every(({ device }) => device === 'wasm')).toBe(true);
  expect(leftOut.length).toBeGreaterThan(0);
  expect(leftOut.every(({ reason }) => reason === 'software-adapter')).toBe(true);
});
