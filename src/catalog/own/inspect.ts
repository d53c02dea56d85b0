/** What is asked of an untrusted file before it is taken. Runs in `inspector.worker.ts`, away from the page. */

import type { Message } from '../../domain/engine';
import { FailureError } from '../../domain/failure';
import { renderChatTemplate } from '../chat-template';
import { readGgufHeader, type GgufHeader } from '../gguf-header';

/** Bytes of a file from `from` up to but not including `to`, or to its end where that comes first. */
export type ReadBytes = (from: number, to: number) => Promise<ArrayBuffer>;

export interface TemplateToTry {
  readonly template: string;
  readonly bosText: string;
  readonly eosText: string;
}

/** Two questions and an answer: what every template of a chat model takes. */
const conversation: readonly Message[] = [
  { role: 'user', content: 'Hello' },
  { role: 'assistant', content: 'Hi' },
  { role: 'user', content: 'How are you?' },
];

/**
 * The header of a file of so many bytes, of which nothing is read twice.
 *
 * @param bytes undefined where nobody knows: the file then ends where nothing more of it comes
 * @throws FailureError `not-a-model-file`, and what `read` throws
 */
export function inspectGguf(bytes: number | undefined, read: ReadBytes): Promise<GgufHeader> {
  let have = new Uint8Array(0);
  let size = bytes ?? Infinity;
  const upTo = async (end: number) => {
    while (have.length < Math.min(end, size)) {
      const piece = new Uint8Array(await read(have.length, end));
      if (piece.length === 0 && bytes !== undefined)
        throw new FailureError('not-a-model-file', `it ends after ${have.length} of ${bytes} bytes`);
      if (piece.length === 0) size = have.length;
      const longer = new Uint8Array(have.length + piece.length);
      longer.set(have);
      longer.set(piece, have.length);
      have = longer;
    }
  };
  return readGgufHeader({
    get size() {
      return size;
    },
    slice: (from, to) => ({
      async arrayBuffer() {
        await upTo(Math.min(to, size));
        return have.buffer.slice(from, Math.min(to, size));
      },
    }),
  });
}

/** @throws FailureError `template-refused` where it cannot be read, throws, or does not end */
export function tryTemplate({ template, bosText, eosText }: TemplateToTry): string {
  return renderChatTemplate(template, { messages: conversation, bosText, eosText });
}
