import type { EngineId } from '../../domain/engine';
import { m } from '../../messages/messages.js';

/** An engine as people know it, with the format that it reads. */
export function engineName(engine: EngineId): string {
  switch (engine) {
    case 'transformers-js':
      return m.models_engine_transformers_js();
    case 'wllama':
      return m.models_engine_wllama();
    case 'web-llm':
      return m.models_engine_web_llm();
    case 'provider':
    case 'scripted':
      return engine;
  }
}
