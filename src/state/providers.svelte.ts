/** The providers that the person set up, what is known of their keys and models, and the way to their workers. */

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { CatalogEntry } from '../catalog/catalog';
import { FailureError, type Failure, type Outcome } from '../domain/failure';
import type { ModelCard } from '../domain/model';
import {
  parseRemoteVariantId,
  type ListedModel,
  type ProviderAccount,
  type ProviderKind,
} from '../domain/provider';
import type { MissingProvider } from '../domain/provider-place';
import { providerDefinitions, type ProviderDefinition } from '../providers/definitions';
import type { EngineEndpoint } from '../../workers/engine-client';
import { ProviderClient } from '../../workers/provider-client';
import { browserMemory, type Memory } from './browser-memory';
import { cardOf } from './provider-card';
import {
  ACCOUNTS_KEY,
  FORGOTTEN_KEY,
  FORMER_KEY,
  MAX_MODELS,
  MAX_NAME,
  readAccounts,
} from './provider-memory';
import { wellNamed } from './provider-names';
import { ProviderKeys } from './provider-keys.svelte';

export interface ProvidersServices {
  readonly newId: () => string;
  readonly memory?: Memory;
  /** Makes the page half of an account's worker; a parameter for tests. */
  readonly connect?: (account: ProviderAccount, onGone: () => void) => ProviderClient;
  /** Where other tabs are heard; a parameter for tests. */
  readonly tab?: Window;
}

/** `unchecked` until the test button was pressed in this visit. */
export type AccountCheck =
  | { readonly kind: 'unchecked' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'done'; readonly outcome: Outcome<readonly ListedModel[]> };

/** Most visits have no provider: it comes with the first. */
const policy = () => import('../../workers/policy-store');

export class Providers {
  readonly keys: ProviderKeys;
  #accounts = $state.raw<readonly ProviderAccount[]>([]);
  #former = $state.raw<readonly ProviderAccount[]>([]);
  #wanted = $state.raw<MissingProvider>();
  readonly #checks = new SvelteMap<string, AccountCheck>();
  readonly #rejected = new SvelteSet<string>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- no screen shows a connection
  readonly #clients = new Map<string, ProviderClient>();
  /** For a new account. */
  readonly newId: () => string;
  readonly #memory: Memory;
  readonly #connect: NonNullable<ProvidersServices['connect']>;
  readonly #tab: Window | undefined;
  #heeding: Promise<void> | undefined;

  constructor(services: ProvidersServices) {
    this.newId = services.newId;
    this.#memory = services.memory ?? browserMemory();
    this.#connect = services.connect ?? ((account, onGone) => new ProviderClient({ account, onGone }));
    this.#tab = services.tab;
    this.readAnew();
    this.keys = new ProviderKeys({
      accounts: () => this.#accounts,
      client: (accountId) => this.#client(accountId),
      onchange: (accountId) => this.#unlearn(accountId),
      tellForgotten: (accountId) => this.tellForgotten(accountId),
    });
  }

  /** Learns which keys are kept, and allows what could not be noted as allowed when it was added. */
  start(): Promise<void> {
    if (this.#accounts.length > 0) void this.allow(this.#accounts);
    return this.keys.start();
  }

  /** Hears from now on what other tabs do to accounts and keys. Asked for again where it could not be loaded. */
  heedOtherTabs(): Promise<void> {
    const heeding = (this.#heeding ??= import('./other-tabs').then((tabs) =>
      tabs.heedOtherTabs(this, this.#memory, this.#tab),
    ));
    heeding.catch(() => (this.#heeding = undefined));
    return heeding;
  }

  /** The accounts as they are stored: another tab may have changed them. */
  readAnew(): void {
    this.#former = readAccounts(this.#memory.get(FORMER_KEY));
    this.#accounts = wellNamed(readAccounts(this.#memory.get(ACCOUNTS_KEY)));
  }

  get accounts(): readonly ProviderAccount[] {
    return this.#accounts;
  }

  /**
   * Accounts that were removed, the latest first, without their models. Lanes, answers, votes and prices go by their
   * ids, and belong to the next account at the same place.
   */
  get former(): readonly ProviderAccount[] {
    return this.#former;
  }

  set former(former: readonly ProviderAccount[]) {
    this.#former = former;
    this.#memory.set(FORMER_KEY, JSON.stringify(former));
  }

  /** An account that is here, or was. */
  known(accountId: string): ProviderAccount | undefined {
    return this.#find(accountId) ?? this.#former.find(({ id }) => id === accountId);
  }

  /** What a kind of provider is called, where it is, and where its keys come from. */
  definition(kind: ProviderKind): ProviderDefinition {
    return providerDefinitions[kind];
  }

  check(accountId: string): AccountCheck {
    return this.#checks.get(accountId) ?? { kind: 'unchecked' };
  }

  /** Models of the provider's own list; empty until it was asked for. */
  listed(accountId: string): readonly ListedModel[] {
    const check = this.check(accountId);
    return check.kind === 'done' && check.outcome.ok ? check.outcome.value : [];
  }

  /** The models that lanes can choose of this account. */
  setModels(accountId: string, models: readonly string[]): void {
    const names = models
      .map((name) => name.trim())
      // A longer one could be stored, and never be read again.
      .filter((name) => name !== '' && name.length <= MAX_NAME);
    const clean = names.filter((name, index) => names.indexOf(name) === index);
    this.change((accounts) =>
      accounts.map((account) =>
        account.id === accountId ? { ...account, models: clean.slice(0, MAX_MODELS) } : account,
      ),
    );
  }

  /** Ends what holds the account's key in this tab. */
  end(accountId: string): void {
    this.#clients.get(accountId)?.end();
    this.#clients.delete(accountId);
    this.#unlearn(accountId);
  }

  /**
   * Ends what holds the account's key in this tab, or every key where none is named, and counts it as not kept. What is
   * stored is the caller's to delete.
   */
  dropKeys(accountId?: string): void {
    for (const id of accountId === undefined ? [...this.#clients.keys()] : [accountId]) this.end(id);
    this.keys.drop(accountId);
  }

  /** Has every other tab drop the account's key, or every key where none is named. */
  tellForgotten(accountId?: string): void {
    // A value that was there before would not be told.
    const number = String(Math.random());
    this.#memory.set(FORGOTTEN_KEY, accountId === undefined ? number : `${number} ${accountId}`);
  }

  /** Asks for the list of models, which costs nothing and needs a good key. */
  async test(accountId: string): Promise<void> {
    const client = this.#client(accountId);
    if (client === undefined) return;
    const checking: AccountCheck = { kind: 'checking' };
    this.#checks.set(accountId, checking);
    const outcome = await client.listModels();
    // A newer key, or none, has taken the place of the one that was tested.
    if (this.#checks.get(accountId) !== checking) return;
    this.#checks.set(accountId, { kind: 'done', outcome });
    this.#judge(accountId, outcome.ok ? undefined : outcome.failure);
  }

  /** True where the provider rejected the account's key, until a test or an answer shows otherwise. */
  isRejected(accountId: string): boolean {
    return this.#rejected.has(accountId);
  }

  /** How it ended that a model was asked; undefined where it answered. It tells whether an account's key is taken. */
  heard(variantId: string, failure: Failure | undefined): void {
    const accountId = parseRemoteVariantId(variantId)?.accountId;
    if (accountId !== undefined) this.#judge(accountId, failure);
  }

  /** Cards for what lanes can choose, by account. */
  get cards(): readonly { readonly account: ProviderAccount; readonly cards: readonly ModelCard[] }[] {
    return this.#accounts.map((account) => ({
      account,
      cards: account.models.map((model) => cardOf(account, model)),
    }));
  }

  /**
   * A model behind an API by the id that lanes keep; undefined for ids of another kind. Where its account is no more,
   * the model keeps its name and says what is missing when it is asked.
   */
  entry(variantId: string): CatalogEntry | undefined {
    const parsed = parseRemoteVariantId(variantId);
    if (parsed === undefined) return undefined;
    const account = this.#find(parsed.accountId) ?? { id: parsed.accountId, name: '', baseUrl: '' };
    const card = cardOf(account, parsed.model);
    const [variant] = card.variants;
    return variant && { card, variant };
  }

  /** What the person wants to add and was named by a link: the form to add a provider begins with it. */
  get wanted(): MissingProvider | undefined {
    return this.#wanted;
  }

  set wanted(wanted: MissingProvider | undefined) {
    this.#wanted = wanted;
  }

  /** @throws FailureError `provider-missing` where the account is no more, or never was here */
  open(variantId: string): EngineEndpoint {
    const parsed = parseRemoteVariantId(variantId);
    const client = parsed && this.#client(parsed.accountId);
    if (parsed === undefined || client === undefined)
      throw new FailureError('provider-missing', `no provider for ${variantId}`);
    return client.open(parsed.model);
  }

  #judge(accountId: string, failure: Failure | undefined): void {
    if (failure === undefined) this.#rejected.delete(accountId);
    else if (failure.code === 'key-rejected') this.#rejected.add(accountId);
  }

  /** What was found out about a key does not hold for the next one. */
  #unlearn(accountId: string): void {
    this.#checks.delete(accountId);
    this.#rejected.delete(accountId);
  }

  #find(accountId: string): ProviderAccount | undefined {
    return this.#accounts.find(({ id }) => id === accountId);
  }

  #client(accountId: string): ProviderClient | undefined {
    const existing = this.#clients.get(accountId);
    const account = this.#find(accountId);
    if (existing !== undefined || account === undefined) return existing;
    void this.heedOtherTabs();
    const client = this.#connect(account, () => this.keys.lost(accountId));
    this.#clients.set(accountId, client);
    return client;
  }

  /** Before their workers start: a worker's policy is fixed by then. */
  async allow(accounts: readonly ProviderAccount[]): Promise<void> {
    try {
      const { allowOrigin } = await policy();
      await Promise.all(accounts.map(({ baseUrl }) => allowOrigin(baseUrl, 'provider')));
    } catch (thrown) {
      // Without storage there is no list; whoever serves the page decides what its workers may reach.
      console.warn('The allowed addresses cannot be stored:', thrown);
    }
  }

  /** What other tabs have changed since stays. */
  change(change: (accounts: readonly ProviderAccount[]) => readonly ProviderAccount[]): void {
    this.readAnew();
    this.#accounts = change(this.#accounts);
    this.#memory.set(ACCOUNTS_KEY, JSON.stringify(this.#accounts));
  }
}
