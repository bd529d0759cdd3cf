import type { PublicHead } from '@foyer/contract/messenger.ts'

/** The heads of the contact's conversations. The newest number wins, whichever way it came. */
export type Heads = {
  all(): readonly PublicHead[]
  get(id: string): PublicHead | undefined
  take(head: PublicHead): void
  /** Notes at once what this person has read, before the server has said so. */
  read(id: string, upTo: number): void
  unread(): number
  clear(): void
}

export function createHeads(): Heads {
  const heads = new Map<string, PublicHead>()
  let sorted: readonly PublicHead[] | null = null
  return {
    all() {
      sorted ??= [...heads.values()].sort((a, b) =>
        a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : a.id < b.id ? -1 : 1,
      )
      return sorted
    },
    get: (id) => heads.get(id),
    take(head) {
      const known = heads.get(head.id)
      if (known && known.n > head.n) return
      heads.set(head.id, head)
      sorted = null
    },
    read(id, upTo) {
      const known = heads.get(id)
      if (!known || known.readByContact >= upTo) return
      heads.set(id, { ...known, unread: 0, readByContact: upTo })
      sorted = null
    },
    unread: () => [...heads.values()].reduce((sum, head) => sum + head.unread, 0),
    clear() {
      heads.clear()
      sorted = null
    },
  }
}
