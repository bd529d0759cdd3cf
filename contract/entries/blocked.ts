import { z } from 'zod'
import { moment } from '../scalars.ts'
import { byOf } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** The contact cannot write any more. */
export const blocked = defineKind({
  of: 'event',
  event: 'blocked',
  v: 1,
  audience: 'both',
  fields: {
    /** Null: for good. */
    until: moment.nullable(),
  },
  internal: {
    /** What the operator wrote. */
    reason: z.string(),
  },
  text(entry, reader) {
    const { until, reason } = entry.body
    const when = until ? reader.moment(until) : 'never'
    return ['event.blocked', { by: byOf(entry, reader), when, reason }]
  },
  isAboutContact: true,
})
