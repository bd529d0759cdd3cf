import { id } from '../scalars.ts'
import { byOf } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** It is taken from its group. */
export const groupUnassigned = defineKind({
  of: 'event',
  event: 'group_unassigned',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: { groupId: id.nullable() },
  text: (entry, reader) => ['event.groupUnassigned', { by: byOf(entry, reader) }],
})
