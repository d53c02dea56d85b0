/** All conversations: which there are, which one is on screen, and whether they are stored. */

import type { UseStore } from 'idb-keyval';
import { SvelteMap } from 'svelte/reactivity';
import type { Catalog } from '../catalog/catalog';
import { defaultSampling, type Conversation, type LaneSetup } from '../domain/conversation';
import { imageCount } from '../domain/images';
import { browserMemory, type Memory } from './browser-memory';
import { readConversationFile, writeConversationFile, type FileProblem } from './conversation-file';
import { newestFirst, withConversations, withOwnIds, type ConversationSummary } from './conversation-list';
import { ConversationLocks, type Locks } from './conversation-lock';
import { ConversationStore, type SaveState } from './conversation-store';

export interface LibraryServices {
  readonly catalog: Catalog;
  readonly now: () => number;
  readonly newId: () => string;
  /** What a new conversation begins with, where the person chose it; else the catalogue's first. */
  readonly firstLane?: () => Pick<LaneSetup, 'variantId' | 'device'> | undefined;
  /** Where the id of the conversation on screen is remembered. */
  readonly memory?: Memory;
  /** Opens the database; the browser's own where it is left out. */
  readonly openDatabase?: () => UseStore;
  /** Those of the browser, where it has them: no two tabs then have the same conversation open. */
  readonly locks?: Locks;
}

export type OpenOutcome =
  | { readonly kind: 'opened'; readonly conversation: Conversation }
  /** Another tab has it on its screen. */
  | { readonly kind: 'elsewhere' }
  /** There is none with this id, or it cannot be read. */
  | { readonly kind: 'unreadable' };

export type ImportOutcome =
  { readonly ok: true; readonly count: number } | { readonly ok: false; readonly problem: FileProblem };

const CURRENT_KEY = 'opentab.conversation';

export class Library {
  #list = $state.raw<readonly ConversationSummary[]>([]);
  #saved = $state.raw<SaveState>('saved');
  #currentId = $state.raw('');
  /** The conversation on screen as last seen, so that it can be exported after the browser cleared its storage. */
  #current: Conversation | undefined;
  /** What was deleted in this visit, for undo; a late change of one of these must not bring it back. */
  readonly #deleted = new SvelteMap<string, Conversation | undefined>();
  readonly #services: LibraryServices;
  readonly #memory: Memory;
  readonly #store: ConversationStore;
  readonly #locks: ConversationLocks;
  #startedElsewhere = false;

  constructor(services: LibraryServices) {
    this.#services = services;
    this.#memory = services.memory ?? browserMemory();
    this.#locks = new ConversationLocks(services.locks);
    this.#store = new ConversationStore({
      onState: (state) => {
        this.#saved = state;
      },
      ...(services.openDatabase && { open: services.openDatabase }),
    });
  }

  /** Newest first. A new conversation joins with its first change. */
  get list(): readonly ConversationSummary[] {
    return this.#list;
  }

  get currentId(): string {
    return this.#currentId;
  }

  get saved(): SaveState {
    return this.#saved;
  }

  /** True where `start` began a new conversation because another tab has the last one open. */
  get startedElsewhere(): boolean {
    return this.#startedElsewhere;
  }

  /**
   * Reads what is stored and returns the conversation of the last visit, or a new one.
   * @param page writes at once when this window is hidden or left
   */
  async start(page: Window): Promise<Conversation> {
    this.#store.flushOnLeave(page);
    this.#list = newestFirst(await this.#store.summaries());
    const remembered = this.#memory.get(CURRENT_KEY);
    const last = remembered === undefined ? undefined : await this.open(remembered);
    this.#startedElsewhere = last?.kind === 'elsewhere';
    if (last?.kind !== 'opened') return this.create();
    this.enter(last.conversation);
    return last.conversation;
  }

  /** Finds a conversation for this tab. Call `enter` at the moment in which it is shown. */
  async open(id: string): Promise<OpenOutcome> {
    if (this.#deleted.has(id)) return { kind: 'unreadable' };
    // Before it is read: until then another tab may be writing it.
    if (!(await this.#locks.take(id))) return { kind: 'elsewhere' };
    const conversation = await this.#find(id);
    return conversation === undefined ? { kind: 'unreadable' } : { kind: 'opened', conversation };
  }

  /** The conversation is on screen now, and is the one that the next visit begins with. */
  enter(conversation: Conversation): void {
    this.#current = conversation;
    this.#currentId = conversation.id;
    this.#memory.set(CURRENT_KEY, conversation.id);
    void this.#locks.keepOnly(conversation.id);
  }

  /**
   * An empty conversation with the lanes and parameters of `like`, or with one lane. Nothing is stored until something
   * happens in it.
   */
  create(like?: Pick<Conversation, 'lanes' | 'system' | 'sampling' | 'json'>): Conversation {
    const { catalog, firstLane, newId, now } = this.#services;
    const createdAt = now();
    const first = firstLane?.() ?? { variantId: catalog.firstVariantId, device: 'auto' };
    const conversation: Conversation = {
      id: newId(),
      title: '',
      named: false,
      createdAt,
      updatedAt: createdAt,
      lanes: (like?.lanes ?? [first]).map((lane) => ({ ...lane, id: newId() })),
      system: like?.system ?? '',
      sampling: like?.sampling ?? defaultSampling,
      ...(like?.json && { json: like.json }),
      exchanges: [],
      draft: '',
    };
    this.enter(conversation);
    return conversation;
  }

  /** Takes a changed conversation over: it is in memory at once and stored within a second. */
  keep(conversation: Conversation): void {
    if (conversation.id === this.#currentId) this.#current = conversation;
    if (this.#deleted.has(conversation.id)) {
      this.#deleted.set(conversation.id, conversation);
      return;
    }
    this.#store.put(conversation);
    this.#show([conversation]);
  }

  /**
   * Names a conversation that is not on screen; the one on screen is named by `Playground.rename`.
   * Resolves with false where another tab has it open and would write over the name.
   */
  async rename(id: string, title: string): Promise<boolean> {
    const trimmed = title.trim();
    if (trimmed === '') return true;
    if (!(await this.#locks.take(id))) return false;
    const conversation = await this.#find(id);
    if (conversation !== undefined) this.keep({ ...conversation, title: trimmed, named: true });
    await this.flush();
    if (id !== this.#currentId) this.#locks.release(id);
    return true;
  }

  /**
   * Deletes, and returns the way back. Show another conversation where this one is on screen.
   * Resolves with undefined where another tab has it open: that tab would write it again.
   */
  async delete(id: string): Promise<(() => void) | undefined> {
    if (!(await this.#locks.take(id))) return undefined;
    this.#deleted.set(id, undefined);
    this.#list = this.#list.filter((other) => other.id !== id);
    const conversation = await this.#find(id);
    if (this.#deleted.get(id) === undefined) this.#deleted.set(id, conversation);
    this.#store.remove(id);
    if (id !== this.#currentId) this.#locks.release(id);
    return () => {
      const kept = this.#deleted.get(id);
      this.#deleted.delete(id);
      if (kept !== undefined) this.keep(kept);
    };
  }

  /** The text of a file with one conversation; undefined where there is none with this id. */
  async exportOne(id: string): Promise<string | undefined> {
    const conversation = await this.#find(id);
    return conversation === undefined ? undefined : writeConversationFile([conversation]);
  }

  /** The text of a file with all conversations, newest first. */
  async exportAll(): Promise<string> {
    const stored = await this.#store.all();
    const current = this.#current;
    const listed = current !== undefined && this.#list.some(({ id }) => id === current.id);
    const all = listed ? [current, ...stored.filter(({ id }) => id !== current.id)] : stored;
    return writeConversationFile(newestFirst(all));
  }

  /** Adds the conversations of a file, all of them or none. One whose id is taken becomes a copy. */
  async importText(text: string): Promise<ImportOutcome> {
    const read = readConversationFile(text);
    if (!read.ok) return read;
    if (read.conversations.some((conversation) => imageCount(conversation) > 0)) {
      const { wrongImage } = await import('./imported-images');
      const problem = wrongImage(read.conversations);
      if (problem !== undefined) return { ok: false, problem };
    }
    const taken = [this.#currentId, ...this.#deleted.keys(), ...this.#list.map(({ id }) => id)];
    const added = withOwnIds(read.conversations, taken, this.#services.newId);
    for (const conversation of added) this.#store.put(conversation);
    this.#show(added);
    return { ok: true, count: added.length };
  }

  /** Resolves when all changes are committed, or when the browser refused them. */
  flush(): Promise<void> {
    return this.#store.flush();
  }

  async #find(id: string): Promise<Conversation | undefined> {
    return this.#current?.id === id ? this.#current : this.#store.get(id);
  }

  #show(changed: readonly Conversation[]): void {
    this.#list = withConversations(this.#list, changed);
  }
}
