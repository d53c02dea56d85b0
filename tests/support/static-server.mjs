// @ts-check
/**
 * A static file server as plain as they come: the files of one folder, and not one header beyond their type and length.
 * It stands for a host that cannot send any, and can be stopped, started again and counted.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export class StaticServer {
  /** Paths that were asked for, oldest first. */
  requests = /** @type {string[]} */ ([]);
  /** The folder that is served; it may be changed while the server runs, as a new release does. */
  folder;
  /** Requests whose path matches are not answered before it is undefined again. */
  hold = /** @type {RegExp | undefined} */ (undefined);
  /** Paths that match are said not to exist. */
  hide = /** @type {RegExp | undefined} */ (undefined);
  /** True where the server is to keep to itself how long its files are. */
  sizeless = false;
  #server = createServer((request, response) => void this.#answer(request, response));
  #port = 0;

  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** `http://localhost:PORT`, the same after every start. */
  get origin() {
    return `http://localhost:${this.#port}`;
  }

  async start() {
    await new Promise((resolve) => this.#server.listen(this.#port, 'localhost', () => resolve(undefined)));
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
  async #answer(request, response) {
    const path = decodeURIComponent(new URL(request.url ?? '/', this.origin).pathname);
    this.requests.push(path);
    while (this.hold?.test(path)) await new Promise((resolve) => setTimeout(resolve, 20));
    const file = join(this.folder, normalize(path.endsWith('/') ? `${path}index.html` : path));
    const hidden = this.hide?.test(path) === true;
    const facts =
      !hidden && file.startsWith(this.folder + sep) ? await stat(file).catch(() => undefined) : undefined;
    if (facts?.isFile() !== true) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))] ?? 'application/octet-stream';
    const size = this.sizeless ? {} : { 'content-length': facts.size };
    response.writeHead(200, { 'content-type': type, ...size });
    createReadStream(file).pipe(response);
  }
}
