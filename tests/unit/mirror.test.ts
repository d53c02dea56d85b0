/** `npm run mirror` against a stand-in for the hub: whole, resumed, refused. */

import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mirror } from '../../tools/mirror.mjs';
import { HUB_COMMIT, HUB_TOKEN, HubServer, type HubFile } from '../support/hub-server.mjs';

const config = { path: 'config.json', body: Buffer.from('{"model_type":"llama"}') };
const big = { path: 'onnx/model_q4.onnx', body: randomBytes(3_000_000), lfs: true };
const files: readonly HubFile[] = [
  config,
  { path: 'tokenizer.json', body: Buffer.from('{}') },
  { path: 'empty.txt', body: Buffer.alloc(0) },
  { path: 'onnx/model.onnx', body: randomBytes(1000), lfs: true },
  { path: 'onnx/model_quantized.onnx', body: randomBytes(1001), lfs: true },
  big,
  { path: 'model.safetensors', body: randomBytes(1002), lfs: true },
];

let hub: HubServer;
let out: string;
let said: string[];

beforeEach(async () => {
  hub = new HubServer();
  await hub.start();
  hub.add({ id: 'open/tiny', files, revisions: ['v1'] });
  out = await mkdtemp(join(tmpdir(), 'opentab-mirror-'));
  said = [];
});
afterEach(async () => {
  await hub.stop();
  await rm(out, { recursive: true });
});

function run(
  args: readonly string[],
  options: { token?: string; signal?: AbortSignal } = {},
): Promise<number> {
  return mirror([...args, '--out', out, '--hub', hub.origin], {
    signal: options.signal ?? new AbortController().signal,
    say: (line) => said.push(line),
    token: options.token,
    pauseMs: 1,
  });
}

interface Manifest {
  readonly commit: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

async function manifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest;
}

/** Byte by byte, `toEqual` would take seconds. */
async function expectFile(path: string, body: Buffer): Promise<void> {
  expect(body.equals(await readFile(join(out, path)))).toBe(true);
}

function fileRequests(path: string) {
  return hub.requests.filter((request) => request.path.endsWith(`/${path}`));
}

test('copies every file, and names the commit and each hash', async () => {
  expect(await run(['open/tiny', '--revision', 'v1'])).toBe(0);
  for (const { path, body } of files) await expectFile(path, body);
  const { commit, files: listed } = await manifest();
  expect(commit).toBe(HUB_COMMIT);
  expect(listed.map(({ path }) => path)).toEqual(files.map(({ path }) => path).sort());
  for (const { path, bytes, sha256 } of listed) {
    const body = await readFile(join(out, path));
    expect(bytes).toBe(body.byteLength);
    expect(sha256).toBe(createHash('sha256').update(body).digest('hex'));
  }
  expect((await readdir(out)).sort()).not.toContain('.mirror-part');
  // From the pinned commit, whatever the branch says by then.
  expect(hub.requests.filter(({ path }) => path.includes('/resolve/')).map(({ path }) => path)).toEqual(
    expect.arrayContaining([`/open/tiny/resolve/${HUB_COMMIT}/config.json`]),
  );
});

test('a variant is its own weights and all that is no weights; another one joins it', async () => {
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(0);
  const paths = async () => (await manifest()).files.map(({ path }) => path);
  expect(await paths()).toEqual(['config.json', 'empty.txt', 'onnx/model_q4.onnx', 'tokenizer.json']);
  expect(await run(['open/tiny', '--variant', 'q8'])).toBe(0);
  expect(await paths()).toEqual([
    ...['config.json', 'empty.txt', 'onnx/model_q4.onnx', 'onnx/model_quantized.onnx', 'tokenizer.json'],
  ]);
  expect(fileRequests('config.json')).toHaveLength(1);
  expect(await run(['open/tiny', '--variant', 'q3'])).toBe(3);
  expect(said.at(-1)).toContain('it has: fp32, q4, q8, safetensors');
});

test('GGUF quantisations are told apart, parts of one belong together', async () => {
  const names = ['tiny-Q4_K_M.gguf', 'tiny-Q8_0-00001-of-00002.gguf', 'tiny-Q8_0-00002-of-00002.gguf'];
  hub.add({ id: 'open/gguf', files: names.map((path) => ({ path, body: Buffer.from(path), lfs: true })) });
  expect(await run(['open/gguf', '--variant', 'q8_0'])).toBe(0);
  expect((await manifest()).files.map(({ path }) => path)).toEqual(names.slice(1));
});

test('a connection that is cut again and again costs what was not yet there, and nothing else', async () => {
  hub.fault = (path, attempt) => (path === big.path && attempt <= 4 ? { cutAfter: 500_000 } : undefined);
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(0);
  await expectFile(big.path, big.body);
  const starts = fileRequests(big.path).map(({ range }) => Number(/\d+/.exec(range ?? '0')?.[0]));
  expect(starts).toHaveLength(5);
  expect(starts).toEqual([...starts].sort((one, other) => one - other));
  expect(starts.at(-1)).toBeGreaterThan(0);
});

test('a run that was interrupted is taken up by the next', async () => {
  const stop = new AbortController();
  hub.fault = (path) => (path === big.path ? { cutAfter: 1_000_000 } : undefined);
  const interrupted = run(['open/tiny', '--variant', 'q4'], { signal: stop.signal });
  while (fileRequests(big.path).length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  stop.abort();
  expect(await interrupted).toBe(130);
  await expect(readFile(join(out, 'manifest.json'))).rejects.toThrow();
  hub.fault = () => undefined;
  const before = fileRequests(big.path).length;
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(0);
  await expectFile(big.path, big.body);
  const [last, ...more] = fileRequests(big.path).slice(before);
  expect(more).toEqual([]);
  expect(Number(/\d+/.exec(last?.range ?? '0')?.[0])).toBeGreaterThan(0);
});

test('a server that ignores ranges costs a new beginning, and the file is right', async () => {
  hub.fault = (path, attempt) => {
    if (path !== big.path) return undefined;
    return attempt === 1 ? { cutAfter: 1_000_000 } : { ignoreRange: true };
  };
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(0);
  await expectFile(big.path, big.body);
});

test('what an earlier run left of another file is thrown away', async () => {
  await mkdir(join(out, '.mirror-part', 'onnx'), { recursive: true });
  await writeFile(join(out, '.mirror-part', big.path), randomBytes(100_000));
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(0);
  await expectFile(big.path, big.body);
});

test.each([
  ['a large file', big],
  ['a small file, by the hash that git gave it', config],
])(
  '%s that is not what the hub announces is refused, and nothing is called complete',
  async (_, { path, body }) => {
    const forged = Buffer.from(body);
    forged.writeUInt8(forged.readUInt8(10) ^ 1, 10);
    hub.fault = (asked) => (asked === path ? { body: forged } : undefined);
    expect(await run(['open/tiny', '--variant', 'q4'])).toBe(1);
    expect(said.at(-1)).toContain(`${path} is not the file that the hub announces`);
    await expect(readFile(join(out, path))).rejects.toThrow();
    await expect(readFile(join(out, 'manifest.json'))).rejects.toThrow();
  },
);

test('a body that is longer than announced is refused', async () => {
  hub.fault = (path) =>
    path === big.path ? { body: Buffer.concat([big.body, Buffer.from('more')]) } : undefined;
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(1);
  expect(said.at(-1)).toContain('longer than the hub announces');
});

test('a file that was damaged since is fetched again', async () => {
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(0);
  await writeFile(join(out, big.path), randomBytes(big.body.byteLength));
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(0);
  await expectFile(big.path, big.body);
});

test.each([
  '../outside.txt',
  'a/../../outside.txt',
  '/etc/outside',
  'a//b',
  'a\\..\\b',
  'C:/outside',
  'a/./b',
  'nul\u0000l',
  '.mirror-part/x',
  'manifest.json',
  'dots../x',
])('a repository with a file %j is refused before anything is written', async (path) => {
  hub.add({ id: 'hostile/repository', files: [config, { path, body: Buffer.from('x') }] });
  expect(await run(['hostile/repository'])).toBe(1);
  expect(await readdir(out)).toEqual([]);
});

test('a list of many pages is read to its end', async () => {
  hub.pageSize = 2;
  expect(await run(['open/tiny'])).toBe(0);
  expect((await manifest()).files).toHaveLength(files.length);
});

test('missing, gated and unknown are told apart, each with what to do', async () => {
  hub.add({ id: 'closed/gated', files, gated: true });
  expect(await run(['closed/gated'])).toBe(3);
  expect(said.at(-1)).toMatch(/gated.*HF_TOKEN/);
  expect(await run(['closed/gated'], { token: HUB_TOKEN })).toBe(0);
  expect(await run(['open/missing'])).toBe(3);
  expect(said.at(-1)).toContain('does not exist');
  expect(await run(['open/tiny', '--revision', 'nowhere'])).toBe(3);
  expect(said.at(-1)).toContain('no such revision');
});

test('a folder of another repository is left alone', async () => {
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(0);
  hub.add({ id: 'open/other', files });
  expect(await run(['open/other'])).toBe(2);
  expect(said.at(-1)).toContain('holds a mirror of open/tiny');
});

test('an address of the hub names repository and revision', async () => {
  expect(await run([`${hub.origin}/open/tiny/tree/v1`, '--variant', 'q4'])).toBe(0);
});

test.each([
  [[], 'give one repository'],
  [['only-a-name'], 'is no repository'],
  [['../..'], 'is no repository'],
  [['open/tiny', '--colour', 'red'], '--help lists the options'],
])('%j is wrong usage, and it is said what is wrong', async (args, words) => {
  expect(await run(args)).toBe(2);
  expect(said.at(-1)).toContain(words);
});

test('a server that stays broken is given up, with a word about going on', async () => {
  hub.fault = (path) => (path === big.path ? { status: 503 } : undefined);
  expect(await run(['open/tiny', '--variant', 'q4'])).toBe(1);
  expect(said.at(-1)).toMatch(/HTTP 503.*Run the same command again/);
});

test('the token goes to the hub and into no message', async () => {
  expect(await run(['open/tiny', '--variant', 'q4'], { token: HUB_TOKEN })).toBe(0);
  expect(hub.requests.every(({ authorization }) => authorization === `Bearer ${HUB_TOKEN}`)).toBe(true);
  expect(said.join('\n') + (await readFile(join(out, 'manifest.json'), 'utf8'))).not.toContain(HUB_TOKEN);
});
