// @ts-check
/**
 * The sign-in of the stand-in for APIs: a page where a person allows it or declines, and what gives a key for a code,
 * once, to who has its verifier (RFC 7636, S256).
 */
import { createHash, randomBytes } from 'node:crypto';

/** What a sign-in gives: to be looked for everywhere that a key must not be. */
export const SIGN_IN_KEY = 'sk-or-canary-94e6d0c2b8';

/** @typedef {'good' | 'expired' | 'of another' | 'cut' | 'page' | 'broken' | 'error'} Fate what becomes of a code */

/** The links of the page, by their words; undefined for who declines. */
const answers = Object.freeze({
  Allow: 'good',
  Decline: undefined,
  'Allow too late': 'expired',
  'Allow another sign-in': 'of another',
  'Allow and lose the connection': 'cut',
  'Allow and answer with a page': 'page',
  'Allow and break off within the key': 'broken',
  'Allow and fail with the key': 'error',
});

export class SignIns {
  /** @type {Map<string, { fate: Fate, challenge: string }>} codes that were not used yet */
  #codes = new Map();

  /**
   * @param {URL} url what the app opened
   * @returns {string | undefined} HTML; undefined where the app did not ask as it should
   */
  page({ searchParams: asked }) {
    const back = asked.get('callback_url') ?? '';
    const challenge = asked.get('code_challenge') ?? '';
    if (!URL.canParse(back) || challenge === '' || asked.get('code_challenge_method') !== 'S256')
      return undefined;
    const links = Object.entries(answers).map(([words, fate]) => {
      const address = new URL(back);
      if (fate === undefined) address.searchParams.set('error', 'access_denied');
      else address.searchParams.set('code', this.#code(/** @type {Fate} */ (fate), challenge));
      return `<li><a href="${address.href.replaceAll('&', '&amp;').replaceAll('"', '%22')}">${words}</a></li>`;
    });
    return `<!doctype html><title>Sign in</title><h1>May this app have a key?</h1><ul>${links.join('')}</ul>`;
  }

  /**
   * @param {string} body
   * @returns {{ status: number, body?: unknown } | 'cut'} no body for a web page; a text for what is no JSON
   */
  exchange(body) {
    const { code, code_verifier: verifier, code_challenge_method: method } = JSON.parse(body);
    const known = this.#codes.get(code);
    // The browser itself may send such a request again.
    if (known?.fate === 'cut') return 'cut';
    this.#codes.delete(code);
    if (known?.fate === 'page') return { status: 200 };
    if (known?.fate === 'broken') return { status: 200, body: `{"key":"${SIGN_IN_KEY}` };
    if (known?.fate === 'error')
      return { status: 500, body: { error: { message: `${SIGN_IN_KEY} is there already` } } };
    const challenge = createHash('sha256').update(String(verifier)).digest('base64url');
    if (known?.fate !== 'good' || method !== 'S256' || known.challenge !== challenge)
      return { status: 403, body: { error: { code: 403, message: `Invalid code ${code}` } } };
    return { status: 200, body: { key: SIGN_IN_KEY, user_id: 'user_1' } };
  }

  /**
   * @param {Fate} fate
   * @param {string} challenge
   */
  #code(fate, challenge) {
    const code = `code-${randomBytes(12).toString('hex')}`;
    this.#codes.set(code, { fate, challenge: fate === 'of another' ? `${challenge}x` : challenge });
    return code;
  }
}
