// @ts-check
/** Fetching one file: as a stream, resumed where it was cut, and kept only if it is what the hub says it is. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { answered, MirrorError } from './repository.mjs';

/** @typedef {import('./repository.mjs').RepositoryFile} RepositoryFile */

/** A body that brings nothing for so long is given up, in ms. */
const STALL_MS = 30_000;
/** Tries in a row without a single byte. */
const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * @typedef {object} Transfer
 * @property {string} url
 * @property {RepositoryFile} file
 * @property {string} target where the file goes
 * @property {string} part where it grows until it is whole
 * @property {string} id the repository, for messages
 * @property {Record<string, string>} headers
 * @property {AbortSignal} signal
 * @property {(bytes: number) => void} onBytes told of every byte that is there, fetched or found
 * @property {number} [pauseMs] the first pause between two tries
 */

/**
 * Resolves with the file's SHA-256, hexadecimal.
 *
 * @param {Transfer} transfer
 */
export async function fetchFile(transfer) {
  const { file, target, part } = transfer;
  const there = await hashOf(target, file.size, file.size);
  if (there !== undefined && matches(file, there)) {
    transfer.onBytes(file.size);
    return there.sha256;
  }
  await mkdir(dirname(part), { recursive: true });
  for (let again = false; ; again = true) {
    const hashes = await fetchWhole(transfer);
    if (matches(file, hashes)) {
      await mkdir(dirname(target), { recursive: true });
      await rename(part, target);
      return hashes.sha256;
    }
    // What was found of an earlier run may be of another file; what was fetched now may not.
    await rm(part, { force: true });
    transfer.onBytes(-file.size);
    if (again)
      throw new MirrorError(`${file.path} is not the file that the hub announces: its hash is another`);
  }
}

/** @param {Transfer} transfer */
async function fetchWhole(transfer) {
  const { file, part, signal, onBytes, pauseMs = FIRST_PAUSE_MS } = transfer;
  const found = Math.min((await sizeOf(part)) ?? 0, file.size);
  let digest = await digestOf(file.size, part, found);
  onBytes(found);
  let at = found;
  for (let tries = 0; at < file.size;) {
    const before = at;
    try {
      for await (const { offset, bytes } of body(transfer, at)) {
        if (offset < at) {
          // The server sends the file from its beginning.
          onBytes(offset - at);
          digest = await digestOf(file.size, part, offset);
          at = offset;
        }
        digest.update(bytes);
        at += bytes.byteLength;
        onBytes(bytes.byteLength);
      }
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof MirrorError) throw error;
      tries = at > before ? 1 : tries + 1;
      if (tries >= MOST_TRIES) {
        throw new MirrorError(`${file.path}: ${reasonOf(error)}. Run the same command again to go on.`);
      }
      await pause(Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** tries) * (0.5 + Math.random() / 2), signal);
    }
  }
  if (file.size === 0) await (await open(part, 'w')).close();
  return digest.end();
}

/**
 * Writes what the server sends from `start` on, and tells of each piece once it is in the file.
 *
 * @param {Transfer} transfer
 * @param {number} start
 */
async function* body({ url, file, part, id, headers, signal }, start) {
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), STALL_MS);
  const handle = await open(part, start > 0 ? 'r+' : 'w');
  try {
    const response = await fetch(url, {
      headers: { ...headers, ...(start > 0 && { range: `bytes=${start}-` }), 'accept-encoding': 'identity' },
      signal: AbortSignal.any([signal, stall.signal]),
    });
    if (response.status >= 500 || response.status === 429 || response.status === 408) {
      throw new Error(`HTTP ${response.status}`);
    }
    if (response.status !== 416) await answered(response, id);
    const begin = response.status === 206 ? beginOf(response, file) : 0;
    if (response.status === 416 || begin === undefined || begin > start) {
      await handle.truncate(0);
      yield { offset: 0, bytes: new Uint8Array() };
      throw new Error('the server did not send the part that was asked for');
    }
    let at = begin;
    await handle.truncate(at);
    for await (const bytes of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), STALL_MS);
      if (at + bytes.byteLength > file.size)
        throw new MirrorError(`${file.path} is longer than the hub announces`);
      await handle.write(bytes, 0, bytes.byteLength, at);
      yield { offset: at, bytes };
      at += bytes.byteLength;
    }
    if (at < file.size) throw new Error(`cut off after ${at} of ${file.size} bytes`);
  } finally {
    clearTimeout(timer);
    await handle.close();
  }
}

/**
 * Where the part that the server sends begins; undefined where it is of another file.
 *
 * @param {Response} response
 * @param {RepositoryFile} file
 */
function beginOf(response, file) {
  const [, first, total] =
    /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  if (first === undefined || (total !== '*' && Number(total) !== file.size)) return undefined;
  return Number(first);
}

/**
 * Both hashes that a hub may state, over a file of `size` bytes of which the first `length` are in `path`.
 *
 * @param {number} size
 * @param {string} path
 * @param {number} length
 */
async function digestOf(size, path, length) {
  const sha256 = createHash('sha256');
  const blob = createHash('sha1').update(`blob ${size}\0`);
  if (length > 0) {
    for await (const bytes of createReadStream(path, { end: length - 1 })) {
      sha256.update(bytes);
      blob.update(bytes);
    }
  }
  return {
    /** @param {Uint8Array} bytes */
    update(bytes) {
      sha256.update(bytes);
      blob.update(bytes);
    },
    end: () => ({ sha256: sha256.digest('hex'), blob: blob.digest('hex') }),
  };
}

/**
 * @param {string} path
 * @param {number} size
 * @param {number} length
 */
async function hashOf(path, size, length) {
  if ((await sizeOf(path)) !== size) return undefined;
  return (await digestOf(size, path, length)).end();
}

/**
 * @param {RepositoryFile} file
 * @param {{ sha256: string, blob: string }} hashes
 */
function matches(file, hashes) {
  if (file.sha256 !== undefined) return file.sha256 === hashes.sha256;
  return file.blob === undefined || file.blob.length !== 40 || file.blob === hashes.blob;
}

/** @param {string} path */
async function sizeOf(path) {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isFile() === true ? facts.size : undefined;
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 */
async function pause(ms, signal) {
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve(undefined)), { once: true });
  });
  signal.throwIfAborted();
}
