import { newId } from '@foyer/client/ids.ts'
import { createOutbox, type OutboxFiles, type OutboxItem } from '@foyer/client/outbox.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { makeContactToken, readContactToken } from './contact-token.ts'
import type { Pending } from './lines.ts'
import type { Keeper } from './storage.ts'

/** What an item says when the server could not be reached, or could not itself reach its database. */
const unreached = new Set(['network', 'server.unavailable', 'server.stopping'])

/** What the contact sends: a text, files, or both. */
export type Said = { text: string; files: readonly FileShown[] }

/** What the contact wrote and the log does not show yet. */
export function createPost(options: {
  keeper: Keeper
  widgetKey: string
  locale: () => Locale
  send: (item: OutboxItem, signal: AbortSignal) => Promise<void>
  files: OutboxFiles
  unreached: () => void
}) {
  const { keeper, widgetKey } = options
  /** Acknowledged, and perhaps not in a packet yet. */
  const acknowledged = new Map<string, OutboxItem>()
  const outbox = createOutbox({
    storage: keeper.storage,
    storageKey: `foyer:${widgetKey}:outbox`,
    files: options.files,
    unreached: options.unreached,
    async send(item, signal) {
      await options.send(item, signal)
      acknowledged.set(item.id, item)
    },
  })

  return {
    items: outbox.items,
    subscribe: outbox.subscribe,
    wake: outbox.wake,
    retry: outbox.retry,
    discard: outbox.discard,
    leaveOut: outbox.leaveOut,
    isUnreached: () =>
      outbox.items().some((item) => item.state !== 'failed' && unreached.has(item.error ?? '')),
    /** What is still to be shown of a conversation beside the entries its log holds. */
    pending(conversationId: string, entries: readonly { id: string }[]): Pending[] {
      for (const entry of entries) acknowledged.delete(entry.id)
      const ofThis = (item: OutboxItem) => item.conversationId === conversationId
      return [
        ...[...acknowledged.values()].filter(ofThis).map((item) => ({ ...item, state: 'sent' as const })),
        ...outbox.items().filter((item) => ofThis(item) && !acknowledged.has(item.id)),
      ]
    },
    /** Begins a conversation; returns its id at once, whether or not there is a line. */
    start({ text, files }: Said, { group, agreed }: { group: string | null; agreed: boolean }): string {
      if (!readContactToken(keeper)) makeContactToken(keeper)
      const conversationId = newId()
      outbox.add({
        conversationId,
        text,
        files,
        start: {
          widgetKey,
          locale: options.locale(),
          ...(group ? { groupId: group } : {}),
          ...(agreed ? { agreed } : {}),
        },
      })
      return conversationId
    },
    write: (conversationId: string, said: Said) => void outbox.add({ conversationId, ...said }),
  }
}
