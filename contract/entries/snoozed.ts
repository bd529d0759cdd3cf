import { moment } from '../scalars.ts'
import { byOf } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** Put off until a moment, by whoever has it. */
export const snoozed = defineKind({
  of: 'event',
  event: 'snoozed',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: { until: moment },
  text: (entry, reader) => [
    'event.snoozed',
    { by: byOf(entry, reader), when: reader.moment(entry.body.until) },
  ],
})
