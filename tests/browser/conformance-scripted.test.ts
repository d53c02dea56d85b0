import { describeEngine } from '../support/conformance';
import type { ModelSource } from '../../src/domain/engine';
import { scriptUrl, type Script } from '../../workers/engines/scripted';

function source(script: Script): ModelSource {
  return { baseUrl: scriptUrl(script), precision: 'q8', device: 'wasm', requiredFeatures: [] };
}

describeEngine('the scripted engine', {
  engine: 'scripted',
  source: source({
    chunks: ['One', ' two', ' three', ' four'],
    repeat: 200,
    everyMs: 5,
    loadMs: 40,
    contextTokens: 256,
  }),
  brokenSource: source({ failLoad: 'out-of-memory' }),
  prompt: { kind: 'chat', messages: [{ role: 'user', content: 'Count, please' }] },
  longPrompt: { kind: 'chat', messages: [{ role: 'user', content: 'Count on' }] },
  patienceMs: 10_000,
});
