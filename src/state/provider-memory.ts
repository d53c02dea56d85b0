/** The accounts as they are kept for the next visit: what is written must be readable again, or all of them are lost. */

import * as v from 'valibot';
import { MAX_ADDRESS, addressProblem, providerKinds, type ProviderAccount } from '../domain/provider';

/** Where the accounts are in `localStorage`. */
export const ACCOUNTS_KEY = 'opentab.providers';
/** Where those that were removed are, so that what was made with them can be theirs again. */
export const FORMER_KEY = 'opentab.former-providers';
/** Where it is noted there that keys were forgotten: a number by chance, and the account if it was not all. */
export const FORGOTTEN_KEY = 'opentab.keys-forgotten';
export const MAX_ACCOUNTS = 50;
export const MAX_MODELS = 500;
/** Longest name of a model, in UTF-16 code units. */
export const MAX_NAME = 300;

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME));
const accountsSchema = v.pipe(
  v.array(
    v.object({
      id: v.pipe(text, v.regex(/^[\w-]+$/)),
      kind: v.picklist(providerKinds),
      name: text,
      baseUrl: v.pipe(
        v.string(),
        v.maxLength(MAX_ADDRESS),
        v.check((address) => addressProblem(address) === undefined),
      ),
      models: v.pipe(v.array(text), v.maxLength(MAX_MODELS)),
    }),
  ),
  v.maxLength(MAX_ACCOUNTS),
);

/** None where what is stored cannot be used. */
export function readAccounts(stored: string | undefined): readonly ProviderAccount[] {
  if (stored === undefined) return [];
  try {
    const parsed = v.safeParse(accountsSchema, JSON.parse(stored));
    return parsed.success ? parsed.output : [];
  } catch {
    // Not even JSON: nothing of it can be used.
    return [];
  }
}
