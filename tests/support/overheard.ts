/** What a browser says and sends while a test runs: console, channels, requests, files. Kept, to be searched later. */

import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page, Request } from '@playwright/test';
import type { Place } from './everything-stored';

/** The one header that may hold a secret, at the one origin that may see it. */
export interface Authorised {
  readonly origin: string;
  /** In small letters. */
  readonly header: string;
  readonly value: string;
}

/** The channels of this app; a test sees to it that there are no others. */
export const CHANNELS = ['opentab-network', 'opentab-weights'] as const;

export class Overheard {
  readonly #places: Place[] = [];
  readonly #arriving: Promise<void>[] = [];
  readonly #authorised: readonly Authorised[];

  private constructor(authorised: readonly Authorised[]) {
    this.#authorised = authorised;
  }

  /** To be called before the first page of the context is opened. */
  static async in(context: BrowserContext, authorised: readonly Authorised[] = []): Promise<Overheard> {
    const overheard = new Overheard(authorised);
    await overheard.#listen(context);
    return overheard;
  }

  add(name: string, text: string): void {
    this.#places.push({ name, text });
  }

  /** A request as its receiver saw it, or as the browser sent it. The authorised header is left out of it. */
  addRequest(name: string, origin: string, parts: readonly string[], headers: Headers): void {
    const others = Object.entries(headers).filter(
      ([header, value]) =>
        !this.#authorised.some(
          (one) => one.origin === origin && one.header === header && one.value === value,
        ),
    );
    this.add(name, JSON.stringify([...parts, ...others]));
  }

  /** All of it up to now, files too. */
  async places(): Promise<readonly Place[]> {
    await Promise.all(this.#arriving);
    return this.#places;
  }

  async #listen(context: BrowserContext): Promise<void> {
    await context.exposeFunction('overhear', (text: string) => this.add('channels', text));
    await context.addInitScript((names) => {
      for (const name of names) {
        new BroadcastChannel(name).addEventListener('message', ({ data }) => {
          (Reflect.get(globalThis, 'overhear') as (text: string) => void)(JSON.stringify([name, data]));
        });
      }
    }, CHANNELS);
    context.on('console', (message) => this.add('console', message.text()));
    context.on('weberror', (thrown) => this.add('errors', String(thrown.error().stack)));
    context.on('serviceworker', (worker) =>
      worker.on('console', (message) => this.add('console', message.text())),
    );
    context.on('request', (request) => this.#hearRequest(request));
    context.on('page', (page) => this.#hearPage(page));
    for (const page of context.pages()) this.#hearPage(page);
  }

  #hearPage(page: Page): void {
    page.on('framenavigated', (frame) => this.add('addresses', frame.url()));
    page.on('websocket', (socket) => this.add('requests', socket.url()));
    page.on('download', (download) => {
      const arrived = download.path().then(async (path) => {
        this.add('downloads', `${download.suggestedFilename()} ${await readFile(path, 'latin1')}`);
      });
      this.#arriving.push(arrived);
    });
  }

  #hearRequest(request: Request): void {
    const url = request.url();
    // What is in the browser's own memory (`blob:`) was made by the page, and is asked for by nobody else.
    const origin = URL.canParse(url) ? new URL(url).origin : '';
    const body = request.postDataBuffer()?.toString('latin1') ?? '';
    this.addRequest('requests', origin, [request.method(), url, body], request.headers());
  }
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;
