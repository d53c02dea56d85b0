/** How the usual servers are told to let a page in (CORS). */

import { m } from '../../messages/messages.js';

interface OriginSetting {
  readonly server: string;
  /** What is set where the server is started; empty where there is nothing to set. */
  readonly setting: string;
  readonly about: () => string;
}

/** @param origin of the page: scheme, host and port */
export function originSettings(origin: string): readonly OriginSetting[] {
  return [
    // https://github.com/ggml-org/llama.cpp/pull/25655
    { server: 'llama-server', setting: `--cors-origins ${origin}`, about: m.keys_cors_llama },
    // https://docs.ollama.com/faq
    { server: 'Ollama', setting: `OLLAMA_ORIGINS=${origin}`, about: m.keys_cors_ollama },
    // A list in JSON, in the quotes of a shell.
    { server: 'vLLM', setting: `--allowed-origins '["${origin}"]'`, about: m.keys_cors_vllm },
    { server: 'SGLang', setting: '', about: m.keys_cors_sglang },
  ];
}
