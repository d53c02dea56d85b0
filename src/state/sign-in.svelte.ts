/** Signing in at a provider for a key: leaves the page, comes back, and has the account's worker fetch the key. */

import type { FailureCode } from '../domain/failure';
import type { ProviderKind } from '../domain/provider';
import { PENDING_SIGN_IN } from '../network/returned';
import type { SignInReturn } from '../network/sign-in-return';
import {
  judgeReturn,
  randomText,
  readPending,
  signInAddress,
  type PendingSignIn,
} from '../providers/sign-in';
import { addProvider, removeProvider } from './provider-accounts';
import type { Providers } from './providers.svelte';

export type SignInProblem =
  /** A key is typed that would be lost with the page. */
  | 'key-typed'
  /** An answer is being written that would be cut off. */
  | 'busy'
  /** The browser stores nothing, so a code that comes back could not be told from a foreign one. */
  | 'no-storage'
  /** The provider's page did not open: it was stopped, or does not answer. */
  | 'stayed'
  /** The person declined, or came back without having answered. */
  | 'cancelled'
  /** A code came back that this tab did not ask for. */
  | 'foreign'
  /** The provider does not take the code: expired, used, or of another sign-in. */
  | 'refused'
  | 'unreachable'
  /** The provider had an error of its own, or answered something else than a key. */
  | 'provider'
  /** The account's worker could not be started. */
  | 'blocked';

/** What a sign-in is for: an API by its address, and an account of it, or a new one. */
export interface SignInGoal {
  readonly kind: ProviderKind;
  readonly baseUrl: string;
  readonly accountId?: string | undefined;
}

export type SignInState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'leaving' | 'exchanging'; readonly goal: SignInGoal }
  /** The goal is undefined where nothing is known of what the sign-in was for. */
  | { readonly kind: 'failed'; readonly problem: SignInProblem; readonly goal: SignInGoal | undefined };

export interface SignInServices {
  readonly providers: Providers;
  /** Address of this app, without query and fragment. */
  readonly appUrl: string;
  /** True while the page cannot be left without a loss. */
  readonly busy: () => boolean;
  /** Stores what was typed and is not stored yet. */
  readonly flush: () => Promise<void>;
}

/** The one kind of provider that has a sign-in; a note of one names none. */
const KIND: ProviderKind = 'openrouter';
/** How long the provider's page may take to open before that is said, in ms. */
export const LEAVE_DEADLINE_MS = 10_000;

export class SignIn {
  #state = $state.raw<SignInState>({ kind: 'idle' });
  /** What the tab has noted that it leaves for; the page may open after it was given up. */
  #left: SignInGoal | undefined;
  readonly #services: SignInServices;

  constructor(services: SignInServices) {
    this.#services = services;
    // Back from the provider's page, the browser may show this one as it was left.
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted || this.#left === undefined) return;
      sessionStorage.removeItem(PENDING_SIGN_IN);
      this.#fail('cancelled', this.#left);
      this.#left = undefined;
    });
  }

  get state(): SignInState {
    return this.#state;
  }

  /** True where the state is about this goal: the same account, or a new one. What nothing is known of counts as new. */
  isAbout(accountId: string | undefined): boolean {
    return this.#state.kind !== 'idle' && this.#state.goal?.accountId === accountId;
  }

  /**
   * Leaves for the provider's page, if nothing would be lost by it.
   * @param typed whether a key is typed where the sign-in was asked for
   */
  async begin(goal: SignInGoal, typed: boolean): Promise<void> {
    const { providers, appUrl, busy, flush } = this.#services;
    const place = providers.definition(goal.kind).signIn;
    if (place === undefined || this.#underWay) return;
    if (typed) return this.#fail('key-typed', goal);
    if (busy()) return this.#fail('busy', goal);
    this.#state = { kind: 'leaving', goal };
    const { baseUrl, accountId } = goal;
    const pending: PendingSignIn = { state: randomText(), verifier: randomText(), baseUrl, accountId };
    const address = await signInAddress(place, pending, appUrl);
    try {
      await flush();
      sessionStorage.setItem(PENDING_SIGN_IN, JSON.stringify(pending));
    } catch {
      return this.#fail('no-storage', goal);
    }
    this.#leave(address, { ...goal });
  }

  /**
   * A navigation that is stopped, or leads nowhere, leaves this page as it is, and not every browser says so.
   * @param goal an object of this attempt alone
   */
  #leave(address: string, goal: SignInGoal): void {
    this.#left = goal;
    const told: unknown = Reflect.get(globalThis, 'navigation');
    const navigation = told instanceof EventTarget ? told : undefined;
    const stayed = () => {
      clearTimeout(timer);
      navigation?.removeEventListener('navigateerror', stayed);
      // What was noted stays: a page that opens late is still the one that was asked for.
      if (this.#state.kind === 'leaving' && this.#left === goal) this.#fail('stayed', goal);
    };
    const timer = setTimeout(stayed, LEAVE_DEADLINE_MS);
    navigation?.addEventListener('navigateerror', stayed);
    location.assign(address);
  }

  /** Ends what the page brought back from the provider's. */
  async finish({ returned, pending: note }: SignInReturn): Promise<void> {
    const verdict = judgeReturn(readPending(note), returned);
    const { pending } = verdict;
    const goal = pending && { kind: KIND, baseUrl: pending.baseUrl, accountId: pending.accountId };
    if (verdict.kind !== 'exchange') this.#fail(verdict.kind, goal);
    else if (goal !== undefined) await this.#exchange(verdict.code, verdict.pending.verifier, goal);
  }

  async #exchange(code: string, verifier: string, goal: SignInGoal): Promise<void> {
    const { providers } = this.#services;
    this.#state = { kind: 'exchanging', goal };
    // The key is for the address that the code came from, so for no account that has another by now.
    const known = providers.accounts.find(
      ({ id, baseUrl }) => id === goal.accountId && baseUrl === goal.baseUrl,
    );
    const account = known ?? (await addProvider(providers, goal.kind, '', goal.baseUrl));
    if (account === undefined) return this.#fail('blocked', goal);
    const outcome = await providers.keys.signIn(account.id, code, verifier);
    if (outcome.ok) {
      this.#state = { kind: 'idle' };
      await providers.test(account.id);
      return;
    }
    if (known === undefined) await removeProvider(providers, account.id);
    this.#fail(problems[outcome.failure.code] ?? 'provider', goal);
  }

  get #underWay(): boolean {
    return this.#state.kind === 'leaving' || this.#state.kind === 'exchanging';
  }

  #fail(problem: SignInProblem, goal: SignInGoal | undefined): void {
    this.#state = { kind: 'failed', problem, goal };
  }
}

/** What the exchange of a code can fail of, apart from the provider's own troubles. */
const problems: Readonly<Partial<Record<FailureCode, SignInProblem>>> = {
  'key-rejected': 'refused',
  'request-rejected': 'refused',
  'api-unreachable': 'unreachable',
  'provider-silent': 'unreachable',
  'stream-cut': 'unreachable',
  'worker-blocked': 'blocked',
};
