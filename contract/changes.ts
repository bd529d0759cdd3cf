import { z } from 'zod'
import { count, id } from './scalars.ts'

/**
 * What a conversation's log says to a client: everything between two numbers, with the head as of the second.
 *
 * A client applies it when `prev` is not ahead of what it has, drops it when `n` is not news, and otherwise asks for all
 * that changed after what it has. A snapshot replaces what the client has; its entries are the newest page.
 */
/* @__NO_SIDE_EFFECTS__ */
export function packet<E extends z.ZodType, H extends z.ZodType>(entry: E, head: H) {
  return z.strictObject({
    /** The database's life. A restore starts a new one, and clients start afresh. */
    epoch: id,
    conversationId: id,
    prev: count,
    n: count,
    /** True: replaces what the client has. */
    snapshot: z.boolean(),
    /** Whether entries exist before the first of a snapshot. */
    older: z.boolean(),
    entries: z.array(entry),
    head,
  })
}

export type Packet<E, H> = {
  epoch: string
  conversationId: string
  prev: number
  n: number
  snapshot: boolean
  older: boolean
  entries: E[]
  head: H
}

/** What a client can be told to read again, beside conversations. It ignores what it does not know. */
export type Changed =
  | 'me'
  | 'operators'
  | 'widgets'
  | 'sample'
  | 'notifications'
  | 'drafts'
  | 'signs'
  | 'macros'
