// @ts-check
/**
 * A server that misbehaves on request: it cuts, stalls, lies about length, ignores ranges, swaps files, answers with
 * web pages and lets signed addresses expire. It also stands in for the hub's API, and counts what it sends.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/**
 * @typedef {object} Fault what becomes of one request for a file
 * @property {number} [cutAfter] destroy the connection after so many bytes of the body
 * @property {boolean} [noLength] tell no length, and end after `cutAfter` bytes as if that were all
 * @property {number} [stallAfter] send so many bytes, then nothing, and keep the connection open
 * @property {number} [status] answer with this status and no body
 * @property {boolean} [whole] ignore the range: status 200 and the whole file
 * @property {boolean} [webPage] a web page with status 200
 */

/**
 * @typedef {object} ServedFile
 * @property {Buffer} bytes
 * @property {number} version part of its ETag
 * @property {Fault[]} faults taken by the requests in turn; good answers after that
 * @property {boolean} [sizeless] sent whole, whatever is asked for, and without a word on how long it is
 * @property {boolean} [signed] answered with a redirect to an address that serves `signedUses` requests
 * @property {number} [signedUses]
 */

/** @typedef {{ path: string, from: number, status: number, sent: number, authorization: string | undefined }} Served */

/** @typedef {{ sha: string, files: { path: string, bytes?: number, lfs?: boolean }[], gated?: boolean, licence?: string, pageSize?: number }} Repository */

/**
 * @param {object} [options]
 * @param {(path: string) => { body: string | Buffer, type: string } | undefined} [options.pages] what it serves besides
 * @param {number} [options.bytesPerSecond] limit of each connection; none unless given
 */
export async function startFaultServer({ pages = () => undefined, bytesPerSecond } = {}) {
  /** @type {Map<string, ServedFile>} */
  const files = new Map();
  /** @type {Map<string, Repository>} by `owner/name` */
  const repositories = new Map();
  /** @type {Served[]} */
  const served = [];
  /** @type {Map<string, { name: string, uses: number }>} */
  const signatures = new Map();
  const limit = { bytesPerSecond };

  const server = createServer((request, response) => {
    void answer(request, response).catch((error) => response.destroy(error));
  });

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function answer(request, response) {
    const url = new URL(request.url ?? '/', 'http://server');
    const path = decodeURIComponent(url.pathname);
    for (const [name, value] of Object.entries(CROSS_ORIGIN)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (path.startsWith('/api/models/')) return void answerHub(request, response, url);
    const signature = url.searchParams.get('signature');
    if (signature !== null) {
      const known = signatures.get(signature);
      if (known === undefined || known.uses === 0) return void response.writeHead(403).end();
      known.uses -= 1;
      const file = files.get(known.name);
      if (file === undefined) return void response.writeHead(404).end();
      return void (await sendFile(request, response, known.name, file));
    }
    const file = files.get(path);
    if (file?.signed === true) {
      const id = String(signatures.size + 1);
      signatures.set(id, { name: path, uses: file.signedUses ?? 1 });
      return void response.writeHead(302, { location: `/signed${path}?signature=${id}` }).end();
    }
    if (file !== undefined) return void (await sendFile(request, response, path, file));
    const page = pages(path);
    if (page === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': page.type }).end(page.body);
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @param {string} path
   * @param {ServedFile} file
   */
  async function sendFile(request, response, path, file) {
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const etag = `"${file.version}"`;
    const head = request.method === 'HEAD';
    const fault = head ? {} : (file.faults.shift() ?? {});
    const whole = fault.whole === true || file.sizeless === true;
    const silent = fault.noLength === true || file.sizeless === true;
    const from = range === null || whole ? 0 : Number(range[1]);
    /** @type {Served} */
    const entry = { path, from, status: 0, sent: 0, authorization: request.headers.authorization };
    if (!head) served.push(entry);
    const begin = (/** @type {number} */ status, /** @type {Record<string, string | number>} */ headers) => {
      entry.status = status;
      response.writeHead(status, headers);
    };
    if (fault.webPage === true) {
      begin(200, { 'content-type': 'text/html' });
      return void response.end('<!doctype html><title>Sign in</title>');
    }
    if (fault.status !== undefined || from >= file.bytes.length) {
      begin(fault.status ?? 416, {});
      return void response.end();
    }
    const total = file.bytes.length;
    const part = range !== null && !whole;
    begin(part ? 206 : 200, {
      etag,
      'content-type': 'application/octet-stream',
      ...(!silent && { 'content-length': total - from }),
      ...(part && !silent && { 'content-range': `bytes ${from}-${total - 1}/${total}` }),
    });
    if (head) return void response.end();
    const end = Math.min(total, from + (fault.cutAfter ?? fault.stallAfter ?? total));
    const step = limit.bytesPerSecond === undefined ? 256 * 1024 : Math.ceil(limit.bytesPerSecond / 50);
    const startedAt = performance.now();
    for (let at = from; at < end && !response.destroyed; at += step) {
      const piece = file.bytes.subarray(at, Math.min(at + step, end));
      const room = response.write(piece);
      entry.sent += piece.length;
      if (!room) await drained(response);
      if (limit.bytesPerSecond !== undefined) {
        const due = startedAt + ((at + step - from) / limit.bytesPerSecond) * 1000;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      }
    }
    if (fault.stallAfter !== undefined) return;
    if (fault.cutAfter !== undefined && fault.noLength !== true) {
      // Given a moment, so that what was written arrives before the end does.
      setTimeout(() => response.destroy(), 300);
      return;
    }
    response.end();
  }

  /**
   * The two questions that are asked of the hub, in the shape of its answers.
   *
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @param {URL} url
   */
  function answerHub(request, response, url) {
    const [, name = '', what = '', revision = ''] =
      /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)$/.exec(decodeURIComponent(url.pathname)) ??
      [];
    const repository = repositories.get(name);
    const { authorization } = request.headers;
    served.push({ path: url.pathname, from: 0, status: 0, sent: 0, authorization });
    const refuse = (/** @type {number} */ status, /** @type {string} */ code) =>
      response.writeHead(status, { 'x-error-code': code, 'content-type': 'application/json' }).end('{}');
    // As the hub does: without a token, what does not exist and what is private look the same.
    if (repository === undefined) return void refuse(401, 'RepoNotFound');
    if (repository.gated === true && authorization !== 'Bearer hf_test') return void refuse(401, 'GatedRepo');
    if (what === 'revision') {
      if (revision === 'nowhere') return void refuse(404, 'RevisionNotFound');
      const cardData = { license: repository.licence };
      return void response.end(JSON.stringify({ id: name, sha: repository.sha, cardData }));
    }
    const size = repository.pageSize ?? 1000;
    const start = Number(url.searchParams.get('cursor') ?? 0);
    const page = repository.files.slice(start, start + size);
    if (start + size < repository.files.length) {
      const next = `http://${request.headers.host}${url.pathname}?cursor=${start + size}`;
      response.setHeader('link', `<${next}>; rel="next"`);
    }
    response.end(JSON.stringify(page.map((file) => treeEntry(repository, name, file))));
  }

  /** @param {Repository} repository @param {string} name @param {Repository['files'][number]} file */
  function treeEntry(repository, name, file) {
    const held = files.get(`/${name}/resolve/${repository.sha}/${file.path}`);
    const bytes = file.bytes ?? held?.bytes.length ?? 0;
    const oid = held === undefined ? '0'.repeat(64) : createHash('sha256').update(held.bytes).digest('hex');
    return {
      type: 'file',
      path: file.path,
      size: bytes,
      oid: '0'.repeat(40),
      ...(file.lfs === true && { lfs: { oid, size: bytes, pointerSize: 135 } }),
    };
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    /** Without a slash at its end. A secure context, as every page on this machine is. */
    url: `http://localhost:${address.port}`,
    repositories,
    served,
    limit,
    /** @param {string} path @param {Buffer} bytes @param {Partial<ServedFile>} [more] */
    serve(path, bytes, more = {}) {
      files.set(path, { bytes, version: 1, faults: [], ...more });
    },
    /** Bytes that were sent of a file, all requests together. @param {string} path */
    sent: (path) => served.filter((one) => one.path === path).reduce((sum, one) => sum + one.sent, 0),
    forget: () => void served.splice(0),
    /** Ends every connection where it is. */
    cutAll: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

const CROSS_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, range',
  'access-control-expose-headers': 'etag, content-range, link, x-error-code, retry-after',
  'cross-origin-resource-policy': 'cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** @param {import('node:http').ServerResponse} response */
function drained(response) {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve(undefined);
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

/**
 * Bytes that a model check lets pass (ONNX) and that differ everywhere. @param {number} length @param {number} [seed]
 */
export function modelBytes(length, seed = 1) {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at + 4 <= length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  bytes[0] = 0x08;
  return bytes;
}

/** @param {Buffer} bytes */
export function sha256Of(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
