import { z } from 'zod'
import { isMine, nameOfActor } from './by-whom.ts'
import { type AnyBody, defineKind } from './kind.ts'

const byItself = {
  silence: 'event.liveEndedSilence',
  operator_gone: 'event.liveEndedOperator',
  contact_gone: 'event.liveEndedContact',
} as const

/** It goes on, but for later. */
export const liveEnded = defineKind({
  of: 'event',
  event: 'live_ended',
  v: 1,
  audience: 'both',
  fields: {
    /** The contact learns of `operator_gone` alone. */
    reason: z.enum(['silence', 'operator_gone', 'contact_gone', 'by_hand']).optional(),
  },
  internal: {},
  text(entry, reader) {
    const { reason } = entry.body
    if (reason !== 'by_hand') return [(reason && byItself[reason]) ?? 'event.liveEnded']
    return isMine(entry, reader)
      ? ['event.liveEndedByMe']
      : ['event.liveEndedBy', { name: nameOfActor(entry, reader) }]
  },
  // Whether the operator had to go; otherwise it is nobody's business why.
  toContact: ({ reason }): AnyBody => liveEnded.body(reason === 'operator_gone' ? { reason } : {}),
})
