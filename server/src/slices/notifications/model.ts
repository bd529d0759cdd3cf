import type { EntryRow } from '../conversations/shapes.ts'

/**
 * The operators whom entries just written concern, each once: who is named in a note, to whom a colleague gave the
 * conversation, and from whom one took it. The database tells the same ones (`notify_concerned` and `notify_taken` in the
 * migrations).
 */
export function concernedBy(entries: readonly EntryRow[]): string[] {
  const ids = entries.flatMap(({ kind, actor_kind, actor_id, body }) => {
    const named =
      kind === 'note'
        ? (body?.mentions ?? []).map(({ operatorId }) => operatorId)
        : actor_kind === 'operator'
          ? [
              ...(body?.event === 'assigned' && body.operatorId ? [body.operatorId] : []),
              body?.fromId ?? [],
            ].flat()
          : []
    return named.filter((id) => id !== actor_id)
  })
  return [...new Set(ids)]
}
