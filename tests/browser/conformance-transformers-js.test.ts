/** The real engine with the model that ships with the app, on the CPU and on the software GPU. */

import type { Device, ModelSource } from '../../src/domain/engine';
import { describeEngine } from '../support/conformance';

const folder = new URL('/models/pocket/', location.href).href;

function source(device: Device): ModelSource {
  return { baseUrl: folder, precision: 'q8', device, requiredFeatures: [] };
}

for (const device of ['wasm', 'webgpu'] as const) {
  describeEngine(`Transformers.js with Pocket on ${device}`, {
    engine: 'transformers-js',
    source: source(device),
    brokenSource: { ...source(device), baseUrl: `${folder}no-such-model/` },
    prompt: { kind: 'chat', messages: [{ role: 'user', content: 'What is a token?' }] },
    longPrompt: {
      kind: 'chat',
      messages: [{ role: 'user', content: 'Tell me a story about a fox and a lighthouse.' }],
    },
    // Software WebGPU compiles its pipelines on the CPU, in seconds.
    patienceMs: device === 'webgpu' ? 60_000 : 20_000,
  });
}
