/** llama.cpp with the GGUF file of the model that ships with the app. */

import type { ModelSource } from '../../src/domain/engine';
import { describeEngine } from '../support/conformance';

const folder = new URL('/models/pocket/', location.href).href;

const source: ModelSource = {
  baseUrl: folder,
  precision: 'q8_0',
  device: 'wasm',
  requiredFeatures: [],
  files: ['gguf/pocket-q8_0.gguf'],
};

describeEngine('llama.cpp (wllama) with Pocket on wasm', {
  engine: 'wllama',
  source,
  brokenSource: { ...source, files: ['gguf/no-such-file.gguf'] },
  prompt: { kind: 'chat', messages: [{ role: 'user', content: 'What is a token?' }] },
  longPrompt: {
    kind: 'chat',
    messages: [{ role: 'user', content: 'Tell me a story about a fox and a lighthouse.' }],
  },
  patienceMs: 20_000,
});
