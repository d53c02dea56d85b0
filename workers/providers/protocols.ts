/** The protocols, each by its AI SDK package, which loads only when an account of that kind is used. */

import type { LanguageModelV3, SharedV3ProviderOptions } from '@ai-sdk/provider';
import { config } from 'zod';
import type { Protocol } from '../../src/providers/definitions';

/** The key is added by our `fetch`, so that no library ever holds it. */
const apiKey = 'added-later';

/** Without it the validation library tries `eval` first, which the content policy forbids and reports. */
config({ jitless: true });

export interface ProtocolTarget {
  readonly protocol: Protocol;
  readonly baseUrl: string;
  readonly model: string;
  readonly fetch: typeof fetch;
}

/** Name and version of what speaks it, for a result. */
export const protocolNames: Readonly<Record<Protocol, string>> = {
  responses: 'OpenAI Responses API',
  chat: 'OpenAI Chat Completions API',
  messages: 'Anthropic Messages API',
  'generate-content': 'Gemini API',
};

/** Nothing of a conversation is left at the provider where a protocol lets us say so. */
export const protocolOptions: Readonly<Partial<Record<Protocol, SharedV3ProviderOptions>>> = {
  responses: { openai: { store: false } },
};

export async function openProtocol({
  protocol,
  baseUrl,
  model,
  fetch,
}: ProtocolTarget): Promise<LanguageModelV3> {
  switch (protocol) {
    case 'responses': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      return createOpenAI({ apiKey, baseURL: baseUrl, fetch }).responses(model);
    }
    case 'chat': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      return createOpenAICompatible({
        name: 'compatible',
        baseURL: baseUrl,
        includeUsage: true,
        supportsStructuredOutputs: true,
        fetch,
      }).chatModel(model);
    }
    case 'messages': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      return createAnthropic({ apiKey, baseURL: baseUrl, fetch }).languageModel(model);
    }
    case 'generate-content': {
      const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
      return createGoogleGenerativeAI({ apiKey, baseURL: baseUrl, fetch }).languageModel(model);
    }
  }
}
