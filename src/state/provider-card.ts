/** A model behind an API, as what lanes choose from shows it. */

import { unknownOpenness, type ModelCard } from '../domain/model';
import { remoteVariantId, type ProviderAccount } from '../domain/provider';

export function cardOf(account: Pick<ProviderAccount, 'id' | 'name' | 'baseUrl'>, model: string): ModelCard {
  const id = remoteVariantId(account.id, model);
  return {
    id,
    name: model,
    parameters: 0,
    contextTokens: Infinity,
    licence: '',
    openness: unknownOpenness,
    provider: account.name,
    variants: [
      {
        id,
        engine: 'provider',
        precision: 'api',
        baseUrl: account.baseUrl,
        bytes: 0,
        requiredFeatures: [],
        // Neither runs it; either choice of a lane leads there.
        devices: ['webgpu', 'wasm'],
        remote: true,
      },
    ],
    suggestions: [],
  };
}
