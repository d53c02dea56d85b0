/** Every engine, by id. An engine is one file here and one line below; its code loads only when it is asked for. */

import type { Engine, EngineId } from '../../src/domain/engine';

export const engines: Readonly<Partial<Record<EngineId, () => Promise<Engine>>>> = {
  'transformers-js': async () => new (await import('./transformers-js')).TransformersJsEngine(),
  wllama: async () => new (await import('./wllama')).WllamaEngine(),
  'web-llm': async () => new (await import('./web-llm')).WebLlmEngine(),
  // Only in a test build (`vite build --mode test`): a release holds no engine that makes answers up.
  ...(import.meta.env.MODE === 'test' && {
    scripted: async () => new (await import('./scripted')).ScriptedEngine(),
  }),
};
