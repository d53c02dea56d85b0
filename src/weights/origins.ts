/**
 * Asks an origin what it has: the hub's API for commit, sizes and hashes; any other folder for a `manifest.json` with
 * `{ files: [{ path, bytes, sha256 }] }`, which is what a mirror writes and the bundled model has.
 */

import * as v from 'valibot';
import type { Artifact, ArtifactFile, Origin } from '../domain/artifact';
import { FailureError } from '../domain/failure';
import { checkFiles, folderUrl, isCommit, repositoryPath, type Places } from './addresses';
import { isSha256 } from './hashes';

/** Of a hub's answer; more is not read. A listing of 2,000 files takes about a third of it. */
const MOST_JSON_BYTES = 4 * 1024 * 1024;
const MOST_PAGES = 10;
const ANSWER_WITHIN_MS = 20_000;

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const treeEntry = v.object({
  type: v.string(),
  path: v.string(),
  size: v.optional(size),
  lfs: v.optional(v.object({ oid: v.string(), size })),
});
const revisionAnswer = v.object({
  sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
  /** `false`, or how access is given. */
  gated: v.fallback(v.optional(v.union([v.boolean(), v.string()])), undefined),
  cardData: v.fallback(
    v.optional(v.object({ license: v.optional(v.string()), license_name: v.optional(v.string()) })),
    undefined,
  ),
});
const manifest = v.object({
  files: v.array(v.object({ path: v.string(), bytes: size, sha256: v.pipe(v.string(), v.check(isSha256)) })),
});

export interface OriginRequest {
  readonly fetch: typeof fetch;
  readonly places: Places;
  readonly signal: AbortSignal;
  /** Goes into a header of the hub's own addresses and nowhere else. */
  readonly token?: string;
}

/**
 * The artifact with its revision pinned to a commit, and with what the origin states of each file: without the optional
 * ones that it does not have, and with those that a prefix stands for.
 *
 * @throws FailureError `access-denied`, `file-missing` (also where a file is not in the listing), `network`,
 *   `repository-refused`
 */
export async function pinArtifact(artifact: Artifact, request: OriginRequest): Promise<Artifact> {
  const { origin, files, prefixes = [] } = artifact;
  checkFiles(files);
  const stated =
    prefixes.length === 0 && files.every(({ bytes, sha256 }) => bytes !== undefined && sha256 !== undefined);
  if (origin.kind === 'local' || (stated && (origin.kind !== 'hub' || isCommit(origin.revision))))
    return artifact;
  if (origin.kind !== 'hub') {
    return { origin, files: withStated(files, await folderManifest(origin, request)) };
  }
  const revision = await commitOf(origin.repository, origin.revision, request);
  const pinned: Origin = { ...origin, revision };
  const listing = await listHubFiles(origin.repository, revision, request);
  const there = ({ path, fixedUrl }: ArtifactFile) =>
    fixedUrl !== undefined || listing.some((file) => file.path === path);
  const missing = files.find((file) => file.optional !== true && !there(file));
  if (missing !== undefined)
    throw new FailureError('file-missing', `${missing.path} in ${origin.repository}`);
  const named = new Set(files.map(({ path }) => path));
  const parts = listing.filter(
    ({ path }) => !named.has(path) && prefixes.some((prefix) => path.startsWith(prefix)),
  );
  return { origin: pinned, files: [...withStated(files.filter(there), listing), ...parts] };
}

/** What an origin holds. */
export interface Survey {
  /** Pinned to a commit, where it is a repository of the hub. */
  readonly origin: Origin;
  /** Empty where a folder has no `manifest.json`: what it has is then only learned by asking for it. */
  readonly files: readonly ArtifactFile[];
  /** As the repository names its licence; undefined where it does not. */
  readonly licence?: string;
}

/**
 * Everything that the origin lists, without a file being fetched.
 *
 * @throws FailureError `access-denied` also where the files are given only to those who were let in, and no token is at
 *   hand; `file-missing` where there is no such repository; `network`, `repository-refused`
 */
export async function surveyOrigin(origin: Origin, request: OriginRequest): Promise<Survey> {
  if (origin.kind !== 'hub') return { origin, files: await folderManifest(origin, request) };
  const { repository } = origin;
  const { sha, gated = false, cardData } = await revisionOf(repository, origin.revision, request);
  if (gated !== false && request.token === undefined)
    throw new FailureError('access-denied', `${repository}: gated (${String(gated)})`);
  const files = await listHubFiles(repository, sha, request);
  // A licence without a name of its own on the hub is called `other` there, and named beside.
  const licence = cardData?.license === 'other' ? cardData.license_name : cardData?.license;
  return { origin: { ...origin, revision: sha }, files, ...(licence !== undefined && { licence }) };
}

/** Every file of a repository at a commit: the tree API, page by page. */
async function listHubFiles(
  repository: string,
  commit: string,
  request: OriginRequest,
): Promise<readonly ArtifactFile[]> {
  const found: ArtifactFile[] = [];
  let next: string | undefined =
    `${request.places.hubUrl}/api/models/${repositoryPath(repository)}/tree/${commit}?recursive=true`;
  for (let page = 0; next !== undefined; page += 1) {
    if (page === MOST_PAGES)
      throw new FailureError('repository-refused', `more than ${MOST_PAGES} pages of files`);
    const answer: HubAnswer = await askHub(next, request);
    for (const item of Array.isArray(answer.body) ? answer.body : []) {
      const entry = v.safeParse(treeEntry, item);
      if (!entry.success || entry.output.type !== 'file') continue;
      const { path, lfs } = entry.output;
      const bytes = lfs?.size ?? entry.output.size;
      const sha256 = lfs !== undefined && isSha256(lfs.oid) ? lfs.oid : undefined;
      found.push({ path, ...(bytes !== undefined && { bytes }), ...(sha256 !== undefined && { sha256 }) });
    }
    next = nextPage(answer.link, request.places.hubUrl);
  }
  checkFiles(found);
  return found;
}

async function commitOf(repository: string, revision: string, request: OriginRequest): Promise<string> {
  return isCommit(revision) ? revision : (await revisionOf(repository, revision, request)).sha;
}

async function revisionOf(repository: string, revision: string, request: OriginRequest) {
  const { hubUrl } = request.places;
  const address = `${hubUrl}/api/models/${repositoryPath(repository)}/revision/${encodeURIComponent(revision)}`;
  const answer = v.safeParse(revisionAnswer, (await askHub(address, request)).body);
  if (!answer.success)
    throw new FailureError('repository-refused', `${repository}: no commit of ${revision}`);
  return answer.output;
}

interface HubAnswer {
  readonly body: unknown;
  readonly link: string | null;
}

async function askHub(address: string, request: OriginRequest): Promise<HubAnswer> {
  const headers = request.token === undefined ? {} : { Authorization: `Bearer ${request.token}` };
  const response = await ask(address, request, headers);
  if (response.ok) return { body: await readJson(response), link: response.headers.get('link') };
  await response.body?.cancel();
  const code = response.headers.get('x-error-code');
  const detail = `${new URL(address).pathname}: HTTP ${response.status}${code === null ? '' : ` ${code}`}`;
  // Without a token the hub answers 401 for what does not exist, too, and says so in a header.
  const missing = response.status === 404 || /NotFound$/.test(code ?? '');
  const denied = !missing && (response.status === 401 || response.status === 403);
  throw new FailureError(denied ? 'access-denied' : missing ? 'file-missing' : 'network', detail);
}

/** Undefined where the folder has none; what it has is then learned from the files themselves. */
async function folderManifest(origin: Origin, request: OriginRequest): Promise<readonly ArtifactFile[]> {
  const response = await ask(`${folderUrl(origin, request.places)}manifest.json`, request, {});
  if (!response.ok) {
    await response.body?.cancel();
    return [];
  }
  const read = v.safeParse(manifest, await readJson(response));
  if (!read.success) return [];
  checkFiles(read.output.files);
  return read.output.files;
}

async function ask(address: string, request: OriginRequest, headers: HeadersInit): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
  try {
    // Asked anew each time, but answered from the cache where the server says that nothing changed.
    return await request.fetch(address, { headers, signal, cache: 'no-cache' });
  } catch (thrown) {
    request.signal.throwIfAborted();
    throw new FailureError('network', `${new URL(address).host}: ${String(thrown)}`, { cause: thrown });
  }
}

async function readJson(response: Response): Promise<unknown> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > MOST_JSON_BYTES) {
      await reader?.cancel();
      throw new FailureError('repository-refused', `a listing of more than ${MOST_JSON_BYTES} bytes`);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Only a page of the same hub: a listing must not send us, and a token, elsewhere. */
function nextPage(link: string | null, hubUrl: string): string | undefined {
  const address = /<([^>]{1,2000})>;\s*rel="next"/.exec(link ?? '')?.[1];
  if (address === undefined || !URL.canParse(address, hubUrl)) return undefined;
  const url = new URL(address, hubUrl);
  return url.origin === new URL(hubUrl).origin ? url.href : undefined;
}

function withStated(
  files: readonly ArtifactFile[],
  stated: readonly ArtifactFile[],
): readonly ArtifactFile[] {
  const byPath = new Map(stated.map((file) => [file.path, file]));
  // What the catalogue states wins: a server must not talk us out of a hash.
  return files.map((file) => ({ ...byPath.get(file.path), ...file }));
}
