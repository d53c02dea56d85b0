/** Leaving for a sign-in, where the page that was asked for never opens. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PENDING_SIGN_IN } from '../../src/network/returned';
import { Providers } from '../../src/state/providers.svelte';
import { LEAVE_DEADLINE_MS, SignIn, type SignInServices } from '../../src/state/sign-in.svelte';

const goal = { kind: 'openrouter', baseUrl: 'https://openrouter.ai/api/v1' } as const;

let navigation: EventTarget;
let opened: string[];
let noted: Map<string, string>;
let page: EventTarget;
beforeEach(() => {
  vi.useFakeTimers();
  navigation = new EventTarget();
  page = new EventTarget();
  opened = [];
  noted = new Map();
  vi.stubGlobal('navigation', navigation);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('location', { assign: (address: string) => opened.push(address) });
  vi.stubGlobal('sessionStorage', {
    setItem: (name: string, value: string) => noted.set(name, value),
    removeItem: (name: string) => noted.delete(name),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function aSignIn(services: Partial<SignInServices> = {}): SignIn {
  const memory = { get: () => undefined, set: () => undefined };
  return new SignIn({
    providers: new Providers({ newId: () => 'one', memory }),
    appUrl: 'https://opentab.test/',
    busy: () => false,
    flush: () => Promise.resolve(),
    ...services,
  });
}

function restored(): void {
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
}

test('a navigation that is stopped is said at once where the browser tells, and can be begun again', async () => {
  const signIn = aSignIn();
  await signIn.begin(goal, false);
  expect(signIn.state.kind).toBe('leaving');
  expect(opened).toHaveLength(1);
  navigation.dispatchEvent(new Event('navigateerror'));
  expect(signIn.state).toMatchObject({ kind: 'failed', problem: 'stayed', goal });
  await signIn.begin(goal, false);
  expect(signIn.state.kind).toBe('leaving');
  expect(opened).toHaveLength(2);
});

test('and after a while where it does not tell; what was noted stays for a page that opens late', async () => {
  vi.stubGlobal('navigation', undefined);
  const signIn = aSignIn();
  await signIn.begin(goal, false);
  vi.advanceTimersByTime(LEAVE_DEADLINE_MS - 1);
  expect(signIn.state.kind).toBe('leaving');
  vi.advanceTimersByTime(1);
  expect(signIn.state).toMatchObject({ kind: 'failed', problem: 'stayed' });
  expect(noted.has(PENDING_SIGN_IN)).toBe(true);
  restored();
  expect(signIn.state).toMatchObject({ kind: 'failed', problem: 'cancelled' });
  expect(noted.has(PENDING_SIGN_IN)).toBe(false);
});

test('an earlier attempt’s deadline says nothing of a later one', async () => {
  const signIn = aSignIn();
  await signIn.begin(goal, false);
  vi.advanceTimersByTime(LEAVE_DEADLINE_MS - 10);
  restored();
  await signIn.begin(goal, false);
  vi.advanceTimersByTime(20);
  expect(signIn.state.kind).toBe('leaving');
});

test('what cannot be stored before leaving is said, and nothing is left for', async () => {
  const signIn = aSignIn({ flush: () => Promise.reject(new Error('no storage')) });
  await signIn.begin(goal, false);
  expect(signIn.state).toMatchObject({ kind: 'failed', problem: 'no-storage' });
  expect(opened).toEqual([]);
});
