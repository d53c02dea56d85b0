import { makeVisible } from './visible-text';

/** Somewhere a person may go after being asked. */
export interface LinkAddress {
  readonly kind: 'web' | 'mail';
  readonly href: string;
  /** Where it leads: the host (in ASCII, so that look-alike letters show), or the mail address. */
  readonly destination: string;
}

/** Undefined for everything that is not an absolute http, https or mailto address. */
export function linkAddress(url: string): LinkAddress | undefined {
  const parsed = URL.parse(url);
  if (parsed === null) return undefined;
  switch (parsed.protocol) {
    case 'http:':
    case 'https:':
      return { kind: 'web', href: parsed.href, destination: makeVisible(parsed.host) };
    case 'mailto:':
      return { kind: 'mail', href: parsed.href, destination: makeVisible(parsed.pathname) };
    default:
      return undefined;
  }
}
