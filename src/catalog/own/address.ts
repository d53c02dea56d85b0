/** What a person means who names a model: a repository of the hub, a folder on another server, or one file. Pure. */

export type OwnAddress =
  | { readonly kind: 'hub'; readonly repository: string; readonly revision: string; readonly file?: string }
  /** `url` ends with a slash. */
  | { readonly kind: 'url'; readonly url: string; readonly file?: string };

const HUB_HOSTS = ['huggingface.co', 'www.huggingface.co', 'hf.co'];
const LONGEST = 2000;
const NAME = /^[\w.-]{1,96}$/;

/** Undefined where it is neither. */
export function readAddress(text: string): OwnAddress | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > LONGEST) return undefined;
  if (/^[a-z][a-z+.-]*:/i.test(trimmed)) return readUrl(trimmed);
  const withoutScheme = HUB_HOSTS.find((host) => trimmed.toLowerCase().startsWith(`${host}/`));
  if (withoutScheme !== undefined) return readUrl(`https://${trimmed}`);
  return hubAddress(trimmed.split('/'));
}

function readUrl(text: string): OwnAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  // A password in an address would be remembered, and shown.
  if (url.username !== '' || url.password !== '') return undefined;
  if (HUB_HOSTS.includes(url.hostname)) return hubAddress(decoded(url.pathname).slice(1).split('/'));
  const path = url.pathname.replace(/\/(?:config|manifest)\.json$/, '/');
  const at = path.lastIndexOf('/') + 1;
  const last = decoded(path.slice(at));
  if (/\.gguf$/i.test(last)) return { kind: 'url', url: url.origin + path.slice(0, at), file: last };
  return { kind: 'url', url: url.origin + (path.endsWith('/') ? path : `${path}/`) };
}

/** `owner/name`, and behind it what the hub's own pages put there: `tree/main`, `blob/main/file.gguf`. */
function hubAddress(parts: readonly string[]): OwnAddress | undefined {
  const [owner = '', name = '', page, revision, ...path] = parts.filter((part) => part !== '');
  if (!isName(owner) || !isName(name)) return undefined;
  const repository = `${owner}/${name}`;
  if (page === undefined) return { kind: 'hub', repository, revision: 'main' };
  if (!['tree', 'blob', 'resolve', 'raw'].includes(page)) return undefined;
  const file = path.join('/');
  return {
    kind: 'hub',
    repository,
    revision: revision ?? 'main',
    ...(/\.gguf$/i.test(file) && { file }),
  };
}

function isName(part: string): boolean {
  return NAME.test(part) && part !== '.' && part !== '..';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray per cent sign: as it was written.
    return text;
  }
}
