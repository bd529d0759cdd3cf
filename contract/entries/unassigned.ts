import { z } from 'zod'
import { id } from '../scalars.ts'
import { byOf } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** It is nobody's any more. Contacts are told so too when a group gets it, or a colleague who has not come yet. */
export const unassigned = defineKind({
  of: 'event',
  event: 'unassigned',
  v: 1,
  audience: 'both',
  fields: {},
  internal: {
    /** Whose it was. */
    operatorId: id.nullable().optional(),
    /** left: they no longer work here. */
    reason: z.enum(['left']).optional(),
  },
  text(entry, reader) {
    const { operatorId, reason } = entry.body
    if (reason === 'left') return ['event.leftBehind', { name: reader.nameOf(operatorId) || 'unknown' }]
    const by = byOf(entry, reader)
    return by === 'me' ? ['event.unassignedByMe'] : ['event.unassigned', { by }]
  },
})
