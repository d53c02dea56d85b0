/** The playground as a person meets it: what tests press, type and read. */

import type { Locator, Page } from '@playwright/test';

export class PlaygroundPage {
  readonly page: Page;
  readonly prompt: Locator;
  readonly stop: Locator;

  constructor(page: Page) {
    this.page = page;
    this.prompt = page.getByRole('textbox', { name: 'Your prompt' });
    this.stop = page.getByRole('button', { name: 'Stop', exact: true });
  }

  /** @param scripts names of the scripted models, one lane each */
  async open(...scripts: readonly string[]): Promise<void> {
    const query = scripts.map((name) => `variant=scripted/${name}`).join('&');
    await this.page.goto(`/?${query}`);
    await this.prompt.waitFor();
  }

  /** @param position from 1, left to right */
  lane(position: number): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^${position} · `) });
  }

  async ask(text: string): Promise<void> {
    await this.prompt.fill(text);
    await this.prompt.press('Enter');
  }

  /** Chooses from the menu of a lane. */
  async choose(position: number, item: string): Promise<void> {
    await this.page.getByRole('button', { name: `More for lane ${position}` }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Undo' }).click();
  }

  /** Changes are stored within a second. */
  async settle(): Promise<void> {
    await this.page.waitForTimeout(1000);
  }
}
