/** Stand-ins for engines, for tests that need no worker. */

import { defaultSampling } from '../../src/domain/conversation';
import type { Engine, GenerateRequest, Sampling } from '../../src/domain/engine';

export function aRequest(sampling: Partial<Sampling> = {}): GenerateRequest {
  return {
    prompt: { kind: 'chat', messages: [{ role: 'user', content: 'Hello?' }] },
    sampling: { ...defaultSampling, ...sampling },
    ignoreEndOfSequence: false,
  };
}

/** An engine that is always loaded and answers by `generate`. */
export function scriptedEngine(generate: Engine['generate']): Engine {
  return {
    load: () => Promise.resolve({ engine: 'Fake 1', device: 'wasm', adapter: 'none', contextTokens: 1024 }),
    generate,
    countTokens: () => Promise.resolve(1),
    unload: () => Promise.resolve(),
  };
}
