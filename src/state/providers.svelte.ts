/** The providers that the person set up, what is known of their keys and models, and the way to their workers. */

import { SvelteMap } from 'svelte/reactivity';
import type { CatalogEntry } from '../catalog/catalog';
import { FailureError, type Outcome } from '../domain/failure';
import type { ModelCard } from '../domain/model';
import {
  MAX_ADDRESS,
  addressProblem,
  cleanAddress,
  originOf,
  parseRemoteVariantId,
  type ListedModel,
  type ProviderAccount,
  type ProviderKind,
} from '../domain/provider';
import type { MissingProvider } from '../domain/provider-place';
import { providerDefinitions, type ProviderDefinition } from '../providers/definitions';
import type { EngineEndpoint } from '../../workers/engine-client';
import { ProviderClient } from '../../workers/provider-client';
import type { KeyOutcome } from '../../workers/provider-protocol';
import { browserMemory, type Memory } from './browser-memory';
import { cardOf } from './provider-card';
import {
  ACCOUNTS_KEY,
  FORGOTTEN_KEY,
  MAX_ACCOUNTS,
  MAX_MODELS,
  MAX_NAME,
  readAccounts,
} from './provider-memory';
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
  #wanted = $state.raw<MissingProvider>();
  readonly #checks = new SvelteMap<string, AccountCheck>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- no screen shows a connection
  readonly #clients = new Map<string, ProviderClient>();
  readonly #newId: () => string;
  readonly #memory: Memory;
  readonly #connect: NonNullable<ProvidersServices['connect']>;
  readonly #tab: Window | undefined;
  #heeding: Promise<void> | undefined;

  constructor(services: ProvidersServices) {
    this.#newId = services.newId;
    this.#memory = services.memory ?? browserMemory();
    this.#connect = services.connect ?? ((account, onGone) => new ProviderClient({ account, onGone }));
    this.#tab = services.tab;
    this.readAnew();
    this.keys = new ProviderKeys({
      accounts: () => this.#accounts,
      client: (accountId) => this.#client(accountId),
      onchange: (accountId) => this.#checks.delete(accountId),
      tellForgotten: (accountId) => this.tellForgotten(accountId),
    });
  }

  /** Learns which keys are kept, and allows what could not be noted as allowed when it was added. */
  start(): Promise<void> {
    if (this.#accounts.length > 0) void this.#allow(this.#accounts);
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
    this.#accounts = readAccounts(this.#memory.get(ACCOUNTS_KEY));
  }

  get accounts(): readonly ProviderAccount[] {
    return this.#accounts;
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

  /** @returns the account, or undefined where the address cannot be used (`addressProblem` says why) */
  async add(kind: ProviderKind, name: string, address: string): Promise<ProviderAccount | undefined> {
    const baseUrl = cleanAddress(address);
    if (addressProblem(baseUrl) !== undefined || baseUrl.length > MAX_ADDRESS) return undefined;
    this.readAnew();
    if (this.#accounts.length >= MAX_ACCOUNTS) return undefined;
    const own = name.trim() === '' ? defaultName(kind, baseUrl) : name.trim();
    const account: ProviderAccount = {
      id: this.#newId(),
      kind,
      name: distinctName(
        own.slice(0, 100),
        this.#accounts.map(({ name: taken }) => taken),
      ),
      baseUrl,
      models: [],
    };
    await this.#allow([account]);
    // More could be stored, and none of them read again.
    this.#change((accounts) => [...accounts, account].slice(0, MAX_ACCOUNTS));
    return this.#find(account.id);
  }

  /** The models that lanes can choose of this account. */
  setModels(accountId: string, models: readonly string[]): void {
    const names = models
      .map((name) => name.trim())
      // A longer one could be stored, and never be read again.
      .filter((name) => name !== '' && name.length <= MAX_NAME);
    const clean = names.filter((name, index) => names.indexOf(name) === index);
    this.#change((accounts) =>
      accounts.map((account) =>
        account.id === accountId ? { ...account, models: clean.slice(0, MAX_MODELS) } : account,
      ),
    );
  }

  /** The account, its key and its kept key. Answers that it gave stay in their conversations. */
  async remove(accountId: string): Promise<KeyOutcome> {
    const account = this.#find(accountId);
    if (account === undefined) return { ok: true };
    const outcome = await this.keys.forget(accountId);
    this.#clients.get(accountId)?.end();
    this.#clients.delete(accountId);
    this.#checks.delete(accountId);
    this.#change((accounts) => accounts.filter(({ id }) => id !== accountId));
    const origin = originOf(account.baseUrl);
    if (!this.#accounts.some(({ baseUrl }) => originOf(baseUrl) === origin))
      await policy()
        .then(({ forbidOrigin }) => forbidOrigin(origin, 'provider'))
        .catch(() => undefined);
    return outcome;
  }

  /**
   * Ends what holds the account's key in this tab, or every key where none is named, and counts it as not kept. What is
   * stored is the caller's to delete.
   */
  dropKeys(accountId?: string): void {
    for (const id of accountId === undefined ? [...this.#clients.keys()] : [accountId]) {
      this.#clients.get(id)?.end();
      this.#clients.delete(id);
      this.#checks.delete(id);
    }
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
    if (this.#checks.get(accountId) === checking) this.#checks.set(accountId, { kind: 'done', outcome });
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
  async #allow(accounts: readonly ProviderAccount[]): Promise<void> {
    try {
      const { allowOrigin } = await policy();
      await Promise.all(accounts.map(({ baseUrl }) => allowOrigin(baseUrl, 'provider')));
    } catch (thrown) {
      // Without storage there is no list; whoever serves the page decides what its workers may reach.
      console.warn('The allowed addresses cannot be stored:', thrown);
    }
  }

  /** What other tabs have changed since stays. */
  #change(change: (accounts: readonly ProviderAccount[]) => readonly ProviderAccount[]): void {
    this.readAnew();
    this.#accounts = change(this.#accounts);
    this.#memory.set(ACCOUNTS_KEY, JSON.stringify(this.#accounts));
  }
}

function defaultName(kind: ProviderKind, baseUrl: string): string {
  const { name } = providerDefinitions[kind];
  return name === '' ? originOf(baseUrl).replace(/^https?:\/\//, '') : name;
}

/** Two accounts of one provider are told apart in lists by their names alone. */
function distinctName(name: string, taken: readonly string[]): string {
  let distinct = name;
  for (let number = 2; taken.includes(distinct); number += 1) distinct = `${name} ${number}`;
  return distinct;
}
