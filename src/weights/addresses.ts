/** Names and addresses of what is stored: which folder an origin is, and what a file's bytes are called. */

import type { Artifact, ArtifactFile, Origin } from '../domain/artifact';
import { FailureError } from '../domain/failure';
import { isSha256 } from './hashes';
import type { RemoteFile } from './transfer';

export interface Places {
  /** Absolute address of the app's folder, with a slash at its end. */
  readonly appUrl: string;
  /** Absolute address of the hub, without a slash at its end. */
  readonly hubUrl: string;
}

export const HUB_URL = 'https://huggingface.co';

/** Dropped files are in the store and nowhere else; by definition no server ever answers under this name. */
const LOCAL = 'https://local.invalid/';

/** More files than this are no model; a name like `-00001-of-99999` asks for as many. */
const MOST_FILES = 2000;
const MOST_SHARDS = 256;
/** 1 TiB: more than any browser gives. */
const MOST_BYTES = 2 ** 40;
const LONGEST_PATH = 512;

/** A commit of the hub never changes, so what was fetched from one needs no second look. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/** Absolute address of the folder, with a slash at its end. That of local files answers nobody. */
export function folderUrl(origin: Origin, { appUrl, hubUrl }: Places): string {
  switch (origin.kind) {
    case 'app':
      return new URL(withSlash(origin.path), appUrl).href;
    case 'url':
      return withSlash(new URL(origin.url, appUrl).href);
    case 'hub':
      return `${hubUrl}/${repositoryPath(origin.repository)}/resolve/${encodeURIComponent(origin.revision)}/`;
    case 'local':
      return `${LOCAL}${encodeURIComponent(origin.id)}/`;
  }
}

/** `owner/name`, escaped for an address. */
export function repositoryPath(repository: string): string {
  if (!/^[\w.-]{1,96}\/[\w.-]{1,96}$/.test(repository) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(repository))
    throw new FailureError('repository-refused', `"${repository.slice(0, 200)}" names no repository`);
  return repository;
}

/** The name under which an artifact is stored. @param folder `folderUrl` of its origin */
export function artifactKey(folder: string, artifact: Artifact): string {
  const paths = artifact.files.map(({ path }) => path).sort();
  return `${folder}#${paths.join(',')}`;
}

/** Content is its own name where its hash is known, so that whoever needs the same bytes finds them. */
function blobId(url: string, sha256: string | undefined): string {
  return sha256 !== undefined && isSha256(sha256) ? `sha256:${sha256}` : url;
}

/** True where a stored blob of this name may differ from what its server has by now. */
export function isUnpinned(blob: string): boolean {
  if (blob.startsWith('sha256:') || blob.startsWith(LOCAL)) return false;
  return !/\/resolve\/[0-9a-f]{40}\//.test(blob);
}

export function remoteFile(folder: string, file: ArtifactFile): RemoteFile {
  const url = file.fixedUrl ?? folder + file.path.split('/').map(encodeURIComponent).join('/');
  return { ...file, url, blob: blobId(url, file.sha256) };
}

/** @throws FailureError `repository-refused`: nothing of such a repository may be fetched */
export function checkFiles(files: readonly ArtifactFile[]): void {
  const refuse = (why: string): never => {
    throw new FailureError('repository-refused', why);
  };
  if (files.length > MOST_FILES) refuse(`${files.length} files`);
  let bytes = 0;
  for (const file of files) {
    const shown = JSON.stringify(file.path.slice(0, 120));
    if (!isSafePath(file.path)) refuse(`the path ${shown}`);
    const shards = /-\d{5}-of-(\d{5})\.\w+$/.exec(file.path);
    if (shards !== null && Number(shards[1]) > MOST_SHARDS) refuse(`${Number(shards[1])} parts: ${shown}`);
    if (file.bytes !== undefined && !(Number.isSafeInteger(file.bytes) && file.bytes >= 0))
      refuse(`a size of ${file.bytes}: ${shown}`);
    if (file.path.endsWith('.json') && (file.bytes ?? 0) > 200 * 1024 * 1024)
      refuse(`JSON of ${file.bytes} bytes: ${shown}`);
    bytes += file.bytes ?? 0;
  }
  if (bytes > MOST_BYTES) refuse(`${bytes} bytes`);
}

/** Stays inside its folder however a server reads it: no parent, no absolute path, nothing invisible. */
function isSafePath(path: string): boolean {
  if (path === '' || path.length > LONGEST_PATH || /[\\\p{C}?#%:]/u.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
