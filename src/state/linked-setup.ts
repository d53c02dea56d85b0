/** Opens the setup that the page's address carries, and takes it out of the address: a reload must not open it again. */

import type { Conversation } from '../domain/conversation';
import { carriesSetup, conversationFrom, readSetup } from './setup-link';

export type LinkedSetup =
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged' | 'newer' }
  | { readonly kind: 'conversation'; readonly conversation: Conversation };

export async function takeLinkedSetup(
  window: Window,
  frame: Parameters<typeof conversationFrom>[1],
): Promise<LinkedSetup> {
  const { location, history } = window;
  if (!carriesSetup(location.hash)) return { kind: 'none' };
  const outcome = await readSetup(location.hash);
  history.replaceState(history.state, '', `${location.pathname}${location.search}#/playground`);
  if (!outcome.ok) return { kind: outcome.problem };
  return { kind: 'conversation', conversation: conversationFrom(outcome.setup, frame) };
}
