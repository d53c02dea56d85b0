import { expect, test } from 'vitest';
import { pocketBytes } from '../../src/catalog/pocket-bytes';
import {
  checkWindows,
  fingerprintOf,
  judge,
  LEAST_AGREEMENT,
  whyNotChecked,
  type CheckMachine,
  type Subject,
} from '../../src/domain/self-check';

const GiB = 2 ** 30;
const gpu: CheckMachine = { webGpu: 'hardware', memoryBytes: undefined };
const small: Subject = {
  engine: 'transformers-js',
  devices: ['webgpu', 'wasm'],
  bytes: pocketBytes['onnx/model.onnx'],
};

test('the tokens are the same in every run, all different, and in every vocabulary', () => {
  const tokens = checkWindows.flat();
  expect(checkWindows.map((window) => window.length)).toEqual([64, 64, 64, 64]);
  expect(new Set(tokens).size).toBe(256);
  expect(tokens.every((token) => token >= 300 && token < 1000)).toBe(true);
  // Where this changes, verdicts that are kept are of another check: see `self-checks-memory.ts`.
  expect(fingerprintOf(tokens)).toBe('aaf1920e');
});

test('at nine in ten equal choices a device is verified, below that it is suspect', () => {
  const reference = Array.from({ length: 10 }, (_, at) => at);
  const withWrong = (wrong: number) => reference.map((token, at) => (at < wrong ? token + 100 : token));
  expect(judge(reference, reference)).toMatchObject({ state: 'verified', agreement: 1, positions: 10 });
  expect(judge(withWrong(1), reference)).toMatchObject({ state: 'verified', agreement: LEAST_AGREEMENT });
  expect(judge(withWrong(2), reference)).toMatchObject({ state: 'suspect', agreement: 0.8 });
});

test('what could not be compared is no verdict', () => {
  expect(judge([], [])).toMatchObject({ state: 'not-checked', reason: 'failed' });
  expect(judge([1, 2], [1])).toMatchObject({ state: 'not-checked', reason: 'failed' });
});

test('a fingerprint is FNV-1a over little-endian words', () => {
  // The published offset basis, and the published hash of the byte "a" followed by three zero bytes, by hand.
  expect(fingerprintOf([])).toBe('811c9dc5');
  let byHand = 0x811c9dc5n;
  for (const byte of [0x61n, 0n, 0n, 0n]) byHand = ((byHand ^ byte) * 0x01000193n) & 0xffffffffn;
  expect(fingerprintOf([0x61])).toBe(byHand.toString(16));
  expect(fingerprintOf([1, 2])).not.toBe(fingerprintOf([2, 1]));
  expect(judge([1, 2], [1, 3])).toMatchObject({
    fingerprint: fingerprintOf([1, 2]),
    referenceFingerprint: fingerprintOf([1, 3]),
  });
});

test('a small model on a real GPU is checked unasked', () => {
  expect(whyNotChecked(small, 'webgpu', gpu)).toBeUndefined();
});

test.each([
  ['no-webgpu', small, 'wasm', { ...gpu, webGpu: 'none' }],
  ['no-webgpu', small, 'webgpu', { ...gpu, webGpu: 'none' }],
  ['software-adapter', small, 'webgpu', { ...gpu, webGpu: 'software' }],
  ['software-adapter', small, 'wasm', { ...gpu, webGpu: 'software' }],
  ['on-cpu', small, 'wasm', gpu],
  ['no-logits', { ...small, engine: 'web-llm' }, 'webgpu', gpu],
  ['no-logits', { ...small, engine: 'wllama' }, 'webgpu', gpu],
  ['no-reference', { ...small, devices: ['webgpu'] }, 'webgpu', gpu],
  ['too-large', { ...small, bytes: 2 * GiB }, 'webgpu', gpu],
  ['on-request', { ...small, bytes: GiB }, 'webgpu', gpu],
] as const)('%s', (reason, subject, device, machine) => {
  expect(whyNotChecked(subject, device, machine)).toBe(reason);
});

test('a machine with little memory is asked before a second copy is loaded', () => {
  const half = { ...small, bytes: GiB / 2 };
  expect(whyNotChecked(half, 'webgpu', gpu)).toBeUndefined();
  expect(whyNotChecked(half, 'webgpu', { ...gpu, memoryBytes: 4 * GiB })).toBe('on-request');
  expect(whyNotChecked(small, 'webgpu', { ...gpu, memoryBytes: 2 * GiB })).toBeUndefined();
});
