import { expect, test } from 'vitest';
import { pocket } from '../../src/catalog/pocket';
import { onnxPrecisions, ggufPrecisions, mlcPrecisions, type Device } from '../../src/domain/engine';
import type { Variant } from '../../src/domain/model';
import { summariseSample, type Summary } from '../../src/domain/statistics';
import { FastestHere } from '../../src/state/auto-tune-choice';
import {
  answerTime,
  batchesOf,
  candidatesOf,
  nominalBits,
  propose,
  type TuneCandidate,
} from '../../src/state/auto-tune-rules';
import { browserMemory } from '../../src/state/browser-memory';

const hub: Variant = {
  id: 'hub/onnx/q4',
  engine: 'transformers-js',
  precision: 'q4',
  baseUrl: 'https://hub.test/',
  artifact: { origin: { kind: 'hub', repository: 'a/b', revision: 'c' }, files: [] },
  bytes: 400 * 2 ** 20,
  requiredFeatures: [],
  devices: ['webgpu', 'wasm'],
};

const none: ReadonlySet<string> = new Set();
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

test('what ships with the app and what is stored can be measured; the rest is left out with its reason', () => {
  const half = { ...hub, id: 'hub/onnx/q4f16', requiredFeatures: ['shader-f16'] as const };
  const card = { variants: [hub, half] };
  const gpu = { kind: 'hardware', features: none } as const;
  expect(candidatesOf(card, gpu, () => true)).toMatchObject({
    candidates: [
      { name: 'hub/onnx/q4@webgpu' },
      { name: 'hub/onnx/q4@wasm' },
      { name: 'hub/onnx/q4f16@wasm' },
    ],
    leftOut: [{ name: 'hub/onnx/q4f16@webgpu', reason: 'feature', detail: 'shader-f16' }],
  });
  expect(candidatesOf(card, gpu, (variant) => variant === hub).leftOut).toMatchObject([
    { reason: 'feature' },
    { name: 'hub/onnx/q4f16@wasm', reason: 'not-stored' },
  ]);
  expect(candidatesOf({ variants: [{ ...hub, remote: true }] }, gpu, () => true)).toEqual({
    candidates: [],
    leftOut: [],
  });
});

test.each([
  ['software', 'software-adapter'],
  ['none', 'no-webgpu'],
] as const)('of a machine with the adapter "%s" the CPU alone is measured', (kind, reason) => {
  const { candidates, leftOut } = candidatesOf(pocket, { kind, features: none }, () => false);
  expect(names(candidates)).toEqual(pocket.variants.map(({ id }) => `${id}@wasm`));
  expect(new Set(leftOut.map((one) => one.reason))).toEqual(new Set([reason]));
});

test('candidates take turns with as many as fit into memory together', () => {
  const candidate = (mebibytes: number): TuneCandidate => ({
    name: String(mebibytes),
    variant: { ...hub, bytes: mebibytes * 2 ** 20 },
    device: 'wasm',
  });
  const sizes = (...mebibytes: readonly number[]) =>
    batchesOf(mebibytes.map(candidate)).map((batch) => batch.map(({ name }) => Number(name)));
  // 2 × 256 + 128 is 640 MiB of 1,536: two fit.
  expect(sizes(256, 256, 256)).toEqual([[256, 256], [256]]);
  expect(sizes(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4)).toEqual([Array.from({ length: 11 }, () => 4)]);
  expect(sizes(4, 4096, 4)).toEqual([[4], [4096], [4]]);
  expect(sizes()).toEqual([]);
});

function summary(...sample: number[]): Summary {
  return summariseSample(sample) ?? expect.fail('an empty sample');
}

test('an answer takes the time of its prompt and of its tokens, with the spread of both', () => {
  // 128 ÷ 640 + 128 ÷ 64 = 0.2 + 2.
  expect(answerTime({ prefill: summary(640), decode: summary(64) })).toEqual({ seconds: 2.2, sd: 0 });
  // A rate of 64 ± 6.4 is 10 % of 2 s.
  const spread = { ...summary(64), sd: 6.4 };
  expect(answerTime({ prefill: summary(640), decode: spread })?.sd).toBeCloseTo(0.2);
  expect(answerTime({ decode: summary(64) })).toBeUndefined();
});

test('every precision has the bits that its name tells', () => {
  const bits = Object.fromEntries(
    [...onnxPrecisions, ...ggufPrecisions, ...mlcPrecisions].map((precision) => [
      precision,
      nominalBits(precision),
    ]),
  );
  expect(bits).toMatchObject({ fp32: 32, fp16: 16, q8: 8, q4f16: 4, q2: 2, bf16: 16, q5_k_m: 5 });
  expect(bits).toMatchObject({ iq4_nl: 4, mxfp4: 4, tq1_0: 1, q0f32: 32, q0f16: 16, q4f32_1: 4 });
  expect(Math.min(...Object.values(bits))).toBeGreaterThan(0);
});

const [q8, fp32, , q4] = pocket.variants as unknown as [Variant, Variant, Variant, Variant];

const timed = (variant: Variant, device: Device, seconds: number, sd = 0) => ({
  candidate: { name: `${variant.id}@${device}`, variant, device },
  time: { seconds, sd },
});

test('the fastest is proposed, but never at the price of fewer bits', () => {
  const proposal = propose([timed(q8, 'wasm', 3), timed(fp32, 'webgpu', 1), timed(q4, 'webgpu', 0.5)], {
    variant: q8,
    device: 'wasm',
  });
  expect(proposal).toMatchObject({ best: { variant: fp32, device: 'webgpu' }, tie: false });
  expect(proposal?.coarser).toMatchObject([{ variant: q4 }]);
});

test('a difference within the spread changes nothing', () => {
  const all = [timed(q8, 'wasm', 1.05, 0.05), timed(q8, 'webgpu', 1, 0.05)];
  expect(propose(all, { variant: q8, device: 'wasm' })).toMatchObject({
    best: { device: 'wasm' },
    tie: true,
  });
  expect(
    propose([timed(q8, 'wasm', 2, 0.05), timed(q8, 'webgpu', 1, 0.05)], all[0]?.candidate ?? expect.fail()),
  ).toMatchObject({ best: { device: 'webgpu' }, tie: false });
});

test('where only coarser ones could be measured the fastest of them is proposed; of nothing, nothing', () => {
  const present = { variant: fp32, device: 'wasm' } as const;
  expect(propose([timed(q4, 'wasm', 2), timed(q8, 'wasm', 1)], present)?.best.variant).toBe(q8);
  expect(propose([], present)).toBeUndefined();
});

test('the choice is kept per model and machine, and survives what cannot be read', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const visit = (adapter: string | undefined) =>
    new FastestHere(
      browserMemory(() => storage),
      () => adapter,
    );
  const other = { id: 'another', variants: [hub] };
  const first = visit('A GPU');
  expect(first.of(pocket)).toBeUndefined();
  first.keep('pocket', { variantId: q8.id, device: 'wasm' });
  first.keep('another', { variantId: hub.id, device: 'webgpu' });
  expect(visit('A GPU').of(pocket)).toEqual({ variantId: q8.id, device: 'wasm' });
  expect(visit('A GPU').of(other)).toEqual({ variantId: hub.id, device: 'webgpu' });
  expect(visit('Another GPU').of(pocket)).toBeUndefined();
  expect(visit(undefined).of(pocket)).toBeUndefined();
  first.keep('another', undefined);
  expect(visit('A GPU').of(other)).toBeUndefined();
  expect(visit('A GPU').of(pocket)).toBeDefined();
  first.keep('another', { variantId: hub.id, device: 'webgpu' });
  // The model has the variant no more, or not on that device.
  expect(visit('A GPU').of({ ...other, variants: [] })).toBeUndefined();
  expect(visit('A GPU').of({ ...other, variants: [{ ...hub, devices: ['wasm'] }] })).toBeUndefined();
  for (const broken of ['{', 'null', '{"A GPU\\npocket":{"variantId":1,"device":"wasm"}}']) {
    for (const key of kept.keys()) kept.set(key, broken);
    expect(visit('A GPU').of(pocket)).toBeUndefined();
  }
});
