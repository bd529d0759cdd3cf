import type { Packet } from './changes.ts'
import type { InboxCounts, ListName } from './conversations.ts'

/** The least a log entry has; operators' and contacts' entries both do. */
type Numbered = { id: string; seq: number; changedSeq: number }

/** One conversation as a client holds it. `entries` are in order of `seq`, complete from the first held to `n`. */
export type Held<E extends Numbered, H> = {
  readonly epoch: string
  readonly n: number
  readonly head: H
  readonly entries: readonly E[]
  /** Whether entries exist before the first one held. */
  readonly older: boolean
}

export type Applied<E extends Numbered, H> =
  | { kind: 'applied' | 'known'; held: Held<E, H> }
  /** Something between `held.n` and the packet is missing: ask for all that changed after `held.n`. */
  | { kind: 'gap'; held: Held<E, H> }
  /** Nothing held, or another life of the database: ask for a snapshot. */
  | { kind: 'stale' }

/**
 * The one reducer: what a client holds, and a packet, give what it holds next. Used by the Message Center, the messenger
 * and the tests alike.
 */
export function apply<E extends Numbered, H>(
  held: Held<E, H> | undefined,
  packet: Packet<E, H>,
): Applied<E, H> {
  if (packet.snapshot) {
    if (held && held.epoch === packet.epoch && held.n > packet.n) return { kind: 'known', held }
    const kept = held && held.epoch === packet.epoch ? olderThan(held, packet) : undefined
    return {
      kind: 'applied',
      held: {
        epoch: packet.epoch,
        n: packet.n,
        head: packet.head,
        entries: packet.entries,
        older: packet.older,
        ...kept,
      },
    }
  }
  if (!held || held.epoch !== packet.epoch) return { kind: 'stale' }
  if (packet.n <= held.n) return { kind: 'known', held }
  if (packet.prev > held.n) return { kind: 'gap', held }
  return {
    kind: 'applied',
    held: { ...held, n: packet.n, head: packet.head, entries: merge(held, packet.entries) },
  }
}

/** Puts a page of earlier entries before those held. */
export function prepend<E extends Numbered, H>(
  held: Held<E, H>,
  page: { entries: E[]; older: boolean },
): Held<E, H> {
  const first = held.entries[0]
  const earlier = first ? page.entries.filter((entry) => entry.seq < first.seq) : page.entries
  return { ...held, entries: [...earlier, ...held.entries], older: page.older }
}

/** A snapshot that meets what is held keeps nothing: pages loaded before may have changed meanwhile. */
function olderThan<E extends Numbered, H>(
  held: Held<E, H>,
  packet: Packet<E, H>,
): Partial<Held<E, H>> | undefined {
  return held.n === packet.n && held.entries.length >= packet.entries.length
    ? { entries: held.entries, older: held.older }
    : undefined
}

function merge<E extends Numbered, H>(held: Held<E, H>, changed: readonly E[]): readonly E[] {
  if (changed.length === 0) return held.entries
  const last = held.entries.at(-1)
  if (changed.every((entry) => !last || entry.seq > last.seq)) return [...held.entries, ...inOrder(changed)]
  const first = held.entries[0]
  const bySeq = new Map(held.entries.map((entry) => [entry.seq, entry]))
  for (const entry of changed) {
    // What lies before the first page held is read, changed as it then is, when that page is asked for.
    if (held.older && first && entry.seq < first.seq) continue
    const known = bySeq.get(entry.seq)
    if (!known || known.changedSeq <= entry.changedSeq) bySeq.set(entry.seq, entry)
  }
  return inOrder([...bySeq.values()])
}

function inOrder<E extends Numbered>(entries: readonly E[]): E[] {
  return [...entries].sort((a, b) => a.seq - b.seq)
}

/** What orders a list of conversations; see `head.rank`. */
type Placed = { id: string; n: number; rank: number; position: number }

/** Compares two rows of an inbox list: what needs attention most comes first. */
export function byAttention(a: Placed, b: Placed): number {
  return a.rank - b.rank || a.position - b.position || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The counts that are shown with a list, and go into its digest. */
export function countsShown(list: ListName, counts: InboxCounts): number[] {
  const { mine, mineSnoozed, mineUnread, mineLive, unassigned, group, mineWaiting, forMe } = counts
  const since = list === 'unassigned' ? counts.unassignedSince : list === 'group' ? counts.groupSince : null
  return [
    ...[mine, mineUnread, mineLive, unassigned, mineWaiting, forMe, since ? Date.parse(since) : 0],
    ...(list === 'group' ? [group] : []),
    ...(list === 'mine' || list === 'snoozed' ? [mineSnoozed] : []),
  ]
}

/** A short print of a list's first page and the counts shown with it; two sides that show the same agree on it. */
export function digest(rows: readonly { id: string; n: number }[], counts: readonly number[]): string {
  let hash = 0x811c9dc5
  const text = `${rows.map((row) => `${row.id}@${row.n}`).join()}|${counts.join()}`
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  return `${rows.length}:${(hash >>> 0).toString(36)}`
}
