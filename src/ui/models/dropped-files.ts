/** What was dropped on the page or picked from this machine, as files with their paths. */

import type { LocalFile } from '../../state/own-models.svelte';

/** A model's folder has one folder in it; what lies deeper is no part of one. */
const DEEPEST = 3;
/** One more than is taken, so that too many are refused and not cut. */
const MOST_FILES = 2001;

export function pickedFiles(files: FileList | null): readonly LocalFile[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Call it while the event is handled: the browser forgets what was dropped right after. */
export async function droppedFiles({ items }: DataTransfer): Promise<readonly LocalFile[]> {
  const dropped = [...items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: LocalFile[] = [];
  for (const { entry, file } of dropped) {
    if (entry?.isDirectory === true) await collect(entry as FileSystemDirectoryEntry, DEEPEST, found);
    else if (file !== null) found.push({ path: file.name, file });
  }
  return found;
}

async function collect(folder: FileSystemDirectoryEntry, depth: number, found: LocalFile[]): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // A browser gives some hundred entries at a time, and none when it has given all.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (found.length >= MOST_FILES) return;
      if (entry.isDirectory) {
        if (depth > 1) await collect(entry as FileSystemDirectoryEntry, depth - 1, found);
      } else {
        const file = await new Promise<File>((resolve, reject) =>
          (entry as FileSystemFileEntry).file(resolve, reject),
        );
        found.push({ path: entry.fullPath.replace(/^\//, ''), file });
      }
    }
  }
}
