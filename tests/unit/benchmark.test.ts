import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { renderTable } from '../../benchmarks/table.mjs';
import type { BenchmarkResult, RowCheck } from '../../benchmarks/result';
import { candidateOf, prepare, rowsOf, type SubjectClient } from '../../benchmarks/subjects';
import { pocket } from '../../src/catalog/pocket';
import type { LoadReport } from '../../src/domain/engine';
import { fail, succeed, type Outcome } from '../../src/domain/failure';
import type { Variant } from '../../src/domain/model';
import {
  rateOf,
  requestFor,
  runProtocol,
  workloads,
  type Candidate,
  type Workload,
} from '../../src/domain/benchmark';
import type { GenerateRequest } from '../../src/domain/engine';
import type { RunTrace } from '../../src/domain/trace';

const [pocketQ8] = pocket.variants as unknown as [Variant];
const decode: Workload = { name: 'tg4', kind: 'decode', tokens: 4 };

/** A run whose tokens come at exactly this rate, after 10 ms of prefill. */
function traceAt(rate: number, request: GenerateRequest): RunTrace {
  const chunks = Array.from({ length: request.sampling.maxTokens }, (_, index) => ({
    atMs: 10 + (index * 1000) / rate,
    text: 'x',
    tokens: 1,
  }));
  const prompt = request.prompt.kind === 'tokens' ? request.prompt.tokens.length : 0;
  return {
    prefill: { atMs: 0, tokens: prompt, cached: 0 },
    chunks,
    end: { kind: 'completed', completion: { reason: 'length' } },
    returnedMs: 10,
  };
}

/** Runs at the given rates, one after another, and repeats the last. Notes every run in `log`. */
function candidate(name: string, rates: readonly number[], log: string[] = []): Candidate {
  let run = 0;
  return {
    name,
    run: (request) => {
      log.push(name);
      const rate = rates[Math.min(run, rates.length - 1)] ?? 0;
      run += 1;
      return Promise.resolve(traceAt(rate, request));
    },
  };
}

const options = { repetitions: 3, pauseMs: 1000, sleep: () => Promise.resolve(), disturbed: () => undefined };

test('a workload is a number of tokens: greedy, no template, the end of sequence ignored', () => {
  for (const workload of workloads) {
    const request = requestFor(workload);
    expect(request.ignoreEndOfSequence).toBe(true);
    expect(request.sampling.temperature).toBe(0);
    const tokens = request.prompt.kind === 'tokens' ? request.prompt.tokens.length : 0;
    expect(workload.kind === 'prefill' ? tokens : request.sampling.maxTokens).toBe(workload.tokens);
  }
});

test('prefill and decode rates follow their definitions', () => {
  const pp: Workload = { name: 'pp8', kind: 'prefill', tokens: 8 };
  // 8 tokens in the 10 ms before the first token.
  expect(rateOf(pp, traceAt(100, requestFor(pp)))).toBeCloseTo(800);
  expect(rateOf(decode, traceAt(100, requestFor(decode)))).toBeCloseTo(100);
});

test('a run that made fewer tokens than its workload has no rate', () => {
  const request = requestFor({ ...decode, tokens: 3 });
  expect(rateOf(decode, traceAt(100, request))).toBeUndefined();
});

test('it warms up until two runs agree within 5 %, and counts none of them', async () => {
  const rows = await runProtocol([candidate('a', [10, 50, 98, 100])], [decode], options);
  expect(rows).toMatchObject([{ kind: 'measured', warmUps: 4, warm: true, summary: { n: 3 } }]);
  expect(rows[0]?.kind === 'measured' && rows[0].samples.every((rate) => Math.abs(rate - 100) < 1e-6)).toBe(
    true,
  );
});

test('where it never gets warm it says so', async () => {
  const rates = [10, 20, 10, 20, 10, 20, 10, 20, 15];
  const rows = await runProtocol([candidate('a', rates)], [decode], options);
  expect(rows).toMatchObject([{ warm: false, warmUps: 8 }]);
});

test('candidates take turns', async () => {
  const log: string[] = [];
  await runProtocol([candidate('a', [100], log), candidate('b', [100], log)], [decode], options);
  expect(log.slice(-6)).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
});

test('a disturbed run voids its series, and is never averaged away', async () => {
  let runs = 0;
  const rows = await runProtocol([candidate('a', [100])], [decode], {
    ...options,
    disturbed: () => ((runs += 1) === 4 ? 'the page was hidden' : undefined),
  });
  expect(rows).toEqual([{ kind: 'void', candidate: 'a', workload: decode, reason: 'the page was hidden' }]);
});

test('a wide spread and a trend are flagged', async () => {
  const rows = await runProtocol([candidate('a', [100, 100, 100, 80, 60])], [decode], options);
  expect(rows).toMatchObject([{ flags: ['spread', 'drift'] }]);
});

test('a result validates against its schema, and holds no speed of a device that computes wrongly', async () => {
  const rows = await runProtocol([candidate('pocket/onnx/q8', [100])], [decode], options);
  const agreed = { positions: 256, fingerprint: 'a', referenceFingerprint: 'b' };
  const checks: readonly RowCheck[] = [
    { state: 'suspect', agreement: 0.5, ...agreed },
    { state: 'verified', agreement: 1, ...agreed },
    { state: 'reference' },
  ];
  const result: BenchmarkResult = {
    format: 'opentab-benchmark',
    version: 4,
    app: '0.1.0',
    startedAt: '2026-01-01T00:00:00.000Z',
    machine: {
      userAgent: 'Chrome/1.2.3',
      cores: 2,
      deviceMemory: undefined,
      adapter: {
        kind: 'hardware',
        isFallbackAdapter: undefined,
        vendor: 'maker',
        architecture: '',
        description: 'A GPU',
        subgroupSizes: { min: 32, max: 32 },
        features: [],
        limits: { maxBufferSize: 1 },
      },
      crossOriginIsolated: true,
      timerResolutionMs: 0.005,
    },
    note: 'a note',
    repetitions: 3,
    host: { cpu: 'A CPU', cores: 2, memoryGiB: 4, os: 'linux 6', browser: 'Chromium 1' },
    measured: checks.map((check) => ({
      variant: 'pocket/onnx/q8',
      model: 'Pocket',
      precision: 'q8',
      device: 'webgpu',
      origin: { kind: 'app', path: 'models/pocket/' },
      files: [{ path: 'tokenizer.json', bytes: 1, sha256: '0'.repeat(64) }],
      load: {
        warm: false,
        spans: [{ phase: 'download', startMs: 0, endMs: 1, bytes: 2 ** 20 }],
        totalMs: 2,
        engine: 'Test 1',
        device: 'webgpu',
        adapter: 'A GPU',
        contextTokens: 1024,
      },
      rows: rowsOf({ variant: pocketQ8, check }, [decode], rows),
    })),
    skipped: [{ variant: 'pocket/onnx/fp16', reason: 'the adapter lacks shader-f16' }],
  };
  expect(result.measured.map((one) => one.rows.map(({ kind }) => kind))).toEqual([
    ['withheld'],
    ['measured'],
    ['measured'],
  ]);
  const schema: unknown = JSON.parse(readFileSync('benchmarks/result.schema.json', 'utf8'));
  const validate = new Ajv2020({ validateFormats: false }).compile(schema as object);
  expect(validate(JSON.parse(JSON.stringify(result))), JSON.stringify(validate.errors)).toBe(true);
  // A speed beside a check that it failed, and a row without its check, are no results.
  const [suspect] = checks;
  const fast = rows.map((row) => ({ ...row, selfCheck: suspect }));
  for (const wrong of [fast, rows]) {
    const forged = { ...result, measured: result.measured.map((one) => ({ ...one, rows: wrong })) };
    expect(validate(JSON.parse(JSON.stringify(forged)))).toBe(false);
  }
  const lines = renderTable(result).split('\n');
  expect(lines[2]).toMatch(/withheld: computes wrongly .*suspect, 50\.0 %/);
  expect(lines).toContain(
    'No speed is given of pocket/onnx/q8, which computes wrongly: it chose as WASM did at 50.0 % of 256 positions, under 90.0 %.',
  );
  expect(lines[3]).toMatch(/100\.00 ± 0\.00 .*verified, 100\.0 %/);
  expect(lines[4]).toMatch(/100\.00 ± 0\.00 .*reference/);
  expect(renderTable(result)).not.toContain('not warm');
  expect(lines.at(-1)).toBe('pocket/onnx/fp16 was skipped: the adapter lacks shader-f16.');
});

test('a series that never got warm is marked in the table', async () => {
  const rows = await runProtocol([candidate('a', [10, 20, 10, 20, 10, 20, 10, 20, 15])], [decode], options);
  const result = {
    machine: {
      userAgent: '',
      cores: 1,
      adapter: { kind: 'none' },
      crossOriginIsolated: false,
      timerResolutionMs: 1,
    },
    measured: [
      {
        model: 'Pocket',
        precision: 'q8',
        device: 'wasm',
        load: { spans: [] },
        rows: rows.map((row) => ({ ...row, selfCheck: { state: 'reference' } })),
      },
    ],
    skipped: [],
  } as unknown as BenchmarkResult;
  const table = renderTable(result);
  expect(table).toContain('15.00 ± 0.00 (not warm)');
  expect(table).toContain('no two warm-up runs in a row agreed within 5 %');
  expect(table).toContain('WASM on one thread');
});

const report = { warm: true, spans: [], totalMs: 1, device: 'webgpu' } as unknown as LoadReport;

interface Behaviour {
  readonly load?: Outcome<LoadReport>;
  readonly top?: Outcome<readonly number[]>;
  /** Runs until the worker is gone. */
  readonly lives?: number;
}

/** A client per load; `behave` says what becomes of the variant on the device. */
async function prepared(behave: (variant: Variant, device: string) => Behaviour) {
  const log: string[] = [];
  const result = await prepare(pocket.variants.slice(0, 3), 'webgpu', {
    say: () => undefined,
    sourceOf: (variant, device) => ({
      baseUrl: variant.id,
      precision: variant.precision,
      device,
      requiredFeatures: [],
    }),
    connect(): SubjectClient {
      let behaviour: Behaviour = {};
      let runs = 0;
      return {
        load(_, source) {
          const variant = pocket.variants.find(({ id }) => id === source.baseUrl);
          if (variant === undefined) throw new Error('no such variant');
          behaviour = behave(variant, source.device);
          log.push('load');
          return Promise.resolve(behaviour.load ?? succeed(report));
        },
        generate: (request) => {
          runs += 1;
          const gone = runs > (behaviour.lives ?? Infinity);
          return Promise.resolve(gone ? fail('worker-died', 'it ended') : succeed(traceAt(100, request)));
        },
        topTokens: (tokens) => Promise.resolve(behaviour.top ?? succeed(tokens)),
        unload: () => {
          log.push('unload');
          return Promise.resolve();
        },
      };
    },
  });
  return { ...result, log };
}

test('a variant that cannot be loaded or checked is skipped with its reason, and the others are measured', async () => {
  const [first, second, third] = pocket.variants.map(({ id }) => id);
  const { subjects, skipped, log } = await prepared(({ id }, device) => {
    if (id === first && device === 'webgpu') return { load: fail('out-of-memory', '2 GiB') };
    if (id === second && device === 'wasm') return { top: fail('engine-error', 'no logits') };
    return {};
  });
  expect(skipped).toEqual([
    { variant: first, reason: 'it could not be loaded on webgpu: out-of-memory, 2 GiB' },
    { variant: second, reason: 'it could not be checked on wasm: engine-error, no logits' },
  ]);
  expect(subjects.map(({ variant, check }) => [variant.id, check])).toMatchObject([
    [third, { state: 'verified', agreement: 1, positions: 256 }],
  ]);
  // All that was loaded is let go, but for the one that is to be measured.
  expect(log.filter((entry) => entry === 'unload')).toHaveLength(
    log.filter((entry) => entry === 'load').length - 1,
  );
});

test('a device that chooses other tokens is suspect', async () => {
  const { subjects } = await prepared((_, device) =>
    device === 'webgpu' ? { top: succeed(Array.from({ length: 64 }, () => 1)) } : {},
  );
  expect(subjects[0]?.check).toMatchObject({ state: 'suspect', agreement: 0, positions: 256 });
});

test('a worker that dies voids its own series; the samples of the others survive', async () => {
  const { subjects } = await prepared(({ id }) => (id === pocket.variants[0]?.id ? { lives: 3 } : {}));
  const rows = await runProtocol(subjects.map(candidateOf), [decode], options);
  expect(rows).toMatchObject([
    { kind: 'void', reason: 'failed', failure: { code: 'worker-died' } },
    { kind: 'measured', summary: { n: 3 } },
    { kind: 'measured', summary: { n: 3 } },
  ]);
});
