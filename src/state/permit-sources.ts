/** Lets the weights' worker reach where a model's files are. Called when a person asks for them, and not before. */

import type { Variant } from '../domain/model';

const everybody = new Set<string>();

/**
 * Never rejects: where the browser refuses storage there is no list, and no service worker that would read it.
 *
 * @param permitted what the caller has permitted before: whoever keeps a worker keeps a set with it
 * @returns true where an origin was added, which a worker of the caller's that runs already does not know of
 */
export async function permitSources(
  { baseUrl, artifact }: Pick<Variant, 'baseUrl' | 'artifact'>,
  permitted: Set<string> = everybody,
): Promise<boolean> {
  const kind = artifact?.origin.kind;
  if (artifact === undefined || (kind !== 'hub' && kind !== 'url')) return false;
  const purpose = kind === 'hub' ? 'hub' : 'mirror';
  const addresses = [baseUrl, ...artifact.files.flatMap(({ fixedUrl = [] }) => fixedUrl)];
  const origins = new Set(addresses.map((address) => new URL(address).origin));
  const added = [...origins].filter((origin) => !permitted.has(`${purpose} ${origin}`));
  for (const origin of added) {
    await import('../../workers/policy-store')
      .then(({ allowOrigin }) => allowOrigin(origin, purpose))
      .catch((thrown: unknown) => console.warn('Not noted as allowed:', thrown));
    permitted.add(`${purpose} ${origin}`);
  }
  return added.length > 0;
}
