/** What a sign-in at another site brings back in the address of the page. */

/** Our part of the address to come back to. It says which sign-in an answer belongs to, and is not secret. */
export const SIGN_IN_PARAMETER = 'sign-in';

/** Where `sessionStorage` holds a sign-in that this tab has left for. */
export const PENDING_SIGN_IN = 'opentab.sign-in';

/** All that may come back, along with what OAuth calls it when the person declines. */
const parameters = [SIGN_IN_PARAMETER, 'code', 'state', 'error', 'error_description'];

export interface Returned {
  /** The value of our own parameter; undefined where the address lacks it. */
  readonly state: string | undefined;
  /** Undefined where the person declined. */
  readonly code: string | undefined;
}

/**
 * What an address brings back of a sign-in, and the address of the settings without any of it. Undefined for every
 * other address.
 */
export function splitReturn(
  address: string,
): { readonly returned: Returned; readonly rest: string } | undefined {
  const url = new URL(address);
  const query = url.searchParams;
  const returned = {
    state: query.get(SIGN_IN_PARAMETER) ?? undefined,
    code: query.get('code') ?? undefined,
  };
  if (returned.state === undefined && returned.code === undefined) return undefined;
  for (const name of parameters) query.delete(name);
  url.hash = '#/settings';
  return { returned, rest: url.href };
}
