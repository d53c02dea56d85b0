/** What the app states of its own files: with size and hash a stored one needs no request to be known for what it is. */

import type { Artifact } from '../domain/artifact';
import { pocketBytes } from './pocket-bytes';
import { pocketHashes } from './pocket-hashes';

const bytes: Readonly<Record<string, number>> = pocketBytes;
const hashes: Readonly<Record<string, string>> = pocketHashes;

/** The artifact with size and hash of each file that the app serves itself; any other artifact as it is. */
export function stated(artifact: Artifact): Artifact {
  if (artifact.origin.kind !== 'app') return artifact;
  const files = artifact.files.map((file) => {
    const [size, sha256] = [bytes[file.path], hashes[file.path]];
    return size === undefined || sha256 === undefined ? file : { ...file, bytes: size, sha256 };
  });
  return { ...artifact, files };
}
