// @ts-check
/**
 * A stand-in for the Hugging Face hub on this machine: the part of its API that a download needs, over repositories
 * that a test makes up, with the faults that a network has.
 *
 *   GET /api/models/{id}/revision/{revision}                  → { sha, gated, cardData: { license? } }
 *   GET /api/models/{id}/tree/{revision}?recursive=true       → [{ type, path, size, oid, lfs?: { oid, size } }]
 *   GET /{id}/resolve/{revision}/{path}                       → the file, with ranges
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/**
 * @typedef {object} HubFile
 * @property {string} path
 * @property {Buffer} body
 * @property {boolean} [lfs] in large-file storage, as weights are: the API states its SHA-256
 */

/**
 * @typedef {object} HubRepository
 * @property {string} id `owner/name`
 * @property {readonly HubFile[]} files
 * @property {string} [commit]
 * @property {readonly string[]} [revisions] branches and tags beside `main`
 * @property {boolean} [gated] only with the token
 * @property {boolean} [listed] gated as most are: what it holds is shown to everybody, its files are not
 * @property {string} [licence]
 */

/**
 * What becomes of one request for a file.
 *
 * @typedef {object} Fault
 * @property {number} [status] answered instead
 * @property {number} [cutAfter] bytes of the body before the connection is cut
 * @property {boolean} [ignoreRange] the whole file is sent, with status 200
 * @property {Buffer} [body] sent in the file's place
 */

export const HUB_TOKEN = 'hf_test_token';
export const HUB_COMMIT = '0123456789abcdef0123456789abcdef01234567';

export class HubServer {
  /** @type {{ path: string, range: string | undefined, authorization: string | undefined }[]} */
  requests = [];
  /** Entries of a file list at once; the rest is behind a `Link` header. */
  pageSize = 1000;
  /** @type {(path: string, attempt: number) => Fault | undefined} asked before each answer with a file */
  fault = () => undefined;
  /** @type {Map<string, HubRepository>} */
  #repositories = new Map();
  /** @type {Map<string, number>} */
  #attempts = new Map();
  #server = createServer((request, response) => this.#answer(request, response));
  #port = 0;

  get origin() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** @param {HubRepository} repository */
  add(repository) {
    this.#repositories.set(repository.id, repository);
  }

  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const address = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  #answer(request, response) {
    const url = new URL(request.url ?? '/', this.origin);
    const path = decodeURIComponent(url.pathname);
    const { range, authorization } = request.headers;
    this.requests.push({ path, range, authorization });
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader(
      'access-control-expose-headers',
      'etag, content-range, link, x-error-code, x-repo-commit',
    );
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)$/.exec(path);
    const file = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path);
    const [, id = '', revision = ''] = api === null ? (file ?? []) : [api[0], api[1], api[3]];
    const repository = this.#repositories.get(id);
    if (repository === undefined) return refuse(response, 404, 'RepoNotFound');
    const shown = api !== null && repository.listed === true;
    if (!shown && repository.gated === true && authorization !== `Bearer ${HUB_TOKEN}`) {
      return refuse(response, authorization === undefined ? 401 : 403, 'GatedRepo');
    }
    const commit = repository.commit ?? HUB_COMMIT;
    if (![commit, 'main', ...(repository.revisions ?? [])].includes(revision)) {
      return refuse(response, 404, 'RevisionNotFound');
    }
    response.setHeader('x-repo-commit', commit);
    if (api?.[2] === 'revision') {
      const gated = repository.gated === true ? 'auto' : false;
      return json(response, { sha: commit, gated, cardData: { license: repository.licence } });
    }
    if (api?.[2] === 'tree') return this.#tree(repository, url, response);
    const found = repository.files.find((one) => one.path === file?.[3]);
    if (found === undefined) return refuse(response, 404, 'EntryNotFound');
    this.#file(found, range, response);
  }

  /**
   * @param {HubRepository} repository
   * @param {URL} url
   * @param {import('node:http').ServerResponse} response
   */
  #tree({ files }, url, response) {
    const start = Number(url.searchParams.get('cursor') ?? 0);
    const end = start + this.pageSize;
    if (end < files.length) {
      url.searchParams.set('cursor', String(end));
      response.setHeader('link', `<${url.href}>; rel="next"`);
    }
    const folders = start > 0 ? [] : [{ type: 'directory', path: 'onnx', size: 0, oid: 'd'.repeat(40) }];
    json(response, [...folders, ...files.slice(start, end).map(entryOf)]);
  }

  /**
   * @param {HubFile} file
   * @param {string | undefined} range
   * @param {import('node:http').ServerResponse} response
   */
  #file(file, range, response) {
    const attempt = (this.#attempts.get(file.path) ?? 0) + 1;
    this.#attempts.set(file.path, attempt);
    const fault = this.fault(file.path, attempt) ?? {};
    if (fault.status !== undefined) return refuse(response, fault.status, '');
    const whole = fault.body ?? file.body;
    const first = fault.ignoreRange === true ? undefined : /^bytes=(\d+)-$/.exec(range ?? '')?.[1];
    const start = Number(first ?? 0);
    response.setHeader('etag', `"${createHash('sha256').update(whole).digest('hex')}"`);
    response.setHeader('accept-ranges', 'bytes');
    if (start >= whole.byteLength && whole.byteLength > 0) {
      response.writeHead(416, { 'content-range': `bytes */${whole.byteLength}` }).end();
      return;
    }
    const body = whole.subarray(start);
    if (first !== undefined) {
      response.setHeader('content-range', `bytes ${start}-${whole.byteLength - 1}/${whole.byteLength}`);
    }
    response.writeHead(first === undefined ? 200 : 206, { 'content-length': body.byteLength });
    if (fault.cutAfter === undefined) response.end(body);
    else response.write(body.subarray(0, fault.cutAfter), () => setTimeout(() => response.destroy(), 20));
  }
}

/** @param {HubFile} file */
function entryOf({ path, body, lfs }) {
  const size = body.byteLength;
  const content = lfs === true ? Buffer.from(`version https://git-lfs.github.com/spec/v1 ${size}`) : body;
  const oid = createHash('sha1').update(`blob ${content.byteLength}\0`).update(content).digest('hex');
  const sha256 = createHash('sha256').update(body).digest('hex');
  return {
    type: 'file',
    path,
    size,
    oid,
    ...(lfs === true && { lfs: { oid: sha256, size, pointerSize: 134 } }),
  };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {unknown} value
 */
function json(response, value) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} code
 */
function refuse(response, status, code) {
  if (code !== '') response.setHeader('x-error-code', code);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: code }));
}
