import { z } from 'zod'
import { id } from '../scalars.ts'
import { byWhom } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** It goes on after its end, with whoever took it up. */
export const resumed = defineKind({
  of: 'event',
  event: 'resumed',
  v: 1,
  audience: 'both',
  fields: {
    operatorId: id.nullable(),
    /** As contacts see it. */
    operatorName: z.string(),
  },
  internal: {
    /** Whose it was. */
    fromId: id.optional(),
  },
  text: (entry, reader) =>
    byWhom(entry, reader, {
      mine: 'event.resumedByMe',
      theirs: 'event.resumedBy',
      nobodys: 'event.resumed',
    }),
  concerns: ({ fromId }) => ({ operatorIds: fromId ? [fromId] : [] }),
})
