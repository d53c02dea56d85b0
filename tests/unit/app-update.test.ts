/** When a reload is offered, and what happens when the person takes it. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppUpdate } from '../../src/state/app-update.svelte';

class FakeWorker extends EventTarget {
  state: ServiceWorkerState = 'installing';
  readonly received: unknown[] = [];
  constructor(readonly onMessage: (message: unknown) => void = () => undefined) {
    super();
  }
  postMessage(message: unknown): void {
    this.received.push(message);
    this.onMessage(message);
  }
  installed(): void {
    this.state = 'installed';
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  active: FakeWorker | null = null;
  readonly update = vi.fn(() => Promise.resolve());
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null = null;
  readonly registration = new FakeRegistration();
  refused = false;
  register(): Promise<FakeRegistration> {
    return this.refused
      ? Promise.reject(new DOMException('no', 'SecurityError'))
      : Promise.resolve(this.registration);
  }
  get ready(): Promise<FakeRegistration> {
    return Promise.resolve(this.registration);
  }
  takeOver(): void {
    this.dispatchEvent(new Event('controllerchange'));
  }
}

let container: FakeContainer;
let busy: boolean;
let log: string[];

beforeEach(() => {
  vi.useFakeTimers();
  container = new FakeContainer();
  container.registration.active = new FakeWorker();
  busy = false;
  log = [];
});
afterEach(() => {
  vi.useRealTimers();
});

async function started(options: { isolated?: boolean; controlled?: boolean } = {}): Promise<AppUpdate> {
  if (options.controlled !== false) container.controller = container.registration.active;
  const update = new AppUpdate(
    {
      container: container as unknown as ServiceWorkerContainer,
      busy: () => busy,
      flush: () => {
        log.push('flush');
        return Promise.resolve();
      },
      reload: () => log.push('reload'),
      isolated: options.isolated ?? true,
    },
    Object.assign(new EventTarget(), { navigator: { onLine: true } }) as unknown as Window,
  );
  void update.start('https://app.example/service-worker.js');
  await vi.advanceTimersByTimeAsync(0);
  return update;
}

test('the first release of all, and the page coming under its control, is nothing to offer', async () => {
  const update = await started({ controlled: false });
  container.takeOver();
  expect(update.offer).toBeUndefined();
});

test('a page that is not isolated is offered a reload, once there is a service worker to isolate it', async () => {
  expect((await started({ controlled: false, isolated: false })).offer).toBe('isolation');
  container = new FakeContainer();
  container.refused = true;
  expect((await started({ controlled: false, isolated: false })).offer).toBeUndefined();
});

test('a page that stays without isolation under the service worker is not asked for ever', async () => {
  expect((await started({ isolated: false })).offer).toBeUndefined();
});

test('a release is offered once it is installed, never while something is going on', async () => {
  const update = await started();
  const next = new FakeWorker();
  container.registration.installing = next;
  container.registration.dispatchEvent(new Event('updatefound'));
  expect(update.offer).toBeUndefined();
  busy = true;
  next.installed();
  expect(update.offer).toBeUndefined();
  await update.accept();
  expect(log).toEqual([]);
  busy = false;
  expect(update.offer).toBe('release');
  update.dismiss();
  expect(update.offer).toBeUndefined();
});

test('a release that waited since an earlier visit is offered', async () => {
  container.registration.waiting = new FakeWorker();
  expect((await started()).offer).toBe('release');
});

test('a release that another tab accepted is offered here', async () => {
  const update = await started();
  container.takeOver();
  expect(update.offer).toBe('release');
});

test('accepting stores what was typed, lets the new release take over, and reloads once', async () => {
  const waiting = new FakeWorker((message) => {
    log.push((message as { kind: string }).kind);
    setTimeout(() => container.takeOver(), 100);
  });
  container.registration.waiting = waiting;
  const update = await started();
  const accepting = update.accept();
  await vi.advanceTimersByTimeAsync(50);
  expect(log).toEqual(['flush', 'activate']);
  expect(update.accepted).toBe(true);
  await vi.advanceTimersByTimeAsync(50);
  await accepting;
  expect(log).toEqual(['flush', 'activate', 'reload']);
});

test('a new release that does not take over does not keep the page from reloading', async () => {
  container.registration.waiting = new FakeWorker();
  const update = await started();
  void update.accept();
  await vi.advanceTimersByTimeAsync(3000);
  expect(log).toEqual(['flush', 'reload']);
});

test('the service worker is greeted, and asked for a new release every hour, but not during an answer', async () => {
  busy = true;
  await started();
  expect(container.registration.active?.received).toEqual([]);
  busy = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(container.registration.active?.received).toEqual([{ kind: 'hello' }]);
  busy = true;
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(container.registration.update).not.toHaveBeenCalled();
  busy = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(container.registration.update).toHaveBeenCalledTimes(1);
});

test('the engine of a model that was stored is kept too, once nothing is going on', async () => {
  const update = await started();
  busy = true;
  void update.keepEngine('wllama');
  await vi.advanceTimersByTimeAsync(1000);
  expect(container.registration.active?.received).toEqual([{ kind: 'hello' }]);
  busy = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(container.registration.active?.received.at(-1)).toEqual({ kind: 'keep-engine', engine: 'wllama' });
});

test('an engine that did not load is a missing release only where the server says that it is gone', async () => {
  const update = await started();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 200 })));
  await update.suspect();
  expect(update.offer).toBeUndefined();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  await update.suspect();
  expect(update.offer).toBeUndefined();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
  await update.suspect();
  expect(update.offer).toBe('incomplete');
  vi.unstubAllGlobals();
});
