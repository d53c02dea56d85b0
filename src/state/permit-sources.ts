/** Lets the weights' worker reach where a model's files are. Called when a person asks for them, and not before. */

import type { Variant } from '../domain/model';
import { allowOrigin } from '../../workers/policy-store';

const permitted = new Set<string>();

/**
 * Never rejects: where the browser refuses storage there is no list, and no service worker that would read it.
 *
 * @returns true where an origin was added, which a worker that runs already does not know of
 */
export async function permitSources({
  baseUrl,
  artifact,
}: Pick<Variant, 'baseUrl' | 'artifact'>): Promise<boolean> {
  if (artifact?.origin.kind !== 'hub') return false;
  const addresses = [baseUrl, ...artifact.files.flatMap(({ fixedUrl = [] }) => fixedUrl)];
  const origins = new Set(addresses.map((address) => new URL(address).origin));
  const added = [...origins].filter((origin) => !permitted.has(origin));
  for (const origin of added) {
    await allowOrigin(origin, 'hub').catch((thrown: unknown) =>
      console.warn('Not noted as allowed:', thrown),
    );
    permitted.add(origin);
  }
  return added.length > 0;
}
