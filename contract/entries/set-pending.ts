import { byWhom } from './by-whom.ts'
import { defineKind } from './kind.ts'

/** Set to pending by hand. */
export const setPending = defineKind({
  of: 'event',
  event: 'set_pending',
  v: 1,
  audience: 'operators',
  fields: {},
  internal: {},
  text: (entry, reader) =>
    byWhom(entry, reader, {
      mine: 'event.pendingByMe',
      theirs: 'event.pendingBy',
      nobodys: 'event.pending',
    }),
})
