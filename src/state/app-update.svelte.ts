/** Whether this page should be loaded anew, and why. It is offered, and never done by itself. */

import type { EngineId } from '../domain/engine';
import type { PageMessage } from '../../workers/service-worker/release';

export type UpdateReason = (typeof reasons)[number];

/** The more pressing comes later, and takes the place of the earlier. */
const reasons = [
  /** The server sends no isolation headers; the service worker adds them from the next load on. */
  'isolation',
  /** A newer release is installed, or already runs in another tab. */
  'release',
  /** A part of this release could not be loaded, because nothing can: there is no way to the server. */
  'unreachable',
  /** A part of this release could not be loaded although the server answers: it is no longer there. */
  'incomplete',
] as const;

export interface AppUpdateServices {
  /** The browser's service workers; undefined where it has none or allows none. */
  readonly container: ServiceWorkerContainer | undefined;
  /** True during an answer or a download. Nothing is offered, looked for or installed then. */
  readonly busy: () => boolean;
  /** Stores what was typed. */
  readonly flush: () => Promise<void>;
  readonly reload: () => void;
  /** Whether the page is cross-origin isolated. */
  readonly isolated: boolean;
}

/** How often a tab that stays open looks for a release, in ms. */
const LOOK_EVERY_MS = 60 * 60_000;
/** How long to wait before asking again whether anything is going on, in ms. */
const ASK_AGAIN_MS = 2000;
/** How long the new release may take to start, in ms, before the page is loaded anew all the same. */
const ACTIVATION_DEADLINE_MS = 3000;

export class AppUpdate {
  #reason = $state.raw<UpdateReason>();
  #accepted = $state(false);
  #online = $state(true);
  #registration: ServiceWorkerRegistration | undefined;
  readonly #services: AppUpdateServices;

  constructor(services: AppUpdateServices, window: Window) {
    this.#services = services;
    // Vite tells so of every part of the app that is loaded later.
    window.addEventListener('vite:preloadError', () => void this.#diagnose(window.location.href));
    const look = () => {
      this.#online = window.navigator.onLine;
    };
    look();
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
  }

  /** What to offer now; undefined during an answer or a download. */
  get offer(): UpdateReason | undefined {
    return this.#services.busy() ? undefined : this.#reason;
  }

  /** True from the moment that the person accepted until the page is gone. */
  get accepted(): boolean {
    return this.#accepted;
  }

  /** False where the browser knows that there is no network. */
  get online(): boolean {
    return this.#online;
  }

  /**
   * Registers the service worker, once the page has been shown.
   * @param url absolute address of its script
   */
  async start(url: string): Promise<void> {
    const { container, isolated } = this.#services;
    if (container === undefined) return;
    const controlled = container.controller !== null;
    const registration = await container
      .register(url, { updateViaCache: 'none' })
      // Blocked by a setting or by private browsing: the app works as it does without one.
      .catch(() => undefined);
    if (registration === undefined) return;
    this.#registration = registration;
    registration.addEventListener('updatefound', () => this.#watch(registration.installing));
    if (registration.waiting !== null && controlled) this.#suggest('release');
    else this.#watch(registration.installing);
    let takenOver = controlled;
    container.addEventListener('controllerchange', () => {
      // The first one is this page's own; a later one means that another tab has accepted a release.
      if (takenOver && !this.#accepted) this.#suggest('release');
      takenOver = true;
    });
    const { active } = await container.ready;
    if (!controlled && !isolated) this.#suggest('isolation');
    await this.#untilIdle();
    active?.postMessage({ kind: 'hello' } satisfies PageMessage);
    setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  /** Looks whether an engine that did not load is missing because this release is no longer on the server. */
  async suspect(): Promise<void> {
    const answer = await ask(import.meta.url);
    if (answer?.status === 404 || answer?.status === 410) this.#suggest('incomplete');
  }

  /** To be called when a model was stored: makes sure that the engine that runs it is stored too. */
  async keepEngine(engine: EngineId): Promise<void> {
    if (this.#registration === undefined) return;
    await this.#untilIdle();
    this.#registration.active?.postMessage({ kind: 'keep-engine', engine } satisfies PageMessage);
  }

  /** Not now: nothing is said again until there is something new to say. */
  dismiss(): void {
    this.#reason = undefined;
  }

  /** Stores what was typed, lets the new release take over, and loads the page anew. */
  async accept(): Promise<void> {
    if (this.#services.busy()) return;
    this.#accepted = true;
    await this.#services.flush();
    const waiting = this.#registration?.waiting;
    if (waiting) {
      const started = new Promise((resolve) => {
        this.#services.container?.addEventListener('controllerchange', resolve, { once: true });
      });
      waiting.postMessage({ kind: 'activate' } satisfies PageMessage);
      await Promise.race([started, new Promise((resolve) => setTimeout(resolve, ACTIVATION_DEADLINE_MS))]);
    }
    this.#services.reload();
  }

  #suggest(reason: UpdateReason): void {
    const current = this.#reason === undefined ? -1 : reasons.indexOf(this.#reason);
    if (reasons.indexOf(reason) > current) this.#reason = reason;
  }

  async #diagnose(page: string): Promise<void> {
    const answer = await ask(page);
    this.#suggest(answer?.ok === true ? 'incomplete' : 'unreachable');
  }

  #watch(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      // The first release of all has nothing that it replaces.
      if (worker.state === 'installed' && this.#registration?.active) this.#suggest('release');
    });
  }

  async #look(): Promise<void> {
    await this.#untilIdle();
    // Offline, or the server is down: there will be another time.
    await this.#registration?.update().catch(() => undefined);
  }

  async #untilIdle(): Promise<void> {
    while (this.#services.busy()) await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/** What the server says, and not what is stored here: that answers only a GET. Undefined where there is no server. */
async function ask(address: string): Promise<Response | undefined> {
  return fetch(address, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
}
