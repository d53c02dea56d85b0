/** What is known of each kind of provider: where it is, which protocol it speaks, and where its keys come from. */

import type { ProviderKind } from '../domain/provider';

/**
 * `responses`: OpenAI's Responses. `chat`: OpenAI's Chat Completions, which compatible servers speak.
 * `messages`: Anthropic's Messages. `generate-content`: Gemini's generateContent.
 */
export type Protocol = 'responses' | 'chat' | 'messages' | 'generate-content';

export interface ProviderDefinition {
  readonly kind: ProviderKind;
  /** A name of its own, not translated; empty for servers that the person names. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly defaultUrl: string;
  /** False where a server may do without. */
  readonly needsKey: boolean;
  /** Where a key is made and withdrawn. */
  readonly keysPage: string | undefined;
  /** Where the provider hands out a key to who signs in there (OAuth 2.0 with PKCE); absent where it does not. */
  readonly signIn?: SignInPlace;
}

export interface SignInPlace {
  /** The page where the person allows it: a path at the origin of the API. */
  readonly page: string;
  /** What gives a key for a code: a path behind the address of the API. */
  readonly exchange: string;
}

export const providerDefinitions: Readonly<Record<ProviderKind, ProviderDefinition>> = {
  openai: {
    kind: 'openai',
    name: 'OpenAI',
    protocol: 'responses',
    defaultUrl: 'https://api.openai.com/v1',
    needsKey: true,
    keysPage: 'https://platform.openai.com/api-keys',
  },
  anthropic: {
    kind: 'anthropic',
    name: 'Anthropic',
    protocol: 'messages',
    defaultUrl: 'https://api.anthropic.com/v1',
    needsKey: true,
    keysPage: 'https://console.anthropic.com/settings/keys',
  },
  gemini: {
    kind: 'gemini',
    name: 'Google Gemini',
    protocol: 'generate-content',
    defaultUrl: 'https://generativelanguage.googleapis.com/v1beta',
    needsKey: true,
    keysPage: 'https://aistudio.google.com/apikey',
  },
  openrouter: {
    kind: 'openrouter',
    name: 'OpenRouter',
    protocol: 'chat',
    defaultUrl: 'https://openrouter.ai/api/v1',
    needsKey: true,
    keysPage: 'https://openrouter.ai/keys',
    // https://openrouter.ai/docs/use-cases/oauth-pkce
    signIn: { page: '/auth', exchange: '/auth/keys' },
  },
  compatible: {
    kind: 'compatible',
    name: '',
    protocol: 'chat',
    defaultUrl: 'http://localhost:11434/v1',
    needsKey: false,
    keysPage: undefined,
  },
};
