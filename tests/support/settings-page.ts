/** The settings as a person meets them: providers, keys and models. */

import { expect, type Locator, type Page } from '@playwright/test';
import type { ProviderKind } from '../../src/domain/provider';
import { accountAt } from './provider-account';

const names: Readonly<Record<ProviderKind, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  gemini: 'Google Gemini',
  openrouter: 'OpenRouter',
  compatible: 'OpenAI-compatible server',
};

/** What an account at the stand-in server is called: by its host, as it is not the provider’s own address. */
export function nameAt(kind: ProviderKind, origin: string): string {
  const { host } = new URL(origin);
  return kind === 'compatible' ? host : `${host} (${names[kind]})`;
}

export class SettingsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/#/settings');
    await this.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  }

  /** By the link in the bar, so that the page and what is in its memory stay. */
  async enter(): Promise<void> {
    await this.page.getByRole('link', { name: 'Settings', exact: true }).click();
  }

  async leave(): Promise<void> {
    await this.page.getByRole('link', { name: 'Playground', exact: true }).click();
  }

  /** The card of the provider with this name. */
  provider(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true });
  }

  /** The card of the account at the stand-in server with this origin. */
  at(kind: ProviderKind, origin: string): Locator {
    return this.provider(nameAt(kind, origin));
  }

  /** @param origin of the stand-in server; @param key nothing where the server needs none */
  async add(kind: ProviderKind, origin: string, key?: string): Promise<Locator> {
    const { baseUrl } = accountAt(origin, kind);
    await this.addAt(kind, baseUrl, key);
    const card = this.at(kind, origin);
    await card.waitFor();
    return card;
  }

  async addAt(kind: ProviderKind, address: string, key?: string): Promise<void> {
    const form = this.page.getByRole('form', { name: 'Add a provider' });
    await form.getByRole('combobox', { name: 'Provider' }).selectOption(kind);
    if (kind !== 'compatible') await form.getByText('Another address').click();
    await form.getByRole('textbox', { name: 'Address' }).fill(address);
    if (key !== undefined) await form.getByLabel(/^API key/).fill(key);
    await form.getByRole('button', { name: 'Add and test' }).click();
  }

  /** Types the models' names, whether they are listed or not. */
  async choose(card: Locator, ...models: readonly string[]): Promise<void> {
    for (const model of models) {
      const field = card.getByRole('textbox', { name: 'Find or type a model’s name' });
      await field.fill(model);
      await field.press('Enter');
      await expect(card.getByRole('button', { name: `Take ${model} off the list` })).toBeVisible();
    }
  }

  /** From the menu of a provider's card. */
  async command(card: Locator, item: string): Promise<void> {
    await card.getByRole('button', { name: /^More for / }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Answers the question that is asked before something is lost. */
  async confirm(button: 'Forget' | 'Forget all' | 'Remove'): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await expect(dialog).toHaveCount(0);
  }
}
