/** The three places that a person's own model can be in, each as a folder of files that can be looked into. */

import type { OwnAddress } from '../catalog/own/address';
import { inWholes, isProjector, nameOf, wholeName } from '../catalog/own/discover';
import { refused, type OwnFolder } from '../catalog/own/propose';
import { OwnModelRefused } from '../catalog/own/refusal';
import { MAX_PARTS } from '../catalog/gguf-header';
import { onnxFiles } from '../catalog/onnx-files';
import type { ArtifactFile, Origin } from '../domain/artifact';
import { onnxPrecisions } from '../domain/engine';
import { FailureError, failureOf } from '../domain/failure';
import { checkFiles, folderUrl, remoteFile, type Places } from '../weights/addresses';
import { sha256, toHex } from '../weights/hashes';
import type { WeightsClient } from '../weights/weights-client';
import type { DroppedModel, LocalFile } from './own-dropped';

export interface FarServices {
  readonly client: Pick<WeightsClient, 'survey' | 'piece'>;
  readonly places: Places;
}

/**
 * A repository of the hub at the commit that its branch is now, or a folder of another server.
 *
 * @throws OwnModelRefused, FailureError, or the signal's reason
 */
export async function farFolder(
  address: OwnAddress,
  { client, places }: FarServices,
  signal: AbortSignal,
): Promise<OwnFolder> {
  const asked: Origin =
    address.kind === 'hub'
      ? { kind: 'hub', repository: address.repository, revision: address.revision }
      : { kind: 'url', url: address.url };
  const where = address.kind === 'hub' ? address.repository : new URL(address.url).host;
  const { origin, files, licence } = await client.survey(asked, places, signal).catch((thrown: unknown) => {
    signal.throwIfAborted();
    const failure = failureOf(thrown, 'network');
    if (address.kind === 'hub' && failure.code === 'file-missing')
      throw new OwnModelRefused({ kind: 'unknown-repository', repository: where }, failure);
    if (failure.code !== 'network') throw thrown;
    throw new OwnModelRefused({ kind: 'unreachable', host: new URL(folderUrl(asked, places)).host }, failure);
  });
  const baseUrl = folderUrl(origin, places);
  const piece = (path: string, from: number, to: number) =>
    client.piece(remoteFile(baseUrl, { path }).url, from, to, signal);
  const probing = address.kind === 'url' && files.length === 0;
  const listed = probing ? await probed(address.file, piece, signal) : files;
  const { file } = address;
  const wanted = file === undefined ? listed : withItsParts(file, listed);
  if (file !== undefined && wanted.length === 0)
    throw refused({ kind: 'file-missing', file, where }, `${file}: not in the listing`);
  const named = file === undefined ? '' : `/${file}`;
  return {
    id:
      address.kind === 'hub'
        ? `hub/${where}${named}`
        : `url/${baseUrl.replace(/^https?:\/\/|\/$/g, '')}${named}`,
    name: file === undefined ? lastPart(address.kind === 'hub' ? where : baseUrl) : wholeName(file),
    where,
    origin,
    baseUrl,
    licence,
    ...(address.kind === 'hub' && { page: `${places.hubUrl}/${where}` }),
    files: wanted,
    read: async (path, from, to) => (await piece(path, from, to)).bytes,
  };
}

/** A file that was named, what was cut off it, and what lies beside it to turn images into tokens. */
function withItsParts(file: string, listed: readonly ArtifactFile[]): readonly ArtifactFile[] {
  const named = listed.filter(({ path }) => path === file);
  if (named.length === 0) return [];
  const parts = inWholes(listed).find((whole) => whole.some(({ path }) => path === file)) ?? named;
  return isProjector(file) ? parts : [...parts, ...listed.filter(({ path }) => isProjector(path))];
}

/** The names of all parts of a GGUF, where that of one tells how many there are. */
function partsNamed(file: string): readonly string[] {
  const [end, count] = /-\d{5}-of-(\d{5})\.gguf$/i.exec(file) ?? [];
  if (end === undefined || count === undefined || Number(count) > MAX_PARTS) return [file];
  const before = file.slice(0, -end.length);
  return Array.from(
    { length: Number(count) },
    (_, index) => `${before}-${String(index + 1).padStart(5, '0')}-of-${count}.gguf`,
  );
}

type Piece = (path: string, from: number, to: number) => Promise<{ readonly totalBytes?: number }>;

/** What a folder without a list turns out to have of the files that a model may be made of. */
async function probed(
  file: string | undefined,
  piece: Piece,
  signal: AbortSignal,
): Promise<readonly ArtifactFile[]> {
  const probe = async (path: string): Promise<readonly ArtifactFile[]> => {
    try {
      const { totalBytes } = await piece(path, 0, 1);
      return [{ path, ...(totalBytes !== undefined && { bytes: totalBytes }) }];
    } catch (thrown) {
      signal.throwIfAborted();
      // A server that has no such file answers so, some of them with a page of their own.
      const { code } = failureOf(thrown);
      if (code === 'file-missing' || code === 'not-a-model-file') return [];
      throw thrown;
    }
  };
  if (file !== undefined) return (await Promise.all(partsNamed(file).map(probe))).flat();
  const shared = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
  const besides = ['generation_config.json', 'chat_template.jinja'];
  const graphs = onnxPrecisions.map((precision) => `onnx/${onnxFiles[precision].file}.onnx`);
  const found = (await Promise.all([...shared, ...besides, ...graphs].map(probe))).flat();
  const weights = found.map(({ path }) => path).filter((path) => path.endsWith('.onnx'));
  return [...found, ...(await Promise.all(weights.map((path) => besideGraph(`${path}_data`, probe)))).flat()];
}

/** `model.onnx_data`, `model.onnx_data_1`, and so on, up to the first that is not there. */
async function besideGraph(
  path: string,
  probe: (path: string) => Promise<readonly ArtifactFile[]>,
): Promise<readonly ArtifactFile[]> {
  const found = [...(await probe(path))];
  for (let part = 1; found.length === part; part += 1) found.push(...(await probe(`${path}_${part}`)));
  return found;
}

/** Bytes at a file's beginning, and at its end, that tell it from others. */
const TELLING_BYTES = 2 ** 20;

/**
 * What was dropped or picked here: files side by side, or one folder with all that is in it.
 *
 * @throws FailureError `repository-refused`, `not-a-model-file` where a file can no longer be read
 */
export async function localFolder(
  { files: dropped, projector }: Pick<DroppedModel, 'files' | 'projector'>,
  places: Places,
): Promise<OwnFolder> {
  const local = withoutCommonFolder(dropped).map(({ path, file }) => ({ path: safePath(path), file }));
  const files = local.map(({ path, file }) => ({ path, bytes: file.size }));
  checkFiles(files);
  const byPath = new Map(local.map(({ path, file }) => [path, file]));
  const read = async (path: string, from: number, to: number) => {
    const file = byPath.get(path);
    if (file === undefined) throw new FailureError('file-missing', path);
    try {
      return await file.slice(from, to).arrayBuffer();
    } catch (thrown) {
      throw new FailureError('not-a-model-file', `${path}: ${String(thrown)}`, { cause: thrown });
    }
  };
  const eye = local.find(({ file }) => file === projector?.file)?.path;
  const [largest] = files.filter(({ path }) => path !== eye).sort((one, other) => other.bytes - one.bytes);
  const folder = commonFolder(dropped);
  const name = folder ?? (largest === undefined ? '' : wholeName(largest.path));
  const { path = '', bytes = 0 } = largest ?? {};
  // A model that was trained further begins as it did before, and has other weights at its end.
  const ends = [
    await read(path, 0, TELLING_BYTES),
    await read(path, Math.max(0, bytes - TELLING_BYTES), bytes),
  ];
  // The same files dropped again are the same model.
  const told = toHex(await sha256(await new Blob([...ends, JSON.stringify(files)]).arrayBuffer()));
  const id = `${name.replace(/[^\w.-]+/g, '-').slice(0, 60)}-${told.slice(0, 12)}`;
  const origin: Origin = { kind: 'local', id };
  return {
    id: `local/${id}`,
    name: name.replace(/\.gguf$/i, ''),
    where: name,
    origin,
    baseUrl: folderUrl(origin, places),
    files,
    read,
    fileOf: (path) => byPath.get(path),
    projector: eye,
  };
}

/** The folder that all of them lie in; undefined where they lie side by side. */
function commonFolder(dropped: readonly LocalFile[]): string | undefined {
  const [first] = dropped;
  const at = first?.path.indexOf('/') ?? -1;
  const folder = at > 0 ? first?.path.slice(0, at) : undefined;
  return folder !== undefined && dropped.every(({ path }) => path.startsWith(`${folder}/`))
    ? folder
    : undefined;
}

function withoutCommonFolder(dropped: readonly LocalFile[]): readonly LocalFile[] {
  const folder = commonFolder(dropped);
  // `onnx/` alone is a part of a model and keeps its name.
  if (folder === undefined || folder === 'onnx') return dropped;
  return dropped.map(({ path, file }) => ({ path: path.slice(folder.length + 1), file }));
}

/** A name on this machine may have what no address has. */
function safePath(path: string): string {
  return path.replace(/[\\\p{C}?#%:]/gu, '_');
}

function lastPart(path: string): string {
  return nameOf(path.replace(/\/$/, ''));
}
