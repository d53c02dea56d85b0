// @ts-check
/** `npm run mirror`: copies a model's repository into a folder that any static server can serve. See `--help`. */
import { mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { fetchFile } from './mirror/download.mjs';
import { meter } from './mirror/meter.mjs';
import { MirrorError, parseRepository, readRepository } from './mirror/repository.mjs';
import { filesOfVariant } from './mirror/variant.mjs';

const HELP = `Usage: npm run mirror -- REPOSITORY --out DIR [options]

Copies a model from a hub into a folder. Serve the folder with any static server, and give its address
to OpenTab (Models, Add a model): a classroom or a network without internet access then needs no hub.

  REPOSITORY         OWNER/NAME, or the repository's address on the hub
  --out DIR          the folder; one folder for each repository
  --revision R       branch, tag or commit (main)
  --variant V        only the weights of one precision: fp16, q8, q4, q4f16, ... (ONNX), Q4_K_M, ... (GGUF);
                     without it, every file of the repository
  --hub URL          another hub with the same API (https://huggingface.co)
  --list             say what would be copied, and copy nothing
  --help             this text

HF_TOKEN in the environment opens gated and private repositories. It is sent to the hub and nowhere else.

Every file is checked against the hash that the hub states for it. Interrupt it as you like: the same command
goes on where it was. manifest.json in the folder names the commit and the SHA-256 of each file.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or not permitted, 130 interrupted`;

const PARALLEL = 3;
const FORMAT = 'opentab-mirror/1';
const MANIFEST = 'manifest.json';

/**
 * @param {string[]} args
 * @param {{ signal: AbortSignal, say?: (line: string) => void, progress?: NodeJS.WriteStream, token?: string | undefined, pauseMs?: number }} context
 * @returns {Promise<number>} the exit code
 */
export async function mirror(args, { signal, say = console.log, progress, token, pauseMs }) {
  try {
    const { values, positionals } = readArguments(args);
    if (values.help === true) {
      say(HELP);
      return 0;
    }
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0)
      throw new MirrorError('give one repository; --help tells how', 2);
    if (values.out === undefined && values.list !== true) throw new MirrorError('--out DIR is missing', 2);
    const repository = parseRepository(name, { hub: values.hub, revision: values.revision });
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const { commit, files } = await readRepository(repository, (url) => reach(url, headers, signal));
    const chosen = filesOfVariant(files, values.variant);
    const total = chosen.reduce((sum, { size }) => sum + size, 0);
    say(`${repository.id} at ${commit.slice(0, 12)}: ${chosen.length} files, ${megabytes(total)}`);
    if (values.list === true || values.out === undefined) {
      for (const { path, size } of chosen) say(`  ${megabytes(size).padStart(10)}  ${path}`);
      return 0;
    }
    const out = resolve(values.out);
    await mkdir(out, { recursive: true });
    const earlier = await earlierFiles(out, repository.id, commit);
    await checkSpace(out, chosen);
    const parts = join(out, '.mirror-part');
    const seen = meter(total, progress);
    /** @type {{ path: string, bytes: number, sha256: string }[]} */
    const done = [];
    const stop = new AbortController();
    const waiting = [...chosen].sort((one, other) => one.size - other.size).values();
    const work = async () => {
      for (const file of waiting) {
        const path = file.path.split('/').map(encodeURIComponent).join('/');
        const sha256 = await fetchFile({
          url: `${repository.hub}/${repository.id}/resolve/${commit}/${path}`,
          file,
          target: join(out, file.path),
          part: join(parts, file.path),
          id: repository.id,
          headers,
          signal: AbortSignal.any([signal, stop.signal]),
          onBytes: seen.add,
          ...(pauseMs !== undefined && { pauseMs }),
        });
        done.push({ path: file.path, bytes: file.size, sha256 });
      }
    };
    const results = await Promise.allSettled(
      Array.from({ length: PARALLEL }, () =>
        work().catch((error) => {
          stop.abort(error);
          throw error;
        }),
      ),
    );
    seen.end();
    signal.throwIfAborted();
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw stop.signal.reason;
    await writeManifest(out, {
      format: FORMAT,
      repository: repository.id,
      revision: repository.revision,
      commit,
      hub: repository.hub,
      files: [...done, ...earlier.filter(({ path }) => done.every((file) => file.path !== path))].sort(
        (one, other) => (one.path < other.path ? -1 : 1),
      ),
    });
    await rm(parts, { recursive: true, force: true });
    say(`Complete and verified. Serve ${out} with any static server that allows the app's origin (CORS).`);
    return 0;
  } catch (error) {
    if (signal.aborted) {
      say('Interrupted. The same command goes on where it was.');
      return 130;
    }
    say(`mirror: ${messageOf(error)}`);
    return error instanceof MirrorError ? error.exitCode : 1;
  }
}

/** @param {string[]} args */
function readArguments(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        revision: { type: 'string' },
        variant: { type: 'string' },
        hub: { type: 'string', default: 'https://huggingface.co' },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new MirrorError(`${messageOf(error)}; --help lists the options`, 2);
  }
}

/**
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {AbortSignal} signal
 */
async function reach(url, headers, signal) {
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new MirrorError(`${new URL(url).host} could not be reached: ${messageOf(error)}`);
  }
}

/**
 * What the folder holds of the same commit already, another variant for example.
 *
 * @param {string} out
 * @param {string} id
 * @param {string} commit
 * @returns {Promise<{ path: string, bytes: number, sha256: string }[]>}
 */
async function earlierFiles(out, id, commit) {
  const text = await readFile(join(out, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const manifest = JSON.parse(text);
  if (manifest.repository !== id) {
    throw new MirrorError(`${out} holds a mirror of ${manifest.repository}: choose another folder`, 2);
  }
  return manifest.format === FORMAT && manifest.commit === commit ? manifest.files : [];
}

/**
 * @param {string} out
 * @param {readonly import('./mirror/repository.mjs').RepositoryFile[]} files
 */
async function checkSpace(out, files) {
  const { bavail, bsize } = await statfs(out);
  const largest = Math.max(...files.map(({ size }) => size));
  if (bavail * bsize < largest) {
    throw new MirrorError(
      `${out} has ${megabytes(bavail * bsize)} free; the largest file alone takes ${megabytes(largest)}`,
    );
  }
}

/**
 * @param {string} out
 * @param {unknown} manifest
 */
async function writeManifest(out, manifest) {
  const file = join(out, MANIFEST);
  await writeFile(`${file}.new`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {unknown} error */
function messageOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  process.exitCode = await mirror(process.argv.slice(2), {
    signal: interrupted.signal,
    progress: process.stderr,
    token: process.env['HF_TOKEN'],
  });
}
