/**
 * A model's chat template, run so that it can do no harm.
 *
 * The template is a program that came with the model's file. It may loop for hours or write without end, so every
 * step that it takes is counted and every text that it makes is measured. Nothing but the messages is in its reach.
 */

import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import type { Message } from '../domain/engine';
import { FailureError } from '../domain/failure';

export interface TemplateInput {
  readonly messages: readonly Message[];
  readonly bosText: string;
  readonly eosText: string;
  /** What else the template may ask for, by its name there. */
  readonly variables?: Readonly<Record<string, boolean | string>>;
}

/** A message as a template is given it. */
interface TemplateMessage {
  readonly role: Message['role'];
  readonly content: string | readonly { readonly type: string; readonly text: string }[];
}

type Rendered = Omit<TemplateInput, 'messages'> & { readonly messages: readonly TemplateMessage[] };

/** The longest templates of known models have about 20,000 characters. */
const MAX_TEMPLATE = 200_000;
/** A known template takes some hundred steps per message. */
const MAX_STEPS = 500_000;
/** Not every step costs the same, so the clock is looked at too, once in this many steps. */
const MAX_MS = 3_000;
const STEPS_BETWEEN_LOOKS = 256;
/** Longer than any context window: a million tokens of eight characters. */
const MAX_OUTPUT = 8_000_000;
const MAX_RANGE = 10_000;

type Statement = Parameters<Interpreter['evaluate']>[0];
type Value = ReturnType<Interpreter['evaluate']>;

class BoundedInterpreter extends Interpreter {
  readonly #startedAt = performance.now();
  #steps = 0;

  override evaluate(statement: Statement, environment: Environment): Value {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) refuse(`it takes more than ${MAX_STEPS} steps`);
    if (this.#steps % STEPS_BETWEEN_LOOKS === 0 && performance.now() - this.#startedAt > MAX_MS) {
      refuse(`it takes more than ${MAX_MS} ms`);
    }
    const value = super.evaluate(statement, environment);
    const made: unknown = value.value;
    if ((typeof made === 'string' || Array.isArray(made)) && made.length > MAX_OUTPUT) {
      refuse(`it writes more than ${MAX_OUTPUT} characters`);
    }
    return value;
  }
}

/**
 * The text that the model is to continue.
 * @throws FailureError `template-refused` where the template cannot be read, throws, or goes on for too long
 */
export function renderChatTemplate(template: string, input: TemplateInput): string {
  if (template.length > MAX_TEMPLATE) refuse(`it is ${template.length} characters long`);
  try {
    // The white-space rules of Hugging Face's `apply_chat_template`.
    const program = parse(tokenize(template, { lstrip_blocks: true, trim_blocks: true }));
    return inEitherForm(input.messages, (messages) => {
      const interpreter = new BoundedInterpreter(environmentOf({ ...input, messages }));
      const text: unknown = interpreter.run(program).value;
      return typeof text === 'string' ? text : refuse('it makes no text');
    });
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    return refuse(thrown instanceof Error ? thrown.message.slice(0, 500) : 'it throws', thrown);
  }
}

/**
 * Templates of models that read images may take a message's content as a list of parts alone: at a text they throw, or
 * leave it out.
 */
function inEitherForm(
  messages: readonly Message[],
  render: (messages: readonly TemplateMessage[]) => string,
): string {
  const asked = messages.at(-1)?.content.trim() ?? '';
  const inParts = messages.map(({ role, content }) => ({ role, content: [{ type: 'text', text: content }] }));
  let plain: string | undefined;
  let refusal: unknown;
  for (const form of [messages, inParts]) {
    try {
      const text = render(form);
      if (text.includes(asked)) return text;
      plain ??= text;
    } catch (thrown) {
      // Not tried again where it went on for too long.
      if (thrown instanceof FailureError) throw thrown;
      refusal ??= thrown;
    }
  }
  if (plain === undefined) throw refusal;
  return plain;
}

function environmentOf({ messages, bosText, eosText, variables = {} }: Rendered): Environment {
  const values: Readonly<Record<string, unknown>> = {
    ...variables,
    true: true,
    True: true,
    false: false,
    False: false,
    none: null,
    None: null,
    range: boundedRange,
    raise_exception(why: unknown) {
      throw new Error(`the template refused this conversation: ${String(why)}`);
    },
    strftime_now: (format: unknown) => dateText(String(format), new Date()),
    messages: messages.map(({ role, content }) => ({ role, content })),
    // There, and nothing: templates ask whether they are nothing more often than whether they are there.
    tools: null,
    documents: null,
    add_generation_prompt: true,
    bos_token: bosText,
    eos_token: eosText,
  };
  const environment = new Environment();
  for (const [name, value] of Object.entries(values)) environment.set(name, value);
  return environment;
}

/** Jinja's `range(stop)`, `range(start, stop)` and `range(start, stop, step)`. */
function boundedRange(...bounds: unknown[]): number[] {
  const numbers = bounds.filter((bound) => typeof bound === 'number');
  const [start, stop, step] = numbers.length === 1 ? [0, ...numbers, 1] : [...numbers, 1];
  if (start === undefined || stop === undefined || step === undefined || step === 0) {
    throw new Error('range() wants one to three numbers');
  }
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > MAX_RANGE) refuse(`it counts to ${length}`);
  return Array.from({ length }, (_, index) => start + index * step);
}

/** The letters of `strftime` that chat templates use. English, as the models were trained. */
function dateText(format: string, date: Date): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', options).format(date);
  const two = (number: number) => String(number).padStart(2, '0');
  const letters: Readonly<Record<string, () => string>> = {
    Y: () => String(date.getFullYear()),
    m: () => two(date.getMonth() + 1),
    d: () => two(date.getDate()),
    b: () => part({ month: 'short' }),
    B: () => part({ month: 'long' }),
    A: () => part({ weekday: 'long' }),
    a: () => part({ weekday: 'short' }),
    H: () => two(date.getHours()),
    M: () => two(date.getMinutes()),
    S: () => two(date.getSeconds()),
    '%': () => '%',
  };
  return format.replace(/%(.)/g, (whole, letter: string) => letters[letter]?.() ?? whole);
}

function refuse(why: string, cause?: unknown): never {
  throw new FailureError('template-refused', `the model's chat template cannot be used: ${why}`, { cause });
}
