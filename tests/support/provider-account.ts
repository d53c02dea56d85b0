/** Accounts at the stand-in for APIs, one per wire protocol. */

import type { ProviderAccount, ProviderKind } from '../../src/domain/provider';

const paths: Readonly<Record<ProviderKind, string>> = {
  openai: '/openai/v1',
  anthropic: '/anthropic/v1',
  gemini: '/gemini/v1beta',
  openrouter: '/compatible/v1',
  compatible: '/compatible/v1',
};

/** @param prefix `/no-cors`, or nothing */
export function accountAt(origin: string, kind: ProviderKind, prefix = ''): ProviderAccount {
  return {
    id: `test-${kind}`,
    kind,
    name: `Test ${kind}`,
    baseUrl: `${origin}${prefix}${paths[kind]}`,
    models: [],
  };
}
