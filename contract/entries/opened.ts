import { byWhom } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** Set to open by hand. */
export const opened = defineKind({
  of: 'event',
  event: 'opened',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: {},
  text: (entry, reader) =>
    byWhom(entry, reader, {
      mine: 'event.openedByMe',
      theirs: 'event.openedBy',
      nobodys: 'event.opened',
    }),
})
