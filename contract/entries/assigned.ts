import { z } from 'zod'
import { id } from '../scalars.ts'
import { byOf, isMine } from './by-whom.ts'
import { type AnyBody, defineKind } from './kind.ts'
import { unassigned } from './unassigned.ts'

/** It is somebody's from now on. */
export const assigned = defineKind({
  of: 'event',
  event: 'assigned',
  v: 1,
  audience: 'both',
  fields: {
    operatorId: id.nullable(),
    /** As contacts see it. */
    operatorName: z.string(),
  },
  internal: {
    /** handed: by a colleague · joined: they have come to it · routed: by itself. None: they took it. */
    reason: z.enum(['handed', 'joined', 'routed']).optional(),
    /** Whose it was. */
    fromId: id.optional(),
  },
  text(entry, reader) {
    const { operatorId: to, operatorName, reason } = entry.body
    const name = reader.nameOf(to) || operatorName
    const isToMe = to === reader.meId
    if (reason === 'routed') return isToMe ? ['event.routedMe'] : ['event.routed', { name }]
    if (reason === 'joined') return isMine(entry, reader) ? ['event.joinedByMe'] : ['event.joined', { name }]
    const by = byOf(entry, reader)
    if (isToMe) return by === 'me' ? ['event.tookByMe'] : ['event.assignedMe', { by }]
    return to === entry.actor.id ? ['event.tookBy', { name }] : ['event.assigned', { name, by }]
  },
  // Whom colleagues give it among themselves the contact hears of when they have come.
  toContact: ({ reason, operatorId, operatorName }): AnyBody =>
    reason === 'handed' ? unassigned.body({}) : assigned.body({ operatorId, operatorName }),
  sign: 'assigned',
  concerns: ({ operatorId, fromId }) => ({
    operatorIds: [operatorId, fromId].flatMap((operator) => operator ?? []),
  }),
})
