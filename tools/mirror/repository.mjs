// @ts-check
/** A hub repository as its API describes it: which commit a revision is, which files it holds, which of them are needed. */
import * as v from 'valibot';

/**
 * @typedef {object} RepositoryFile
 * @property {string} path with slashes, relative to the repository
 * @property {number} size bytes
 * @property {string | undefined} sha256 hexadecimal; the hub states it for files in its large-file storage
 * @property {string | undefined} blob git's hash of the file (SHA-1 over a header and the content), for all others
 */

/** A name that no repository of a model needs more files than. */
const MOST_FILES = 10_000;
/** An answer of the API that is longer is none. */
const MOST_PAGES = 100;

const Revision = v.object({ sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/)) });
const Tree = v.array(
  v.object({
    type: v.string(),
    path: v.string(),
    size: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 0),
    oid: v.optional(v.string()),
    lfs: v.optional(
      v.object({
        oid: v.pipe(v.string(), v.regex(/^(?:sha256:)?[0-9a-f]{64}$/)),
        size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      }),
    ),
  }),
);

/** Something that trying again does not change. `exitCode` is what the command ends with. */
export class MirrorError extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * @param {string} name `owner/name`, or the address of a repository on a hub
 * @param {{ hub: string, revision: string | undefined }} options
 */
export function parseRepository(name, { hub, revision }) {
  let id = name;
  let host = hub;
  let named = revision;
  if (/^https?:\/\//.test(name)) {
    const url = new URL(name);
    host = url.origin;
    const [owner, repository, kind, ...rest] = url.pathname.split('/').filter((part) => part !== '');
    id = `${owner ?? ''}/${repository ?? ''}`;
    if (named === undefined && (kind === 'tree' || kind === 'resolve' || kind === 'blob')) {
      named = decodeURIComponent(rest[0] ?? '');
    }
  }
  if (!/^[\w.-]+\/[\w.-]+$/.test(id) || id.split('/').some((part) => /^\.+$/.test(part))) {
    throw new MirrorError(`"${name}" is no repository: give OWNER/NAME, or its address on the hub`, 2);
  }
  if (!/^https?:\/\/[^/]/.test(host)) throw new MirrorError(`--hub "${host}" is no address of a server`, 2);
  return { id, hub: host.replace(/\/+$/, ''), revision: named || 'main' };
}

/**
 * @param {{ id: string, hub: string, revision: string }} repository
 * @param {(url: string) => Promise<Response>} request
 */
export async function readRepository({ id, hub, revision }, request) {
  const api = `${hub}/api/models/${id}`;
  const { sha: commit } = await read(
    Revision,
    `${api}/revision/${encodeURIComponent(revision)}`,
    request,
    id,
  );
  /** @type {RepositoryFile[]} */
  const files = [];
  /** @type {string | undefined} */
  let next = `${api}/tree/${commit}?recursive=true`;
  for (let page = 0; next !== undefined; page += 1) {
    if (page >= MOST_PAGES) throw new MirrorError(`the file list of ${id} does not come to an end`);
    /** @type {Response} */
    const response = await answered(await request(next), id);
    for (const { type, path, size, oid, lfs } of await parsed(Tree, response)) {
      if (type !== 'file') continue;
      files.push({
        path: safePath(path),
        size: lfs?.size ?? size,
        sha256: lfs?.oid.replace(/^sha256:/, ''),
        blob: lfs === undefined ? oid : undefined,
      });
    }
    if (files.length > MOST_FILES) throw new MirrorError(`${id} has more than ${MOST_FILES} files`);
    next = nextPage(response, hub);
  }
  if (files.length === 0) throw new MirrorError(`${id} has no files at ${revision}`, 3);
  return { commit, files };
}

/**
 * A path that stays inside the folder that it is written to, on every system.
 *
 * @param {string} path
 */
function safePath(path) {
  const parts = path.split('/');
  const unsafe =
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    /[\\:\u0000-\u001f\u007f]/.test(path) ||
    parts.some((part) => part === '' || part === '.' || part === '..' || /[. ]$/.test(part)) ||
    parts[0]?.toLowerCase() === '.mirror-part' ||
    path.toLowerCase() === 'manifest.json';
  if (unsafe) {
    throw new MirrorError(
      `the repository names a file ${JSON.stringify(path)}, which could end up outside of the folder: nothing was written`,
    );
  }
  return path;
}

/**
 * @param {Response} response
 * @param {string} hub
 */
function nextPage(response, hub) {
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
  if (link === undefined) return undefined;
  const url = new URL(link, hub);
  if (url.origin !== new URL(hub).origin) throw new MirrorError('the file list continues on another server');
  return url.href;
}

/**
 * @template {v.GenericSchema} Schema
 * @param {Schema} schema
 * @param {string} url
 * @param {(url: string) => Promise<Response>} request
 * @param {string} id
 */
async function read(schema, url, request, id) {
  return parsed(schema, await answered(await request(url), id));
}

/**
 * @template {v.GenericSchema} Schema
 * @param {Schema} schema
 * @param {Response} response
 * @returns {Promise<v.InferOutput<Schema>>}
 */
async function parsed(schema, response) {
  const body = await response.json().catch(() => undefined);
  const result = v.safeParse(schema, body);
  if (!result.success) {
    throw new MirrorError(`${new URL(response.url).host} did not answer as a hub does; is --hub right?`);
  }
  return result.output;
}

/**
 * @param {Response} response
 * @param {string} id
 */
export async function answered(response, id) {
  if (response.ok) return response;
  await response.body?.cancel();
  const code = response.headers.get('x-error-code') ?? '';
  const { status } = response;
  if (code === 'GatedRepo') {
    throw new MirrorError(
      `${id} is gated: accept its terms on the hub, then set HF_TOKEN to a token of that account`,
      3,
    );
  }
  if (code === 'RevisionNotFound') throw new MirrorError(`${id} has no such revision`, 3);
  if (code === 'EntryNotFound') throw new MirrorError(`a file of ${id} is listed but not there`, 3);
  if (status === 404 || code === 'RepoNotFound') {
    throw new MirrorError(`${id} does not exist, or is private and HF_TOKEN does not open it`, 3);
  }
  if (status === 401 || status === 403) {
    throw new MirrorError(
      `the hub refuses ${id} (HTTP ${status}): it may not exist, or HF_TOKEN does not open it`,
      3,
    );
  }
  throw new MirrorError(`HTTP ${status} for ${id}`);
}
