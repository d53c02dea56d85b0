/**
 * The headers that every answer of the app's own server carries, and those that the service worker adds where a
 * host cannot send any.
 *
 * The policy must come in a header: one in a `<meta>` does not cover workers that are loaded from a URL.
 * Cross-origin isolation gives WASM threads and a 5 µs clock (100 µs without).
 */

/** What another origin is allowed for. A worker that serves one purpose cannot reach the origins of another. */
export type OriginPurpose = 'provider' | 'hub' | 'mirror';

/** An origin that the person allowed, as a source expression of a policy: `https://api.example.com`. */
export interface AllowedOrigin {
  readonly origin: string;
  readonly purpose: OriginPurpose;
}

/** The only scripts that may reach beyond this origin, by the name that source and build give them. */
const REACHING: readonly { readonly script: RegExp; readonly purposes: readonly OriginPurpose[] }[] = [
  { script: /\/provider[.-]worker[^/]*\.[jt]s$/, purposes: ['provider'] },
  { script: /\/weights[.-]worker[^/]*\.[jt]s$/, purposes: ['hub', 'mirror'] },
];

/** A server knows no list: a program on this machine, and whatever is encrypted. The service worker knows the list. */
const UNLISTED = ['https:', 'http://localhost:*', 'http://127.0.0.1:*'];

/** The hub answers for large files with a redirect to its storage, and a policy looks at every step of one. */
const STORAGE_OF: Readonly<Record<string, readonly string[]>> = {
  'https://huggingface.co': ['https://*.huggingface.co', 'https://*.hf.co'],
};

const ORIGIN = /^https?:\/\/(?:\*\.)?(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/** True for what may stand in a policy: scheme, host and port, nothing that could end the directive. */
export function isOrigin(text: string): boolean {
  return ORIGIN.test(text);
}

export interface HeaderOptions {
  /** Vite's development server injects inline styles and talks over a web socket; the build does neither. */
  readonly development?: boolean;
  /** The origins that the person allowed; left out where they cannot be known, which is on a server. */
  readonly allowed?: readonly AllowedOrigin[];
}

/** The headers for the file at `path` (any address will do; only its end is looked at). */
export function headersFor(path: string, options: HeaderOptions = {}): Record<string, string> {
  const development = options.development === true;
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    ["connect-src 'self'", ...(development ? ['ws:'] : []), ...reachOf(path, options.allowed)].join(' '),
    "img-src 'self' data: blob:",
    development ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return {
    'Content-Security-Policy': policy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** True for a script whose policy depends on what the person allowed. */
export function reachesOut(path: string): boolean {
  return purposesOf(path) !== undefined;
}

function purposesOf(path: string): readonly OriginPurpose[] | undefined {
  const [bare = ''] = path.split(/[?#]/);
  return REACHING.find(({ script }) => script.test(bare))?.purposes;
}

function reachOf(path: string, allowed: readonly AllowedOrigin[] | undefined): readonly string[] {
  const purposes = purposesOf(path);
  if (purposes === undefined) return [];
  if (allowed === undefined) return UNLISTED;
  const origins = allowed
    .filter(({ origin, purpose }) => purposes.includes(purpose) && isOrigin(origin))
    .flatMap(({ origin }) => [origin, ...(STORAGE_OF[origin] ?? [])]);
  return [...new Set(origins)];
}
