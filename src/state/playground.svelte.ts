/** The conversation on screen: its lanes, its exchanges, and everything a person can do with them. */

import {
  MAX_LANES,
  MAX_PROMPT_CHARACTERS,
  impossibleParameters,
  isHidden,
  messagesFor,
  titleFrom,
  withAnswer,
  withAttempts,
  type Attempts,
  type Conversation,
  type Exchange,
  type LaneId,
  type LaneSetup,
} from '../domain/conversation';
import type { ImagePart, Sampling } from '../domain/engine';
import type { Failure } from '../domain/failure';
import type { JsonAnswer, SchemaCheck } from '../domain/json-schema';
import { shuffled, wordsFrom } from '../domain/shuffle';
import { ContextFit, type OverflowQuestion } from './context-fit.svelte';
import { Lane, type LaneRequest, type LaneServices } from './lane.svelte';

export type { OverflowQuestion };

export type SendResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** The prompt did not fit, and the person chose not to trim. */
  | { readonly kind: 'cancelled' }
  /** A lane that is asked is still answering, or another prompt is being prepared: nothing was changed. */
  | { readonly kind: 'busy' };

const cancelled: SendResult = { kind: 'cancelled' };

export type LaneChange = Partial<Omit<LaneSetup, 'id' | 'contextTokens'>> & {
  readonly contextTokens?: number | undefined;
};

/** How often the answers in the making are kept, in ms: after a crash of the page they are at most a second old. */
export const KEEP_PARTIAL_EVERY_MS = 400;

/** What a lane is asked. */
type Asked = Pick<Exchange, 'prompt' | 'images'>;

/** An answer in the making: where it goes when it is there. */
interface UnderWay {
  readonly lane: Lane;
  readonly exchangeId: string;
  /** Settles when it is part of the conversation. */
  readonly kept: Promise<void>;
}

export class Playground {
  #conversation: Conversation;
  #lanes = $state.raw<readonly Lane[]>([]);
  #blind = $state.raw(false);
  #parametersOpen = $state.raw(false);
  readonly #fit = new ContextFit();
  #underWay = $state.raw<readonly UnderWay[]>([]);
  /** A prompt between being sent and being accepted. */
  #asking = $state.raw<AbortController | undefined>();
  /** Conversations that wait to be shown until the present one has settled. */
  #opening = 0;
  readonly #services: LaneServices;
  readonly #onChange: (conversation: Conversation) => void;

  /** @param onChange called after every change and while answers grow, to keep what it is given */
  constructor(conversation: Conversation, services: LaneServices, onChange: (c: Conversation) => void) {
    this.#services = services;
    this.#onChange = onChange;
    this.#conversation = $state.raw(conversation);
    this.#adopt(conversation);
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  get lanes(): readonly Lane[] {
    return this.#lanes;
  }

  get busy(): boolean {
    return this.#asking !== undefined || this.#lanes.some((lane) => lane.busy);
  }

  get overflow(): OverflowQuestion | undefined {
    return this.#fit.overflow;
  }

  /** Whether the answers to new prompts come without names, in an order drawn by lot, until they are voted on. */
  get blind(): boolean {
    return this.#blind;
  }

  set blind(blind: boolean) {
    this.#blind = blind;
  }

  /** Whether the panel with the parameters is shown: what is refused because of one of them leads there. */
  get parametersOpen(): boolean {
    return this.#parametersOpen;
  }

  set parametersOpen(open: boolean) {
    this.#parametersOpen = open;
  }

  /** True while an answer waits for a vote, so that nothing may name the lanes' models beside it. */
  get namesHidden(): boolean {
    return this.#conversation.exchanges.some(isHidden);
  }

  /** Lanes that answer before `lane` may, the one that answers now first. */
  ahead(lane: Lane): readonly Lane[] {
    // The queue is no signal, but every move of it changes some lane's phase, and all are read here.
    const busy = this.#lanes.filter((other) => other.busy);
    return busy.length > 1 ? this.#services.turns.ahead(lane) : [];
  }

  /** The exchange that `lane` is answering now. */
  runningExchange(lane: LaneId): string | undefined {
    return this.#underWay.find((answer) => answer.lane.id === lane)?.exchangeId;
  }

  /**
   * Shows another conversation. What is running is stopped and kept where it belongs.
   * `onShown` is told at the moment in which it takes the present one's place.
   */
  async open(conversation: Conversation, onShown: () => void = () => undefined): Promise<void> {
    this.#opening += 1;
    try {
      await this.stopAndSettle();
    } finally {
      this.#opening -= 1;
    }
    this.#adopt(conversation);
    onShown();
    await this.#releaseUnused();
  }

  /** Stops all lanes and waits until their partial answers have been kept. */
  async stopAndSettle(): Promise<void> {
    this.stop();
    // A lane that was removed is not on screen any more, but its answer is still to be kept.
    await Promise.all(this.#underWay.map(({ kept }) => kept));
  }

  stop(): void {
    this.#asking?.abort();
    this.decideOverflow('cancel');
    for (const lane of this.#lanes) lane.stop();
  }

  setDraft(draft: string): void {
    this.#change({ draft });
  }

  setDraftImages(draftImages: readonly ImagePart[]): void {
    this.#change({ draftImages });
  }

  setSystem(system: string): void {
    this.#change({ system });
  }

  setSampling(sampling: Sampling): void {
    this.#change({ sampling: $state.snapshot(sampling) });
  }

  setJson(json: JsonAnswer): void {
    this.#change({ json });
  }

  rename(title: string): void {
    const trimmed = title.trim();
    if (trimmed !== '') this.#change({ title: trimmed, named: true });
  }

  addLane(
    variantId: string = this.#services.catalog.firstVariantId,
    choice: Partial<Pick<LaneSetup, 'device' | 'contextTokens'>> = {},
  ): Lane | undefined {
    if (this.#lanes.length >= MAX_LANES) return undefined;
    const lane = new Lane(
      { id: this.#services.newId(), variantId, device: 'auto', ...choice },
      this.#services,
    );
    this.#setLanes([...this.#lanes, lane]);
    return lane;
  }

  /** A copy of a lane beside it, at the next precision of the same model, so that the two can be compared. */
  duplicateLane(lane: Lane, variantId: string): Lane | undefined {
    if (this.#lanes.length >= MAX_LANES) return undefined;
    const copy = new Lane({ ...lane.setup, id: this.#services.newId(), variantId }, this.#services);
    const at = this.#lanes.indexOf(lane) + 1;
    this.#setLanes([...this.#lanes.slice(0, at), copy, ...this.#lanes.slice(at)]);
    // The copy has the same past: its prompts were answered by the lane that it was made from.
    const exchanges = this.#conversation.exchanges.map((exchange) => {
      const attempts = exchange.attempts[lane.id];
      return attempts === undefined
        ? exchange
        : { ...exchange, attempts: { ...exchange.attempts, [copy.id]: attempts } };
    });
    this.#change({ exchanges });
    return copy;
  }

  /** The lane's answers stay in the conversation, so that an undo brings them back. */
  async removeLane(lane: Lane): Promise<void> {
    if (this.#lanes.length <= 1) return;
    lane.stop();
    this.#setLanes(this.#lanes.filter((other) => other !== lane));
    await this.#releaseUnused();
  }

  /** Puts a removed lane back at its place; its answers are still in the conversation. */
  restoreLane(setup: LaneSetup, at: number): void {
    if (this.#lanes.length >= MAX_LANES) return;
    const lane = new Lane(setup, this.#services);
    this.#setLanes([...this.#lanes.slice(0, at), lane, ...this.#lanes.slice(at)]);
  }

  moveLane(lane: Lane, by: -1 | 1): void {
    const from = this.#lanes.indexOf(lane);
    const to = from + by;
    const other = this.#lanes[to];
    if (from < 0 || other === undefined) return;
    const lanes = [...this.#lanes];
    lanes[to] = lane;
    lanes[from] = other;
    this.#setLanes(lanes);
  }

  /** A context length that is given as undefined is again what the engine takes by itself. */
  async configureLane(lane: Lane, change: LaneChange): Promise<void> {
    lane.stop();
    const { contextTokens, ...setup } = { ...lane.setup, ...change };
    lane.setup = contextTokens === undefined ? setup : { ...setup, contextTokens };
    this.#setLanes(this.#lanes);
    await this.#releaseUnused();
  }

  /** Asks all lanes, or `only` one. */
  async send(prompt: string, only?: Lane, images: readonly ImagePart[] = []): Promise<SendResult> {
    const refusal = this.#refuse(prompt);
    if (refusal !== undefined) return { kind: 'refused', failure: refusal };
    const lanes = only === undefined ? this.#lanes : [only];
    return this.#ask(lanes, { prompt, images }, this.#conversation, (asked) => {
      const exchange = this.#newExchange({ prompt, images }, asked);
      const { exchanges } = this.#conversation;
      this.#change({
        exchanges: [...exchanges, exchange],
        ...this.#titleFor(exchanges.length, prompt),
        // What was typed while the prompt was prepared, or beside a suggestion, is not what was sent.
        ...(this.#conversation.draft === prompt && { draft: '' }),
        ...(images.length > 0 && {
          draftImages: (this.#conversation.draftImages ?? []).filter((image) => !images.includes(image)),
        }),
      });
      return exchange.id;
    });
  }

  /**
   * Replaces a prompt: what came after it is dropped, and the lanes that had answered it answer again.
   * `onAccepted` is told once that has begun, and given the way back: that changes nothing and resolves with false
   * where the conversation has gone on since.
   */
  async editAndResend(
    exchangeId: string,
    prompt: string,
    onAccepted: (undo: () => Promise<boolean>) => void = () => undefined,
  ): Promise<SendResult> {
    const refusal = this.#refuse(prompt);
    if (refusal !== undefined) return { kind: 'refused', failure: refusal };
    const { exchanges } = this.#conversation;
    const at = exchanges.findIndex((exchange) => exchange.id === exchangeId);
    const old = exchanges[at];
    if (old === undefined) return { kind: 'sent' };
    // Later exchanges are dropped, and an answer that is on its way to one of them with it.
    if (this.busy) return { kind: 'busy' };
    const answered = this.#lanes.filter((lane) => old.attempts[lane.id] !== undefined);
    const earlier = exchanges.slice(0, at);
    const past = { ...this.#conversation, exchanges: earlier };
    const asking = { ...old, prompt };
    return this.#ask(answered.length > 0 ? answered : this.#lanes, asking, past, (asked) => {
      const exchange = this.#newExchange(asking, asked);
      this.#change({ exchanges: [...earlier, exchange], ...this.#titleFor(at, prompt) });
      onAccepted(() => this.#restore(exchanges, exchange.id));
      return exchange.id;
    });
  }

  /** Another answer of each of `lanes` to the same prompt, beside the ones that they gave. */
  async regenerate(exchangeId: string, ...lanes: readonly Lane[]): Promise<SendResult> {
    const { exchanges } = this.#conversation;
    const at = exchanges.findIndex((exchange) => exchange.id === exchangeId);
    const exchange = exchanges[at];
    if (exchange === undefined) return { kind: 'sent' };
    const refusal = this.#refuse(exchange.prompt);
    if (refusal !== undefined) return { kind: 'refused', failure: refusal };
    const past = { ...this.#conversation, exchanges: exchanges.slice(0, at) };
    return this.#ask(lanes, exchange, past, (asked) => {
      // One that nobody was asked yet, as a link brings it, is as good as new.
      const fresh = Object.keys(exchange.attempts).length === 0;
      if (fresh) this.#changeExchange(exchangeId, this.#lot(exchangeId, asked));
      return exchangeId;
    });
  }

  showAttempt(exchangeId: string, lane: LaneId, shown: number): void {
    const change = (attempts: Attempts): Attempts => ({ ...attempts, shown });
    this.#change({ exchanges: withAttempts(this.#conversation.exchanges, exchangeId, lane, change) });
  }

  /** Ends a blind exchange: from now on its answers have their names. */
  reveal(exchangeId: string): void {
    // Another conversation may have taken its place since the vote.
    const blind = this.#conversation.exchanges.find(({ id }) => id === exchangeId)?.blind;
    if (blind !== undefined) this.#changeExchange(exchangeId, { blind: { ...blind, revealed: true } });
  }

  #changeExchange(exchangeId: string, part: Pick<Exchange, 'blind'>): void {
    this.#change({
      exchanges: this.#conversation.exchanges.map((exchange) =>
        exchange.id === exchangeId ? { ...exchange, ...part } : exchange,
      ),
    });
  }

  #newExchange({ prompt, images = [] }: Asked, asked: readonly Lane[]): Exchange {
    const id = this.#services.newId();
    return { id, prompt, ...(images.length > 0 && { images }), attempts: {}, ...this.#lot(id, asked) };
  }

  /** While names are hidden, no new prompt may show them. */
  #lot(exchangeId: string, asked: readonly Lane[]): Pick<Exchange, 'blind'> {
    if (asked.length < 2 || !(this.#blind || this.namesHidden)) return {};
    const lanes = asked.map(({ id }) => id);
    return { blind: { order: shuffled(lanes, wordsFrom(exchangeId)), revealed: false } };
  }

  /** Puts back exchanges that an edit dropped, where nothing came after the exchange that it made. */
  async #restore(exchanges: readonly Exchange[], edited: string): Promise<boolean> {
    if (!this.#isLatestChange(exchanges, edited)) return false;
    await this.stopAndSettle();
    if (!this.#isLatestChange(exchanges, edited)) return false;
    this.#change({ exchanges });
    return true;
  }

  /** True where the exchanges before `edited` are still those of `before`, and nothing came after its first answers. */
  #isLatestChange(before: readonly Exchange[], edited: string): boolean {
    const { exchanges } = this.#conversation;
    const last = exchanges.at(-1);
    return (
      last?.id === edited &&
      exchanges.slice(0, -1).every((exchange, at) => exchange === before[at]) &&
      Object.values(last.attempts).every(({ answers }) => answers.length <= 1)
    );
  }

  decideOverflow(choice: 'trim' | 'cancel'): void {
    this.#fit.decide(choice);
  }

  #refuse(prompt: string): Failure | undefined {
    if (prompt.trim() === '') return { code: 'prompt-empty', detail: '' };
    const length = this.#conversation.system.length + prompt.length;
    if (length > MAX_PROMPT_CHARACTERS)
      return { code: 'context-full', detail: `${length} characters, of at most ${MAX_PROMPT_CHARACTERS}` };
    const impossible = impossibleParameters(this.#conversation.sampling);
    if (impossible.length > 0) return { code: 'bad-parameter', detail: impossible.join(', ') };
    return undefined;
  }

  /** The title follows the first prompt until the person names the conversation. */
  #titleFor(exchange: number, prompt: string): Partial<Conversation> {
    return exchange === 0 && !this.#conversation.named ? { title: titleFrom(prompt) } : {};
  }

  /** Fits the prompt to each lane; `begin` then makes the exchange that the answers belong to, and returns its id. */
  async #ask(
    lanes: readonly Lane[],
    { prompt, images }: Asked,
    past: Pick<Conversation, 'system' | 'exchanges'>,
    begin: (asked: readonly Lane[]) => string,
  ): Promise<SendResult> {
    if (this.#opening > 0 || this.#asking !== undefined || lanes.some((lane) => lane.busy))
      return { kind: 'busy' };
    const asking = new AbortController();
    this.#asking = asking;
    // As it stands now: what is typed while the prompt is prepared may be no schema.
    const { json } = this.#conversation;
    const format: { jsonSchema?: string } = {};
    const requests: {
      readonly lane: Lane;
      readonly setup: LaneSetup;
      readonly request: Omit<LaneRequest, 'sampling'>;
    }[] = [];
    try {
      if (json?.on === true) {
        const checked = await checkedSchema(json.text);
        if ('code' in checked) return { kind: 'refused', failure: checked };
        format.jsonSchema = checked.schema;
      }
      for (const lane of lanes) {
        const { setup } = lane;
        const messages = await this.#fit.fit(lane, messagesFor(past, lane.id, prompt, images), asking.signal);
        if (messages === undefined || asking.signal.aborted) return cancelled;
        requests.push({ lane, setup, request: { messages, ...format } });
      }
    } finally {
      if (this.#asking === asking) this.#asking = undefined;
    }
    // A lane that was removed or given another model meanwhile is not asked: the messages were made to fit what it was.
    const present = requests.filter(({ lane, setup }) => this.#lanes.includes(lane) && lane.setup === setup);
    if (present.length === 0) return cancelled;
    await this.#answerAll(begin(present.map(({ lane }) => lane)), present);
    return { kind: 'sent' };
  }

  async #answerAll(
    exchangeId: string,
    requests: readonly { readonly lane: Lane; readonly request: Omit<LaneRequest, 'sampling'> }[],
  ): Promise<void> {
    const answers = requests.map(({ lane, request }) => {
      const kept = this.#answer(lane, exchangeId, request);
      return { lane, exchangeId, kept };
    });
    this.#underWay = [...this.#underWay, ...answers];
    // Kept with empty answers at once, and again as they grow: a crash must not lose what was asked or said.
    this.#keep();
    const keeping = setInterval(() => this.#keep(), KEEP_PARTIAL_EVERY_MS);
    await Promise.all(answers.map(({ kept }) => kept));
    clearInterval(keeping);
  }

  async #answer(lane: Lane, exchangeId: string, request: Omit<LaneRequest, 'sampling'>): Promise<void> {
    const { sampling, id } = this.#conversation;
    const answer = await lane.answer({ ...request, sampling });
    this.#underWay = this.#underWay.filter((other) => other.lane !== lane);
    if (this.#conversation.id !== id) return;
    this.#change({ exchanges: withAnswer(this.#conversation.exchanges, exchangeId, lane.id, answer) });
  }

  #adopt(conversation: Conversation): void {
    this.#conversation = conversation;
    this.#lanes = conversation.lanes.map((setup) => new Lane(setup, this.#services));
    // A conversation goes on as it was; a new one as the one before it.
    const last = conversation.exchanges.at(-1);
    if (last !== undefined) this.#blind = last.blind !== undefined;
  }

  #setLanes(lanes: readonly Lane[]): void {
    this.#lanes = lanes;
    this.#change({ lanes: lanes.map((lane) => lane.setup) });
  }

  #change(part: Partial<Conversation>): void {
    this.#conversation = { ...this.#conversation, ...part, updatedAt: this.#services.now() };
    this.#keep();
  }

  /** Hands the conversation over for keeping, answers in the making included; they are replaced as they end. */
  #keep(): void {
    let { exchanges } = this.#conversation;
    for (const { lane, exchangeId } of this.#underWay) {
      const { partial } = lane;
      if (partial !== undefined) exchanges = withAnswer(exchanges, exchangeId, lane.id, partial);
    }
    const growing = exchanges !== this.#conversation.exchanges;
    this.#onChange(growing ? { ...this.#conversation, exchanges } : this.#conversation);
  }

  #releaseUnused(): Promise<void> {
    return this.#services.pool.keepOnly(
      this.#lanes.map((lane) => ({
        variant: lane.entry.variant,
        device: lane.device,
        contextTokens: lane.askedContext,
      })),
    );
  }
}

/** The schema that answers are to be held to. Its check is loaded when there is one to check. */
async function checkedSchema(text: string): Promise<Extract<SchemaCheck, { ok: true }> | Failure> {
  const { checkSchema, problemDetail } = await import('../domain/json-schema');
  const checked = checkSchema(text);
  return checked.ok ? checked : { code: 'schema-refused', detail: problemDetail(checked.problem) };
}
