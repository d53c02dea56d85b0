/** Why a person's own model is not taken, as data. What the person reads is in `ui/models/own-text.ts`. */

import type { EngineId } from '../../domain/engine';
import type { Failure } from '../../domain/failure';

export type Refusal =
  /** Neither a name on the hub nor an address. */
  | { readonly kind: 'not-an-address' }
  /** A browser does not let a page that came over TLS ask a server without it. */
  | { readonly kind: 'insecure-address'; readonly host: string }
  | { readonly kind: 'unknown-repository'; readonly repository: string }
  | { readonly kind: 'gated'; readonly where: string }
  | { readonly kind: 'unreachable'; readonly host: string }
  /** Neither ONNX files where Transformers.js looks for them, nor a GGUF file. */
  | { readonly kind: 'no-model'; readonly where: string }
  /** A file that says of itself that it is one of several, under a name that does not say which. */
  | { readonly kind: 'in-parts'; readonly file: string; readonly parts: number }
  /** A GGUF that was cut into several files, of which one is not there. */
  | { readonly kind: 'part-missing'; readonly file: string; readonly missing: string }
  /** What only turns images into tokens, without the model that it belongs to. */
  | { readonly kind: 'projector-alone'; readonly file: string }
  /** What was dropped holds no file: a link, a text, an empty folder. */
  | { readonly kind: 'nothing-dropped' }
  | { readonly kind: 'file-missing'; readonly file: string; readonly where: string }
  | { readonly kind: 'broken-file'; readonly file: string }
  | { readonly kind: 'architecture'; readonly architecture: string; readonly engine: EngineId }
  | { readonly kind: 'precision'; readonly file: string }
  | { readonly kind: 'template-missing' }
  /** It does not end, throws, or makes no text. */
  | { readonly kind: 'template-broken' }
  /** Bytes. */
  | { readonly kind: 'too-large'; readonly needs: number; readonly offers: number }
  /** The failure says it all. */
  | { readonly kind: 'failed' };

export class OwnModelRefused extends Error {
  override readonly name = 'OwnModelRefused';
  readonly refusal: Refusal;
  /** Code and technical detail, for a report. */
  readonly failure: Failure;

  constructor(refusal: Refusal, failure: Failure) {
    super(`${refusal.kind}: ${failure.detail}`);
    this.refusal = refusal;
    this.failure = failure;
  }
}
