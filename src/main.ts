/** The composition root: makes every part, wires them together, and shows the app. */

import { recording } from './network/install-page';
import './ui/shared/tokens.css';
import './ui/shared/base.css';
import { mount } from 'svelte';
import { EngineClient, spawnEngineWorker } from '../workers/engine-client';
import { Catalog } from './catalog/catalog';
import { pocket } from './catalog/pocket';
import { MAX_LANES, type Conversation } from './domain/conversation';
import type { ModelCard } from './domain/model';
import { reportAdapter } from './hardware/adapter';
import { watchFreezes } from './hardware/freezes';
import { machineOf } from './hardware/machine';
import { baseLocale, extractLocaleFromNavigator, getLocale, overwriteGetLocale } from './messages/runtime.js';
import { m } from './messages/messages.js';
import { tabId } from './network/channel';
import { signInReturn, type SignInReturn } from './network/sign-in-return';
import { AppUpdate } from './state/app-update.svelte';
import type { AutoTune } from './state/auto-tune.svelte';
import { FastestHere } from './state/auto-tune-choice';
import { browserMemory } from './state/browser-memory';
import { EnginePool } from './state/engine-pool.svelte';
import { newId } from './state/ids';
import type { Lane } from './state/lane.svelte';
import { Library } from './state/library.svelte';
import { Models } from './state/models.svelte';
import { Navigation } from './state/navigation.svelte';
import type { OwnList } from './state/own-list.svelte';
import type { OwnModels } from './state/own-models.svelte';
import { permitSources } from './state/permit-sources';
import { Playground } from './state/playground.svelte';
import { Power } from './state/power.svelte';
import { Preferences } from './state/preferences.svelte';
import { Prices } from './state/prices.svelte';
import { Providers } from './state/providers.svelte';
import type { SelfChecks } from './state/self-checks.svelte';
import { VERDICTS_KEY } from './state/self-checks-memory';
import type { SignIn } from './state/sign-in.svelte';
import { StorageDoor } from './state/storage-door.svelte';
import { Turns } from './state/turns';
import type { Votes } from './state/votes.svelte';
import App from './ui/App.svelte';
import { screenNames } from './ui/screen-names';
import { toasts } from './ui/shared/toasts.svelte';
import { showStartFailure } from './ui/start-failure';

const now = () => Date.now();

/** Where the browser blocks storage, even asking it for the chosen language throws. */
function speakWithoutStorage(): void {
  try {
    getLocale();
  } catch {
    const language = extractLocaleFromNavigator() ?? baseLocale;
    overwriteGetLocale(() => language);
  }
}

/** A test build knows the scripted models too; a release does not contain them. */
async function knownCards(): Promise<readonly ModelCard[]> {
  if (import.meta.env.MODE !== 'test') return [pocket];
  const { scriptedCards } = await import('./catalog/scripted');
  return [pocket, ...scriptedCards];
}

/** A link can name the variants that a conversation without prompts begins with: `?variant=ID`, once per lane. */
function withLinkedVariants(conversation: Conversation, catalog: Catalog): Conversation {
  const linked = new URLSearchParams(location.search)
    .getAll('variant')
    .filter((id) => catalog.get(id) !== undefined);
  if (linked.length === 0) return conversation;
  const lanes = linked
    .slice(0, MAX_LANES)
    .map((variantId) => ({ id: newId(), variantId, device: 'auto' as const }));
  return { ...conversation, lanes };
}

/** The catalogue is waited for where this conversation, or the link, names a model of it; else it comes later. */
async function knowTheModelsOf(conversation: Conversation, catalog: Catalog, models: Models): Promise<void> {
  const linked = new URLSearchParams(location.search).getAll('variant');
  const named = [...linked, ...conversation.lanes.map(({ variantId }) => variantId)];
  if (named.some((id) => catalog.get(id) === undefined)) await models.load();
}

let votes: Promise<Votes> | undefined;

/** Most visits never vote: the code for it loads when something first needs it. */
function openVotes(): Promise<Votes> {
  votes ??= import('./state/votes.svelte').then(async (module) => {
    const opened = new module.Votes();
    await opened.load();
    return opened;
  });
  votes.catch(() => (votes = undefined));
  return votes;
}

const UNFINISHED = 'opentab.unfinished-download';

async function start(target: HTMLElement): Promise<void> {
  // Not waited for: the recorders tell it what it has missed.
  const network = Promise.all([import('./state/network-ledger.svelte'), recording]).then(([{ openLedger }]) =>
    openLedger(tabId(), performance.timeOrigin),
  );
  network.catch((thrown: unknown) => console.warn('Requests are not recorded:', thrown));
  const memory = browserMemory();
  let ownList: Promise<OwnList> | undefined;
  const openOwnList = async () => {
    ownList ??= import('./state/own-list.svelte').then((module) => new module.OwnList(memory));
    ownList.catch(() => (ownList = undefined));
    return ownList;
  };
  const providers = new Providers({ newId });
  const adapterReport = reportAdapter();
  const models = new Models({
    catalogue: async () => {
      const [cards, estimate, own] = await Promise.all([
        import('./catalog/hub/cards'),
        import('./catalog/estimate'),
        openOwnList(),
      ]);
      return { models: cards.catalogModels(), estimate, own };
    },
    machine: async () => machineOf(await adapterReport, navigator),
  });
  const catalog = new Catalog(
    await knownCards(),
    (variantId) => providers.entry(variantId) ?? models.entry(variantId),
  );
  let adapterName: string | undefined;
  void adapterReport.then(({ description }) => (adapterName = description));
  const fastest = new FastestHere(memory, () => adapterName);
  const [firstCard] = catalog.cards;
  const firstLane = () => firstCard && fastest.of(firstCard);
  const library = new Library({ catalog, firstLane, now, newId, locks: navigator.locks });
  const [adapter, started] = await Promise.all([adapterReport, library.start(window), providers.start()]);
  const stored = library.list.some(({ id }) => id === started.id);
  await knowTheModelsOf(started, catalog, models);
  const appUrl = new URL('./', location.href).href;
  let selfChecks: SelfChecks | undefined;
  const pool = new EnginePool(
    appUrl,
    ({ id, engine }) =>
      new EngineClient({ spawn: engine === 'provider' ? () => providers.open(id) : spawnEngineWorker }),
    {
      before: async (variant) => {
        await selfChecks?.giveWay();
        await permitSources(variant);
      },
      loaded: (variant, device) => {
        if (variant.remote !== true) void update.keepEngine(variant.engine);
        openChecks().then(
          (one) => one.noteLoaded(variant, device),
          (thrown: unknown) => console.warn('The numerics are not checked:', thrown),
        );
      },
      ended: ({ id }, failure) => providers.heard(id, failure),
      beforeRun: async () => selfChecks?.giveWay(),
    },
  );
  const storage = new StorageDoor(async () => {
    const [{ ModelStorage }, { tellStored }] = await Promise.all([
      import('./state/model-storage.svelte'),
      import('./ui/models/storage-news'),
    ]);
    return new ModelStorage({
      models,
      appUrl,
      storage: navigator.storage,
      now: () => performance.now(),
      onStored: (entry) => {
        tellStored(entry);
        void update.keepEngine(entry.variant.engine);
      },
      noteUnfinished: (unfinished) => memory.set(UNFINISHED, unfinished ? 'yes' : ''),
    });
  });
  const freezes = watchFreezes();
  const playground = new Playground(
    stored ? started : withLinkedVariants(started, catalog),
    {
      catalog,
      pool,
      turns: new Turns<Lane>(),
      webGpu: () => adapter.kind,
      freezes,
      now,
      newId,
    },
    (conversation) => library.keep(conversation),
  );

  const working = () => playground.busy || playground.lanes.some(({ engine }) => engine.kind === 'loading');
  let checks: Promise<SelfChecks> | undefined;
  const openChecks = () => {
    checks ??= import('./state/self-checks-open').then(
      (module) => (selfChecks = module.openChecks({ pool, appUrl, adapter, models, memory, busy: working })),
    );
    checks.catch(() => (checks = undefined));
    return checks;
  };
  let tune: Promise<AutoTune> | undefined;
  const openTune = async () => {
    await storage.open();
    tune ??= Promise.all([import('./state/auto-tune-open'), openChecks()]).then(([{ openAutoTune }, one]) =>
      openAutoTune({ pool, appUrl, adapter, checks: one, models, storage, freezes }),
    );
    tune.catch(() => (tune = undefined));
    return tune;
  };

  let signIn: Promise<SignIn> | undefined;
  const openSignIn = () => {
    signIn ??= import('./state/sign-in.svelte').then(
      (module) => new module.SignIn({ providers, appUrl, busy: working, flush: () => library.flush() }),
    );
    signIn.catch(() => (signIn = undefined));
    return signIn;
  };

  let own: Promise<OwnModels> | undefined;
  const openOwn = async () => {
    own ??= Promise.all([import('./state/own-models-open'), openOwnList()]).then(([module, list]) =>
      module.openOwnModels({ list, models, storage, pool, playground, appUrl }),
    );
    own.catch(() => (own = undefined));
    return own;
  };

  const update = new AppUpdate(
    {
      container: import.meta.env.PROD && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
      busy: () => storage.busy || working(),
      flush: () => library.flush(),
      reload: () => location.reload(),
      isolated: crossOriginIsolated,
    },
    window,
  );

  mount(App, {
    target,
    props: {
      app: {
        playground,
        library,
        preferences: new Preferences(),
        navigation: new Navigation(screenNames, window),
        update,
        providers,
        signIn: openSignIn,
        prices: new Prices({
          account: (accountId) => providers.known(accountId),
          now,
        }),
        power: new Power(),
        models,
        storage,
        network,
        votes: openVotes,
        openChecks,
        checkedBefore: memory.get(VERDICTS_KEY) !== undefined,
        fastest,
        openTune,
        openOwn,
        adapter,
        cards: catalog.cards,
      },
    },
  });
  const openLink = async () => {
    if (!/[?&]setup=/.test(location.hash)) return;
    const { openLinkedSetup } = await import('./ui/playground/open-linked-setup');
    await openLinkedSetup(window, { playground, library, models, providers });
  };
  window.addEventListener('hashchange', () => void openLink());
  void openLink();
  const finishSignIn = async (back: SignInReturn) => {
    try {
      await (await openSignIn()).finish(back);
    } catch (thrown) {
      console.warn('The sign-in cannot be ended:', thrown);
      const action = { label: m.shared_try_again(), run: () => void finishSignIn(back) };
      toasts.show({ text: m.signin_not_loaded(), tone: 'danger', action, durationMs: 60_000 });
    }
  };
  if (signInReturn !== undefined) void finishSignIn(signInReturn);
  if (library.startedElsewhere) toasts.show({ text: m.playground_started_elsewhere(), durationMs: 15_000 });
  // After the first screen, for conversations that are opened later.
  const catalogued = models.load();
  const offerUnfinished = async () => {
    const [opened, news] = await Promise.all([
      storage.open(),
      import('./ui/models/storage-news'),
      catalogued,
    ]);
    if (opened !== undefined) news.offerUnfinished(opened);
  };
  if (memory.get(UNFINISHED) === 'yes') void offerUnfinished();
  const startUpdates = () => void update.start(new URL('service-worker.js', location.href).href);
  void recording.then(startUpdates, startUpdates);
}

const target = document.getElementById('app');
if (target === null) throw new Error('the page has no #app element');
speakWithoutStorage();
try {
  await start(target);
} catch (thrown) {
  console.error(thrown);
  showStartFailure(target, thrown);
}
