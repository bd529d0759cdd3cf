import { z } from 'zod'
import { byWhom } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** The conversation ended. */
export const ended = defineKind({
  of: 'event',
  event: 'ended',
  v: 1,
  audience: 'both',
  fields: {},
  internal: {
    /** silence: nobody ended it, the contact did not answer. */
    reason: z.enum(['silence']).optional(),
  },
  text: (entry, reader) =>
    entry.body.reason === 'silence'
      ? ['event.endedSilence']
      : byWhom(entry, reader, {
          mine: 'event.endedByMe',
          theirs: 'event.endedBy',
          nobodys: 'event.ended',
        }),
})
