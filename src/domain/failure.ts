/**
 * What can go wrong, as plain data.
 *
 * A failure is a code and a technical detail. What the person reads for each code is in the message catalogue
 * (`src/ui/shared/failure-text.ts`); behaviour depends on the code alone, never on the text of an error.
 */

import type { TokenUsage } from './engine';

export const failureCodes = [
  /** The browser has no WebGPU, or gives no adapter. */
  'webgpu-unavailable',
  /** The adapter lacks a feature that the variant needs; `detail` names it. */
  'feature-missing',
  /** The GPU device was lost while it was in use. */
  'device-lost',
  /** Memory ran out while loading or answering. */
  'out-of-memory',
  /** The variant is larger than this adapter's limits allow. */
  'model-too-large',
  /** A model file answered 404 or another error status; `detail` names the file. */
  'file-missing',
  /** A file is there but is not a model (an HTML page, a truncated or damaged file). */
  'not-a-model-file',
  /** No engine here knows the model's architecture; `detail` names it. */
  'architecture-unsupported',
  /** The model's chat template is broken, does not end, or refuses the conversation. */
  'template-refused',
  /** This release knows no model by the name that the conversation gives; `detail` is the name. */
  'model-missing',
  /** The server could not be reached. */
  'network',
  /** The browser gives this site no more space; what was stored before is intact. */
  'storage-full',
  /** The browser stores nothing here: private mode, or a setting. */
  'storage-unavailable',
  /** Another tab runs a newer release, whose database this one cannot read. */
  'storage-outdated',
  /** The server gives the file only to those it has let in: a gated repository, or a token that is not accepted. */
  'access-denied',
  /** A file stayed short, or kept changing at its origin, however often it was fetched. */
  'file-incomplete',
  /** A whole file arrived whose hash is not the one that its origin states. */
  'file-damaged',
  /** A repository that no engine could load safely: paths that leave it, too many or too large files. */
  'repository-refused',
  /** The engine's worker ended without being asked to. */
  'worker-died',
  /** The engine's worker could not be started at all. */
  'worker-blocked',
  /** A start took longer than its deadline. */
  'start-timeout',
  /** The engine did not stop when asked, so its worker was ended. */
  'stopped-hard',
  /** Counting a prompt's tokens did not come to an end, so the engine's worker was ended. */
  'count-timeout',
  /** The context length that was asked for does not fit the memory; a shorter one would. */
  'context-too-long',
  /** The prompt and the answer do not fit the model's context window. */
  'context-full',
  /** A parameter is outside its range; `detail` names it. */
  'bad-parameter',
  /** The JSON schema for the answers cannot be used; `detail` says what stands against it. */
  'schema-refused',
  /** The lane's model is one of a provider that is not set up here. */
  'provider-missing',
  /** A provider did not answer in time what costs nothing: whether the key is good, and which models there are. */
  'provider-silent',
  /** No key is at hand for a provider that wants one. */
  'key-missing',
  /** A key for the provider is kept, and waits for its passphrase or passkey. */
  'key-locked',
  /** The provider answered 401 or 403. */
  'key-rejected',
  /** The provider knows no model of this name, or this key may not use it. */
  'model-unknown',
  /** Too many requests: `retryAt` says until when. */
  'rate-limited',
  /** The account has no credit left, or its limit is spent. */
  'quota-exhausted',
  /** The provider or the model declined to answer. */
  'answer-refused',
  /** The provider does not take the request as it is; `detail` says what it objects to. */
  'request-rejected',
  /** The provider does not take an image of the prompt: the model reads text alone, or the file is not to its liking. */
  'images-refused',
  /** The provider had an error of its own (5xx, overloaded). */
  'provider-error',
  /** What came back is no answer of an API: an HTML page, for example. */
  'not-an-api',
  /** The answer's stream could not be read. */
  'stream-malformed',
  /** The answer's stream ended or fell silent before the answer was complete. */
  'stream-cut',
  /** The browser got no answer that it may read: refused by CORS, a wrong address, no network. */
  'api-unreachable',
  /** The address has no TLS and is not on this machine. */
  'address-insecure',
  /** There is nothing to answer. */
  'prompt-empty',
  /** The engine reported an error of its own. */
  'engine-error',
] as const;

export type FailureCode = (typeof failureCodes)[number];

export interface Failure {
  readonly code: FailureCode;
  /** Technical detail in English, for a report. Never a key, never prompt text. */
  readonly detail: string;
  /** When to try again, ms since the epoch, where that is known. */
  readonly retryAt?: number;
  /** True where nobody said when, and `retryAt` is what is usual. */
  readonly retryGuessed?: boolean;
  /** True where an API turned the request away before a model saw it, so that it bills nothing for it. */
  readonly unbilled?: boolean;
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function fail(code: FailureCode, detail: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { code, detail } };
}

/** An error that already knows its failure code. Thrown inside a room, turned into an `Outcome` at its door. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;
  /** What an API says that it counted for the answer that failed, and so bills. */
  readonly usage: TokenUsage | undefined;
  /** What of a request an API named as refused, by the API's own name for it. */
  readonly parameter: string | undefined;

  constructor(
    code: FailureCode,
    detail: string,
    options: ErrorOptions &
      Pick<Failure, 'retryAt' | 'retryGuessed' | 'unbilled'> & {
        readonly usage?: TokenUsage | undefined;
        readonly parameter?: string | undefined;
      } = {},
  ) {
    const { retryAt, retryGuessed, unbilled, usage, parameter, ...rest } = options;
    super(`${code}: ${detail}`, rest);
    this.usage = usage;
    this.parameter = parameter;
    this.failure = {
      code,
      detail,
      ...(retryAt !== undefined && { retryAt }),
      ...(retryGuessed === true && { retryGuessed }),
      ...(unbilled === true && { unbilled }),
    };
  }
}

/** The failure that an unknown thrown value stands for; `otherwise` is the code where it does not say. */
export function failureOf(thrown: unknown, otherwise: FailureCode = 'engine-error'): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  return {
    code: otherwise,
    detail: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
  };
}
