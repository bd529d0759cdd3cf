import { z } from 'zod'
import { id } from '../scalars.ts'
import { defineKind } from './kind.ts'

/** A slot of its operator became free, and it is live from now on. */
export const liveBegan = defineKind({
  of: 'event',
  event: 'live_began',
  v: 1,
  audience: 'both',
  fields: {
    operatorId: id.nullable(),
    /** As contacts see it. */
    operatorName: z.string(),
  },
  internal: {},
  text: ({ body: { operatorId, operatorName } }, { meId, nameOf }) =>
    operatorId === meId
      ? ['event.liveBeganMe']
      : ['event.liveBegan', { name: nameOf(operatorId) || operatorName }],
})
