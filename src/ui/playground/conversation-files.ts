/** Conversations out of the browser and into it: files, and what is said about them. */

import { m } from '../../messages/messages.js';
import { MAX_FILE_LENGTH, type FileProblem } from '../../state/conversation-file';
import type { ImportOutcome, Library } from '../../state/library.svelte';
import { formatInteger } from '../shared/format';
import { toasts } from '../shared/toasts.svelte';

export async function exportAll(library: Library): Promise<void> {
  download(await library.exportAll(), 'opentab-conversations.json');
}

export async function exportOne(library: Library, id: string): Promise<void> {
  const text = await library.exportOne(id);
  if (text === undefined) toasts.show({ text: m.playground_export_gone(), tone: 'danger' });
  else download(text, 'opentab-conversation.json');
}

/** Imports each file by itself and says for each how it went. */
export async function importFiles(library: Library, files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const outcome = await importFile(library, file);
    if (outcome.ok) toasts.show({ text: importedText(outcome.count, file.name) });
    else {
      toasts.show({
        text: m.playground_import_refused({ file: file.name, why: problemText(outcome.problem) }),
        tone: 'danger',
        durationMs: 15_000,
      });
    }
  }
}

/** A character takes three bytes of a file at most for each of its UTF-16 code units. */
const MAX_FILE_BYTES = 3 * MAX_FILE_LENGTH;

/** @returns `unreadable` where the browser does not give the text: a folder, or a file that is gone or locked */
async function importFile(
  library: Library,
  file: File,
): Promise<ImportOutcome | { readonly ok: false; readonly problem: { readonly kind: 'unreadable' } }> {
  if (file.size > MAX_FILE_BYTES)
    return { ok: false, problem: { kind: 'too-large', maxLength: MAX_FILE_LENGTH } };
  let text: string;
  try {
    text = await file.text();
  } catch {
    return { ok: false, problem: { kind: 'unreadable' } };
  }
  return library.importText(text);
}

function importedText(count: number, file: string): string {
  return count === 1 ? m.playground_imported_one({ file }) : m.playground_imported({ count, file });
}

function problemText(problem: FileProblem | { readonly kind: 'unreadable' }): string {
  switch (problem.kind) {
    case 'unreadable':
      return m.playground_import_unreadable();
    case 'too-large':
      return m.playground_import_too_large({ most: formatInteger(problem.maxLength) });
    case 'not-json':
      return m.playground_import_not_json();
    case 'not-conversations':
      return m.playground_import_not_conversations();
    case 'newer-version':
      return m.playground_import_newer();
    case 'damaged':
      return m.playground_import_damaged({ number: problem.conversation, field: problem.field });
  }
}

/** Hands the person a file of this text. */
export function download(text: string, name: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the file by the time that the next task runs.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
