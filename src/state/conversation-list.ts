/** The list of conversations as data: its order, and how others join it. */

import type { Conversation } from '../domain/conversation';

/** What a list of conversations shows of each. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
}

export function newestFirst<T extends { readonly updatedAt: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => b.updatedAt - a.updatedAt);
}

/** The list with these conversations in it, in place of what it had under their ids. */
export function withConversations(
  list: readonly ConversationSummary[],
  changed: readonly Conversation[],
): ConversationSummary[] {
  const ids = new Set(changed.map(({ id }) => id));
  const summaries = changed.map(({ id, title, updatedAt }) => ({ id, title, updatedAt }));
  return newestFirst([...summaries, ...list.filter(({ id }) => !ids.has(id))]);
}

/** The conversations with ids of their own: one whose id is taken, or twice among them, becomes a copy. */
export function withOwnIds(
  conversations: readonly Conversation[],
  taken: readonly string[],
  newId: () => string,
): Conversation[] {
  const ids = new Set(taken);
  return conversations.map((conversation) => {
    const own = ids.has(conversation.id) ? { ...conversation, id: newId() } : conversation;
    ids.add(own.id);
    return own;
  });
}
