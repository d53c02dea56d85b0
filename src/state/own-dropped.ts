/** Which models the files are that a person dropped at once: one with all that belongs to it, or several to choose from. */

import {
  discover,
  inWholes,
  isCompanion,
  isGguf,
  isProjector,
  nameOf,
  wholeName,
  type Parts,
} from '../catalog/own/discover';
import type { Inspector } from '../catalog/own/inspector';
import { PROJECTOR_ARCHITECTURE } from '../catalog/own/propose';

/** A file that the person dropped or picked, by its path inside what was dropped. */
export interface LocalFile {
  readonly path: string;
  readonly file: File;
}

export interface DroppedModel {
  readonly name: string;
  readonly bytes: number;
  readonly files: readonly LocalFile[];
  /** The one of them that is known to turn images into tokens. */
  readonly projector?: LocalFile;
}

type Asked = Pick<Inspector, 'header'>;

/**
 * One model where there is one GGUF (whole, or all that is there of its parts) or a folder of ONNX files, with a
 * projector that lies beside it. Of several GGUFs each is a model of its own: what they are called does not say
 * whether they are the same at other precisions. To which of them a projector belongs nobody knows then.
 *
 * @throws the signal's reason
 */
export async function droppedModels(
  files: readonly LocalFile[],
  inspector: Asked,
  signal: AbortSignal,
): Promise<readonly DroppedModel[]> {
  const { wholes, eyes } = await sorted(
    inWholes(files.filter(({ path }) => isGguf(path) && !isCompanion(path))),
    inspector,
    signal,
  );
  const others = files.filter(({ path }) => !isGguf(path));
  const [first] = wholes;
  if (wholes.length <= 1) {
    const [eye] = first === undefined ? [] : eyes;
    // Without a model a projector stays among the files, so that it can be said what it is.
    const kept = eye === undefined ? files : files.filter((file) => file === eye || !eyes.includes(file));
    const [some] = first ?? files;
    return some === undefined ? [] : [model(nameOf(some.path), kept, eye)];
  }
  const ggufs = wholes.map((whole) => {
    const alone = whole.map(({ path, file }) => ({ path: nameOf(path), file }));
    return model(wholeName(whole[0].path), alone);
  });
  const onnx = discover(others.map(({ path }) => ({ path: withoutFolder(path) }))).onnx.length > 0;
  const [one] = others;
  return onnx && one !== undefined ? [model(one.path.split('/')[0] ?? '', others), ...ggufs] : ggufs;
}

/** GGUFs that write text, and those that turn images into tokens: by name, else by what they say of themselves. */
async function sorted(
  all: readonly Parts<LocalFile>[],
  inspector: Asked,
  signal: AbortSignal,
): Promise<{ readonly wholes: readonly Parts<LocalFile>[]; readonly eyes: readonly LocalFile[] }> {
  const wholes: Parts<LocalFile>[] = [];
  const eyes: LocalFile[] = [];
  const unsure = all.filter(([{ path }]) => !isProjector(path)).length > 1;
  for (const whole of all) {
    const [file] = whole;
    const isEye =
      isProjector(file.path) || (unsure && whole.length === 1 && (await isClip(file, inspector, signal)));
    if (isEye) eyes.push(file);
    else wholes.push(whole);
  }
  return { wholes, eyes };
}

async function isClip({ file }: LocalFile, inspector: Asked, signal: AbortSignal): Promise<boolean> {
  try {
    const read = (from: number, to: number) => file.slice(from, to).arrayBuffer();
    const { architecture } = await inspector.header(file.size, read, signal);
    return architecture === PROJECTOR_ARCHITECTURE;
  } catch {
    signal.throwIfAborted();
    // What it is instead is said when it is chosen.
    return false;
  }
}

function model(name: string, files: readonly LocalFile[], projector?: LocalFile): DroppedModel {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  return { name, bytes, files, ...(projector !== undefined && { projector }) };
}

/** `pocket/onnx/model.onnx` is `onnx/model.onnx` in the folder that was dropped; `onnx/` alone keeps its name. */
function withoutFolder(path: string): string {
  return path.replace(/^(?!onnx\/)[^/]*\//, '');
}
