import type { OutboxItem } from '@foyer/client/outbox.ts'
import type { Head } from '@foyer/contract/conversations.ts'
import type { FileShown } from '@foyer/contract/entries/file.ts'
import { message } from '@foyer/contract/entries/message.ts'
import type { Entry } from '@foyer/contract/entries.ts'
import { writtenBeside } from '@foyer/contract/file-facts.ts'
import type { RichText } from '@foyer/contract/rich-text/tree.ts'
import type { ComponentType } from 'react'
import { dayKey } from '../../time.ts'
import type { BlockProps } from './kinds/block-props.ts'
import { blockOf } from './kinds/blocks.ts'

/** How far a message of ours has come. */
export type Progress = 'held' | 'sending' | 'waiting' | 'failed' | 'sent' | 'delivered' | 'read'

export type Message = {
  id: string
  at: number
  /** What was written; beside files there may be nothing. */
  text: string
  /** The text with its formatting, where it has any. */
  content: RichText | undefined
  files: readonly FileShown[]
  /** Null for messages of the contact. */
  progress: Progress | null
  /** A contact's, from a browser that has proven to read what is sent to their address. */
  proven: boolean
  item: OutboxItem | null
  /** Null while it is in the outbox. */
  entry: Entry | null
}

export type Block =
  | {
      kind: 'messages'
      key: string
      side: 'contact' | 'operator'
      authorId: string | null
      /** Nobody wrote it: the widget says it by itself. */
      automatic: boolean
      messages: Message[]
    }
  | { kind: 'events'; key: string; entries: Entry[] }
  /** Of a kind with a component of its own. */
  | { kind: 'own'; key: string; entry: Entry; component: ComponentType<BlockProps> }
  | { kind: 'new'; key: string }
  /** From here on contact and operator are there at once, or no longer. */
  | { kind: 'session'; key: string; session: 'live' | 'later' }

export type Day = { key: string; at: number; blocks: Block[] }

/** Consecutive messages of one author stand together when they follow each other within this time. */
const groupMs = 3 * 60_000

type Watermarks = Pick<Head, 'deliveredToContact' | 'readByContact'>

/**
 * Lays the log out for reading: days, messages in groups, events together, and the "new" line before the first message
 * of the contact whose number is past `readUpTo` (null: no such line). What waits in the outbox stands at the end.
 */
export function buildTimeline(given: {
  entries: readonly Entry[]
  outbox: readonly OutboxItem[]
  head: Watermarks
  meId: string
  readUpTo: number | null
}): Day[] {
  const days: Day[] = []
  let lined = given.readUpTo === null
  let session: Entry['session'] = null
  for (const entry of given.entries) {
    const at = Date.parse(entry.at)
    const day = dayOf(days, at)
    const component = blockOf(entry)
    if (component) {
      day.blocks.push({ kind: 'own', key: entry.id, entry, component })
      continue
    }
    // What only a newer version knows is a message by its text alone.
    if (entry.kind !== 'message' || entry.text === '') {
      const last = day.blocks.at(-1)
      if (last?.kind === 'events') last.entries.push(entry)
      else day.blocks.push({ kind: 'events', key: entry.id, entries: [entry] })
      continue
    }
    if (entry.session !== null && entry.session !== session) {
      session = entry.session
      day.blocks.push({ kind: 'session', key: `session-${entry.id}`, session })
    }
    const body = message.read(entry.body)
    const files = body?.files ?? []
    const side = entry.actor.kind === 'contact' ? 'contact' : 'operator'
    if (!lined && side === 'contact' && (entry.publicSeq ?? 0) > (given.readUpTo ?? 0)) {
      lined = true
      day.blocks.push({ kind: 'new', key: 'new' })
    }
    add(
      day,
      { side, authorId: entry.actor.id, automatic: entry.actor.kind === 'automatic' },
      {
        id: entry.id,
        at,
        text: writtenBeside({ text: entry.text, files }),
        content: body?.content,
        files,
        progress: side === 'contact' ? null : progressOf(entry, given.head),
        proven: body?.proven ?? false,
        item: null,
        entry,
      },
    )
  }
  const arrived = new Set(given.entries.map((entry) => entry.id))
  // One message at a time is under way: those behind one that waits, wait too.
  let waits = false
  for (const item of given.outbox) {
    if (arrived.has(item.id)) continue
    waits ||= item.state !== 'failed' && item.error !== undefined
    add(
      dayOf(days, item.at),
      { side: 'operator', authorId: given.meId, automatic: false },
      {
        id: item.id,
        at: item.at,
        text: item.text,
        content: item.content,
        files: item.files ?? [],
        progress: progressInOutbox(item, waits),
        proven: false,
        item,
        entry: null,
      },
    )
  }
  return days
}

function progressInOutbox({ state, heldUntil, error }: OutboxItem, waits: boolean): Progress {
  if (state === 'failed') return 'failed'
  if (heldUntil !== undefined && state === 'waiting' && !error) return 'held'
  return waits ? 'waiting' : 'sending'
}

/** The watermarks are in the contact's numbering, as `publicSeq` is. */
export function progressOf(entry: Pick<Entry, 'publicSeq'>, head: Watermarks): Progress {
  const number = entry.publicSeq ?? Number.POSITIVE_INFINITY
  if (number <= head.readByContact) return 'read'
  return number <= head.deliveredToContact ? 'delivered' : 'sent'
}

function dayOf(days: Day[], at: number): Day {
  const key = dayKey(at)
  const last = days.at(-1)
  // A clock that runs behind the server's must not put a message before those that came earlier.
  if (last && (last.key === key || at < last.at)) return last
  const day = { key, at, blocks: [] }
  days.push(day)
  return day
}

type Author = Pick<Extract<Block, { kind: 'messages' }>, 'side' | 'authorId' | 'automatic'>

function add(day: Day, author: Author, message: Message): void {
  const last = day.blocks.at(-1)
  const before = last?.kind === 'messages' ? last.messages.at(-1) : undefined
  if (
    last?.kind === 'messages' &&
    before &&
    last.side === author.side &&
    last.authorId === author.authorId &&
    last.automatic === author.automatic &&
    before.proven === message.proven &&
    message.at - before.at < groupMs
  ) {
    last.messages.push(message)
  } else {
    day.blocks.push({ kind: 'messages', key: message.id, ...author, messages: [message] })
  }
}
