import { z } from 'zod'
import { id } from '../scalars.ts'
import { byOf } from './by-whom.ts'
import { defineKind } from './kind.ts'
import { unassigned } from './unassigned.ts'

/** It is given to a group. */
export const groupAssigned = defineKind({
  of: 'event',
  event: 'group_assigned',
  v: 1,
  audience: 'both',
  fields: {},
  internal: { groupId: id.nullable(), groupName: z.string() },
  text: (entry, reader) => ['event.groupAssigned', { group: entry.body.groupName, by: byOf(entry, reader) }],
  // To which group is nobody's business.
  toContact: () => unassigned.body({}),
  sign: 'assigned',
  concerns: () => ({ operatorIds: [], isToGroup: true }),
})
